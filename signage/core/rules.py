"""One OpenStreetMap opening_hours rule, evaluated date by date on the library (https://wiki.openstreetmap.org/wiki/Key:opening_hours).

A span belongs to the date on which it begins: what a rule opens past midnight is that date's, whatever the next one is.
The library sees it otherwise (the next date's rule takes the night away), and on a stand-in date the neighbours are not
the real ones; so a time that goes past midnight is evaluated as one that ends at midnight, and its rest is put on after.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from operator import eq
from typing import Final, TypeAlias

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined] # its stub leaves ParserError out

from signage.core.days import HOLIDAY_SOURCES, StandIn

WallSpan: TypeAlias = tuple[int, int]  # minutes since the date's midnight; the end may lie on the next date
DAY_MIN: Final = 24 * 60

_TIMES: Final = re.compile(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)")
_COMMENT: Final = re.compile(r'("[^"]*")')


class Rule:
    """A compiled rule. Raises ValueError with the place for text that is no opening_hours."""

    def __init__(self, text: str) -> None:
        _Expression(text)  # what a person wrote is what an error names
        self.text = text
        self._nights = _nights(text)
        self._to_midnight = _Expression(_rewrite(text, lambda _: True))
        self._without_nights = _Expression(_rewrite(text, lambda _: False))
        self._one_night = [_Expression(_rewrite(text, partial(eq, night))) for night in range(len(self._nights))]

    def spans(self, stand_in: StandIn) -> list[WallSpan]:
        """The open spans that begin on the stand-in's date, in order, apart from each other."""
        spans = self._to_midnight.on(stand_in)
        if not self._nights or not _reaches_midnight(spans):
            return spans
        return [*spans[:-1], (spans[-1][0], DAY_MIN + self._past_midnight(stand_in))]

    def _past_midnight(self, stand_in: StandIn) -> int:
        """How many minutes of the next date the latest of the nights that hold on this date takes."""
        if _reaches_midnight(self._without_nights.on(stand_in)):
            return 0
        pairs = zip(self._nights, self._one_night, strict=True)
        return max((rest for rest, alone in pairs if _reaches_midnight(alone.on(stand_in))), default=0)


class _Expression:
    """The library's reading of one text, with the calendars that make a stand-in a public holiday, or with none."""

    def __init__(self, text: str) -> None:
        try:
            self._plain = OpeningHours(text)
            self._on_holidays = {country: OpeningHours(text, country=country) for country in HOLIDAY_SOURCES}
        except ParserError as error:
            raise ValueError(_reason(text, str(error))) from error

    def on(self, stand_in: StandIn) -> list[WallSpan]:
        """What is open between the date's two midnights."""
        expression = self._on_holidays[stand_in.country] if stand_in.country else self._plain
        midnight = _midnight(stand_in.day)
        spans: list[WallSpan] = []
        for start, end, state, _ in expression.intervals(midnight, midnight + timedelta(days=1)):
            if state != State.OPEN:
                continue
            first, last = (start - midnight) // timedelta(minutes=1), (end - midnight) // timedelta(minutes=1)
            if spans and spans[-1][1] == first:  # the library parts what has different comments
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        return spans


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the library takes wall time


def _reaches_midnight(spans: list[WallSpan]) -> bool:
    return bool(spans) and spans[-1][1] == DAY_MIN


def _span(times: re.Match[str]) -> WallSpan | None:
    """Start and end of a time that reaches midnight or goes past it, in minutes; None for any other."""
    hour, minute, end_hour, end_minute = map(int, times.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if end <= start:
        end += DAY_MIN
    return (start, end) if start < DAY_MIN <= end else None


def _nights(text: str) -> list[int]:
    """For each time that reaches midnight, in the text's order: its minutes on the next date."""
    spans = (_span(times) for times in _TIMES.finditer(_COMMENT.sub("", text)))
    return [span[1] - DAY_MIN for span in spans if span is not None]


def _rewrite(text: str, keep: Callable[[int], bool]) -> str:
    """Each time that reaches midnight: up to there if its number (from 0) is to be kept, else a minute far from it."""
    number = -1

    def rewritten(times: re.Match[str]) -> str:
        nonlocal number
        span = _span(times)
        if span is None:
            return times[0]
        number += 1
        first, last = (span[0], DAY_MIN) if keep(number) else (0, 1)
        return f"{first // 60:02}:{first % 60:02}-{last // 60:02}:{last % 60:02}"

    parts = _COMMENT.split(text)
    return "".join(part if part.startswith('"') else _TIMES.sub(rewritten, part) for part in parts)


def _reason(text: str, report: str) -> str:
    """The library's report, many lines with a pointer, in one line."""
    place = re.search(r"--> \d+:(\d+)", report)
    return f"{text!r} is no opening_hours rule" + (f" at character {place[1]}" if place else "")
