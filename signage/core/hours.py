"""Opening hours: open now, until when, when next, and the spans of a day.

Rules are OpenStreetMap opening_hours, dates get their types from the plan (`signage.core.days`), exceptions win over
both. Wall time becomes an instant as "the first moment the wall clock has reached it": what falls into the hour that
a summer-time change skips happens at the change, what falls into the hour that is repeated happens the first time.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from signage.core.days import Calendar, StandIn
from signage.core.instants import Instant
from signage.core.model import DayType, HoursPlan, Text
from signage.core.rules import WallSpan
from signage.core.timetable import Timetable

Span: TypeAlias = tuple[Instant, Instant]

HORIZON_DAYS: Final = 400  # what does not change within so many days is said not to change
_CACHED_DATES: Final = 4000


@dataclass(frozen=True)
class HoursState:
    """One service at one instant. `until`: the first instant at which `open` is otherwise; None: not within HORIZON_DAYS.

    `next_open` is given while closed. `note` is the date's (an exception's or the calendar's).
    """

    open: bool
    until: Instant | None
    next_open: Instant | None
    note: Text


class Hours:
    """A compiled plan. Immutable but for its caches; every method is total for every service name and instant."""

    def __init__(self, plan: HoursPlan) -> None:
        self.plan = plan
        self.zone = _zone(plan.timezone)
        self.calendar = Calendar(plan)
        self.timetable = Timetable(plan)
        self._cache: dict[tuple[str, date], tuple[Span, ...]] = {}
        self._answers: dict[str, tuple[Instant, Instant, HoursState]] = {}  # holds from, until before

    @property
    def services(self) -> tuple[str, ...]:
        """The branch's, in the plan's order, without those of single counters."""
        return self.timetable.services

    def local_date(self, now: Instant) -> date:
        return now.astimezone(self.zone).date()

    def midnight(self, day: date) -> Instant:
        """The instant at which `day` begins here."""
        return self._instant(day, 0)

    def kind(self, day: date) -> DayType:
        return self.calendar.kind(day)

    def note(self, day: date) -> Text:
        """What there is to say about a date: its exception's note, else the calendar's."""
        return self.timetable.note(day) or self.calendar.note(day)

    def wall_spans(self, service: str, day: date) -> list[WallSpan]:
        """The open spans that begin on `day`, as the wall clock reads, before any summer time."""
        return self.timetable.rule(service, day).spans(self.calendar.stand_in(day))

    def usual_spans(self, service: str, day: date, since: date) -> list[WallSpan]:
        """What stood for `day`, if it were no special date and nothing had changed after `since`."""
        return self.timetable.standing(service, since).spans(StandIn(day))

    def spans(self, service: str, day: date) -> tuple[Span, ...]:
        """The open spans that begin on `day`, in order. A service without a rule is never open."""
        known = self._cache.get((service, day))
        if known is None:
            if len(self._cache) >= _CACHED_DATES:
                self._cache.clear()
            known = self._cache[service, day] = self._compile(service, day)
        return known

    def at(self, service: str, now: Instant) -> HoursState:
        """The service at `now`. A span holds from its start up to, and not including, its end."""
        answer = self._answers.get(service)
        if answer is not None and answer[0] <= now < answer[1]:
            return answer[2]
        state = self._find(service, now)
        midnight = self.midnight(self.local_date(now) + timedelta(days=1))
        self._answers[service] = (now, midnight if state.until is None else min(midnight, state.until), state)
        return state

    def opening(self, service: str, since: Instant) -> Instant | None:
        """The first instant from `since` on at which the service is open; None: not within HORIZON_DAYS."""
        state = self._find(service, since)
        return since if state.open else state.next_open

    def knows(self, service: str) -> bool:
        """Whether the plan says anything about the service."""
        return self.timetable.knows(service)

    def _find(self, service: str, now: Instant) -> HoursState:
        today = self.local_date(now)
        end: Instant | None = None
        for ahead in range(-1, HORIZON_DAYS):
            for start, stop in self.spans(service, today + timedelta(days=ahead)):
                if end is None and now < start:
                    return HoursState(False, start, start, self.note(today))
                if end is None and now < stop:
                    end = stop
                elif end is not None and start > end:
                    return HoursState(True, end, None, self.note(today))
                elif end is not None:
                    end = max(end, stop)
            if end is not None and self.midnight(today + timedelta(days=ahead + 1)) > end:
                return HoursState(True, end, None, self.note(today))
        return HoursState(end is not None, None, None, self.note(today))

    def _compile(self, service: str, day: date) -> tuple[Span, ...]:
        spans: list[Span] = []
        for first, last in self.wall_spans(service, day):
            start, stop = self._instant(day, first), self._instant(day, last)
            if start < stop:  # a span may vanish whole into the hour that summer time skips
                spans.append((start, stop))
        return tuple(spans)

    def _instant(self, day: date, minutes: int) -> Instant:
        wall = datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(minutes=minutes)
        moment = Instant.of(wall)
        if moment.astimezone(self.zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            return moment
        return _end_of_gap(self.zone, Instant.of(wall.replace(fold=1)), moment)


def read_hours(plan: HoursPlan) -> Hours:
    """Compile a plan. Raises ValueError that names the service, date or zone that is wrong."""
    return Hours(plan)


def hours_or_none_known(plan: HoursPlan) -> Hours:
    """Total: of a plan that cannot be read no hours are known; see `read_hours`."""
    try:
        return Hours(plan)
    except ValueError:
        return Hours(HoursPlan(timezone=plan.timezone if _is_zone(plan.timezone) else "UTC", rules={}))


def _is_zone(name: str) -> bool:
    try:
        _zone(name)
    except ValueError:
        return False
    return True


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone, such as Asia/Shanghai") from error


def _end_of_gap(zone: ZoneInfo, before: Instant, after: Instant) -> Instant:
    """The instant between the two at which the zone's offset changes, by bisection over milliseconds."""
    old, low, high = before.astimezone(zone).utcoffset(), before.ms, after.ms
    while high - low > 1:
        middle = (low + high) // 2
        if Instant.from_ms(middle).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return Instant.from_ms(high)
