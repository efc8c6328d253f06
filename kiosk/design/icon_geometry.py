"""Geometry for icons on a 24 × 24 grid, y downwards, drawn with a pen of 2. Pure data and arithmetic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, dist, pi, sin
from typing import Final

Point = tuple[float, float]
GRID: Final = 24
PEN: Final = 2.0
_BEND_STEPS: Final = 24


@dataclass(frozen=True)
class Stroke:
    """A line through points with round ends and joins; `closed` joins the last to the first."""

    points: Iterable[Point]
    closed: bool = False
    pen: float = PEN


@dataclass(frozen=True)
class Fill:
    """A filled polygon. `cut` erases instead."""

    points: Iterable[Point]
    cut: bool = False


Shape = Stroke | Fill


def ellipse(cx: float, cy: float, rx: float, ry: float, start: float = 0, end: float = 360) -> tuple[Point, ...]:
    """Points along an ellipse; degrees clockwise from three o'clock."""
    count = max(8, int(abs(end - start) / 2))
    angles = (pi / 180 * (start + (end - start) * i / count) for i in range(count + 1))
    return tuple((cx + rx * cos(a), cy + ry * sin(a)) for a in angles)


@dataclass(frozen=True)
class Arcs:
    """Points along pieces of circles, reckoned whenever they are asked for: kept, those of all icons take a megabyte.

    `pieces`: centre, radius, and from where to where as of `ellipse`.
    """

    pieces: tuple[tuple[float, float, float, float, float], ...]

    def __iter__(self) -> Iterator[Point]:
        for cx, cy, r, start, end in self.pieces:
            yield from ellipse(cx, cy, r, r, start, end)


@dataclass(frozen=True)
class Bends:
    """Points along a line whose corners are bends (quadratic Bézier curves), reckoned whenever they are asked for.

    A bend begins `reach` before its corner, and at most half-way to the next one: through close corners the line is one curve.
    """

    corners: tuple[Point, ...]
    reach: float
    closed: bool = False

    def __iter__(self) -> Iterator[Point]:
        corners, last = self.corners, len(self.corners) - 1
        for i, corner in enumerate(corners):
            if not self.closed and i in {0, last}:
                yield corner
                continue
            before, after = self._towards(corner, corners[i - 1]), self._towards(corner, corners[(i + 1) % (last + 1)])
            for share in (number / _BEND_STEPS for number in range(_BEND_STEPS + 1)):
                a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
                yield (a * before[0] + b * corner[0] + c * after[0], a * before[1] + b * corner[1] + c * after[1])

    def _towards(self, corner: Point, other: Point) -> Point:
        """Where the bend of `corner` meets the line to `other`."""
        share = min(0.5, self.reach / dist(corner, other))
        return corner[0] + share * (other[0] - corner[0]), corner[1] + share * (other[1] - corner[1])


def _circle(cx: float, cy: float, r: float) -> Arcs:
    return Arcs(((cx, cy, r, 0, 358),))  # where it ends, it has begun


def ring(cx: float, cy: float, r: float) -> Stroke:
    return Stroke(_circle(cx, cy, r), closed=True)


def disc(cx: float, cy: float, r: float) -> Fill:
    return Fill(_circle(cx, cy, r))


def arc(cx: float, cy: float, r: float, start: float, end: float) -> Stroke:
    return Stroke(Arcs(((cx, cy, r, start, end),)))


def line(*points: Point) -> Stroke:
    return Stroke(points)


def shape(*points: Point) -> Stroke:
    return Stroke(points, closed=True)


def bent(*corners: Point, reach: float, closed: bool = False) -> Stroke:
    """A line that bends where `line` and `shape` have corners."""
    return Stroke(Bends(corners, reach, closed), closed=closed)


def rounded(x: float, y: float, w: float, h: float, r: float) -> Stroke:
    """A rectangle with round corners."""
    corners = ((x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180), (x + w - r, y + r, 270))
    return Stroke(Arcs(tuple((cx, cy, r, a, a + 90) for cx, cy, a in corners)), closed=True)


def star_points(cx: float, cy: float, r: float, inner: float = 0.46) -> tuple[Point, ...]:
    """A five-pointed star, first point up."""
    angles = (-pi / 2 + pi / 5 * i for i in range(10))
    radii = (r if i % 2 == 0 else r * inner for i in range(10))
    return tuple((cx + q * cos(a), cy + q * sin(a)) for a, q in zip(angles, radii, strict=True))
