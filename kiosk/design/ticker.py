"""The line at the foot of a wall. Where motion is wanted it slides by whole pixels; else it turns pages every six seconds.

Nothing here reads a clock: the owner calls `advance` with the seconds that have passed.
"""

from collections.abc import Iterator
from typing import Final

from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Translate

from kiosk.design.blit import Blit, hang, pixel_for_pixel
from kiosk.design.box import Box
from kiosk.design.breaking import balance
from kiosk.design.lettering import line_texture
from kiosk.design.part import Part
from kiosk.design.printing import Plate
from kiosk.design.text import Text, text_width
from kiosk.design.tokens import TICKER_PAGE_S, TICKER_U_PER_S, Look, Space, Step, rgba

_MORE: Final = "…"  # the sentence goes on, here or on the next page
_SEGMENT_CHARS: Final = 60  # a texture stays far below the smallest GPU's limit of 4096 px
_KEPT: Final = 12  # pages of a ticker; of a wall's each takes a quarter of a megabyte


class Pages(Part):
    """Messages one after another, each cut into lines that fit; one line at a time. A page comes back as it was drawn."""

    def __init__(self, look: Look, colour: str, step: Step = Step.BODY) -> None:
        super().__init__(look)
        self.messages: tuple[str, ...] = ()
        self.pages: tuple[str, ...] = ()
        self.index = 0
        self._since = 0.0
        self._step, self._colour = step, colour
        self.line = self._text()
        self._lines = {"": self.line}
        self.add_widget(self.line)

    def _text(self) -> Text:
        return Text(self.look, self._step, self._colour)

    moving = False  # it turns, once in a while

    def show(self, messages: tuple[str, ...]) -> None:
        if messages != self.messages:
            self.messages, self.index, self._since = messages, 0, 0.0
            self.relayout()

    def advance(self, seconds: float) -> None:
        """Let time pass; turns the page when its time is over."""
        self._since += seconds
        if self._since < TICKER_PAGE_S:
            return
        self._since %= TICKER_PAGE_S
        if len(self.pages) > 1:
            self.index = (self.index + 1) % len(self.pages)
            self._turn()

    def layout(self, box: Box) -> None:
        pages = [page for text in self.messages for page in self._cut(text, box.w)]
        self.pages = tuple(pages) or ("",)
        self.index %= len(self.pages)
        self._lines = {page: line for page, line in self._lines.items() if page in pages}
        self._turn()

    def _turn(self) -> None:
        """The page of the index stands."""
        page = self.pages[self.index]
        line = self._lines.get(page)
        if line is None:
            line = self._text()
            if len(self._lines) < _KEPT:
                self._lines[page] = line
        line.show(page)
        line.place(self.box)
        if line is not self.line:
            self.remove_widget(self.line)
            self.add_widget(line)
            self.line = line

    def _cut(self, text: str, width: float) -> list[str]:
        """One page if a step smaller will do; else several that say they go on."""
        smaller = self.look.px(self._step.up(-1))
        if text_width(text, smaller, bold=False, family=self.look.family) <= width:
            return [text]
        px = self.look.px(self._step)
        room = width - 2 * text_width(_MORE, px, bold=False, family=self.look.family)
        parts = balance(text, room, lambda part: text_width(part, px, bold=False, family=self.look.family))
        last = len(parts) - 1
        return [f"{_MORE if n else ''}{part}{_MORE if n < last else ''}" for n, part in enumerate(parts)]


class Slide(Part):
    """Messages as one strip on its ground, moved to the left by whole pixels, repeated without a seam.

    Reaches beyond its box to both sides: the owner covers them, because a clip costs more than two quads.
    """

    def __init__(self, look: Look, colour: str, step: Step = Step.BODY, *, ground: str | None = None) -> None:
        """`ground`: the brand's colour where none is named."""
        super().__init__(look)
        self.messages: tuple[str, ...] = ()
        self._step, self._colour, self._ground = step, colour, ground or look.palette.brand
        self._offset = 0.0
        self._strip = 0
        self._printed: tuple[tuple[str, ...], int] | None = None
        self._plates: list[Plate] = []
        self._move = Translate(0, 0)
        self._blit = Blit.take()
        hang(self.canvas, self._blit.context)

    @property
    def moving(self) -> bool:
        """Whether there is something to move."""
        return self._strip > 0

    @property
    def opaque(self) -> bool:
        return self._strip > 0

    @property
    def painted(self) -> Box:
        """What is to be seen of it."""
        return self.box

    def show(self, messages: tuple[str, ...]) -> None:
        if messages != self.messages:
            self.messages, self._offset = messages, 0.0
            self.relayout()

    def advance(self, seconds: float) -> None:
        """Move on. The speed is held at any frame rate."""
        if self._strip > 0:
            self._offset = (self._offset + seconds * TICKER_U_PER_S * self.look.unit) % self._strip
            self._put(-round(self._offset))

    def _put(self, x: int) -> None:
        self._move.x = x
        self.canvas.ask_update()

    def layout(self, box: Box) -> None:
        wanted = (self.messages, round(box.h))
        if wanted != self._printed:
            self._printed = wanted
            self._print(round(box.h))
        quads: list[Rectangle] = []
        x = round(box.x)
        while self._strip and x < box.right + self._strip:
            for plate in self._plates:
                quad = Rectangle(texture=plate.texture, size=plate.size, pos=(x, round(box.y)))
                quads.append(pixel_for_pixel(quad))
                x += plate.size[0]
        self._blit.draw(PushMatrix(), self._move, *quads, PopMatrix())
        self._put(-round(self._offset))

    def _print(self, height: int) -> None:
        """Each piece of a message with its ground around it; the gap follows a message's last piece."""
        self._plates = [
            self._plate(piece, height, self.look.u(Space.HUGE) if last else 0)
            for text in self.messages
            for piece, last in _pieces(text)
        ]
        self._strip = sum(plate.size[0] for plate in self._plates)

    def _plate(self, piece: str, height: int, gap: float) -> Plate:
        letters = line_texture(piece, self.look.px(self._step), bold=False, family=self.look.family)
        width, high = letters.size
        plate = Plate(round(width + gap), height)
        ground = Rectangle(size=plate.size)
        words = Rectangle(texture=letters, size=(width, high), pos=(0, round((height - high) / 2)))
        plate.print(Box(0, 0, *plate.size), Color(*rgba(self._ground)), ground, Color(*rgba(self._colour)), words)
        return plate


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A message cut up, and whether it is the last piece."""
    text = text.replace("\n", " ")
    for start in range(0, len(text), _SEGMENT_CHARS):
        end = start + _SEGMENT_CHARS
        yield text[start:end], end >= len(text)
