"""The screen's voice: what a sight lets be heard, at the volume that is set, and not in quiet hours."""

from typing import Final

from kiosk.media.speaker import Speaker, built_in
from kiosk.settings import SoundSettings
from kiosk.view.sounds import Audible, cues
from signage.core.dayparts import Dayparts
from signage.core.instants import Instant
from signage.core.model import HoursPlan

_UNKNOWN: Final = 0.0  # before any branch state is known, nobody knows what time it is for the neighbours


class Quiet:
    """Quiet hours, in the language of opening hours, on the branch's own calendar."""

    def __init__(self, rule: str | None) -> None:
        self._rule = rule
        self._plan: HoursPlan | None = None
        self._dayparts: Dayparts | None = None

    def holds(self, plan: HoursPlan, now: Instant) -> bool:
        """A rule that cannot be read is always: nobody is woken by a mistake."""
        if self._rule is None:
            return False
        if plan is not self._plan:
            self._plan, self._dayparts = plan, Dayparts(plan, (self._rule,))
        assert self._dayparts is not None
        return self._rule in self._dayparts.unreadable or self._rule in self._dayparts.holding(now)


class Sounding:
    """Belongs to the drawing thread. `speaker` None: nothing here can be heard."""

    def __init__(self, settings: SoundSettings, *, heard: bool, speaker: Speaker | None = None) -> None:
        self._settings = settings
        self._quiet = Quiet(settings.quiet)
        self._speaker = (speaker or Speaker(settings.directory or built_in())) if heard and settings.voices else None
        self._films = heard and settings.films
        self._before: Audible | None = None
        self._touched = False
        self._loudness = _UNKNOWN

    def touched(self) -> None:
        """A finger has pressed something that answers."""
        self._touched = True

    def see(self, now: Audible, plan: HoursPlan | None, volume: int) -> None:
        """What stands on the screen from now on. `volume` from 0 to 100; `plan`: the branch's hours, once known."""
        quiet = plan is None or self._quiet.holds(plan, now.now)
        self._loudness = _UNKNOWN if quiet else volume / 100
        new = cues(self._before, now, touched=self._touched)
        self._before, self._touched = now, False
        if self._speaker is not None:
            if quiet:
                self._speaker.hush()
            for cue in new:
                self._speaker.play(cue, now.locale, self._loudness)

    @property
    def films_heard(self) -> bool:
        """Whether a film is to be opened with its sound at all."""
        return self._films

    def film_volume(self) -> float:
        """From 0 to 1, at this moment."""
        return self._loudness if self._films else 0.0
