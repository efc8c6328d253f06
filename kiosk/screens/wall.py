"""The wall: header, main zone, board, foot. `show` changes only what differs from what already stands."""

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look
from kiosk.screens.films import Films
from kiosk.screens.slides import Slides
from kiosk.screens.textures import Shelf
from kiosk.screens.wall_frame import BoardPart, FootBar, HeaderBar, StripPart
from kiosk.view.wall_parts import WallView
from kiosk.view.zones import wall_zones


class Wall(Part):
    """A wall of any size, lying or standing. Call `show` with every new view and `advance` as time passes."""

    def __init__(self, look: Look, shelf: Shelf | None = None, films: Films | None = None) -> None:
        super().__init__(look)
        shelf = shelf or Shelf()
        self.slides = Slides(look, shelf, films)
        self.header = HeaderBar(look)
        self.foot = FootBar(look)
        self.board = BoardPart(look)
        self.strip = StripPart(look)
        self.side = Slides(look, shelf, films)
        self.view: WallView | None = None
        self.add_widget(self.slides)

    @property
    def picture(self) -> Part | None:
        """What stands in the main zone."""
        return self.slides.picture

    def show(self, view: WallView) -> None:
        """Put a view on the glass."""
        before = self.view
        if view == before:
            return
        self.view = view
        self._frame(view)
        self.slides.show(view.main)
        if view.side is not None:
            self.side.show(view.side)
        elif self.side.parent is not None:
            self.side.leave()
        self.have(self.side, view.side is not None)
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
        """Whether something wants frames: a slide that gives way, a film, a ticker that slides."""
        sliding = self.foot.parent is not None and self.foot.ticker.moving
        return sliding or self.slides.playing or self.side.playing

    def advance(self, seconds: float) -> None:
        """Let time pass for what moves by itself: the ticker, a film, a slide that gives way."""
        self.foot.ticker.advance(seconds)
        self.slides.advance(seconds)
        self.side.advance(seconds)

    def layout(self, box: Box) -> None:
        zones = wall_zones(
            box,
            self.look,
            header=self.header.parent is not None,
            board=self.board.parent is not None or self.side.parent is not None,
            strip=self.strip.parent is not None,
            foot=self.foot.parent is not None,
        )
        for part, place in (
            (self.header, zones.header),
            (self.foot, zones.foot),
            (self.board, zones.board),
            (self.side, zones.board),
            (self.strip, zones.strip),
            (self.slides, zones.main),
        ):
            if place is not None:
                part.place(place)
