"""Head office's signed word on dates, laid under the branch's own.

Who wins on a date: the branch's configured table, then the signed content, then the library's calendar. Exceptions win
over all types of dates; among them the branch's own win over the signed ones, service by service.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec.structs import replace

from signage.core.days import Calendar
from signage.core.model import Day, HoursException, HoursPlan
from signage.core.timetable import Timetable

T = TypeVar("T")


def merged(plan: HoursPlan, days: Iterable[Day], exceptions: Iterable[HoursException]) -> HoursPlan:
    """The plan with what is signed. Total.

    A signed day or exception that cannot be read is left out: a branch's own hours must not become unknown by it.
    """
    own = frozenset(plan.own_days)
    signed = {day.date: day for day in _readable(days, _read_day) if day.date not in own}
    kept = tuple(day for day in plan.days if day.date not in signed)
    under = tuple(_readable(exceptions, _read_exception))
    if not signed and not under:
        return plan
    return replace(
        plan,
        days=tuple(sorted((*kept, *signed.values()), key=lambda day: day.date)),
        exceptions=(*under, *plan.exceptions),
    )


def _read_day(day: Day) -> None:
    Calendar(HoursPlan(timezone="UTC", rules={}, days=(day,)))


def _read_exception(exception: HoursException) -> None:
    Timetable(HoursPlan(timezone="UTC", rules={}, exceptions=(exception,)))


def _readable(entries: Iterable[T], read: Callable[[T], None]) -> Iterable[T]:
    for entry in entries:
        try:
            read(entry)
        except ValueError:
            continue
        yield entry
