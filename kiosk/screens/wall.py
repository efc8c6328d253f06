"""The wall: header, main zone, board, foot. `show` changes only what differs from what already stands."""

from typing import Final

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look
from kiosk.screens.fade import Fade
from kiosk.screens.films import Films
from kiosk.screens.hours_slide import HoursTable
from kiosk.screens.house_slides import Grid, Points, Steps, Welcome
from kiosk.screens.media_slide import MediaSlide
from kiosk.screens.textures import Shelf
from kiosk.screens.wall_frame import BoardPart, FootBar, HeaderBar, StripPart
from kiosk.screens.wall_states import Closed, Notice, Safe, Suspended
from kiosk.screens.words_slide import RatesSlide, WordsSlide
from kiosk.view.media import MediaMain, RatesMain, WordsMain
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
from kiosk.view.zones import wall_zones

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
    WordsMain: WordsSlide,
    RatesMain: RatesSlide,
}
_AT_ONCE: Final = (SuspendedMain, ClosedMain, NoticeMain, SafeMain)  # what must be read does not fade in


class Wall(Part):
    """A wall of any size, lying or standing. Call `show` with every new view and `advance` as time passes."""

    def __init__(self, look: Look, shelf: Shelf | None = None, films: Films | None = None) -> None:
        super().__init__(look)
        self.header = HeaderBar(look)
        self.foot = FootBar(look)
        self.board = BoardPart(look)
        self.strip = StripPart(look)
        self.picture: Part | None = None
        self.view: WallView | None = None
        self._shelf, self._films = shelf or Shelf(), films
        self._fade = Fade()

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

    @property
    def playing(self) -> bool:
        """Whether something in the main zone wants frames."""
        return self._fade.on or (isinstance(self.picture, MediaSlide) and self.picture.playing)

    def advance(self, seconds: float) -> None:
        """Let time pass for what moves by itself: the ticker, a film, a change of pictures."""
        self.foot.ticker.advance(seconds)
        self._fade.advance(seconds)
        if isinstance(self.picture, MediaSlide):
            self.picture.advance()

    def _turn(self, main: Main) -> None:
        before = self.picture
        if isinstance(before, MediaSlide) and isinstance(main, MediaMain) and before.again(main):
            return
        self._fade.finish()
        # each picture's constructor takes its own view; the table above pairs them
        make = _PICTURES.get(type(main))
        if isinstance(main, MediaMain):
            self.picture = MediaSlide(self.look, main, self._shelf, self._films)
        else:
            assert make is not None
            self.picture = make(self.look, main)  # type: ignore[call-arg]
        self.add_widget(self.picture, index=len(self.children))
        if before is not None:
            self._drop(before, fading=self.look.moving and not isinstance(main, _AT_ONCE))

    def _drop(self, before: Part, *, fading: bool) -> None:
        """The picture that stood until now: with a graphics processor it fades out over the one beneath it."""
        if isinstance(before, MediaSlide):
            before.leave()
        if fading:
            self._fade.begin(before, lambda: self.remove_widget(before))
        else:
            self.remove_widget(before)

    def layout(self, box: Box) -> None:
        zones = wall_zones(
            box,
            self.look,
            header=self.header.parent is not None,
            board=self.board.parent is not None,
            strip=self.strip.parent is not None,
            foot=self.foot.parent is not None,
        )
        for part, place in (
            (self.header, zones.header),
            (self.foot, zones.foot),
            (self.board, zones.board),
            (self.strip, zones.strip),
            (self.picture, zones.main),
        ):
            if part is not None and place is not None:
                part.place(place)
