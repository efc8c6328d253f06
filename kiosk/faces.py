"""One face for each kind of screen: how a sight becomes a drawing. A screen loads its own kind's and no other."""

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.part import Part
from kiosk.design.tokens import Look, led_palette, palette
from kiosk.screens.films import Films
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from kiosk.view.happenings import Tap
from kiosk.view.voice import Voice
from signage.core.phrases import Catalogue


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


def look_of(settings: KioskSettings, size: tuple[int, int]) -> Look:
    """Of what stands over a screen's face or, while a guard shows it, in its place."""
    colours = palette(night=settings.kind != "touch", brand=settings.brand)
    return Look.fit(colours, *size, family=family_of(settings.locale))


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
            from kiosk.face_touch import TouchFace  # noqa: PLC0415  # only what this screen draws with, here and below

            return TouchFace(size, tap, moving=moving, films=films, brand=brand)
        case "wall":
            from kiosk.face_wall import WallFace  # noqa: PLC0415  # a screen loads its own face only

            return WallFace(voice, night, size, films)
        case "counter":
            from kiosk.face_counter import CounterFace  # noqa: PLC0415  # a screen loads its own face only

            return CounterFace(voice, night, settings.counter or "", size, films)
        case "fascia" | "strip":
            from kiosk.face_line import LineFace  # noqa: PLC0415  # a screen loads its own face only

            return LineFace(voice, Look.fit(led_palette(brand), *size, moving=moving, family=family), settings, size)
