"""What kind of date a date is, and the stand-in date on which an opening_hours rule is evaluated for it.

The hours library's own holiday calendar knows single days and no make-up workdays, so it never decides anything here.
It is only made use of: a rule's ``PH`` is evaluated on a date which that library holds for a public holiday *somewhere*,
of the same month and weekday as the date that our calendar calls a holiday.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from opening_hours import OpeningHours, State

from signage.core.model import Day, DayType, HoursPlan, Text

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SATURDAY: Final = 5
_SUNDAY: Final = 6
# Together their public holidays fall on every weekday of every month (a test walks all 84).
HOLIDAY_SOURCES: Final = ("CN", "UY", "AD")
_HOLIDAYS_FROM: Final = 2004
_HOLIDAYS_TO: Final = 2040


@dataclass(frozen=True)
class StandIn:
    """Where a rule is evaluated instead: a date, and the country whose calendar makes it a public holiday (or none)."""

    day: date
    country: str | None = None


@cache
def _known_holidays() -> dict[tuple[int, int], list[tuple[date, str]]]:
    """(month, weekday) → the library's public holidays of that kind in HOLIDAY_SOURCES, in order."""
    found: dict[tuple[int, int], list[tuple[date, str]]] = defaultdict(list)
    for country in HOLIDAY_SOURCES:
        every = OpeningHours("PH", country=country)
        for start, end, state, _ in every.intervals(datetime(_HOLIDAYS_FROM, 1, 1), datetime(_HOLIDAYS_TO, 1, 1)):  # noqa: DTZ001 - the library takes wall time
            if state != State.OPEN:
                continue
            day = start.date()
            while day < end.date():
                found[day.month, day.weekday()].append((day, country))
                day += timedelta(days=1)
    return {kind: sorted(days) for kind, days in found.items()}


def _holiday_like(day: date) -> StandIn:
    days = _known_holidays()[day.month, day.weekday()]
    at = bisect_left(days, (day, ""))
    nearest = min(days[max(at - 1, 0) : at + 1], key=lambda known: abs(known[0] - day))
    return StandIn(*nearest)


def _weekday_like(day: date, weekday: int) -> StandIn:
    """The nearest date of that weekday, in the same month."""
    ahead = (weekday - day.weekday()) % 7
    near = sorted((day + timedelta(days=ahead), day + timedelta(days=ahead - 7)), key=lambda other: abs(other - day))
    return StandIn(next(other for other in near if other.month == day.month))


def parse_date(text: str) -> date:
    """``YYYY-MM-DD``. Raises ValueError naming the text."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date, such as 2026-02-14") from error


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


class Calendar:
    """The types of dates: from the plan where it names them, else from the weekday."""

    def __init__(self, plan: HoursPlan) -> None:
        if plan.makeup_as not in WEEKDAYS:
            raise ValueError(f"makeup_as {plan.makeup_as!r} is none of {', '.join(WEEKDAYS)}")
        self._makeup_weekday = WEEKDAYS.index(plan.makeup_as)
        self._named: dict[date, Day] = {parse_date(day.date): day for day in plan.days}

    def kind(self, day: date) -> DayType:
        named = self._named.get(day)
        if named is not None:
            return named.type
        return "rest" if is_weekend(day) else "workday"

    def note(self, day: date) -> Text:
        named = self._named.get(day)
        return named.note if named is not None else {}

    def stand_in(self, day: date) -> StandIn:
        """Where a rule is evaluated for `day`. A date that is what its weekday says stands for itself."""
        kind = self.kind(day)
        weekend = is_weekend(day)
        if kind == "holiday":
            return _holiday_like(day)
        if kind == "makeup" or (kind == "workday" and weekend):
            return _weekday_like(day, self._makeup_weekday)
        if kind == "rest" and not weekend:
            return _weekday_like(day, _SUNDAY)
        return StandIn(day)
