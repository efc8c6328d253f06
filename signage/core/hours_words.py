"""Opening hours in words: what a plate at the door, a chip on a wall and a table of the week say."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from signage.core.hours import Hours, Span
from signage.core.instants import Instant
from signage.core.model import DayType, Text
from signage.core.phrases import Field, Phrase
from signage.core.wording import clock, day_and_month, end_from, moment_from, weekday

WEEK_DAYS: Final = 7
_LONG_CLOSURE_DAYS: Final = 2
_KEPT: Final = 256  # dates of a screen's few services; a plan is immutable, and a week is asked for at every change


@dataclass(frozen=True)
class DayHours:
    """One date of a table. `words`: its spans, or that it is a day of rest."""

    date: date
    day: Phrase
    weekday: Phrase
    kind: DayType
    words: Phrase
    note: Text
    spans: tuple[Span, ...]


def condition(hours: Hours, service: str, now: Instant) -> Phrase:
    """The one word: open, a break within the day, not open yet, closed for the day, closed all day."""
    if hours.at(service, now).open:
        return Phrase("state.open")
    today = hours.spans(service, hours.local_date(now))
    if not today:
        return Phrase("state.rest_today")
    if now < today[0][0]:
        return Phrase("state.not_yet")
    return Phrase("state.break" if within_day(hours, service, now) else "state.closed")


def within_day(hours: Hours, service: str, now: Instant) -> bool:
    """Whether `now` lies between the first opening of its date and the last closing."""
    today = hours.spans(service, hours.local_date(now))
    return bool(today) and today[0][0] <= now < today[-1][1]


def describe(hours: Hours, service: str, now: Instant) -> Phrase:
    """What a customer wants to know next: until when it is open, or when it opens."""
    state = hours.at(service, now)
    if state.open:
        if state.until is None:
            return Phrase("hours.always_open")
        return Phrase("hours.open_until", {"time": end_from(state.until, now, hours.zone)})
    if state.next_open is None:
        return Phrase("hours.no_opening_known")
    return _long_closure(hours, service, now, state.next_open) or Phrase(
        "hours.opens_at", {"time": moment_from(state.next_open, now, hours.zone)}
    )


def _long_closure(hours: Hours, service: str, now: Instant, opens: Instant) -> Phrase | None:
    """Why and how long, where at least two whole dates are closed and one of them has a note that says why."""
    today, back = hours.local_date(now), hours.local_date(opens)
    dates = [today + timedelta(days=ahead) for ahead in range((back - today).days)]
    closed = [day for day in dates if not hours.spans(service, day)]
    reason = next((day for day in closed if hours.note(day)), None)
    if len(closed) < _LONG_CLOSURE_DAYS or reason is None:
        return None
    # An exception's note tells of the closure by itself, the calendar's only names the holiday.
    key = "hours.closed_noted" if hours.timetable.note(reason) else "hours.closed_holiday"
    fields: dict[str, Field] = {
        "note": hours.note(reason),
        "last": day_and_month(dates[-1]),
        "day": day_and_month(back),
        "time": clock(opens, hours.zone),
    }
    return Phrase(key, fields)


def span_words(hours: Hours, day: date, span: Span) -> Phrase:
    """``09:00–17:00``; an end on a later date says so."""
    start, end = (moment.astimezone(hours.zone) for moment in span)
    begin, stop = clock(span[0], hours.zone), clock(span[1], hours.zone)
    if end.date() == day:
        return Phrase("span.day", {"start": begin, "end": stop})
    if span[1] == hours.midnight(day + timedelta(days=1)):
        if span[0] == hours.midnight(day):
            return Phrase("span.whole_day")
        return Phrase("span.day", {"start": begin, "end": "24:00"})
    return Phrase("span.past_midnight", {"start": f"{start:%H:%M}", "end": stop})


@lru_cache(maxsize=_KEPT)
def day_words(hours: Hours, service: str, day: date) -> Phrase:
    """All spans of a date in one phrase, or that it is a day of rest."""
    spans = hours.spans(service, day)
    if not spans:
        return Phrase("span.none")
    return Phrase("span.list", {"spans": tuple(span_words(hours, day, span) for span in spans)})


@lru_cache(maxsize=_KEPT)
def day_hours(hours: Hours, service: str, day: date) -> DayHours:
    return DayHours(
        date=day,
        day=day_and_month(day),
        weekday=weekday(day),
        kind=hours.kind(day),
        words=day_words(hours, service, day),
        note=hours.note(day),
        spans=hours.spans(service, day),
    )


def week(hours: Hours, service: str, now: Instant, days: int = WEEK_DAYS) -> tuple[DayHours, ...]:
    """The table from today on."""
    today = hours.local_date(now)
    return tuple(day_hours(hours, service, today + timedelta(days=ahead)) for ahead in range(days))
