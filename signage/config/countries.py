"""The public holidays of other countries than China, from the `holidays` library, as types and names of dates.

A library computes what a law says by rule; what a government decides year by year belongs into the configured table. It is
loaded when a country other than China is asked for: a tenth of a second of every start, on every branch's small board.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, Final

from signage.core.model import Day, Text

CHINA: Final = "CN"
_ENGLISH: Final = "en_US"
_CHINESE: Final = "zh_CN"


def _library() -> Any:
    return import_module("holidays")


@cache
def countries() -> tuple[str, ...]:
    """Every country with a calendar, by its two letters."""
    return tuple(sorted({CHINA, *_library().list_supported_countries(include_aliases=False)}))


def subdivisions(country: str) -> list[str]:
    """The parts of a country with holidays of their own, as the library calls them."""
    return [] if country == CHINA else list(_library().list_supported_countries().get(country, []))


def last_year(country: str) -> int:
    """The last year that the library computes."""
    return int(_library().country_holidays(country).end_year)


def special_days(country: str, subdivision: str | None, years: range) -> Iterator[Day]:
    """The country's holidays, and the weekend days worked in exchange, in the order of dates."""
    of = _library().country_holidays
    known = of(country, subdiv=subdivision, years=years)
    languages = {"en": _ENGLISH, "zh": _CHINESE, known.default_language or "": known.default_language}
    calendars = {
        locale.partition("_")[0]: of(country, subdiv=subdivision, years=years, language=language)
        for locale, language in languages.items()
        if language is not None and language in known.supported_languages
    }
    found = {day: Day(date=day.isoformat(), type="makeup") for day in known.weekend_workdays if day.year in years}
    for day, name in known.items():
        notes: Text = {locale: calendar[day] for locale, calendar in calendars.items() if day in calendar}
        found[day] = Day(date=day.isoformat(), type="holiday", note=notes or {"en": name})
    return iter([found[day] for day in sorted(found)])
