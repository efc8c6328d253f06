"""A question that must be answered before anything else: what will happen, and the two ways out of it."""

from collections.abc import Callable
from typing import Any, Final

from kivy.graphics import Color, Rectangle

from kiosk.design.bilingual import Bilingual, Said
from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, IconView
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import BUTTON_CORNER, Look, Space, Step, rgba

SCRIM: Final = 0.6
_WIDE: Final = 860
_HIGH: Final = 620
_KEY: Final = 128


class Dialog(Part):
    """Covers the whole box it is placed in and lets no touch through. `grave`: what it does cannot simply be undone.

    The key that does it says what it does, never just yes; the one that leads back stands at the left, as back does everywhere.
    """

    def __init__(
        self,
        look: Look,
        title: Said,
        line: str,
        *,
        act: tuple[Said, Callable[[], None]],
        back: tuple[Said, Callable[[], None]],
        icon: Icon = Icon.ATTENTION,
        grave: bool = False,
    ) -> None:
        super().__init__(look)
        palette = look.palette
        self._scrim = Rectangle()
        self.canvas.before.add(Color(*rgba("#000000", SCRIM)))
        self.canvas.before.add(self._scrim)
        self._card = Card(look, corner=BUTTON_CORNER)
        self._icon = IconView(look, icon, palette.attention)
        self._title = Bilingual(
            look, Step.HEAD, palette.ink, palette.muted, bold=True, align="centre", lines=2, even=True
        )
        self._title.show(title)
        self._line = Text(look, Step.BODY, palette.muted, align="centre", lines=3, even=True)
        self._line.show(line)
        self.back = Button(look, back[0], back[1], tone=Tone.QUIET)
        self.act = Button(look, act[0], act[1], tone=Tone.DANGER if grave else Tone.MAIN)
        for part in (self._card, self._icon, self._title, self._line, self.back, self.act):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._scrim.pos, self._scrim.size = (box.x, box.y), (box.w, box.h)
        margin = look.u(Space.XL)
        room = box.inset(margin)
        high = look.u(_HIGH) * (1.25 if look.elder else 1)
        card = room.centred(min(room.w, look.u(_WIDE)), min(room.h, high))
        self._card.place(card)
        inner = card.inset(look.u(Space.XL), look.u(Space.L))
        keys, said = inner.cut_bottom(look.u(_KEY), look.u(Space.L))
        for key, cell in zip((self.back, self.act), keys.columns(2, look.u(Space.M)), strict=True):
            key.place(cell)
        icon, said = said.cut_top(look.u(96), look.u(Space.M))
        self._icon.place(icon)
        line, title = said.cut_bottom(said.h * 0.42, look.u(Space.S))
        self._title.place(title)
        self._line.place(line)

    def on_touch_down(self, touch: Any) -> bool:
        super().on_touch_down(touch)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        super().on_touch_move(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        super().on_touch_up(touch)
        return True
