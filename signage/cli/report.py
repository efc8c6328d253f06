"""`signage report`: a month's bulletin, brief, tables and slides; and the month closed."""

import getpass
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from signage.cli.options import ConfigFile
from signage.cli.profiles import office_zone, profiles_of
from signage.cli.roster import roster_of
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.config.score_file import load_rules
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.office.database import DatabaseAway, Store
from signage.office.measures import Period, Profiles
from signage.office.report.closing import AlreadyClosed, Closed, acknowledged, closed, closing, keep, late
from signage.office.report.document import Document, Own, of_branch
from signage.office.report.gathering import Asked, Gathered, gather
from signage.office.report.pages import Closing, Press
from signage.office.report.supplement import supplement
from signage.office.report.words import Words
from signage.office.report.writing import write_report

_MONTH: Final = re.compile(r"(?:19[7-9]\d|2\d{3})-(?:0[1-9]|1[0-2])")
Month = Annotated[str, typer.Option("--month", help="Such as 2026-11.", metavar="YYYY-MM")]


@dataclass(frozen=True)
class Desk:
    """What a report is made with."""

    store: Store
    asked: Asked
    profiles: Profiles
    words: Words
    at: Instant


def report(
    config: ConfigFile,
    month: Month,
    out: Annotated[Path, typer.Option("--out", help="The folder that the files go into.", metavar="DIR")],
    *,
    branch: Annotated[str | None, typer.Option("--branch", help="Only this branch.", metavar="ID")] = None,
    close: Annotated[bool, typer.Option("--close", help="Close the month: its figures stay as they are.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", help="Who closes it; else who is logged in.", metavar="NAME")
    ] = None,
) -> None:
    """A month's bulletin, brief, service stars, tables and slides, as HTML, PDF, CSV and PNG."""
    if close and branch is not None:
        raise Refusal(Exit.WRONG_USE, "--close: a month is closed for all branches; leave out --branch")
    desk = desk_of(load_head_office(config), month)
    try:
        found = _close(desk, by or getpass.getuser()) if close else _closed(desk)
        gathered = found.gathered if found is not None else _gather(desk)
        document = _restricted(gathered, branch)
        beside = _beside(desk, found) if found is not None and branch is None else None
        seal = Closing(found.who, found.at.astimezone(desk.asked.period.zone).date()) if found is not None else None
        files = write_report(Press(desk.words), document, seal, out, beside)
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{desk.store}: {error}; start the database and report again") from None
    finally:
        desk.store.close()
    if not _has_ratings(document):
        line = f"{month}: not one rating of it is stored in {desk.store}, so the report has no figure of satisfaction"
        typer.echo(f"signage: {line}; see [database] url and `signage fleet`", err=True)
    print(f"{month}: {len(files)} files in {out}; {_state(found, desk)}")


def _has_ratings(document: Document) -> bool:
    return any(document.whole.tally.stars) or document.kept > 0


def desk_of(office: HeadOfficeConfig, month: str) -> Desk:
    """Raises Refusal."""
    if not _MONTH.fullmatch(month):
        raise Refusal(Exit.WRONG_USE, f"--month: {month!r} is no month; wanted one such as 2026-11")
    zone, at = office_zone(office), now()
    period = Period.month(month, zone)
    if at <= period.first:
        raise Refusal(Exit.WRONG_USE, f"--month: {month} has not begun; wanted one that has")
    today = at.astimezone(zone).date()
    asked = Asked(
        month=month,
        period=period.upto(at),
        bank=office.report.bank or {"zh": "总行", "en": "Head Office"},
        rules=load_rules(Path(office.report.rules)),
        roster=roster_of(office),
        upto=at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at < period.end else None,
    )
    catalogues = load_catalogues()
    profiles = profiles_of(office, today)
    store = Store(office.database.url)
    store.check()
    return Desk(store, asked, profiles, Words(catalogues["zh"], catalogues["en"]), at)


def _closed(desk: Desk) -> Closed | None:
    with desk.store.read() as connection:
        return closed(connection, desk.asked.month)


def _gather(desk: Desk) -> Gathered:
    with desk.store.read() as connection:
        return gather(connection, desk.asked, desk.profiles)


def _close(desk: Desk, who: str) -> Closed:
    if desk.asked.upto is not None:
        raise Refusal(Exit.WRONG_USE, f"--close: {desk.asked.month} is not over; wanted one that is")
    if (before := _closed(desk)) is not None:
        raise _refused(before)
    with desk.store.read() as connection:
        found = closing(connection, gather(connection, desk.asked, desk.profiles), desk.asked.period, who, desk.at)
    try:
        with desk.store.begin() as connection:
            keep(connection, found)
    except AlreadyClosed as error:
        raise _refused(error.closed) from None
    return found


def _refused(before: Closed) -> Refusal:
    return Refusal(
        Exit.NOT_PERMITTED,
        f"--close: {before.month} was closed by {before.who} at {before.at}; leave out --close to print it again",
    )


def _restricted(gathered: Gathered, branch: str | None) -> Document:
    if branch is None:
        return gathered.document
    try:
        return of_branch(gathered.document, branch, gathered.own.get(branch, Own()))
    except KeyError:
        raise Refusal(
            Exit.WRONG_USE, f"--branch: {branch!r} is not on the roster and has sent nothing; wanted a branch's id"
        ) from None


def _beside(desk: Desk, found: Closed) -> dict[str, Any]:
    with desk.store.read() as connection:
        behind = late(connection, desk.asked.period, found)
        talks = acknowledged(connection, desk.asked.month)
        present = gather(connection, desk.asked, desk.profiles).document if behind else None
    return supplement(found, behind, present, talks, desk.words, desk.asked.period.zone)


def _state(found: Closed | None, desk: Desk) -> str:
    if found is not None:
        return f"closed by {found.who} at {found.at}, figures {found.sha256[:16]}"
    return "not closed, counted up to now" if desk.asked.upto is not None else "not closed"
