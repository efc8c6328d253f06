"""What head office does about a case: gives it to somebody, says that a step is done, grants it more time."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from signage.cli.case_office import Branch, Number, desk
from signage.cli.case_settings import branch_teller
from signage.cli.options import ConfigFile
from signage.config.office_file import HeadOfficeConfig
from signage.config.privacy_keys import public_key
from signage.core.case_history import ORDER, Complication
from signage.core.cases import ANSWERS
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from signage.link.sealer import Sealer
from signage.office.cases.acting import ACTOR, act, told_of
from signage.office.cases.listing import CaseRow

By = Annotated[str, typer.Option("--by", help="Who does it, for the records.", metavar="PERSON")]
Note = Annotated[str | None, typer.Option("--note", help="Stays in the house; it is sealed.", metavar="TEXT")]
Step = Literal["investigated", "handled", "fed-back", "closed"]
_LONGEST_NOTE: Final = 500
_LONGEST_NAME: Final = 64


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
        here.register.follow()
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


def _at_least(case: CaseRow, action: str) -> str:
    """A case that has come further does not go back when somebody else takes it."""
    return max(action, str(case.row["action"]), key=ORDER.__getitem__)


def _check_name(option: str, name: str) -> None:
    if not 1 <= len(name.strip()) <= _LONGEST_NAME:
        raise Refusal(Exit.WRONG_USE, f"{option}: wanted 1 to {_LONGEST_NAME} characters")
