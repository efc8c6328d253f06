"""The year's special dates: holidays, make-up workdays and exceptions to come, each with the hours that hold then."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.view.happenings import Place
from kiosk.view.headed import Headed
from kiosk.view.panel import Showing
from kiosk.view.reading import Holidays
from kiosk.view.voice import Pair
from signage.core.hours_year import Stretch, year_table
from signage.core.phrases import Phrase
from signage.core.wording import day_and_month, weekday

MOST: Final = 12  # what one page holds
MOST_ELDER: Final = 5


@dataclass(frozen=True)
class HolidayRow:
    """`hours` in the order of the page's services. `now`: today is one of these dates."""

    dates: Pair
    weekdays: str
    note: Pair
    hours: tuple[str, ...]
    now: bool


@dataclass(frozen=True, kw_only=True)
class HolidaysView(Headed):
    services: tuple[Pair, ...]
    rows: tuple[HolidayRow, ...]
    empty: str
    foot: str


def holidays_view(showing: Showing, _: Holidays) -> HolidaysView:
    """What is over is not shown; what the calendar does not know yet is owned up to."""
    voice, hours = showing.voice, showing.hours
    today = hours.local_date(showing.now)
    tables = [year_table(hours, year) for year in (today.year, today.year + 1)]
    coming = [one for table in tables for one in table.special if one.last >= today]
    known = hours.plan.known_until
    foot = voice.say("touch.week_foot")
    if known and known < f"{today.year + 1}-12-31":
        foot = voice.say("hours.year_unknown", day=day_and_month(date.fromisoformat(known)))
    return HolidaysView(
        title=voice.both("touch.holidays"),
        back=Place.WEEK,
        services=tuple(voice.both(f"touch.service.{service}") for service in hours.services),
        rows=tuple(_row(showing, stretch, today) for stretch in coming[: MOST_ELDER if showing.touch.elder else MOST]),
        empty="" if coming else voice.say("touch.holidays_none"),
        foot=foot,
    )


def _row(showing: Showing, stretch: Stretch, today: date) -> HolidayRow:
    voice = showing.voice
    first, last = stretch.first, stretch.last
    days, names = day_and_month(first), weekday(first)
    if last > first:
        days = Phrase("touch.days", {"first": days, "last": day_and_month(last)})
        names = Phrase("touch.days", {"first": names, "last": weekday(last)})
    note = voice.pick(stretch.note) if stretch.note else _heading(voice.both(f"day.kind.{stretch.kind}"))
    return HolidayRow(
        voice.render(days),
        voice.render(names).first,
        note,
        tuple(voice.render(words).first for _, words in stretch.hours),
        first <= today <= last,
    )


def _heading(words: Pair) -> Pair:
    """Words from the middle of a sentence, where they stand alone."""
    first, second = (text[:1].upper() + text[1:] for text in (words.first, words.second))
    return Pair(first, second)
