"""The line at the foot of a wall. With a GPU it slides by whole pixels; without one it turns pages every six seconds.

Nothing here reads a clock: the owner calls `advance` with the seconds that have passed.
"""

from typing import Final

from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Translate
from kivy.graphics.texture import Texture

from kiosk.design.box import Box
from kiosk.design.breaking import balance
from kiosk.design.fonts import FAMILY
from kiosk.design.part import Part
from kiosk.design.text import Text, text_width
from kiosk.design.tokens import TICKER_PAGE_S, TICKER_U_PER_S, Look, Space, Step, rgba

_MORE: Final = "…"  # the sentence goes on, here or on the next page
_SEGMENT_CHARS: Final = 60  # a texture stays far below the smallest GPU's limit of 4096 px


class Pages(Part):
    """Messages one after another, each cut into lines that fit; one line at a time."""

    def __init__(self, look: Look, colour: str, step: Step = Step.BODY) -> None:
        super().__init__(look)
        self.messages: tuple[str, ...] = ()
        self.pages: tuple[str, ...] = ()
        self.index = 0
        self._since = 0.0
        self.line = Text(look, step, colour)
        self.add_widget(self.line)

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
            self.line.show(self.pages[self.index])

    def layout(self, box: Box) -> None:
        pages = [page for text in self.messages for page in self._cut(text, box.w)]
        self.pages = tuple(pages) or ("",)
        self.index %= len(self.pages)
        self.line.show(self.pages[self.index])
        self.line.place(box)

    def _cut(self, text: str, width: float) -> list[str]:
        """One page if a step smaller will do; else several that say they go on."""
        smaller = self.look.px(self.line.step.up(-1))
        if text_width(text, smaller, bold=False) <= width:
            return [text]
        px = self.look.px(self.line.step)
        room = width - 2 * text_width(_MORE, px, bold=False)
        parts = balance(text, room, lambda part: text_width(part, px, bold=False))
        last = len(parts) - 1
        return [f"{_MORE if n else ''}{part}{_MORE if n < last else ''}" for n, part in enumerate(parts)]


class Slide(Part):
    """Messages as one strip moved to the left by whole pixels, repeated without a seam.

    Drawn beyond its box: the owner covers the sides, because a clip costs more than two quads.
    """

    def __init__(self, look: Look, colour: str, step: Step = Step.BODY) -> None:
        super().__init__(look)
        self.messages: tuple[str, ...] = ()
        self._step = step
        self._offset = 0.0
        self._strip = 0.0
        self.canvas.add(Color(*rgba(colour)))
        self.canvas.add(PushMatrix())
        self._move = Translate(0, 0)
        self.canvas.add(self._move)
        self._quads: list[Rectangle] = []
        self._end = PopMatrix()
        self.canvas.add(self._end)

    def show(self, messages: tuple[str, ...]) -> None:
        if messages != self.messages:
            self.messages, self._offset = messages, 0.0
            self.relayout()

    def advance(self, seconds: float) -> None:
        """Move on. The speed is held at any frame rate."""
        if self._strip > 0:
            self._offset = (self._offset + seconds * TICKER_U_PER_S * self.look.unit) % self._strip
            self._move.x = -round(self._offset)

    def layout(self, box: Box) -> None:
        for quad in self._quads:
            self.canvas.remove(quad)
        self.canvas.remove(self._end)
        self._quads = []
        textures = self._textures()
        gap = self.look.u(Space.HUGE)
        self._strip = sum(texture.width + gap for _, texture in textures)
        x = box.x
        while textures and x < box.right + self._strip:
            for _, texture in textures:
                quad = Rectangle(texture=texture, size=texture.size, pos=(round(x), round(box.cy - texture.height / 2)))
                self.canvas.add(quad)
                self._quads.append(quad)
                x += texture.width + gap
        self.canvas.add(self._end)

    def _textures(self) -> list[tuple[str, Texture]]:
        out = []
        for text in self.messages:
            for start in range(0, len(text), _SEGMENT_CHARS):
                piece = text[start : start + _SEGMENT_CHARS]
                label = CoreLabel(text=piece, font_size=self.look.px(self._step), font_name=FAMILY)
                label.refresh()
                out.append((piece, label.texture))
        return out
