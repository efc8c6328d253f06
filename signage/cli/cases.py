"""`signage cases`: what customers complained of, who follows it up, and what falls due."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer
from rich.console import Console

from signage.cli.case_settings import branch_teller, case_settings
from signage.cli.case_words import case_data, case_lines, cases_table
from signage.cli.hours import Format
from signage.cli.options import ConfigFile, Locale, LogJson
from signage.cli.unsealing import KeyFile, Unsealed, private_key
from signage.cli.words import catalogue_for
from signage.config.addresses import write_private
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.config.privacy_keys import public_key
from signage.core.case_history import ORDER, Complication
from signage.core.cases import ANSWERS
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.timelies import Timely
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.link.log import configure
from signage.link.sealing import Sealer
from signage.office.cases.acting import ACTOR, Contended, act, told_of
from signage.office.cases.handwriting import svg
from signage.office.cases.letters import Said, letters
from signage.office.cases.listing import CaseRow, Wanted, gravest_first, read_cases
from signage.office.cases.register import Register
from signage.office.cases.service import CaseSettings, run_cases
from signage.office.cases.surroundings import surroundings
from signage.office.database import DatabaseAway, Store
from signage.office.mail import waiting

app = typer.Typer(help="Cases: list, follow up, remind.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="The eight digits, or the id.", metavar="NUMBER")]
Branch = Annotated[str | None, typer.Option("--branch", help="Only of this branch.", metavar="ID")]
By = Annotated[str, typer.Option("--by", help="Who does it, for the records.", metavar="PERSON")]
Note = Annotated[str | None, typer.Option("--note", help="Stays in the house; it is sealed.", metavar="TEXT")]
_LONGEST_NOTE: Final = 500
_LONGEST_NAME: Final = 64
_UNBOUNDED_WIDTH: Final = 240
Step = Literal["investigated", "handled", "fed-back", "closed"]


@dataclass(frozen=True)
class Desk:
    """What every command works with."""

    config: HeadOfficeConfig
    settings: CaseSettings
    store: Store

    def find(self, number: str, branch: str | None, at: Instant) -> CaseRow:
        """The one case that is meant. Raises Refusal (2)."""
        wanted = Wanted(branch=branch, number=number)
        found = read_cases(self.store, wanted, self.settings.calendars, self.settings.terms, at)
        if not found:
            where = f" at {branch}" if branch is not None else ""
            raise Refusal(Exit.WRONG_USE, f"{number!r}: no such case{where}; see `signage cases list --all`")
        if len(found) > 1:
            branches = ", ".join(case.branch for case in found)
            raise Refusal(Exit.WRONG_USE, f"{number!r}: several cases are called so, at {branches}; name one by its id")
        return found[0]


@contextmanager
def desk(config: Path) -> Iterator[Desk]:
    """The register up to now. Raises Refusal: 69 where the database is away."""
    loaded = load_head_office(config)
    store = Store(loaded.database.url)
    try:
        store.check()
        store.prepare()
        made = Desk(loaded, case_settings(loaded), store)
        Register(store, made.settings.rules).follow()
        yield made
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database") from None
    except Contended as error:
        raise Refusal(Exit.UNREACHABLE, str(error)) from None
    finally:
        store.close()


@app.command("list")
def list_cases(
    config: ConfigFile,
    *,
    branch: Branch = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Only this person's.", metavar="PERSON")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only what is overdue.")] = False,
    closed: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    locale: Locale = "zh",
) -> None:
    """Open cases, the gravest first."""
    catalogue = catalogue_for(load_catalogues(), locale)
    with desk(config) as here:
        at = now()
        wanted = Wanted(branch=branch, owner=owner, closed=closed)
        found = gravest_first(read_cases(here.store, wanted, here.settings.calendars, here.settings.terms, at), at)
        if late:
            found = [case for case in found if case.stands(at) in (Timely.OVERDUE, Timely.ESCALATED)]
        if form is Format.JSON:
            print(json.dumps([case_data(case, at) for case in found], ensure_ascii=False, indent=2))
        else:
            console = Console()
            if not console.is_terminal:
                console = Console(width=_UNBOUNDED_WIDTH)
            console.print(cases_table(found, here.settings, at, catalogue))
        _say_waiting(here.store)


@app.command()
def show(
    config: ConfigFile,
    number: Number,
    *,
    branch: Branch = None,
    unsealed: Unsealed = False,
    key: KeyFile = None,
    ink: Annotated[Path | None, typer.Option("--ink", help="Handwriting into this SVG file.", metavar="FILE")] = None,
    form: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    locale: Locale = "zh",
) -> None:
    """One case: where, when, who served, what was on the screens and suspended then, its steps and deadlines."""
    catalogue = catalogue_for(load_catalogues(), locale)
    private = private_key(key, unsealed=unsealed)
    if ink is not None and private is None:
        raise Refusal(Exit.WRONG_USE, "--ink: goes with --unsealed and --key")
    with desk(config) as here:
        at = now()
        case = here.find(number, branch, at)
        around = surroundings(here.store, case.branch, case.opened, case.row["counter"])
        said = letters(here.store, case.branch, case.id, private) if unsealed else None
    if ink is not None:
        _draw(ink, said or ())
    if form is Format.JSON:
        print(json.dumps(case_data(case, at, around, said), ensure_ascii=False, indent=2))
        return
    for line in case_lines(case, here.settings, around, said, at, catalogue):
        print(line)


@app.command()
def assign(
    config: ConfigFile,
    number: Number,
    owner: Annotated[str, typer.Argument(help="Who follows it up from now on.", metavar="PERSON")],
    *,
    by: By,
    branch: Branch = None,
    note: Note = None,
) -> None:
    """Give a case to somebody."""
    _check_name("PERSON", owner)
    _do(config, number, branch, by, note, lambda case: {"action": _at_least(case, "assigned"), "owner": owner})


@app.command()
def step(
    config: ConfigFile,
    number: Number,
    action: Annotated[Step, typer.Argument(help="What has been done.", metavar="STEP")],
    *,
    by: By,
    branch: Branch = None,
    note: Note = None,
    answer: Annotated[
        str | None, typer.Option("--answer", help=f"With fed-back, for everybody: {', '.join(ANSWERS)}", metavar="NAME")
    ] = None,
) -> None:
    """Say that a step is done: investigated, handled, fed-back, closed."""
    if answer is not None and action != "fed-back":
        raise Refusal(Exit.WRONG_USE, "--answer: an answer is released with the step fed-back")
    if answer is not None and answer not in ANSWERS:
        raise Refusal(Exit.WRONG_USE, f"--answer: {answer!r} is none; wanted one of {', '.join(ANSWERS)}")

    def made(case: CaseRow) -> dict[str, Any]:
        if ORDER[action] <= ORDER[case.row["action"]]:
            raise Refusal(Exit.WRONG_USE, f"{number!r}: it is {case.row['action']} already")
        return {"action": action, "answer": answer}

    _do(config, number, branch, by, note, made)


@app.command("complex")
def complicated(
    config: ConfigFile,
    number: Number,
    *,
    because: Annotated[Complication, typer.Option("--because", help="Why it takes longer.")],
    by: By,
    branch: Branch = None,
    note: Note = None,
) -> None:
    """Give a case the longer deadline, with a reason."""

    def made(case: CaseRow) -> dict[str, Any]:
        if case.row["complicated"] is not None:
            raise Refusal(Exit.WRONG_USE, f"{number!r}: it is complex already, because of {case.row['complicated']}")
        return {"action": case.row["action"], "complicated": because.value}

    _do(config, number, branch, by, note, made)


@app.command()
def rebuild(config: ConfigFile) -> None:
    """Make the register anew out of all events, as after a change of the rules."""
    with desk(config) as here:
        Register(here.store, here.settings.rules).rebuild()
        at = now()
        found = read_cases(here.store, Wanted(closed=True), here.settings.calendars, here.settings.terms, at)
        print(f"{len(found)} cases out of the events")


@app.command()
def run(config: ConfigFile, *, log_json: LogJson = False) -> None:
    """Stay: follow the events, remind, escalate, send mail, erase by date."""
    configure("cases", log_json)
    loaded = load_head_office(config)
    settings, store = case_settings(loaded), Store(loaded.database.url)
    raise typer.Exit(run_cases(settings, store, lambda: branch_teller(loaded, store)))


def _do(
    config: Path,
    number: str,
    branch: str | None,
    by: str,
    note: str | None,
    made: Callable[[CaseRow], dict[str, Any]],
) -> None:
    """One event about one open case, and the command that tells its branch."""
    _check_name("--by", by)
    with desk(config) as here:
        at = now()
        case = here.find(number, branch, at)
        if not case.open:
            raise Refusal(Exit.WRONG_USE, f"{number!r}: it is closed since {case.row['closed_at']}")
        data = {"case": case.id, "source": case.row["source"], "actor": f"{ACTOR}{by}"} | made(case)
        if data["action"] == case.row["action"] and "owner" not in data and case.row["owner"] is not None:
            data["owner"] = case.row["owner"]
        data = _sealed(here.config, {key: value for key, value in data.items() if value is not None}, note)
        act(here.store, case.branch, data, at)
        Register(here.store, here.settings.rules).follow()
        teller = branch_teller(here.config, here.store)
        if teller is not None:
            teller.tell(case.branch, told_of(data), by, at)
        after = here.find(case.id, case.branch, at)
        clock = after.next
        due = f"; next: {clock.what.value}, due before {clock.due}" if clock is not None else ""
        print(f"{after.row['number']} at {after.branch}: {after.row['action']}, owner {after.row['owner'] or '-'}{due}")


def _sealed(config: HeadOfficeConfig, data: dict[str, Any], note: str | None) -> dict[str, Any]:
    """The event's data with the note sealed. Raises Refusal."""
    if note is None:
        return data
    if not 1 <= len(note) <= _LONGEST_NOTE:
        raise Refusal(Exit.WRONG_USE, f"--note: wanted 1 to {_LONGEST_NOTE} characters")
    if config.privacy.public is None:
        line = "--note: nothing to seal it with; name the public key under [privacy] public"
        raise Refusal(Exit.CONFIGURATION, line)
    return Sealer((public_key(config.privacy.public),)).sealed("case", "", data | {"text": note})


def _draw(file: Path, said: Sequence[Said]) -> None:
    """The first handwriting there is, readable by its owner only. Raises Refusal."""
    drawn = next((picture for one in said if (picture := svg(one.personal.get("strokes"))) is not None), None)
    if drawn is None:
        raise Refusal(Exit.BAD_DATA, "--ink: nothing was written by hand")
    write_private(file, drawn)


def _at_least(case: CaseRow, action: str) -> str:
    """A case that has come further does not go back when somebody else takes it."""
    return max(action, str(case.row["action"]), key=ORDER.__getitem__)


def _check_name(option: str, name: str) -> None:
    if not 1 <= len(name.strip()) <= _LONGEST_NAME:
        raise Refusal(Exit.WRONG_USE, f"{option}: wanted 1 to {_LONGEST_NAME} characters")


def _say_waiting(store: Store) -> None:
    unsent = waiting(store)
    if unsent is not None and unsent.problem is not None:
        line = (
            f"{unsent.count} mails wait since {unsent.since}: {unsent.problem}; see [mail], `signage cases run` goes on"
        )
        typer.echo(f"signage: {line}", err=True)
