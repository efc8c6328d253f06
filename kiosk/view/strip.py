"""How a strip's words are laid out in whole pixels: a pixel face times a whole number, and pages. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk.design.breaking import balance
from kiosk.view.line_parts import Kind, LineView, Said

FACES: Final = (16, 12)  # the heights of the pixel faces
TALLEST: Final = 16
LEAST_SHARE: Final = 2 / 3  # of the strip's height, for words of one row
Measure = Callable[[str, int], int]  # text, face → width in the face's own pixels


class Badge(Enum):
    """How the counter's number and the state's shape stand before the words."""

    BESIDE = "beside"
    STACKED = "stacked"  # the number above the shape, at half the size
    NUMBER = "number"
    NONE = "none"


@dataclass(frozen=True)
class StripPage:
    """Rows of a face, each of its pixels `scale` × `scale` of the strip's."""

    rows: tuple[str, ...]
    face: int
    scale: int
    badge: Badge
    kind: Kind


@dataclass(frozen=True)
class Strip:
    """A strip of that size in pixels above the counter of that number; "" for none."""

    width: int
    height: int
    number: str

    @property
    def scale(self) -> int:
        """Of the number, where it has the whole height."""
        return max(1, self.height // TALLEST)

    def badge_width(self, badge: Badge, measure: Measure, *, shaped: bool) -> int:
        """In the strip's pixels, with the gap before the words."""
        number = measure(self.number, TALLEST) if self.number else 0
        field = number + 8 if number else 0
        shape = TALLEST if shaped else 0
        match badge:
            case Badge.BESIDE:
                return (field + shape + (4 if shape else 2)) * self.scale
            case Badge.STACKED:
                return (max(number + 4, TALLEST) + 4) * (self.scale // 2)
            case Badge.NUMBER:
                return (field + 2) * self.scale
            case _:
                return 0


def strip_pages(view: LineView, strip: Strip, measure: Measure) -> tuple[StripPage, ...]:
    """Everything in the first language, then everything in the second; at least one page."""
    pages = (page for spoken in view.languages for said in spoken.lines for page in _pages(view, said, strip, measure))
    return tuple(pages) or (StripPage((), TALLEST, strip.scale, Badge.NONE, "state"),)


def _badges(view: LineView, strip: Strip) -> tuple[Badge, ...]:
    """From what says most to what takes least. An emergency is everybody's, so the number gives way."""
    shaped = view.mood is not None
    if not strip.number and not shaped:
        return (Badge.NONE,)
    stacked = (Badge.STACKED,) if shaped and strip.scale > 1 else ()
    return (Badge.BESIDE, *stacked, *((Badge.NUMBER,) if strip.number and shaped else ()))


def _sizes(strip: Strip) -> list[tuple[int, int]]:
    """(face, scale) from the tallest that fits into the strip downwards."""
    every = [(face, scale) for face in FACES for scale in range(1, strip.height // face + 1)]
    return sorted(every, key=lambda one: (-one[0] * one[1], -one[1]))


def _pages(view: LineView, said: Said, strip: Strip, measure: Measure) -> Iterator[StripPage]:
    shaped = view.mood is not None
    badges = _badges(view, strip)
    for face, scale in _sizes(strip):
        if face * scale < strip.height * LEAST_SHARE:
            break
        for badge in badges:
            room = strip.width - strip.badge_width(badge, measure, shaped=shaped)
            if measure(said.words, face) * scale <= room:
                yield StripPage((said.words,), face, scale, badge, said.kind)
                return
    slim = min(badges, key=lambda badge: strip.badge_width(badge, measure, shaped=shaped))
    yield from _broken(said, strip, measure, slim, shaped=shaped)


def _broken(said: Said, strip: Strip, measure: Measure, badge: Badge, *, shaped: bool) -> Iterator[StripPage]:
    """Several rows where the strip is tall enough for two of a face, else a page a row."""
    tall = [(face, scale) for face, scale in _sizes(strip) if face * scale * 2 <= strip.height]
    face, scale = (tall or _sizes(strip))[0]
    room = (strip.width - strip.badge_width(badge, measure, shaped=shaped)) // scale
    rows = balance(said.words, room, lambda text: measure(text, face))
    count = max(1, strip.height // (face * scale))
    for start in range(0, len(rows), count):
        yield StripPage(tuple(rows[start : start + count]), face, scale, badge, said.kind)
