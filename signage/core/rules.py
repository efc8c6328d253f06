"""One OpenStreetMap opening_hours rule, evaluated date by date on the library (https://wiki.openstreetmap.org/wiki/Key:opening_hours).

A span belongs to the date on which it begins: what a rule opens past midnight is that date's, whatever the next is.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined] # its stub leaves ParserError out

from signage.core.days import HOLIDAY_SOURCES, StandIn

WallSpan: TypeAlias = tuple[int, int]  # minutes since the date's midnight; the end may lie on the next date
DAY_MIN: Final = 24 * 60

_TIMES: Final = re.compile(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)")
_COMMENT: Final = re.compile(r'"[^"]*"')


def _crosses_midnight(text: str) -> bool:
    for match in _TIMES.finditer(_COMMENT.sub("", text)):
        hour, minute, end_hour, end_minute = map(int, match.groups())
        start, end = hour * 60 + minute, end_hour * 60 + end_minute
        if end <= start or end > DAY_MIN:
            return True
    return False


class Rule:
    """A compiled rule. Raises ValueError with the library's reason for text that is no opening_hours."""

    def __init__(self, text: str) -> None:
        try:
            self._plain = OpeningHours(text)
            self._on_holidays = {country: OpeningHours(text, country=country) for country in HOLIDAY_SOURCES}
        except ParserError as error:
            raise ValueError(_first_reason(text, str(error))) from error
        self._crosses_midnight = _crosses_midnight(text)

    def spans(self, stand_in: StandIn) -> list[WallSpan]:
        """The open spans that begin on the stand-in's date, in order, apart from each other."""
        expression = self._on_holidays[stand_in.country] if stand_in.country else self._plain
        today = _evaluate(expression, stand_in.day)
        if not self._crosses_midnight:
            return today
        yesterday = _evaluate(expression, stand_in.day - timedelta(days=1))
        tomorrow = _evaluate(expression, stand_in.day + timedelta(days=1))
        own = _without(today, _tail(yesterday, today))
        if own and own[-1][1] == DAY_MIN:
            own[-1] = (own[-1][0], DAY_MIN + _tail(today, tomorrow))
        return own


def _evaluate(expression: OpeningHours, day: date) -> list[WallSpan]:
    """What the library holds open between the date's two midnights."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the library takes wall time
    spans: list[WallSpan] = []
    for start, end, state, _ in expression.intervals(midnight, midnight + timedelta(days=1)):
        if state != State.OPEN:
            continue
        first, last = (start - midnight) // timedelta(minutes=1), (end - midnight) // timedelta(minutes=1)
        if spans and spans[-1][1] == first:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def _tail(before: list[WallSpan], after: list[WallSpan]) -> int:
    """How many minutes of `after` are the end of a span that began the day before. A whole day is its own."""
    if before and after and before[-1][1] == DAY_MIN and after[0][0] == 0 and after[0][1] < DAY_MIN:
        return after[0][1]
    return 0


def _without(spans: list[WallSpan], tail: int) -> list[WallSpan]:
    return [span for span in spans if span[0] >= tail]


def _first_reason(text: str, report: str) -> str:
    """The library's report, many lines with a pointer, in one line."""
    place = re.search(r"--> \d+:(\d+)", report)
    column = f" at character {place[1]}" if place else ""
    return f"{text!r} is no opening_hours rule{column}"
