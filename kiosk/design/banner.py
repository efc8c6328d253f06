"""A strip across a screen that says one thing about it: its state's ground, its shape and its words."""

from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.state_shape import Mood
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Palette, Space, Step


def banner_colours(palette: Palette, mood: Mood) -> tuple[str, str]:
    """(ground, what is written upon it). A calm state stands on the brand."""
    if mood is Mood.SUSPENDED:
        return palette.suspended, palette.on_suspended
    if mood is Mood.ATTENTION:
        return palette.attention, palette.on_attention
    return palette.brand, palette.on_brand


class Banner(Part):
    """Sharp edges: it touches those of its screen. `icon`: another shape than its state's own."""

    def __init__(self, look: Look, mood: Mood, text: str, *, icon: Icon | None = None, step: Step = Step.NOTE) -> None:
        super().__init__(look)
        ground, ink = banner_colours(look.palette, mood)
        self._step = step
        self._fill = Fill(look, ground)
        self._icon = IconView(look, icon or mood.icon, ink)
        self._text = Text(look, step, ink, bold=True, lines=2)
        for part in (self._fill, self._icon, self._text):
            self.add_widget(part)
        self._text.show(text)

    def show(self, text: str) -> None:
        self._text.show(text)

    def layout(self, box: Box) -> None:
        look = self.look
        self._fill.place(box)
        inner = box.inset(look.u(Space.XL), look.u(Space.XS))
        side = min(inner.h, round(look.px(self._step) * 1.4))
        icon, text = inner.cut_left(side, look.u(Space.S))
        self._icon.place(icon.centred(side, side))
        self._text.place(Box(text.x, box.y, text.w, box.h))  # the leading of two lines may touch the edges
