"""The three timelies: when each step of a case falls due, by the branch's own working days (how service is measured).

A working day is a date that the branch's calendar calls a workday or a make-up workday. The day of the beginning is not
counted: "1 working day" is over at the end of the next working day, "15 calendar days" at the end of the fifteenth date.
A deadline is the first instant that is too late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from signage.core.days import Calendar
from signage.core.instants import Instant

_WORKED: Final = frozenset({"workday", "makeup"})
_A_DAY: Final = timedelta(days=1)


class Clocked(StrEnum):
    """What has a deadline. WHOLE: from arrival until the customer has heard."""

    INVESTIGATED = "investigated"
    HANDLED = "handled"
    FED_BACK = "fed-back"
    WHOLE = "whole"


class Timely(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    DUE = "due"  # its last working day has come: reminded
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    IN_TIME = "in-time"
    LATE = "late"


@dataclass(frozen=True)
class Terms:
    """How long each step may take. Working days but for `whole` and `whole_complex`, which are calendar days.

    `remind_at` (local): when on its last working day a step is reminded of, and when `escalate_after` working days after
    the last one it goes to whoever stands above.
    """

    investigated: int = 1
    handled: int = 5
    fed_back: int = 1
    whole: int = 15
    whole_complex: int = 30
    remind_at: time = time(9)
    escalate_after: int = 1


@dataclass(frozen=True)
class Progress:
    """When a case arrived and when each step was reached. A later step reaches the earlier ones too."""

    opened: Instant
    investigated: Instant | None = None
    handled: Instant | None = None
    fed_back: Instant | None = None
    complicated: bool = False  # with a reason, which its history tells


@dataclass(frozen=True)
class Clock:
    """One deadline: reminded of at `remind`, too late at `due`, escalated at `escalate`."""

    what: Clocked
    due: Instant
    remind: Instant
    escalate: Instant
    done: Instant | None

    def stands(self, now: Instant) -> Timely:
        if self.done is not None:
            return Timely.IN_TIME if self.done < self.due else Timely.LATE
        if now >= self.escalate:
            return Timely.ESCALATED
        if now >= self.due:
            return Timely.OVERDUE
        return Timely.DUE if now >= self.remind else Timely.RUNNING


@dataclass(frozen=True)
class WorkingDays:
    """A branch's calendar and zone, as far as deadlines ask."""

    calendar: Calendar
    zone: ZoneInfo

    def works(self, day: date) -> bool:
        return self.calendar.kind(day) in _WORKED

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; for 0 the day itself."""
        return _after(self, day, count)

    def last(self, day: date) -> date:
        """`day`, or the last working day before it."""
        while not self.works(day):
            day -= _A_DAY
        return day

    def of(self, at: Instant) -> date:
        return at.astimezone(self.zone).date()

    def at(self, day: date, moment: time) -> Instant:
        return Instant.of(datetime.combine(day, moment, self.zone))


@lru_cache(4096)
def _after(days: WorkingDays, day: date, count: int) -> date:
    for _ in range(count):
        day += _A_DAY
        while not days.works(day):
            day += _A_DAY
    return day


def clocks(progress: Progress, days: WorkingDays, terms: Terms) -> tuple[Clock, ...]:
    """Every clock that has begun: feeding back begins with handling."""
    return tuple(_clocks(progress, days, terms))


def _clocks(progress: Progress, days: WorkingDays, terms: Terms) -> Iterator[Clock]:
    arrived = days.of(progress.opened)
    for what, count, done in (
        (Clocked.INVESTIGATED, terms.investigated, progress.investigated),
        (Clocked.HANDLED, terms.handled, progress.handled),
    ):
        yield _clock(what, days.after(arrived, count), done, days, terms)
    if progress.handled is not None:
        last = days.after(days.of(progress.handled), terms.fed_back)
        yield _clock(Clocked.FED_BACK, last, progress.fed_back, days, terms)
    whole = terms.whole_complex if progress.complicated else terms.whole
    yield _clock(Clocked.WHOLE, arrived + timedelta(days=whole), progress.fed_back, days, terms)


def _clock(what: Clocked, last: date, done: Instant | None, days: WorkingDays, terms: Terms) -> Clock:
    """`last`: the last date that is still in time."""
    return Clock(what, *_deadline(last, days, terms), done)


@lru_cache(4096)  # a month's thousands of cases have a few dozen dates between them
def _deadline(last: date, days: WorkingDays, terms: Terms) -> tuple[Instant, Instant, Instant]:
    """Due, reminded of, escalated."""
    due = days.at(last + _A_DAY, time())
    remind = days.at(days.last(last), terms.remind_at)
    escalate = max(due, days.at(days.after(last, terms.escalate_after), terms.remind_at))
    return due, remind, escalate


def next_clock(running: Sequence[Clock]) -> Clock | None:
    """The clock that runs out first; None: everything is done that can be."""
    return min((one for one in running if one.done is None), key=lambda one: one.due, default=None)
