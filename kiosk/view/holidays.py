"""The year's special dates: holidays, make-up workdays and exceptions to come, each with the hours that hold then."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.view.happenings import Place, ShowStep
from kiosk.view.headed import Headed
from kiosk.view.panel import Showing
from kiosk.view.reading import Holidays
from kiosk.view.voice import Pair
from signage.core.hours_year import Stretch, year_table
from signage.core.phrases import Phrase
from signage.core.wording import day_and_month, weekday

MOST: Final = 12  # rows that one page holds
MOST_LYING: Final = 7
MOST_ELDER: Final = 5
MOST_ELDER_LYING: Final = 3


@dataclass(frozen=True)
class HolidayRow:
    """`year` where it is not this one. `hours` in the order of the page's services. `now`: today is one of these dates."""

    year: str
    dates: Pair
    weekdays: str
    note: Pair
    hours: tuple[str, ...]
    now: bool


@dataclass(frozen=True, kw_only=True)
class HolidaysView(Headed):
    """`pager` is empty where one page holds all; else `earlier`, `later`: to the page beside it, None at an end."""

    services: tuple[Pair, ...]
    rows: tuple[HolidayRow, ...]
    empty: str
    foot: str
    pager: str
    earlier_label: Pair
    earlier: ShowStep | None
    later_label: Pair
    later: ShowStep | None


def holidays_view(showing: Showing, page: Holidays) -> HolidaysView:
    """What is over is not shown; what the calendar does not know yet is owned up to."""
    voice, hours = showing.voice, showing.hours
    today = hours.local_date(showing.now)
    tables = [year_table(hours, year) for year in (today.year, today.year + 1)]
    coming = [one for table in tables for one in table.special if one.last >= today]
    most = _most(showing)
    pages = max(1, -(-len(coming) // most))
    at = min(page.step, pages - 1)
    return HolidaysView(
        title=voice.both("touch.holidays"),
        back=Place.WEEK,
        services=tuple(voice.both(f"touch.service.{service}") for service in hours.services),
        rows=tuple(_row(showing, stretch, today) for stretch in coming[at * most : (at + 1) * most]),
        empty="" if coming else voice.say("touch.holidays_none"),
        foot=_foot(showing, today),
        pager=voice.say("opinion.page", page=at + 1, pages=pages) if pages > 1 else "",
        earlier_label=voice.both("touch.holidays_earlier"),
        earlier=ShowStep(at - 1) if at > 0 else None,
        later_label=voice.both("touch.holidays_later"),
        later=ShowStep(at + 1) if at + 1 < pages else None,
    )


def _most(showing: Showing) -> int:
    """How many rows a page holds: fewer on a low one, and in large type."""
    lying = showing.hanging is not None and showing.hanging.whole.w > showing.hanging.whole.h
    if showing.touch.elder:
        return MOST_ELDER_LYING if lying else MOST_ELDER
    return MOST_LYING if lying else MOST


def _foot(showing: Showing, today: date) -> str:
    """Until when the calendar is known, if that is not to the end of next year."""
    voice, known = showing.voice, showing.hours.plan.known_until
    if not known or known >= f"{today.year + 1}-12-31":
        return voice.say("touch.week_foot")
    last = date.fromisoformat(known)
    return voice.say("hours.year_unknown", year=last.year, day=day_and_month(last))


def _row(showing: Showing, stretch: Stretch, today: date) -> HolidayRow:
    voice = showing.voice
    first, last = stretch.first, stretch.last
    days, names = day_and_month(first), weekday(first)
    if last > first:
        days = Phrase("touch.days", {"first": days, "last": day_and_month(last)})
        names = Phrase("touch.days", {"first": names, "last": weekday(last)})
    note = voice.pick(stretch.note) if stretch.note else _heading(voice.both(f"day.kind.{stretch.kind}"))
    return HolidayRow(
        "" if first.year == today.year else voice.say("day.year", year=first.year),
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
