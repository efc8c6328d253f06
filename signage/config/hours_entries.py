"""What must agree within the tables about hours: dates that exist, rules that can be read, a country with a calendar."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Final

from signage.config.branch_file import (
    SERVICES,
    ChangeTable,
    CounterTable,
    DayTable,
    ExceptionTable,
    HoursTable,
    ScreenTable,
    SoundTable,
)
from signage.config.check import Checked
from signage.config.countries import CHINA, countries, subdivisions
from signage.config.places import Mistake, Place, nearest, shown
from signage.core.hours import read_hours
from signage.core.model import HoursPlan

_SYNTAX: Final = 'opening_hours syntax such as "Mo-Fr 09:00-17:00; PH off"'
FOLLOW: Final = "hours"  # a screen that is lit as the branch is open
_POWER: Final = '"hours" or opening_hours syntax such as "Mo-Fr 08:00-18:00"'
COUNTER_HOURS: Final = '"personal", "corporate" or opening_hours syntax such as "Mo-Fr 09:00-12:00"'


def hours_mistakes(checked: Checked) -> Iterator[Mistake]:
    """Every disagreement inside a table about hours."""
    yield from _rules(checked)
    for key in ("date", "from", "to", "known_until"):
        for place, text in checked.at(key, DayTable, ExceptionTable, ChangeTable, HoursTable):
            yield from _date(place, key, text)
    for place, exception in checked.of(ExceptionTable):
        if exception.last < exception.first:
            yield Mistake(place, "to", shown(exception.last), f"{exception.first} or later, as from says")
    for kind in (ExceptionTable, ChangeTable):
        for place, table in checked.of(kind):
            if table.personal is None and table.corporate is None and not table.counters:
                yield Mistake(place, "personal", "nothing", 'hours or "off" for personal, corporate or both')
    for place, hours in checked.of(HoursTable):
        yield from _country(place, hours)


def _rules(checked: Checked) -> Iterator[Mistake]:
    for key in SERVICES:
        for place, rule in checked.at(key, HoursTable, ExceptionTable, ChangeTable):
            yield from rule_mistakes(place, key, rule)
    for place, rules in checked.at("counters", ExceptionTable, ChangeTable):
        for number, rule in rules.items():
            yield from rule_mistakes(place, f"counters.{number}", rule)
    for place, rule in checked.at("quiet", SoundTable):
        yield from rule_mistakes(place, "quiet", rule)
    for place, rule in checked.at("power", ScreenTable):
        if rule != FOLLOW:
            yield from rule_mistakes(place, "power", rule, _POWER)
    for place, kept in checked.at("hours", CounterTable):
        if kept not in SERVICES:
            yield from rule_mistakes(place, "hours", kept, COUNTER_HOURS)


def rule_mistakes(place: Place, key: str, rule: str, wanted: str = _SYNTAX) -> Iterator[Mistake]:
    """Whether it can be read."""
    try:
        read_hours(HoursPlan(timezone="UTC", rules={"personal": rule}))
    except ValueError:
        yield Mistake(place, key, shown(rule), wanted)


def _date(place: Place, key: str, text: str) -> Iterator[Mistake]:
    try:
        date.fromisoformat(text)
    except ValueError:
        yield Mistake(place, key, shown(text), "a date that exists")


def _country(place: Place, hours: HoursTable) -> Iterator[Mistake]:
    """That there is a calendar of the country, and of the part of it that is named."""
    country, part = hours.country, hours.subdivision
    if country not in {None, CHINA} and country not in countries():
        close = get_close_matches(country or "", countries(), n=1)
        example = close[0] if close else "CN"
        yield Mistake(place, "country", shown(country), f'a country whose calendar is known, such as "{example}"')
    elif part is not None:
        known = subdivisions(country) if country is not None else []
        if part not in known:
            wanted = nearest(part, known) if known else "no subdivision: none is known of this country"
            yield Mistake(place, "subdivision", shown(part), wanted)
