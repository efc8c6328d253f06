"""`signage cases`: what customers complained of, who follows it up, and what falls due."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from signage import __version__
from signage.cli.case_acts import assign, complicated, step
from signage.cli.case_office import Branch, Number, desk
from signage.cli.case_settings import branch_teller, case_settings
from signage.cli.case_words import case_data, case_lines, cases_table
from signage.cli.hours import Format
from signage.cli.options import ConfigFile, Locale, LogJson
from signage.cli.unsealing import KeyFile, Unsealed, private_key
from signage.cli.words import catalogue_for
from signage.config.addresses import listen_at, write_private
from signage.config.load import load_head_office
from signage.core.exits import Exit, Refusal
from signage.core.timelies import Timely
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.link.log import configure
from signage.office.cases.handwriting import svg
from signage.office.cases.letters import Said, letters
from signage.office.cases.listing import Wanted, gravest_first, read_cases
from signage.office.cases.service import run_cases
from signage.office.cases.surroundings import surroundings
from signage.office.database import Store
from signage.office.mail import waiting

app = typer.Typer(help="Cases: list, follow up, remind.", no_args_is_help=True)
app.command()(assign)
app.command()(step)
app.command("complex")(complicated)
_UNBOUNDED_WIDTH: Final = 240


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
        around = surroundings(here.store, case.branch, case.opened, case.row["counter"], case.id)
        said = letters(here.store, case.branch, case.id, private) if unsealed else None
    if ink is not None:
        _draw(ink, said or ())
    if form is Format.JSON:
        print(json.dumps(case_data(case, at, around, said), ensure_ascii=False, indent=2))
        return
    for line in case_lines(case, here.settings, around, said, at, catalogue):
        print(line)


@app.command()
def rebuild(config: ConfigFile) -> None:
    """Make the register anew out of all events, as after a change of the rules."""
    with desk(config) as here:
        here.register.rebuild()
        at = now()
        found = read_cases(here.store, Wanted(closed=True), here.settings.calendars, here.settings.terms, at)
        print(f"{len(found)} cases out of the events")


@app.command()
def run(config: ConfigFile, *, log_json: LogJson = False) -> None:
    """Stay: follow the events, remind, escalate, send mail, erase by date."""
    configure("cases", log_json)
    loaded = load_head_office(config)
    settings, store = case_settings(loaded), Store(loaded.database.url)
    listen = listen_at(loaded.metrics.cases)
    raise typer.Exit(run_cases(settings, store, lambda: branch_teller(loaded, store), listen, __version__))


def _draw(file: Path, said: Sequence[Said]) -> None:
    """The first handwriting there is, readable by its owner only. Raises Refusal."""
    drawn = next((picture for one in said if (picture := svg(one.personal.get("strokes"))) is not None), None)
    if drawn is None:
        raise Refusal(Exit.BAD_DATA, "--ink: nothing was written by hand")
    write_private(file, drawn)


def _say_waiting(store: Store) -> None:
    unsent = waiting(store)
    if unsent is not None and unsent.problem is not None:
        line = (
            f"{unsent.count} mails wait since {unsent.since}: {unsent.problem}; see [mail], `signage cases run` goes on"
        )
        typer.echo(f"signage: {line}", err=True)
