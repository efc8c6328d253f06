"""Please rate, and thanks: the choice itself is nowhere to be seen."""

from typing import Final

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.stars import Stars
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.counter_face import NumberedFace
from kiosk.view.counter_parts import Asking, Thanking

_BAR: Final = 8
_BAR_W: Final = 640


class TimeLeft(Part):
    """A thin line that grows shorter from its right end. Each step draws that line anew, and nothing else."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._share = 1.0
        self._whole = Fill(look, look.palette.line)
        self.left = Fill(look, look.palette.accent)
        self.add_widget(self._whole)
        self.add_widget(self.left)

    def show(self, share: float) -> None:
        """From 0 to 1."""
        if share != self._share:
            self._share = share
            self.relayout()

    def layout(self, box: Box) -> None:
        self._whole.place(box)
        self.left.place(box.cut_left(round(box.w * self._share))[0])


class AskingFace(NumberedFace):
    SHARE = 0.3

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        palette = look.palette
        self._title = Bilingual(look, Step.GIANT, palette.ink, palette.muted, bold=True, align="centre")
        self._title.show(view.title)
        self._stars = Stars(look, gap=24)
        self._hint = Bilingual(look, Step.HEAD, palette.ink, palette.muted, align="centre", lines=2, even=True)
        self._hint.show(view.hint)
        self.time = TimeLeft(look)
        for part in (self._title, self._stars, self._hint):
            self.add_widget(part)
        self.tell(view)

    def tell(self, view: Asking) -> None:
        """Another second is over."""
        if view.left is not None:
            self.time.show(view.left.share)
        self.have(self.time, view.left is not None)

    def inside(self, box: Box) -> None:
        look = self.look
        box = box.centred(box.w, min(box.h, look.u(860)))
        time, box = box.cut_bottom(look.u(_BAR), look.u(Space.XL))
        self.time.place(time.centred(look.u(_BAR_W), time.h))
        title, rest = box.cut_top(box.h * 0.38, look.u(Space.L))
        self._title.place(title)
        hint, stars = rest.cut_bottom(box.h * 0.26, look.u(Space.L))
        self._hint.place(hint)
        self._stars.place(stars.centred(stars.w, min(stars.h, look.u(220))))


class ThankingFace(NumberedFace):
    """A tick and thanks, the same whatever was chosen."""

    SHARE = 0.3

    def __init__(self, look: Look, view: Thanking) -> None:
        super().__init__(look, view)
        palette = look.palette
        self._tick = IconView(look, Icon.TICK, palette.open)
        self._title = Bilingual(look, Step.GIANT, palette.ink, palette.muted, bold=True, align="centre", lines=2)
        self._title.show(view.title)
        for part in (self._tick, self._title):
            self.add_widget(part)

    def inside(self, box: Box) -> None:
        look = self.look
        box = box.centred(box.w, min(box.h, look.u(760)))
        tick, title = box.cut_top(box.h * 0.4, look.u(Space.M))
        self._tick.place(tick)
        self._title.place(title)
