"""The touch screen in an emergency: its words or its picture alone. Held, the emblem still lets staff in."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look, Space
from kiosk.screens.slides import Slides
from kiosk.screens.touch_base import HeldEmblem, OnTap, Page
from kiosk.screens.wall_states import Notice


class AlarmPage(Page):
    """There is nothing to press but the emblem, at the lower right, where no words come."""

    def __init__(self, look: Look, tap: OnTap, slides: Slides) -> None:
        super().__init__(look, tap)
        self.slides = self.put(slides)
        palette = look.palette
        written = isinstance(slides.picture, Notice)
        self.emblem = self.put(HeldEmblem(look, tap, palette.suspended_muted if written else palette.muted))

    def layout(self, box: Box) -> None:
        side = self.look.u(104)
        margin = self.look.u(Space.XL)
        self.slides.place(box)
        self.emblem.place(Box(box.right - margin - side, box.y + margin, side, side))
