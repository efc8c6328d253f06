"""The calendar of a country, expanded into plain data, so that every device knows the same days.

For the People's Republic of China the State Council announces each year's holidays and make-up workdays in the
autumn before; `chinese_calendar` carries them. The last days of a year may belong to the next year's New Year
arrangement: 29 December is the earliest date that ever did, so a year is known only up to the 28th.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from signage.config.branch_file import BranchConfig, ExceptionTable, HoursTable
from signage.core.model import Day, HoursException, HoursPlan, Text

_LAST_KNOWN_DAY: Final = (12, 28)
_NAMES: Final[dict[str, Text]] = {holiday.value: {"zh": holiday.chinese, "en": holiday.value} for holiday in Holiday}


def hours_plan(config: BranchConfig, since: date) -> HoursPlan:
    """The branch's hours as data, with every known special day from `since` on (yesterday is early enough)."""
    hours = config.hours
    rules = {"personal": hours.personal}
    if hours.corporate is not None:
        rules["corporate"] = hours.corporate
    known = known_until(hours)
    return HoursPlan(
        timezone=config.branch.timezone,
        rules=rules,
        makeup_as=hours.makeup_as,
        days=tuple(day for _, day in sorted(_days(hours).items()) if day.date >= since.isoformat()),
        exceptions=tuple(_exception(exception) for exception in hours.exceptions),
        known_until=known.isoformat() if known is not None else "",
    )


def known_until(hours: HoursTable) -> date | None:
    """The last date whose type is really known; None where no country is configured and so no calendar consulted."""
    configured = date.fromisoformat(hours.known_until) if hours.known_until is not None else None
    if hours.country is None:
        return configured
    library = date(max(holidays).year, *_LAST_KNOWN_DAY)
    return max(library, configured) if configured is not None else library


def calendar_warning(file: str, hours: HoursTable, today: date) -> str | None:
    """What no calendar covers, in one line; None while the next 60 days are known."""
    known = known_until(hours)
    if known is None or (known - today).days > 60:
        return None
    return (
        f"{file}: [hours]: holidays and make-up workdays are known until {known}, later dates keep their weekday's "
        "hours; install a newer chinesecalendar, or enter them under days and set known_until"
    )


def _days(hours: HoursTable) -> dict[str, Day]:
    days = {day.date: day for day in _library()} if hours.country == "CN" else {}
    for entry in hours.days:
        days[entry.date] = Day(date=entry.date, type=entry.type, note=dict(entry.note))
    return days


def _library() -> Iterator[Day]:
    for day, name in holidays.items():
        yield Day(date=day.isoformat(), type="holiday", note=_NAMES.get(name, {}))
    for day in workdays:
        yield Day(date=day.isoformat(), type="makeup")


def _exception(table: ExceptionTable) -> HoursException:
    rules = {"personal": table.personal, "corporate": table.corporate}
    return HoursException(
        first=table.first,
        last=table.last,
        rules={service: rule for service, rule in rules.items() if rule is not None},
        note=dict(table.note),
    )
