"""A customer's handwriting as a picture: SVG, as it was drawn on the touch screen."""

from collections.abc import Iterator
from typing import Any, Final

_PEN: Final = 6  # units wide, of a canvas some 1,000 wide
_MARGIN: Final = 20
_LARGEST: Final = 1_000_000  # a coordinate beyond it was never drawn


def svg(strokes: Any) -> str | None:
    """`strokes` as an event carries them: lines of differences, x and y in turn. None: nothing of it can be read."""
    if not isinstance(strokes, dict) or not isinstance(strokes.get("lines"), list):
        return None
    lines = [list(_points(line)) for line in strokes["lines"] if _readable(line)]
    every = [point for line in lines for point in line]
    if not every:
        return None
    width, height = (max(point[axis] for point in every) + 2 * _MARGIN for axis in (0, 1))
    paths = "".join(f'<polyline points="{" ".join(f"{x},{y}" for x, y in _dotted(line))}"/>' for line in lines)
    box = f"{-_MARGIN} {-_MARGIN} {width} {height}"
    pen = f'fill="none" stroke="#1b1d22" stroke-width="{_PEN}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><g {pen}>{paths}</g></svg>\n'


def _readable(line: Any) -> bool:
    return isinstance(line, list) and len(line) >= 2 and len(line) % 2 == 0 and all(type(one) is int for one in line)


def _points(line: list[int]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for dx, dy in zip(line[::2], line[1::2], strict=True):
        x, y = (max(-_LARGEST, min(_LARGEST, value)) for value in (x + dx, y + dy))
        yield x, y


def _dotted(line: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A line of one point is a dot, which no renderer draws."""
    return [*line, (line[0][0] + 1, line[0][1])] if len(line) == 1 else line
