"""Cases as they stand now: rows of the register with their clocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select

from signage.core.instants import Instant
from signage.core.timelies import Clock, Progress, Terms, Timely, WorkingDays, clocks, next_clock
from signage.office.database import Store
from signage.office.tables_cases import cases

Calendars = Callable[[str], WorkingDays]  # a branch's id → its working days
_GRAVEST: Final = (Timely.ESCALATED, Timely.OVERDUE, Timely.DUE, Timely.RUNNING)


@dataclass(frozen=True)
class CaseRow:
    """One case. `row`: a row of `cases`; `clocks`: every one that has begun."""

    row: Mapping[str, Any]
    clocks: tuple[Clock, ...]

    @property
    def branch(self) -> str:
        return str(self.row["branch"])

    @property
    def id(self) -> str:
        return str(self.row["case_id"])

    @property
    def opened(self) -> Instant:
        return Instant.parse(self.row["opened_at"])

    @property
    def open(self) -> bool:
        return self.row["closed_at"] is None

    @property
    def next(self) -> Clock | None:
        return next_clock(self.clocks)

    def stands(self, now: Instant) -> Timely | None:
        """The gravest of what runs; None: nothing does."""
        running = {clock.stands(now) for clock in self.clocks if clock.done is None}
        return next((one for one in _GRAVEST if one in running), None)


@dataclass(frozen=True)
class Wanted:
    """Which cases. `number`: the eight digits, or an id; None of a field: all."""

    branch: str | None = None
    number: str | None = None
    owner: str | None = None
    closed: bool = False  # those that are over too
    first: Instant | None = None


def read_cases(store: Store, wanted: Wanted, calendars: Calendars, terms: Terms, now: Instant) -> tuple[CaseRow, ...]:
    """The oldest first. Raises DatabaseAway."""
    with store.read() as connection:
        found = connection.execute(_query(wanted, now)).mappings().all()
    rows = [{str(name): value for name, value in one.items()} for one in found]
    return tuple(CaseRow(row, clocks(progress_of(row), calendars(row["branch"]), terms)) for row in rows)


def progress_of(row: Mapping[str, Any]) -> Progress:
    return Progress(
        Instant.parse(row["opened_at"]),
        _instant(row["investigated_at"]),
        _instant(row["handled_at"]),
        _instant(row["fed_back_at"]),
        row["complicated"] is not None,
    )


def _query(wanted: Wanted, now: Instant) -> Select[Any]:
    """A call that nobody answers becomes a case some minutes after it: until then it is none."""
    query = select(cases).where(cases.c.opened_at <= str(now))
    if wanted.branch is not None:
        query = query.where(cases.c.branch == wanted.branch)
    if wanted.number is not None:
        digits = wanted.number.replace(" ", "")
        query = query.where((cases.c.number == digits) | (cases.c.case_id == wanted.number))
    elif not wanted.closed:
        query = query.where(cases.c.closed_at.is_(None))
    if wanted.owner is not None:
        query = query.where(cases.c.owner == wanted.owner)
    if wanted.first is not None:
        query = query.where(cases.c.opened_at >= str(wanted.first))
    return query.order_by(cases.c.opened_at, cases.c.branch, cases.c.case_id)


def _instant(text: str | None) -> Instant | None:
    return None if text is None else Instant.parse(text)


def gravest_first(found: Sequence[CaseRow], now: Instant) -> list[CaseRow]:
    """Those that are gravest first, then by what runs out first."""
    grave = {standing: place for place, standing in enumerate(_GRAVEST)}

    def key(case: CaseRow) -> tuple[int, int, str]:
        standing, clock = case.stands(now), case.next
        return (
            len(_GRAVEST) if standing is None else grave[standing],
            0 if clock is None else clock.due.ms,
            case.id,
        )

    return sorted(found, key=key)
