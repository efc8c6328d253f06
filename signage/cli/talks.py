"""`signage talks`: branches over the complaint threshold of a closed month, and whose names stand under their talks."""

from typing import Annotated

import typer

from signage.cli.options import ConfigFile
from signage.cli.report import Month, desk_of
from signage.config.load import load_head_office
from signage.core.exits import Exit, Refusal
from signage.office.database import DatabaseAway
from signage.office.report.closing import Closed, Talk, acknowledge, acknowledged, closed


def talks(
    config: ConfigFile,
    month: Month,
    *,
    branch: Annotated[
        str | None, typer.Option("--acknowledge", help="Put a name under this branch's talk.", metavar="BRANCH")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="The branch's manager who was talked to.", metavar="NAME")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="What was agreed, in a line.")] = "",
) -> None:
    """Admonition talks 诫勉约谈 of a closed month: who is asked for one, and who acknowledged it by name."""
    if (branch is None) != (by is None):
        raise Refusal(Exit.WRONG_USE, "--acknowledge: a talk is acknowledged by name; wanted --acknowledge and --by")
    desk = desk_of(load_head_office(config), month)
    try:
        with desk.store.begin() as connection:
            found = closed(connection, month)
            if found is None:
                raise Refusal(Exit.WRONG_USE, f"--month: {month} is not closed; `signage report --close` closes it")
            if branch is not None and by is not None:
                _flagged(found, branch)
                if not acknowledge(connection, month, Talk(branch, by, desk.at, note)):
                    raise Refusal(Exit.NOT_PERMITTED, f"{branch}: a name stands under it already and is not replaced")
            known = acknowledged(connection, month)
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{desk.store}: {error}; start the database and try again") from None
    finally:
        desk.store.close()
    for one in found.gathered.document.branches:
        if one.talk:
            talk = known.get(one.id)
            state = f"{talk.who}\t{talk.at}\t{talk.note}" if talk is not None else "waits"
            print(f"{one.id}\t{one.name}\t{one.complaints.per_10k or 0:.2f}\t{state}")


def _flagged(found: Closed, branch: str) -> None:
    if not any(one.id == branch and one.talk for one in found.gathered.document.branches):
        raise Refusal(Exit.WRONG_USE, f"--acknowledge: {branch} is not asked for a talk in {found.month}")
