"""A year's hours as it would hang at the door: the usual week, when it changes, and every special stretch of dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from signage.core.days import is_weekend
from signage.core.hours import Hours
from signage.core.hours_weeks import usual_week, wall_words
from signage.core.model import DayType, Text
from signage.core.phrases import Phrase


@dataclass(frozen=True)
class UsualWeek:
    """From `first` on, until the next one. `weeks`: service → words."""

    first: date
    weeks: tuple[tuple[str, Phrase], ...]


@dataclass(frozen=True)
class Stretch:
    """Neighbouring special dates that are alike. `hours`: service → words."""

    first: date
    last: date
    kind: DayType
    note: Text
    hours: tuple[tuple[str, Phrase], ...]


@dataclass(frozen=True)
class YearTable:
    """`known_until`: the last date whose type is known, if that lies before the year's end."""

    year: int
    usual: tuple[UsualWeek, ...]
    special: tuple[Stretch, ...]
    known_until: date | None


def is_special(hours: Hours, day: date) -> bool:
    """Whether the date is not simply its weekday: by its type or by an exception."""
    return hours.kind(day) != ("rest" if is_weekend(day) else "workday") or hours.timetable.is_excepted(day)


def year_table(hours: Hours, year: int) -> YearTable:
    """The table of a year from 1970 to 2998."""
    first = date(year, 1, 1)
    begun = {one.first for one in hours.timetable.changes if one.first.year == year}
    usual = tuple(_usual(hours, day) for day in sorted({first} | begun))
    known = hours.plan.known_until
    short = date.fromisoformat(known) if known and known < f"{year}-12-31" else None
    return YearTable(year, usual, tuple(_stretches(hours, first)), short)


def _usual(hours: Hours, since: date) -> UsualWeek:
    return UsualWeek(since, tuple((service, usual_week(hours, service, since)) for service in hours.services))


def _stretches(hours: Hours, first: date) -> Iterator[Stretch]:
    """The special dates of the year, neighbours that are alike in one."""
    run: Stretch | None = None
    day = first
    while day.year == first.year:
        alike = _stretch(hours, day) if is_special(hours, day) else None
        if run is not None and alike == _moved(run, day):
            run = Stretch(run.first, day, run.kind, run.note, run.hours)
        else:
            if run is not None:
                yield run
            run = alike
        day += timedelta(days=1)
    if run is not None:
        yield run


def _stretch(hours: Hours, day: date) -> Stretch:
    told = tuple((service, wall_words(hours.wall_spans(service, day))) for service in hours.services)
    return Stretch(day, day, hours.kind(day), hours.note(day), told)


def _moved(run: Stretch, day: date) -> Stretch:
    """What `day` would be if it were like the run."""
    return Stretch(day, day, run.kind, run.note, run.hours)
