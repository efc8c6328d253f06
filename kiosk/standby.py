"""Keeps the guard's pictures true: made when the screen is at rest, made anew when what they say changes."""

from collections.abc import Callable, Mapping
from threading import Thread
from typing import Final

import structlog
from PIL import Image

from kiosk.faces import look_of
from kiosk.guard.page import Shown
from kiosk.guard.picture import NAMES, Frame, keep_picture
from kiosk.pulse import Pulse
from kiosk.screens.standby import ground_of, off_glass, standby_part
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from kiosk.view.standby import StandbyView, alarm_until, standby_views, stands_for
from kiosk.view.touch import AlarmView
from kiosk.view.voice import Voice
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.phrases import Catalogue

_REST_S: Final = 3.0  # after the first frame, and between two pictures: nobody sees a stutter
_LOOK_S: Final = 2.0  # between two looks at whether what they say is still so
_AGAIN_S: Final = 60.0  # after the disk has refused one
_ALARM_GROUND: Final = 0xA8201A


class Standby:
    """Belongs to the drawing thread; only the compressing and writing has one of its own, one picture at a time."""

    def __init__(self, settings: KioskSettings, catalogues: Mapping[str, Catalogue], pulse: Pulse) -> None:
        self._catalogues, self._pulse = catalogues, pulse
        self._folder = settings.directory
        self._made: dict[Shown, object] = {}
        self._alarm: object = None  # of which the picture lies on the disk, or is being written
        self._clean = False  # whether no emergency's picture can lie there; one of an earlier life may
        self._failed: list[Shown] = []
        self._due = 0.0
        self._writing: Thread | None = None
        self._log = structlog.get_logger()
        self.corner = (0, 0)  # the window's, on the display

    def presented(
        self, sight: Sight, state: BranchState | None, settings: KioskSettings, photograph: Callable[[], Image.Image]
    ) -> None:
        """These pixels stand on the glass. `photograph`: them as they are, RGBA."""
        voice = Voice.of(self._catalogues, settings.locale)
        shown = stands_for(state, sight.scene, sight.now, voice, lit=sight.dimming.on)
        if shown is not Shown.ALARM:
            self._forget_alarm()
            self._pulse.stands_for(shown, _unix(sight.dark_until))
            return
        emergency = next((zone.item for zone in sight.scene.zones if zone.name == "main"), None)
        if self._alarm != emergency:
            if not self._forget_alarm():
                self._pulse.stands_for(Shown.SUSPENDED)  # and nobody sees another emergency's picture for this one
                return
            if _alone(sight) and not self._busy():
                self._alarm, self._clean = emergency, False
                self._keep(Shown.ALARM, photograph(), _ALARM_GROUND)
        self._pulse.stands_for(shown, _unix(alarm_until(sight.scene)))

    def _forget_alarm(self) -> bool:
        """Whether no emergency's picture lies on the disk now. Without one a suspended branch's stands for an alarm."""
        self._alarm = None
        if self._clean:
            return True
        try:
            (self._folder / NAMES[Shown.ALARM]).unlink(missing_ok=True)
        except OSError as error:
            self._log.warning("an emergency's picture cannot be taken away", reason=str(error))
            return False
        self._clean = True
        self._pulse.pictured()
        return True

    def tick(self, now: float, state: BranchState | None, settings: KioskSettings, size: tuple[int, int]) -> None:
        """Make one picture if one is missing and nothing else is being made. `now`: monotonic; `size`: the window's."""
        if not self._pulse.guarded or self._busy() or now < self._due:
            return
        if self._failed:
            self._due = now + _AGAIN_S
            while self._failed:
                self._made.pop(shown := self._failed.pop(), None)
                if shown is Shown.ALARM:
                    self._alarm = None  # to be taken again when it is next presented
            return
        voice = Voice.of(self._catalogues, settings.locale)
        branch = state.branch if state is not None else None
        views = standby_views(branch.name if branch else None, branch.hotline if branch else "", voice)
        for shown, view in views.items():
            mark = (view, size, settings.rotation, settings.brand)
            if self._made.get(shown) != mark:
                self._due = now + _REST_S
                self._made[shown] = mark
                self._draw(shown, view, size, settings)
                return
        self._due = now + _LOOK_S

    def _draw(self, shown: Shown, view: StandbyView, size: tuple[int, int], settings: KioskSettings) -> None:
        look = look_of(settings, size)
        picture = off_glass(standby_part(look, view, size), size)
        self._keep(shown, picture.rotate(settings.rotation, expand=True), ground_of(look, view))

    def _busy(self) -> bool:
        return self._writing is not None and self._writing.is_alive()

    def _keep(self, shown: Shown, picture: Image.Image, ground: int) -> None:
        """As it stands on the panel, not as a person sees it who turns the head."""
        self._writing = Thread(
            target=self._write, args=(shown, picture, ground, self._alarm), name="standby", daemon=True
        )
        self._writing.start()

    def _write(self, shown: Shown, picture: Image.Image, ground: int, alarm: object) -> None:
        path, frame = self._folder / NAMES[shown], Frame(*self.corner, *picture.size, ground)
        try:
            keep_picture(path, frame, picture.convert("RGB").tobytes("raw", "BGRX"))
            if shown is Shown.ALARM and self._alarm is not alarm:
                path.unlink(missing_ok=True)  # it was over before it was written
        except (OSError, MemoryError) as error:
            self._log.warning("the guard's picture could not be kept", reason=str(error) or type(error).__name__)
            self._failed.append(shown)
            return
        self._pulse.pictured()


def _alone(sight: Sight) -> bool:
    """Whether an emergency is all that stands on the glass: staff go on at their pages, and a screen may be saying its name."""
    page = sight.touch.page if sight.touch is not None else None
    return sight.label is None and (page is None or isinstance(page, AlarmView))


def _unix(until: Instant | None) -> float:
    """0: it has no end."""
    return until.timestamp() if until is not None else 0.0
