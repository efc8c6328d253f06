"""The wall: header, main zone, board, foot. `show` changes only what differs from what already stands."""

from typing import Final

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look
from kiosk.screens.hours_slide import HoursTable
from kiosk.screens.house_slides import Grid, Points, Steps, Welcome
from kiosk.screens.wall_frame import COLUMN, FOOT, HEADER, HEADER_TALL, STRIP, BoardPart, FootBar, HeaderBar, StripPart
from kiosk.screens.wall_states import Closed, Notice, Safe, Suspended
from kiosk.view.wall_parts import (
    ClosedMain,
    GridSlide,
    HoursSlide,
    Main,
    NoticeMain,
    PointsSlide,
    SafeMain,
    StepsSlide,
    SuspendedMain,
    WallView,
    WelcomeSlide,
)

_PICTURES: Final[dict[type, type[Part]]] = {
    WelcomeSlide: Welcome,
    HoursSlide: HoursTable,
    StepsSlide: Steps,
    PointsSlide: Points,
    GridSlide: Grid,
    NoticeMain: Notice,
    SuspendedMain: Suspended,
    ClosedMain: Closed,
    SafeMain: Safe,
}


class Wall(Part):
    """A wall of any size, lying or standing. Call `show` with every new view and `advance` as time passes."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.header = HeaderBar(look)
        self.foot = FootBar(look)
        self.board = BoardPart(look)
        self.strip = StripPart(look)
        self.picture: Part | None = None
        self.view: WallView | None = None

    def show(self, view: WallView) -> None:
        """Put a view on the glass."""
        before = self.view
        if view == before:
            return
        self.view = view
        self._frame(view)
        if before is None or before.main != view.main:
            self._turn(view.main)
        self.have(self.strip, view.strip is not None)
        self.relayout()

    def _frame(self, view: WallView) -> None:
        if view.header is not None:
            self.header.show(view.header)
        if view.foot is not None:
            self.foot.show(view.foot)
        if view.board is not None:
            self.board.show(view.board)
        if view.strip is not None:
            self.strip.show(view.strip)
        self.have(self.header, view.header is not None)
        self.have(self.foot, view.foot is not None)
        self.have(self.board, view.board is not None)

    def advance(self, seconds: float) -> None:
        """Let time pass for what moves by itself: the ticker."""
        self.foot.ticker.advance(seconds)

    def _turn(self, main: Main) -> None:
        if self.picture is not None:
            self.remove_widget(self.picture)
        # each picture's constructor takes its own view; the table above pairs them
        self.picture = _PICTURES[type(main)](self.look, main)  # type: ignore[call-arg]
        self.add_widget(self.picture, index=len(self.children))

    def layout(self, box: Box) -> None:
        look = self.look
        tall = box.h > box.w
        middle = box
        if self.header.parent is not None:
            head, middle = middle.cut_top(look.u(HEADER_TALL if tall else HEADER))
            self.header.place(head)
        if self.foot.parent is not None:
            foot, middle = middle.cut_bottom(look.u(FOOT))
            self.foot.place(foot)
        main = middle
        if self.board.parent is not None:
            if tall:
                main, board = middle.cut_top(min(middle.w, middle.h * 0.7))
            else:
                board, main = middle.cut_right(look.u(COLUMN))
            self.board.place(board)
        if self.strip.parent is not None:
            strip, main = main.cut_top(look.u(STRIP))
            self.strip.place(strip)
        if self.picture is not None:
            self.picture.place(main)
