"""A screen's heartbeat for its guard: the loop's rounds, the frames drawn, and what would be true on the glass without it."""

import ctypes
import mmap
import signal
from typing import Final

from kiosk.guard.page import SIZE, Page, Shown

BEAT_S: Final = 0.7  # each beat wakes a loop that rests: most of what a still screen costs
STILL_S: Final = 10.0  # a still screen proves this often that it can draw
MOVING_S: Final = 0.3  # and one on which something plays, when no frame has come for so long
_PR_SET_PDEATHSIG: Final = 1


class Pulse:
    """Without a guard it beats for nobody. Times are monotonic seconds."""

    def __init__(self, page: Page | None = None) -> None:
        self.guarded = page is not None
        self._page = page or Page(mmap.mmap(-1, SIZE))

    @classmethod
    def of_this_process(cls) -> "Pulse":
        """The guard's page if one started this process; which then ends with its guard."""
        pulse = cls(Page.inherited())
        if pulse.guarded:
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        return pulse

    def opened(self, window: int) -> None:
        """`window`: its number in X, 0 where there is none."""
        self._page.window = window

    def beat(self, at: float, *, moving: bool) -> bool:
        """The drawing loop has gone round; whether it is to draw a frame now, be it the same again."""
        page = self._page
        page.beat_at = at
        due = page.drawn_at + (MOVING_S if moving else STILL_S)
        if page.asked_at or at < due:
            return False
        page.asked_at = at
        return True

    def ask(self, at: float) -> None:
        """A frame is due now: what stands on the glass is no longer true."""
        self._page.asked_at = self._page.asked_at or at

    def drawn(self, at: float) -> None:
        """A frame has been presented."""
        page = self._page
        page.drawn_at, page.asked_at = at, 0.0
        page.drawn += 1

    def keeps_in(self, folder: str) -> None:
        """Where its pictures lie."""
        self._page.folder = folder

    def stands_for(self, shown: Shown, until: float = 0.0) -> None:
        """What its guard shows if this process ends now. `until`: unix seconds, of an alarm and of the dark."""
        page = self._page
        page.picture_until = until
        page.picture = shown

    def pictured(self) -> None:
        """A picture on the disk has been replaced."""
        self._page.picture_serial += 1

    def leave(self) -> None:
        """Staff end this screen, and its guard with it."""
        self._page.leaving = True

    @property
    def restarts(self) -> int:
        """How often the guard has had to start this screen again."""
        return self._page.restarts

    @property
    def restarted_at(self) -> float:
        """Unix seconds of the last time."""
        return self._page.restarted_at
