"""Opening hours as a table of the days to come, and what of it is different from other weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kiosk.view.voice import Pair, Voice
from signage.core.hours import Hours
from signage.core.hours_weeks import within
from signage.core.hours_words import WEEK_DAYS, day_words
from signage.core.instants import Instant
from signage.core.phrases import Phrase, given
from signage.core.wording import clock, day_and_month, weekday_short

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


def affected(hours: Hours, day: date) -> tuple[str, ...]:
    """The services whose hours on that date are not simply its weekday's: an exception or the calendar names it."""
    usual = "rest" if day.weekday() >= _SATURDAY else "workday"
    if hours.kind(day) != usual:
        return hours.services
    excepted = [one for one in hours.plan.exceptions if one.first <= day.isoformat() <= one.last]
    return tuple(service for service in hours.services if any(service in one.rules for one in excepted))


def week_table(hours: Hours, now: Instant, voice: Voice) -> WeekTable:
    """Seven days from today, one column of hours for each service."""
    today = hours.local_date(now)
    days = [today + timedelta(days=number) for number in range(WEEK_DAYS)]
    return WeekTable(
        tuple(voice.both(f"touch.service.{service}") for service in hours.services),
        tuple(_row(hours, day, today, voice) for day in days),
    )


def _row(hours: Hours, day: date, today: date, voice: Voice) -> DayRow:
    name = Phrase("touch.day", {"date": day_and_month(day), "weekday": weekday_short(day)})
    return DayRow(
        voice.render(name),
        day == today,
        tuple(voice.render(day_words(hours, service, day)).first for service in hours.services),
        _note(hours, day, voice),
        bool(affected(hours, day)),
    )


def _note(hours: Hours, day: date, voice: Voice) -> str:
    """Why the date is not simply its weekday; where nobody has said, what kind of date it is."""
    note = voice.pick(hours.note(day)).first
    if note or not affected(hours, day):
        return note
    return voice.say(f"touch.kind.{hours.kind(day)}")


def ahead(hours: Hours, now: Instant) -> Phrase | None:
    """The next dates with other hours than usual, after today and within a fortnight, in one line."""
    today = hours.local_date(now)
    days = [today + timedelta(days=number) for number in range(1, ANNOUNCED_DAYS + 1)]
    first = next((day for day in days if affected(hours, day)), None)
    if first is None:
        return None
    last = first
    for _ in range(LONGEST_DAYS):
        following = last + timedelta(days=1)
        if not _alike(hours, first, following):
            break
        last = following
    spoken = day_and_month(first)
    if last > first:
        spoken = Phrase("touch.days", {"first": spoken, "last": day_and_month(last)})
    words = tuple(
        Phrase(
            "touch.ahead_service",
            {"service": Phrase(f"touch.service.{one}"), "hours": within(day_words(hours, one, first))},
        )
        for one in affected(hours, first)
    )
    note = hours.note(first)
    if note:
        return Phrase("touch.ahead_noted", {"days": spoken, "note": given(note), "hours": words})
    return Phrase("touch.ahead", {"days": spoken, "hours": words})


def _alike(hours: Hours, one: date, other: date) -> bool:
    """The same services, with the same wall-clock hours, for the same cause."""
    services = affected(hours, one)
    if affected(hours, other) != services or hours.note(one) != hours.note(other):
        return False
    return all(_walls(hours, service, one) == _walls(hours, service, other) for service in services)


def _walls(hours: Hours, service: str, day: date) -> list[tuple[str, str]]:
    return [(clock(start, hours.zone), clock(stop, hours.zone)) for start, stop in hours.spans(service, day)]
