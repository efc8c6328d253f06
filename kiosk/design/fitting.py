"""How a text is made to fit: its own size first, then step by step smaller, an ellipsis last. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.design.breaking import Measure, balance, clip, fits, wrap
from kiosk.design.tokens import LINE_CHARS, LINE_HEIGHT


@dataclass(frozen=True)
class Fitted:
    """Lines at a size in pixels. `clipped`: something of the text had to be left out."""

    lines: tuple[str, ...]
    px: int
    width: float
    clipped: bool

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        return self.px * LINE_HEIGHT

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, leading included."""
        return self.pitch * len(self.lines)


def _room(px: int, height: float) -> int:
    """How many lines fit; the leading above the first and below the last may be given up."""
    return max(1, int((height - px) // (px * LINE_HEIGHT)) + 1) if height >= px else 1


def fit(
    text: str,
    width: float,
    height: float,
    sizes: Sequence[int],
    measure_at: Callable[[int], Measure],
    *,
    lines: int = 1,
    even: bool = False,
) -> Fitted:
    """The text in a box: the first of `sizes` (largest first) at which it fits in `lines` lines, else cut short.

    `even` makes the lines about equally long, for headlines. Several lines are rather more than longer than LINE_CHARS.
    """
    break_up = balance if even else wrap
    for px in sizes:
        measure, most = measure_at(px), min(lines, _room(px, height))
        broken = break_up(text, width, measure)
        short = break_up(text, min(width, LINE_CHARS * px), measure) if len(broken) > 1 else broken
        for found in (short, broken):
            if px <= height and fits(found, width, most, measure):
                return _fitted(found, px, measure, clipped=False)
    px = sizes[-1]
    measure = measure_at(px)
    broken = wrap(text, width, measure)
    return _fitted(clip(broken, width, min(lines, _room(px, height)), measure), px, measure, clipped=True)


def _fitted(lines: list[str], px: int, measure: Measure, *, clipped: bool) -> Fitted:
    return Fitted(tuple(lines), px, max(measure(line) for line in lines), clipped)
