"""How a fascia's words are laid out: one line of letters as tall as two thirds of it, and pages where it is too short. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from kiosk.design.box import Box
from kiosk.design.breaking import balance, wrap
from kiosk.view.line_parts import Kind, LineView, Said, Spoken

# A Chinese character's ink is 0.92 em high, so letters of this many heights are two thirds of the fascia tall.
EM_SHARE: Final = 0.725
TIGHTEST: Final = 0.8  # of that size: so much smaller, if it keeps a sentence in one piece
_MORE: Final = "…"
Measure = Callable[[str, int], float]  # text, em in pixels → width in pixels


@dataclass(frozen=True)
class FasciaPage:
    """`name` beside the emblem, "" where the words need the place; `words` "" where the name does."""

    name: str
    words: str
    kind: Kind
    px: int


@dataclass(frozen=True)
class Frame:
    """Where things stand in a fascia of that size in pixels."""

    width: float
    height: float

    @property
    def px(self) -> int:
        return round(self.height * EM_SHARE)

    @property
    def pad(self) -> int:
        return round(self.height * 0.2)

    @property
    def sign(self) -> int:
        """The side of the emblem, and of a state's shape."""
        return round(self.height * 0.66)

    def field(self, name_width: float) -> Box:
        """The house's own field at the left: the emblem, and the name beside it."""
        beside = self.pad + name_width if name_width else 0
        return Box(0, 0, min(self.width, round(self.pad * 2 + self.sign + beside)), self.height)

    def words(self, name_width: float, *, signed: bool) -> Box:
        """The room for words beside the field; `signed`: after a shape."""
        left = self.field(name_width).right + self.pad + (self.sign + self.pad * 0.8 if signed else 0)
        return Box(round(left), 0, max(0.0, self.width - self.pad - round(left)), self.height)


def fascia_pages(view: LineView, frame: Frame, measure: Measure) -> tuple[FasciaPage, ...]:
    """Everything in the first language, then everything in the second; at least one page."""
    pages = tuple(page for spoken in view.languages for page in _spoken(view, spoken, frame, measure))
    return pages or (FasciaPage("", "", "state", frame.px),)


def _spoken(view: LineView, spoken: Spoken, frame: Frame, measure: Measure) -> Iterator[FasciaPage]:
    """The name stands beside whatever leaves it the place; where nothing does, it has a page of its own, but not before bad news."""
    name, px = spoken.name, frame.px
    signed = view.mood is not None
    room = frame.words(measure(name, px), signed=signed).w if name else 0.0
    beside = [one for one in spoken.lines if name and measure(one.words, px) <= room]
    if name and not beside and not view.loud:
        yield from _cut(Said(name), frame.words(0, signed=False).w, frame, measure, named=True)
    for one in spoken.lines:
        if one in beside:
            yield FasciaPage(name, one.words, one.kind, px)
        else:
            yield from _cut(one, frame.words(0, signed=signed).w, frame, measure)


def _cut(said: Said, room: float, frame: Frame, measure: Measure, *, named: bool = False) -> Iterator[FasciaPage]:
    """One page, a little smaller if that will do; else several that say they go on."""
    for px in (frame.px, round(frame.px * 0.9), round(frame.px * TIGHTEST)):
        if measure(said.words, px) <= room:
            yield _page(said.words, said, px, named=named)
            return
    px = frame.px
    width: Callable[[str], float] = partial(_width, measure, px)
    less = max(room - 2 * width(_MORE), px * 1.0)
    parts = balance(said.words, less, width)
    if any(width(part) > less for part in parts):
        parts = wrap(said.words, less, width)
    last = len(parts) - 1
    for number, part in enumerate(parts):
        text = f"{_MORE if number else ''}{part}{_MORE if number < last else ''}"
        yield _page(text, said, min(px, round(px * room / max(width(text), 1))), named=named)


def _width(measure: Measure, px: int, text: str) -> float:
    return measure(text, px)


def _page(text: str, said: Said, px: int, *, named: bool) -> FasciaPage:
    return FasciaPage(text, "", said.kind, px) if named else FasciaPage("", text, said.kind, px)
