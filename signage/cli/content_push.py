"""`signage content push`: make the newest publication live, at some branches first or at all of them."""

from pathlib import Path
from typing import Annotated

import typer

from signage.cli.options import ConfigFile
from signage.cli.roster import roster_of
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.content.keys import Keys
from signage.content.publishing import sign_timestamp
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from signage.office.rollout import chosen, matching
from signage.office.roster import RosterBranch


def push(
    config: ConfigFile,
    *,
    branches: Annotated[
        list[str] | None, typer.Option("--branches", help="Only ids or groups like this.", metavar="PATTERN")
    ] = None,
    percent: Annotated[
        float | None, typer.Option("--percent", help="Only this share of them first.", min=0.01, max=100)
    ] = None,
) -> None:
    """Make the newest publication live: everywhere, or at some branches first."""
    loaded = load_head_office(config)
    repository = Repository(Path(loaded.content.repository))
    with repository.lock.held():
        newest = repository.published()
        if newest is None:
            raise Refusal(Exit.BAD_DATA, f"{repository.folder}: nothing is published; approve something first")
        part = None if not branches and percent in (None, 100) else first_ones(loaded, branches or [], percent or 100.0)
        already = [line for line in repository.lines() if line.version == newest and not line.branches]
        if already and part is not None:
            line = f"content {newest} is live everywhere already; publish something new, or `signage content rollback`"
            raise Refusal(Exit.WRONG_USE, line)
        # A branch that comes from another line has seen its timestamps: the new line's must be newer than all of them.
        repository.write_timestamp(newest, sign_timestamp(repository, Keys(Path(loaded.content.keys)), newest, now()))
        repository.make_live(newest, part)
    print(said(newest, part, len(roster_of(loaded))))


def first_ones(config: HeadOfficeConfig, patterns: list[str], percent: float) -> tuple[str, ...]:
    """Raises Refusal if nobody is meant."""
    roster: tuple[RosterBranch, ...] = roster_of(config)
    if not roster:
        raise Refusal(Exit.CONFIGURATION, "--branches, --percent: a part needs a whole; name the roster, [roster] file")
    if not matching(roster, patterns):
        line = f"--branches: no id or group of the roster is like {', '.join(patterns)}; see {config.roster and config.roster.file}"
        raise Refusal(Exit.WRONG_USE, line)
    return chosen(roster, patterns, percent)


def said(version: int, part: tuple[str, ...] | None, whole: int) -> str:
    """What was done, and where to see what came of it."""
    if part is None:
        return f"content {version} is live for all branches; `signage content status` tells which screens show it"
    some = ", ".join(part[:8]) + (f" and {len(part) - 8} more" if len(part) > 8 else "")
    return (
        f"content {version} is live at {len(part)} of {whole} branches: {some}; the others keep what they have until "
        "`signage content push`"
    )
