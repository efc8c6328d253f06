"""The touch screen in an emergency: its words alone. Held, the emblem still lets staff in."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look, Space
from kiosk.screens.touch_base import HeldEmblem, OnTap, Page
from kiosk.screens.wall_states import Notice
from kiosk.view.touch import AlarmView


class AlarmPage(Page):
    """There is nothing to press but the emblem, at the lower right, where no words come."""

    def __init__(self, look: Look, view: AlarmView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._notice = self.put(Notice(look, view.words))
        self.emblem = self.put(HeldEmblem(look, tap, look.palette.suspended_muted))

    def layout(self, box: Box) -> None:
        side = self.look.u(104)
        margin = self.look.u(Space.XL)
        self._notice.place(box)
        self.emblem.place(Box(box.right - margin - side, box.y + margin, side, side))
