"""The calendar of a country, expanded into plain data, so that every device knows the same days.

For the People's Republic of China the State Council announces each year's holidays and make-up workdays in the
autumn before; `chinese_calendar` carries them. The last days of a year may belong to the next year's New Year
arrangement: 29 December is the earliest date that ever did, so a year is known only up to the 28th.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from signage.config.branch_file import SERVICES, BranchConfig, ChangeTable, ExceptionTable, HoursTable
from signage.config.countries import CHINA, last_year, special_days
from signage.core.model import Day, HoursChange, HoursException, HoursPlan, Text
from signage.core.timetable import own_service

_LAST_KNOWN_DAY: Final = (12, 28)
_YEARS_AHEAD: Final = 2  # a plan travels to every screen: it carries the years that people plan with
_WARN_DAYS: Final = 60
_NAMES: Final[dict[str, Text]] = {holiday.value: {"zh": holiday.chinese, "en": holiday.value} for holiday in Holiday}


def hours_plan(config: BranchConfig, since: date) -> HoursPlan:
    """The branch's hours as data, with every known special day from `since` on (yesterday is early enough)."""
    own = {counter.number: counter.hours for counter in config.counter if counter.own_rule is not None}
    return plan_of(config.hours, config.branch.timezone, own, since)


def plan_of(hours: HoursTable, timezone: str, counters: Mapping[str, str], since: date) -> HoursPlan:
    """A table of hours as data; `counters`: those with a rule of their own."""
    known = known_until(hours, since)
    days = sorted(_days(hours, since).items())
    return HoursPlan(
        timezone=timezone,
        rules=_named({"personal": hours.personal, "corporate": hours.corporate}, counters),
        makeup_as=hours.makeup_as,
        days=tuple(day for _, day in days if day.date >= since.isoformat()),
        exceptions=tuple(_exception(exception) for exception in hours.exceptions),
        changes=tuple(_change(change) for change in hours.change),
        own_days=tuple(sorted(entry.date for entry in hours.days if entry.date >= since.isoformat())),
        known_until=known.isoformat() if known is not None else "",
    )


def known_until(hours: HoursTable, since: date) -> date | None:
    """The last date whose type a plan made at `since` really knows; None where no calendar is consulted."""
    configured = date.fromisoformat(hours.known_until) if hours.known_until is not None else None
    if hours.country is None:
        return configured
    if hours.country == CHINA:
        library = date(max(holidays).year, *_LAST_KNOWN_DAY)
    else:
        library = date(min(last_year(hours.country), since.year + _YEARS_AHEAD), 12, 31)
    return max(library, configured) if configured is not None else library


def calendar_warning(file: str, hours: HoursTable, today: date) -> str | None:
    """What no calendar covers, in one line; None while the next 60 days are known."""
    known = known_until(hours, today)
    if known is None:
        return _no_calendar(file, hours)
    if (known - today).days > _WARN_DAYS:
        return None
    library = "chinesecalendar" if hours.country == CHINA else "holidays"
    return (
        f"{file}: [hours]: holidays and make-up workdays are known until {known}, later dates keep their weekday's "
        f"hours; install a newer {library}, or enter them under days and set known_until"
    )


def _no_calendar(file: str, hours: HoursTable) -> str | None:
    """A rule for holidays that nobody names."""
    rules = [rule for rule in (hours.personal, hours.corporate) if rule is not None]
    if hours.days or not any("PH" in rule for rule in rules):
        return None
    return (
        f"{file}: [hours]: the rules name public holidays (PH), but no calendar is configured, so no date is one; "
        "set country, or enter the holidays under days"
    )


def _days(hours: HoursTable, since: date) -> dict[str, Day]:
    days = {day.date: day for day in _library(hours, since)}
    for entry in hours.days:
        days[entry.date] = Day(date=entry.date, type=entry.type, note=dict(entry.note))
    return days


def _library(hours: HoursTable, since: date) -> Iterator[Day]:
    if hours.country == CHINA:
        yield from _chinese()
    elif hours.country is not None:
        yield from special_days(hours.country, hours.subdivision, range(since.year, since.year + _YEARS_AHEAD + 1))


def _chinese() -> Iterator[Day]:
    for day, name in holidays.items():
        yield Day(date=day.isoformat(), type="holiday", note=_NAMES.get(name, {}))
    for day in workdays:
        yield Day(date=day.isoformat(), type="makeup")


def _named(services: Mapping[str, str | None], counters: Mapping[str, str]) -> dict[str, str]:
    """The rules that are given, by the names a plan has for their services."""
    given = {service: rule for service in SERVICES if (rule := services[service]) is not None}
    return given | {own_service(number): rule for number, rule in counters.items()}


def _exception(table: ExceptionTable) -> HoursException:
    return HoursException(first=table.first, last=table.last, rules=_of(table), note=dict(table.note))


def _change(table: ChangeTable) -> HoursChange:
    return HoursChange(first=table.first, rules=_of(table), note=dict(table.note))


def _of(table: ExceptionTable | ChangeTable) -> dict[str, str]:
    return _named({"personal": table.personal, "corporate": table.corporate}, table.counters)
