"""A touch screen that is itself out of service: why, until when, where to go instead. Held, the emblem lets staff in."""

from kiosk.design.box import Box
from kiosk.design.paint import Fill
from kiosk.design.tokens import BAR, Look, Space, Step
from kiosk.screens.touch_base import HeldEmblem, OnTap, Page
from kiosk.screens.wall_states import Suspended
from kiosk.view.touch import Frame, HaltedView


class HaltedPage(Page):
    """The emblem and the name above, as on the first page; the rest is loud. The hotline stays at the screen's foot."""

    def __init__(self, look: Look, frame: Frame, view: HaltedView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._ground = self.put(Fill(look, look.palette.surface))
        self.emblem = self.put(HeldEmblem(look, tap))
        self._name = self.pair(Step.TITLE if look.elder else Step.HEAD, frame.name, bold=True)
        self._told = self.put(Suspended(look, view.main))

    def layout(self, box: Box) -> None:
        look = self.look
        head, rest = box.cut_top(look.u(BAR))
        self._ground.place(head)
        inner = head.inset(look.u(Space.XL), look.u(Space.S))
        emblem, name = inner.cut_left(inner.h, look.u(Space.M))
        self.emblem.place(emblem)
        self._name.place(name)
        self._told.place(rest)
