"""One face for each kind of screen: how a sight becomes a drawing."""

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import Look, palette
from kiosk.screens.counter import CounterDisplay
from kiosk.screens.touch import TouchScreen
from kiosk.screens.wall import Wall
from kiosk.settings import KioskSettings
from kiosk.station import Sight
from kiosk.view.counter import counter_view
from kiosk.view.happenings import Tap
from kiosk.view.voice import Voice
from kiosk.view.wall import wall_view
from signage.core.phrases import Catalogue


class Face(Protocol):
    """`show` draws only what differs from what stands."""

    widget: Part

    def show(self, sight: Sight) -> None: ...

    def advance(self, seconds: float) -> None:
        """Let time pass for what moves by itself."""


class TouchFace:
    def __init__(self, size: tuple[int, int], tap: Callable[[Tap], None], *, moving: bool) -> None:
        self.widget = TouchScreen(palette(night=False), size, tap, moving=moving)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        if sight.touch is not None:
            self.widget.show(sight.touch, sight.ring)

    def advance(self, seconds: float) -> None:
        """Nothing here moves by itself."""


class WallFace:
    def __init__(self, voice: Voice, size: tuple[int, int], *, moving: bool) -> None:
        self._voice = voice
        self.widget = Wall(Look.fit(palette(night=True), *size, moving=moving))
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self.widget.show(wall_view(sight.scene, sight.now, self._voice, sight.heard_at))

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)


class CounterFace:
    def __init__(self, voice: Voice, number: str, size: tuple[int, int], *, moving: bool) -> None:
        self._voice, self._number = voice, number
        self.widget = CounterDisplay(Look.fit(palette(night=True), *size, moving=moving))
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self.widget.show(counter_view(sight.scene, self._number, sight.now, self._voice, sight.heard_at))

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)


def face_of(
    settings: KioskSettings,
    catalogues: Mapping[str, Catalogue],
    size: tuple[int, int],
    tap: Callable[[Tap], None],
    *,
    moving: bool,
) -> Face:
    """The face for a screen of that kind, laid out for a window of `size`."""
    voice = Voice.of(catalogues, settings.locale)
    match settings.kind:
        case "touch":
            return TouchFace(size, tap, moving=moving)
        case "wall":
            return WallFace(voice, size, moving=moving)
        case "counter":
            return CounterFace(voice, settings.counter or "", size, moving=moving)
        case kind:
            raise ValueError(f"no face for a screen of kind {kind}")
