"""The main zone's picture, whatever it is, and how one gives way to the next: at one instant, or over half a second."""

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
    WordsMain: WordsSlide,
    RatesMain: RatesSlide,
}
_AT_ONCE: Final = (SuspendedMain, ClosedMain, NoticeMain, SafeMain)


def _urgent(main: Main) -> bool:
    """What must be read does not fade in."""
    match main:
        case MediaMain():
            return main.alone
        case WordsMain():
            return main.shape is not None
        case _:
            return isinstance(main, _AT_ONCE)


class Slides(Part):
    """One picture at a time. `shelf`: textures that were made before their turn."""

    def __init__(self, look: Look, shelf: Shelf, films: Films | None = None) -> None:
        super().__init__(look)
        self.picture: Part | None = None
        self._shown: Main | None = None
        self._shelf, self._films = shelf, films
        self._fade = Fade(look)

    @property
    def playing(self) -> bool:
        """Whether something wants frames."""
        return self._fade.on or (isinstance(self.picture, MediaSlide) and self.picture.playing)

    def show(self, main: Main) -> None:
        """The same again draws nothing."""
        if main == self._shown:
            return
        before, self._shown = self.picture, main
        if isinstance(before, MediaSlide) and isinstance(main, MediaMain) and before.again(main):
            return
        self._fade.finish()
        self.picture = self._make(main)
        self.add_widget(self.picture)
        self.relayout()
        if before is not None:
            self._drop(before, fading=self.look.moving and not _urgent(main))

    def _make(self, main: Main) -> Part:
        if isinstance(main, MediaMain):
            return MediaSlide(self.look, main, self._shelf, self._films)
        # each picture's constructor takes its own view; the table above pairs them
        return _PICTURES[type(main)](self.look, main)  # type: ignore[call-arg]  # each picture with its own view

    def _drop(self, before: Part, *, fading: bool) -> None:
        """Where motion is wanted, what stood until now fades out over what lies beneath it."""
        self.remove_widget(before)
        if fading and before.box.w >= 1 and before.box.h >= 1:
            self.add_widget(self._fade.begin(before, before.box))
        if isinstance(before, MediaSlide):
            before.leave()

    def leave(self) -> None:
        """Show nothing: the zone belongs to something else now."""
        self._fade.finish()
        if isinstance(self.picture, MediaSlide):
            self.picture.leave()
        if self.picture is not None:
            self.remove_widget(self.picture)
        self.picture = self._shown = None

    def advance(self, seconds: float) -> None:
        self._fade.advance(seconds)
        if isinstance(self.picture, MediaSlide):
            self.picture.advance()

    def layout(self, box: Box) -> None:
        for part in self.children:
            part.place(box)
