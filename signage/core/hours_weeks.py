"""A usual week in words, and what is announced about it: 周一至周五 09:00–17:00，周六、周日 09:30–16:00."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import Text
from signage.core.phrases import Field, Phrase
from signage.core.rules import DAY_MIN, WallSpan
from signage.core.timetable import Change
from signage.core.wording import day_and_month

ANNOUNCED: Final = timedelta(days=7)  # the trade's pacts ask for seven days
_WEEK: Final = 7


@dataclass(frozen=True)
class Announcement:
    """A change to come: from `first` on the week is `weeks` (service → words). `words`: all of it in one phrase."""

    first: date
    weeks: tuple[tuple[str, Phrase], ...]
    note: Text
    words: Phrase


def service_name(service: str) -> Phrase:
    """What a service is called in a list."""
    if service in {"personal", "corporate"}:
        return Phrase(f"service.{service}")
    if service.startswith("counter:"):
        return Phrase("service.counter", {"number": service.removeprefix("counter:")})
    return Phrase("service.other", {"name": service})


def wall_words(spans: list[WallSpan]) -> Phrase:
    """Spans as a wall clock reads them, or that it is a day of rest."""
    return Phrase("span.list", {"spans": tuple(map(_span_words, spans))}) if spans else Phrase("span.none")


def within(hours: Phrase) -> Phrase:
    """The hours of a date as they stand within a sentence: there a day of rest has no capital letter of its own."""
    return Phrase("span.none_within") if hours.key == "span.none" else hours


def _span_words(span: WallSpan) -> Phrase:
    if span == (0, DAY_MIN):
        return Phrase("span.whole_day")
    fields: dict[str, Field] = {"start": _clock(span[0]), "end": _clock(span[1])}
    if span[1] <= DAY_MIN:
        return Phrase("span.day", fields)
    return Phrase("span.past_midnight", {**fields, "end": _clock(span[1] - DAY_MIN)})


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def usual_week(hours: Hours, service: str, since: date) -> Phrase:
    """What begins at `since`, by weekday and without special dates; neighbours with the same hours in one."""
    monday_first = sorted((since + timedelta(days=ahead) for ahead in range(_WEEK)), key=date.weekday)
    days = [(day.weekday() + 1, wall_words(hours.usual_spans(service, day, since))) for day in monday_first]
    return Phrase("week.list", {"parts": tuple(_runs(days))})


def _runs(days: list[tuple[int, Phrase]]) -> Iterator[Phrase]:
    """Runs of ISO weekdays with the same words."""
    first = 0
    for at in range(1, len(days) + 1):
        if at < len(days) and days[at][1] == days[first][1]:
            continue
        yield Phrase("week.part", {"days": _weekdays(days[first][0], days[at - 1][0]), "hours": within(days[first][1])})
        first = at


def _weekdays(first: int, last: int) -> Phrase:
    if (first, last) == (1, _WEEK):
        return Phrase("week.daily")
    if first == last:
        return Phrase(f"weekday.{first}")
    return Phrase("week.range", {"first": Phrase(f"weekday.{first}"), "last": Phrase(f"weekday.{last}")})


def announcement(hours: Hours, change: Change) -> Announcement:
    """One change in words, for the services of the branch that it names; of counters' own rules only where no other."""
    named = [service for service in hours.services if service in change.rules] or list(change.rules)
    weeks = tuple((service, usual_week(hours, service, change.first)) for service in named)
    parts = tuple(Phrase("week.service", {"service": service_name(name), "week": week}) for name, week in weeks)
    fields: dict[str, Field] = {"day": day_and_month(change.first), "weeks": parts}
    words = Phrase("hours.change_noted", {**fields, "note": change.note}) if change.note else None
    return Announcement(change.first, weeks, change.note, words or Phrase("hours.change", fields))


def announcements(hours: Hours, now: Instant) -> tuple[Announcement, ...]:
    """The changes to be told at `now`: from seven days before, until they hold. In order of their dates."""
    today = hours.local_date(now)
    changes = hours.timetable.changes
    return tuple(announcement(hours, one) for one in changes if today < one.first <= today + ANNOUNCED)


def next_announcement(hours: Hours, now: Instant) -> Instant | None:
    """The first midnight after `now` at which `announcements` is otherwise."""
    dates = {day for one in hours.timetable.changes for day in (one.first - ANNOUNCED, one.first)}
    edges = (hours.midnight(day) for day in dates)
    return min((edge for edge in edges if edge > now), default=None)
