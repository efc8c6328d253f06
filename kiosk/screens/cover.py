"""What lies over everything on a screen: black for one that is dimmed or off, and the screen's own name when asked for."""

from typing import Any

from kivy.graphics import Color, Rectangle

from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step


class _Name(Part):
    """A card with the screen's name as large as it can be."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        palette = look.palette
        self._card = Fill(look, palette.brand, corner=CARD_CORNER, border=palette.on_brand)
        self.text = Text(look, Step.SHOUT, palette.on_brand, bold=True, align="centre", lines=2)
        self.add_widget(self._card)
        self.add_widget(self.text)

    def layout(self, box: Box) -> None:
        card = box.centred(box.w * 0.8, min(box.h * 0.6, self.look.u(400)))
        self._card.place(card)
        self.text.place(card.inset(self.look.u(Space.L)))


class Cover(Part):
    """`show` changes only what differs. Dark, it takes every touch: nobody presses what nobody sees."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shade = 0.0
        self._tint = Color(0, 0, 0, 0)
        self._black = Rectangle()
        self.name = _Name(look)

    def show(self, shade: float, name: str | None) -> None:
        """`shade`: how much black, 0 to 1. `name`: None: it is not asked for."""
        if shade != self._shade:
            if self._shade == 0:
                self.canvas.add(self._tint)
                self.canvas.add(self._black)
            self._shade = shade
            self._tint.a = shade
            if shade == 0:
                self.canvas.remove(self._tint)
                self.canvas.remove(self._black)
        if name is not None:
            self.name.text.show(name)
        self.have(self.name, name is not None)
        self.relayout()

    def layout(self, box: Box) -> None:
        self._black.pos, self._black.size = (box.x, box.y), (box.w, box.h)
        self.name.place(box)

    def on_touch_down(self, touch: Any) -> bool:
        del touch
        return self._shade >= 1.0
