"""Reminders and escalations: what has to be told now, once, to whom; by mail, and to the branch's panel."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from signage.core.instants import Instant
from signage.core.phrases import Catalogue, Phrase
from signage.core.timelies import Clock, Clocked, Timely
from signage.office.cases.listing import CaseRow
from signage.office.database import Store
from signage.office.mail import Mail, queue
from signage.office.roster import RosterBranch
from signage.office.tables_cases import case_urgings

LEVELS: Final = (Timely.DUE, Timely.OVERDUE, Timely.ESCALATED)
Key = tuple[str, str, str, str, str]  # as the primary key of `case_urgings`
_NEWS: Final = timedelta(days=21)
_SHORTEST: Final = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Recipient:
    """`regions` and `branches` empty: about every branch."""

    to: tuple[str, ...]
    levels: frozenset[str]
    regions: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()

    def wants(self, level: str, branch: str, region: str) -> bool:
        if level not in self.levels:
            return False
        return not (self.regions or self.branches) or branch in self.branches or region in self.regions


@dataclass(frozen=True)
class Urging:
    """One clock of one case has come to a level."""

    case: CaseRow
    clock: Clock
    level: Timely

    @property
    def since(self) -> Instant:
        """When it came to that."""
        clock = self.clock
        return {Timely.DUE: clock.remind, Timely.OVERDUE: clock.due}.get(self.level, clock.escalate)

    @property
    def key(self) -> Key:
        return (self.case.branch, self.case.id, self.clock.what.value, self.level.value, str(self.clock.due))


def urgings(found: Iterable[CaseRow], told: Collection[Key], now: Instant) -> list[Urging]:
    """What has not been told yet. After a pause only where things stand now is, not what they passed through.

    What has stood so for weeks is told by nobody's mail: a register over old events must not write a thousand of them.
    """
    due = (
        Urging(case, clock, level)
        for case in found
        for clock in case.clocks
        if clock.done is None and (level := clock.stands(now)) in LEVELS
    )
    return [one for one in due if one.key not in told and now < one.since + _NEWS]


def already_told(store: Store) -> set[Key]:
    """Raises DatabaseAway."""
    columns = (case_urgings.c[name] for name in ("branch", "case_id", "what", "level", "due"))
    with store.read() as connection:
        return {(row[0], row[1], row[2], row[3], row[4]) for row in connection.execute(select(*columns))}


def note(store: Store, keys: Sequence[Key], made: Iterable[Mail], now: Instant) -> None:
    """That these are told, and the mails that tell of them, in one transaction. Raises DatabaseAway."""
    names = ("branch", "case_id", "what", "level", "due")
    rows = [dict(zip(names, key, strict=True)) | {"made_at": str(now)} for key in keys]
    if not rows:
        return
    with store.begin() as connection:
        connection.execute(insert(case_urgings), rows)
        queue(connection, made, now)


def mails_about(
    urging: Urging,
    recipients: Iterable[Recipient],
    roster: Mapping[str, RosterBranch],
    zone: ZoneInfo,
    words: Sequence[Catalogue],
) -> list[Mail]:
    """One to each address that wants it, in Chinese and then in English. It carries no customer's word or number."""
    branch = urging.case.branch
    known = roster.get(branch)
    addresses = dict.fromkeys(
        address
        for one in recipients
        if one.wants(urging.level.value, branch, known.region if known is not None else "")
        for address in one.to
    )
    if not addresses:
        return []
    name = known.name if known is not None else branch
    args = {**_args(urging, zone), "branch": name}
    subject = words[0].text("mail.case.subject", **args)
    body = "\n\n".join(catalogue.text("mail.case.body", **args) for catalogue in words) + "\n"
    return [Mail(address, subject, body) for address in addresses]


def _args(urging: Urging, zone: ZoneInfo) -> dict[str, str | Phrase]:
    row = urging.case.row
    number = str(row["number"])
    return {
        "level": Phrase(f"case.level.{urging.level.value}"),
        "what": step_phrase(urging.clock.what),
        "number": f"{number[:4]} {number[4:]}",
        "source": source_phrase(str(row["source"])),
        "opened": urging.case.opened.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        "last": last_day(urging.clock, zone),
        "counter": str(row["counter"] or "–"),
        "owner": str(row["owner"] or "–"),
        "action": Phrase(f"staff.case.{row['action']}"),
        "id": urging.case.id,
    }


def last_day(clock: Clock, zone: ZoneInfo) -> str:
    """The last date that is in time, as people write deadlines."""
    return (clock.due - _SHORTEST).astimezone(zone).date().isoformat()


def step_phrase(what: Clocked) -> Phrase:
    return Phrase(f"case.step.{what.value}")


def source_phrase(source: str) -> Phrase:
    """Of a kind that this program does not know: an opinion, as the panel calls it."""
    return Phrase(f"case.source.{source if source in ('rating', 'opinion', 'call') else 'opinion'}")
