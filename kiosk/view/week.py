"""Opening hours as a table of the days to come, and what of it is different from other weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kiosk.view.voice import Pair, Voice
from signage.core.hours import Hours
from signage.core.hours_words import WEEK_DAYS, day_words
from signage.core.instants import Instant
from signage.core.phrases import Phrase, given
from signage.core.wording import clock, day_and_month, weekday

ANNOUNCED_DAYS: Final = 14  # the trade asks for 7 days before; a fortnight is what people plan
LONGEST_DAYS: Final = 31
_SATURDAY: Final = 5


@dataclass(frozen=True)
class DayRow:
    """One date. `hours` stand in the order of the table's services; `different` from what its weekday usually has."""

    day: Pair
    today: bool
    hours: tuple[str, ...]
    note: str
    different: bool


@dataclass(frozen=True)
class WeekTable:
    services: tuple[Pair, ...]
    rows: tuple[DayRow, ...]


def is_different(hours: Hours, day: date) -> bool:
    """Whether the calendar or an exception names the date: it is not simply its weekday."""
    usual = "rest" if day.weekday() >= _SATURDAY else "workday"
    excepted = any(one.first <= day.isoformat() <= one.last for one in hours.plan.exceptions)
    return excepted or hours.kind(day) != usual


def week_table(hours: Hours, now: Instant, voice: Voice) -> WeekTable:
    """Seven days from today, one column of hours for each service."""
    today = hours.local_date(now)
    days = [today + timedelta(days=number) for number in range(WEEK_DAYS)]
    return WeekTable(
        tuple(voice.both(f"touch.service.{service}") for service in hours.services),
        tuple(_row(hours, day, today, voice) for day in days),
    )


def _row(hours: Hours, day: date, today: date, voice: Voice) -> DayRow:
    name = Phrase("touch.day", {"date": day_and_month(day), "weekday": weekday(day)})
    return DayRow(
        voice.render(name),
        day == today,
        tuple(voice.render(day_words(hours, service, day)).first for service in hours.services),
        voice.pick(hours.note(day)).first,
        is_different(hours, day),
    )


def ahead(hours: Hours, service: str, now: Instant) -> Phrase | None:
    """The next dates with other hours than usual, after today and within a fortnight, in one line."""
    today = hours.local_date(now)
    days = [today + timedelta(days=number) for number in range(1, ANNOUNCED_DAYS + 1)]
    first = next((day for day in days if is_different(hours, day)), None)
    if first is None:
        return None
    last = first
    for _ in range(LONGEST_DAYS):
        following = last + timedelta(days=1)
        if not (is_different(hours, following) and _alike(hours, service, first, following)):
            break
        last = following
    spoken = day_and_month(first)
    if last > first:
        spoken = Phrase("touch.days", {"first": spoken, "last": day_and_month(last)})
    note = hours.note(first)
    words = day_words(hours, service, first)
    if note:
        return Phrase("touch.ahead_noted", {"days": spoken, "note": given(note), "hours": words})
    return Phrase("touch.ahead", {"days": spoken, "hours": words})


def _alike(hours: Hours, service: str, one: date, other: date) -> bool:
    """The same wall-clock hours for the same cause."""
    walls = [
        [(clock(start, hours.zone), clock(stop, hours.zone)) for start, stop in hours.spans(service, day)]
        for day in (one, other)
    ]
    return hours.note(one) == hours.note(other) and walls[0] == walls[1]
