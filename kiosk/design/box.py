"""Rectangles in pixels, cut up by explicit layout functions. Pure. The origin is at the bottom left, as in OpenGL."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle. Cuts round to whole pixels, so that edges stay sharp and neighbours never overlap."""

    x: float
    y: float
    w: float
    h: float

    @property
    def top(self) -> float:
        return self.y + self.h

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    def inset(self, dx: float, dy: float | None = None) -> "Box":
        """Smaller on all four sides; never below nothing."""
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, max(0.0, self.w - 2 * dx), max(0.0, self.h - 2 * dy))

    def cut_top(self, height: float, gap: float = 0) -> tuple["Box", "Box"]:
        """(the strip at the top, the rest beneath a gap)."""
        height = min(float(round(height)), self.h)
        return (
            Box(self.x, self.top - height, self.w, height),
            Box(self.x, self.y, self.w, max(0.0, self.h - height - gap)),
        )

    def cut_bottom(self, height: float, gap: float = 0) -> tuple["Box", "Box"]:
        """(the strip at the bottom, the rest above a gap)."""
        height = min(float(round(height)), self.h)
        rest = max(0.0, self.h - height - gap)
        return Box(self.x, self.y, self.w, height), Box(self.x, self.top - rest, self.w, rest)

    def cut_left(self, width: float, gap: float = 0) -> tuple["Box", "Box"]:
        """(the strip at the left, the rest beside a gap)."""
        width = min(float(round(width)), self.w)
        rest = max(0.0, self.w - width - gap)
        return Box(self.x, self.y, width, self.h), Box(self.right - rest, self.y, rest, self.h)

    def cut_right(self, width: float, gap: float = 0) -> tuple["Box", "Box"]:
        """(the strip at the right, the rest beside a gap)."""
        width = min(float(round(width)), self.w)
        return (
            Box(self.right - width, self.y, width, self.h),
            Box(self.x, self.y, max(0.0, self.w - width - gap), self.h),
        )

    def columns(self, count: int, gap: float = 0) -> tuple["Box", ...]:
        """Equal columns from left to right; what does not divide goes to some of them, a pixel each."""
        width = (self.w - gap * (count - 1)) / count
        starts = [round(self.x + (width + gap) * i) for i in range(count)]
        ends = [start - gap for start in starts[1:]] + [self.right]
        return tuple(Box(start, self.y, end - start, self.h) for start, end in zip(starts, ends, strict=True))

    def rows(self, count: int, gap: float = 0) -> tuple["Box", ...]:
        """Equal rows from top to bottom, likewise."""
        height = (self.h - gap * (count - 1)) / count
        tops = [round(self.top - (height + gap) * i) for i in range(count)]
        ends = [top + gap for top in tops[1:]] + [self.y]
        return tuple(Box(self.x, end, self.w, top - end) for top, end in zip(tops, ends, strict=True))

    def centred(self, width: float, height: float) -> "Box":
        """A box of that size in the middle of this one."""
        return Box(round(self.cx - width / 2), round(self.cy - height / 2), float(round(width)), float(round(height)))

    def holds(self, other: "Box", slack: float = 0.5) -> bool:
        """Whether the other lies within this one."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )
