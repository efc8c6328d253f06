"""The pictures that a guard keeps: drawn by the screen itself, off the glass, so that they look as the screen does."""

from typing import Final

from kivy.graphics import ClearBuffers, ClearColor, Fbo
from PIL import Image

from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.wall_states import Safe, Suspended
from kiosk.view.standby import StandbyView
from kiosk.view.wall_parts import SafeMain, SuspendedMain

_FLAT: Final = 3.0  # times as wide as high: one line is all there is room for
_TALL: Final = 640  # u of its letters, where the band is 1080 u high


class OneLine(Part):
    """For a fascia: the title, as large as the band is high."""

    def __init__(self, look: Look, view: StandbyView) -> None:
        super().__init__(look)
        palette = look.palette
        ink = palette.on_suspended if view.suspended else palette.ink
        self._ground = Fill(look, palette.suspended if view.suspended else palette.paper)
        self._title = Text(look, Step.SHOUT, ink, bold=True, align="centre", grow=_TALL)
        self._title.show(view.title.first)
        self.add_widget(self._ground)
        self.add_widget(self._title)

    def layout(self, box: Box) -> None:
        self._ground.place(box)
        self._title.place(box.inset(self.look.u(Space.L), 0))


def standby_part(look: Look, view: StandbyView, size: tuple[int, int]) -> Part:
    """The picture as a part, placed in a window of that size."""
    part: Part
    if size[0] > size[1] * _FLAT:
        part = OneLine(look, view)
    elif view.suspended:
        part = Suspended(look, SuspendedMain(view.title, view.facts))
    else:
        part = Safe(look, SafeMain(view.title, view.line))
    part.place(Box(0, 0, *size))
    return part


def ground_of(look: Look, view: StandbyView) -> int:
    """What lies behind, as 0xRRGGBB."""
    palette = look.palette
    return int((palette.suspended if view.suspended else palette.paper)[1:], 16)


def off_glass(part: Part, size: tuple[int, int]) -> Image.Image:
    """The part's pixels as RGBA, drawn where nobody sees it."""
    buffer = Fbo(size=size)
    with buffer:
        ClearColor(0, 0, 0, 1)
        ClearBuffers()
    buffer.add(part.canvas)
    buffer.draw()
    picture = Image.frombytes("RGBA", size, buffer.pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    buffer.remove(part.canvas)
    return picture
