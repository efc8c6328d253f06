"""One face for each kind of screen: how a sight becomes a drawing."""

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.part import Part
from kiosk.design.tokens import Look, led_palette, palette
from kiosk.screens.counter import CounterDisplay
from kiosk.screens.fascia import Fascia
from kiosk.screens.films import Films
from kiosk.screens.strip import CounterStrip
from kiosk.screens.textures import Shelf
from kiosk.screens.touch import TouchScreen
from kiosk.screens.wall import Wall
from kiosk.settings import KioskSettings
from kiosk.station import Sight
from kiosk.view.cases_list import CaseView
from kiosk.view.check_view import CheckView
from kiosk.view.counter import counter_view
from kiosk.view.forms import FormView, KeypadView, RatingView
from kiosk.view.happenings import Tap
from kiosk.view.letter_views import ContactView, InkView
from kiosk.view.line import line_view
from kiosk.view.opinion_views import OpinionSentView, OpinionView
from kiosk.view.panel import PanelView
from kiosk.view.voice import Voice
from kiosk.view.wall import wall_view
from kiosk.view.zones import hanging
from signage.core.model import Brand
from signage.core.phrases import Catalogue

_ENTERING = (
    RatingView,
    OpinionView,
    OpinionSentView,
    InkView,
    ContactView,
    KeypadView,
    FormView,
    PanelView,
    CheckView,
    CaseView,
)


class Face(Protocol):
    """`show` draws only what differs from what stands."""

    widget: Part

    def show(self, sight: Sight) -> None: ...

    @property
    def playing(self) -> bool:
        """Whether something wants frames by itself: a film, or a slide that gives way."""

    @property
    def private(self) -> tuple[Box, ...]:
        """Where a person is entering something: no picture of the screen shows it."""

    def advance(self, seconds: float) -> None:
        """Let time pass for what moves by itself."""


class TouchFace:
    def __init__(
        self,
        size: tuple[int, int],
        tap: Callable[[Tap], None],
        *,
        moving: bool,
        films: Films | None = None,
        brand: Brand = "green",
    ) -> None:
        self._shelf = Shelf()
        colours = palette(night=False, brand=brand)
        self.widget = TouchScreen(colours, size, tap, moving=moving, shelf=self._shelf, films=films)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self._shelf.keep(sight.pixels)
        if sight.touch is not None:
            self.widget.show(sight.touch, sight.ring)

    @property
    def playing(self) -> bool:
        return self.widget.playing

    @property
    def private(self) -> tuple[Box, ...]:
        view, page = self.widget.view, self.widget.page
        entering = view is not None and isinstance(view.page, _ENTERING)
        return (page.box,) if entering and page is not None else ()

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)


class WallFace:
    private: tuple[Box, ...] = ()

    def __init__(self, voice: Voice, look: Look, size: tuple[int, int], films: Films | None = None) -> None:
        self._voice, self._at, self._shelf = voice, hanging("wall", size), Shelf()
        self.widget = Wall(look, self._shelf, films)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self._shelf.keep(sight.pixels)
        self.widget.show(wall_view(sight.scene, sight.now, self._voice, sight.heard_at, self._at))

    @property
    def playing(self) -> bool:
        return self.widget.playing

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)


class CounterFace:
    private: tuple[Box, ...] = ()

    def __init__(
        self, voice: Voice, look: Look, number: str, size: tuple[int, int], films: Films | None = None
    ) -> None:
        self._voice, self._number, self._at, self._shelf = voice, number, hanging("counter", size), Shelf()
        self.widget = CounterDisplay(look, self._shelf, films)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self._shelf.keep(sight.pixels)
        self.widget.show(
            counter_view(sight.scene, self._number, sight.now, self._voice, sight.heard_at, self._at, sight.introduced)
        )

    @property
    def playing(self) -> bool:
        return self.widget.playing

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)


class LineFace:
    """A fascia, or the strip above a counter."""

    private: tuple[Box, ...] = ()
    playing = False

    def __init__(self, voice: Voice, look: Look, settings: KioskSettings, size: tuple[int, int]) -> None:
        self._voice = voice
        self.widget: Fascia | CounterStrip = (
            Fascia(look) if settings.kind == "fascia" else CounterStrip(look, settings.counter or "")
        )
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self.widget.show(line_view(sight.scene, sight.now, self._voice, sight.heard_at))

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)


def face_of(
    settings: KioskSettings,
    catalogues: Mapping[str, Catalogue],
    size: tuple[int, int],
    tap: Callable[[Tap], None],
    *,
    moving: bool,
    films: Films | None = None,
) -> Face:
    """The face for a screen of that kind, laid out for a window of `size`."""
    voice, brand = Voice.of(catalogues, settings.locale), settings.brand
    family = family_of(settings.locale)
    night = Look.fit(palette(night=True, brand=brand), *size, moving=moving, family=family)
    match settings.kind:
        case "touch":
            return TouchFace(size, tap, moving=moving, films=films, brand=brand)
        case "wall":
            return WallFace(voice, night, size, films)
        case "counter":
            return CounterFace(voice, night, settings.counter or "", size, films)
        case "fascia" | "strip":
            return LineFace(voice, Look.fit(led_palette(brand), *size, moving=moving, family=family), settings, size)
