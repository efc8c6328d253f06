"""Handwriting as data: lines in whole units, thinned out to what the eye sees, and never more than 32 KiB of them.

A unit is a thousandth of the canvas's width; y counts downward from its top edge. As JSON a line is its first point and
then the difference to each next one: `[x, y, dx, dy, dx, dy, …]`.
"""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

WIDTH: Final = 1000
LIMIT_BYTES: Final = 32 * 1024  # of `strokes` as canonical JSON
NEAR_FULL: Final = 0.85  # of that
LEAST_ROOM: Final = 40  # points; as a finger moves, a short stroke
STEP: Final = 3  # units that a finger moves before it counts
TOLERANCE: Final = 1.5  # units that a line may be off what was written
POINT_BYTES: Final = 10  # ",-1000,-1000" is more, and no finger jumps so far
_LINE_BYTES: Final = 16
_DEEPEST: Final = 10 * WIDTH  # no canvas goes further down

Point = tuple[int, int]


@dataclass(frozen=True)
class Ink:
    """What stands on a canvas. `height`: how far down the canvas went, in units."""

    lines: tuple[tuple[Point, ...], ...] = ()
    height: int = 0

    def __bool__(self) -> bool:
        return bool(self.lines)

    def strokes(self) -> dict[str, Any]:
        """As an event carries it."""
        return {"width": WIDTH, "height": self.height, "lines": [_differences(line) for line in self.lines]}

    @cached_property
    def size(self) -> int:
        """Bytes of it in an event."""
        return (
            len(json.dumps(self.strokes(), separators=(",", ":"))) if self.lines else 0
        )  # of numbers alone: canonical

    @property
    def room(self) -> int:
        """How many points one more line may have for certain."""
        return max(0, (LIMIT_BYTES - self.size - _LINE_BYTES) // POINT_BYTES)

    @property
    def near_full(self) -> bool:
        return self.size > LIMIT_BYTES * NEAR_FULL

    @property
    def full(self) -> bool:
        """No room for another line worth writing."""
        return self.room < LEAST_ROOM

    def undone(self) -> "Ink":
        return replace(self, lines=self.lines[:-1])


def written(ink: Ink, line: tuple[Point, ...], height: int) -> Ink:
    """One line more, thinned out; cut where there is no more room."""
    thin = thinned(line[: ink.room])
    if not thin or ink.full:
        return ink
    return Ink((*ink.lines, thin), max(ink.height, height, *(y for _, y in thin)))


def read(strokes: Any) -> Ink:
    """What an event carries, for who shows it. Nothing that cannot be read stays, and nothing beside the canvas; never raises."""
    if not isinstance(strokes, dict) or not isinstance(strokes.get("lines"), list):
        return Ink()
    lines = tuple(_points(line) for line in strokes["lines"] if _readable(line))
    height = strokes.get("height")
    deep = max((y for line in lines for _, y in line), default=0)
    return Ink(lines, min(_DEEPEST, max(height if type(height) is int else 0, deep)))


def _readable(line: Any) -> bool:
    return isinstance(line, list) and len(line) >= 2 and len(line) % 2 == 0 and all(type(one) is int for one in line)


def _points(line: list[int]) -> tuple[Point, ...]:
    x = y = 0
    points = []
    for dx, dy in zip(line[::2], line[1::2], strict=True):
        x, y = min(max(x + dx, 0), WIDTH), min(max(y + dy, 0), _DEEPEST)
        points.append((x, y))
    return tuple(points)


def _differences(line: tuple[Point, ...]) -> list[int]:
    flat, (px, py) = list[int](), (0, 0)
    for x, y in line:
        flat += (x - px, y - py)
        px, py = x, y
    return flat


def thinned(line: tuple[Point, ...]) -> tuple[Point, ...]:
    """The fewest of its points from which no other lies further than the tolerance (Ramer, Douglas, Peucker)."""
    if len(line) < 3:
        return line
    kept = {0, len(line) - 1}
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        furthest, off = first, TOLERANCE
        for index in range(first + 1, last):
            distance = _off(line[index], line[first], line[last])
            if distance > off:
                furthest, off = index, distance
        if furthest != first:
            kept.add(furthest)
            open_spans += ((first, furthest), (furthest, last))
    return tuple(line[index] for index in sorted(kept))


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the piece between two others."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
    return float(((x - ax - share * dx) ** 2 + (y - ay - share * dy) ** 2) ** 0.5)
