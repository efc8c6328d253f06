"""Where everything of a chart stands, in points of the page: pure. The templates under `templates/charts` draw it as SVG.

Charts are read on paper without colour: what differs differs in shape or hatching, and every bar carries its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Final

from signage.core.measures import Tally
from signage.office.report.document import Day

WIDTH: Final = 487.0  # points: a page's text
_LABEL: Final = 118.0
_VALUE: Final = 92.0
_ROW: Final = 20.0
_STEPS: Final = 12  # columns of a histogram, at most


@dataclass(frozen=True)
class Entry:
    """A bar to be drawn. `note` stands muted behind its number; `hatched`: what is not good."""

    label: str
    english: str
    size: float
    value: str
    note: str = ""
    hatched: bool = False


@dataclass(frozen=True)
class Bar:
    entry: Entry
    y: float
    length: float


@dataclass(frozen=True)
class Bars:
    width: float
    height: float
    label: float
    bars: tuple[Bar, ...]


def bars(
    entries: Sequence[Entry],
    *,
    width: float = WIDTH,
    full: float | None = None,
    label: float = _LABEL,
    value: float = _VALUE,
) -> Bars:
    """Lying bars from one edge. `full`: the size that fills the room; else the largest does."""
    room = width - label - value
    most = full or max((one.size for one in entries), default=0.0) or 1.0
    drawn = tuple(
        Bar(one, number * _ROW, max(0.6 if one.size else 0.0, room * one.size / most))
        for number, one in enumerate(entries)
    )
    return Bars(width, len(entries) * _ROW, label, drawn)


@dataclass(frozen=True)
class SpanEntry:
    """From `low` to `high` with a dot at `dot`; numbers already written out in `value`."""

    label: str
    english: str
    low: float
    high: float
    dot: float
    value: str
    note: str = ""


@dataclass(frozen=True)
class Span:
    entry: SpanEntry
    y: float
    left: float
    right: float
    dot: float


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Spans:
    width: float
    height: float
    label: float
    room: float
    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]


def spans(entries: Sequence[SpanEntry], axis: Sequence[tuple[float, str]], *, width: float = WIDTH) -> Spans:
    """Lines between two values, one under the other, on an axis from its first mark to its last."""
    label = 150.0
    room = width - label - _VALUE
    first, last = axis[0][0], axis[-1][0]

    def at(value: float) -> float:
        return label + room * (min(max(value, first), last) - first) / (last - first)

    drawn = tuple(
        Span(one, number * _ROW, at(one.low), at(one.high), at(one.dot)) for number, one in enumerate(entries)
    )
    ticks = tuple(Tick(at(value), text) for value, text in axis)
    return Spans(width, len(entries) * _ROW + 18, label, room, drawn, ticks)


def percent_axis(lowest: float) -> tuple[tuple[float, str], ...]:
    """Round marks from just below `lowest` to 100 %, four to eight of them."""
    step = next(one for one in (1, 2, 5, 10, 20, 25) if (100 - floor(lowest * 100 / one) * one) / one <= 7)
    first = min(floor(lowest * 100 / step) * step, 100 - 2 * step)
    return tuple((mark / 100, f"{mark}%") for mark in range(first + (100 - first) % step, 101, step))


@dataclass(frozen=True)
class DayBar:
    x: float
    y: float
    height: float
    text: str  # of the date, where one stands
    weekend: bool
    n: int


@dataclass(frozen=True)
class Daily:
    """Above, the satisfaction rate as a line, broken where nobody rated; below, how many ratings it is of."""

    width: float
    height: float
    left: float
    line_top: float
    line_bottom: float
    bar_top: float
    bar_bottom: float
    step: float
    lines: tuple[str, ...]  # points of each unbroken piece
    dots: tuple[tuple[float, float], ...]
    bars: tuple[DayBar, ...]
    ticks: tuple[Tick, ...]
    counts: tuple[Tick, ...]


def daily(days: Sequence[Day], *, width: float = WIDTH) -> Daily:
    left, line_top, line_bottom, bar_top, bar_bottom = 34.0, 8.0, 92.0, 116.0, 164.0
    step = (width - left) / max(1, len(days))
    tallies = [Tally(day.stars) for day in days]
    rates = [tally.satisfaction for tally in tallies]
    axis = percent_axis(min((rate for rate in rates if rate is not None), default=0.8))
    low = axis[0][0]
    most = round_up(max((tally.n for tally in tallies), default=0))

    def x(number: int) -> float:
        return left + step * (number + 0.5)

    def y(rate: float) -> float:
        return line_bottom - (line_bottom - line_top) * (rate - low) / (1 - low)

    dots = [(x(number), y(rate)) if rate is not None else None for number, rate in enumerate(rates)]
    return Daily(
        width,
        bar_bottom + 16,
        left,
        line_top,
        line_bottom,
        bar_top,
        bar_bottom,
        step,
        _pieces(dots),
        tuple(dot for dot in dots if dot is not None),
        tuple(
            _day_bar(day, tally.n, left + step * number, (bar_bottom - bar_top) * tally.n / most, bar_bottom)
            for number, (day, tally) in enumerate(zip(days, tallies, strict=True))
        ),
        tuple(Tick(y(value), text) for value, text in axis),
        (Tick(bar_top, f"{most:,}"), Tick(bar_bottom, "0")),
    )


def _day_bar(day: Day, n: int, x: float, height: float, bottom: float) -> DayBar:
    when = date.fromisoformat(day.date)
    return DayBar(x, bottom - height, height, str(when.day), when.weekday() >= 5, n)


def _pieces(dots: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    pieces: list[list[str]] = [[]]
    for dot in dots:
        if dot is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{dot[0]:.1f},{dot[1]:.1f}")
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    height: float
    count: int
    text: str


@dataclass(frozen=True)
class Histogram:
    width: float
    height: float
    bottom: float
    step: float
    columns: tuple[Column, ...]


def histogram(values: Sequence[float], *, width: float = WIDTH, top: float = 100.0) -> Histogram:
    """How many of `values` lie in each step, from the lowest to the highest; the last step takes `top` itself."""
    lowest, highest = min(values, default=top), max(values, default=top)
    step = 5.0 if highest - lowest <= _STEPS * 5 else 10.0
    first = min(floor(lowest / step) * step, top - step)
    count = max(1, min(ceil((top - first) / step), floor((highest - first) / step) + 1))
    edges = [first + step * number for number in range(count)]
    counts = [
        sum(edge <= value < edge + step or (edge + step >= top and value >= top) for value in values) for edge in edges
    ]
    most = max(counts) or 1
    each, bottom = width / max(len(edges), _STEPS // 2), 104.0
    columns = tuple(
        Column(each * number, bottom - 86 * count / most, 86 * count / most, count, f"{edge:g}–{edge + step:g}")
        for number, (edge, count) in enumerate(zip(edges, counts, strict=True))
    )
    return Histogram(width, bottom + 18, bottom, each, columns)


def round_up(most: int) -> int:
    """The next number that reads well at the top of an axis."""
    if most <= 0:
        return 1
    magnitude = int(10 ** (len(str(most)) - 1))
    return next(magnitude * lead // 2 for lead in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20) if magnitude * lead // 2 >= most)
