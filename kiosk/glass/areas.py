"""Rectangles of whole pixels, and which of them are drawn in one pass. Pure. The origin is at the bottom left."""

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Final, NamedTuple

PASS_COSTS_PX: Final = 4096  # what one more pass costs, in pixels drawn for nothing
PASSES_AT_MOST: Final = 12


class Area(NamedTuple):
    """From `left` and `bottom` up to, and without, `right` and `top`."""

    left: int
    bottom: int
    right: int
    top: int

    @classmethod
    def around(cls, x: float, y: float, w: float, h: float) -> "Area":
        """Every pixel that a rectangle touches."""
        return cls(floor(x), floor(y), ceil(x + w), ceil(y + h))

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.top - self.bottom

    @property
    def size(self) -> int:
        """In pixels; 0: there is nothing of it."""
        return max(0, self.right - self.left) * max(0, self.top - self.bottom)

    def meets(self, other: "Area") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def holds(self, other: "Area") -> bool:
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.bottom <= other.bottom
            and self.top >= other.top
        )

    def joined(self, other: "Area") -> "Area":
        """The least that holds both. What is nothing adds nothing."""
        if not self.size:
            return other
        if not other.size:
            return self
        return Area(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def within(self, width: int, height: int) -> "Area":
        """What of it lies on a glass of that size."""
        return Area(max(0, self.left), max(0, self.bottom), min(width, self.right), min(height, self.top))

    def turned(self, rotation: int, width: int, height: int) -> "Area":
        """Of a window that is turned anti-clockwise: the same place on its glass, which is so wide and high."""
        left, bottom, right, top = self
        match rotation:
            case 90:
                return Area(width - top, left, width - bottom, right)
            case 180:
                return Area(width - right, height - top, width - left, height - bottom)
            case 270:
                return Area(bottom, height - right, top, height - left)
            case _:
                return self


NOTHING: Final = Area(0, 0, 0, 0)


def joined(areas: Iterable[Area]) -> Area:
    """The least that holds them all."""
    out = NOTHING
    for area in areas:
        out = out.joined(area)
    return out


def passes(areas: Iterable[Area], costs: int = PASS_COSTS_PX, most: int = PASSES_AT_MOST) -> Sequence[Area]:
    """What to draw so that each area is drawn: none twice, and few pixels for nothing."""
    out: list[Area] = []
    for area in areas:
        if not area.size:
            continue
        grown = area
        while (near := next((one for one in out if _together(one, grown, costs)), None)) is not None:
            out.remove(near)
            grown = grown.joined(near)
        out.append(grown)
    return out if len(out) <= most else [joined(out)]


def _together(one: Area, other: Area, costs: int) -> bool:
    """Whether two are drawn as one: they overlap, or what lies between them is less than a pass."""
    return one.meets(other) or one.joined(other).size <= one.size + other.size + costs
