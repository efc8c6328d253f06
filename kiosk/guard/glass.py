"""What the guard puts on the glass, and when it must be put there anew: X's window or the kernel's frame buffer."""

import os
from pathlib import Path
from typing import Final

from kiosk.guard.curtain import Curtain
from kiosk.guard.frame_buffer import FrameBuffer
from kiosk.guard.page import Page, Shown
from kiosk.guard.picture import NAMES, Frame, KeptPicture
from kiosk.guard.say import say

_SAID_AT: Final = 40  # tries, ten seconds: by then a screen without a display has said so itself, and ended
_GROUND: Final = 0x0F1C2B  # of a screen that has never made a picture
_BLACK: Final = 0x000000


class Glass:
    """`name`: the screen's. Without a display nothing is shown, and the screen's own refusal says so.

    An X server that comes up later than its guard is looked for until it is there.
    """

    def __init__(self, name: str, page: Page) -> None:
        self._name, self._page = name, page
        self._missed = 0  # tries to reach the X server, one after the other
        self._curtain = self._opened()
        self._shown: tuple[Shown, int, str] | None = None
        self._place: tuple[int, int, int, int] | None = None

    @property
    def descriptor(self) -> int:
        return self._curtain.descriptor if self._curtain is not None else -1

    @property
    def up(self) -> bool:
        """Whether the guard's picture stands above the screen's window."""
        return self._curtain is not None and self._curtain.up

    def attend(self) -> None:
        if self._missed:
            self._curtain = self._opened()
        if self._curtain is not None:
            self._curtain.attend()

    def _opened(self) -> Curtain | FrameBuffer | None:
        display, driver = os.environ.get("DISPLAY", ""), os.environ.get("SDL_VIDEODRIVER")
        if driver != "kmsdrm" and display:
            return self._curtain_on(display)
        try:
            return FrameBuffer() if driver in {None, "kmsdrm"} else None
        except (OSError, ValueError):
            return None  # no frame buffer to paint

    def _curtain_on(self, display: str) -> Curtain | None:
        try:
            curtain = Curtain(self._name, display)
        except OSError as error:
            self._missed += 1
            if self._missed == _SAID_AT:
                say("warning", "the guard cannot cover the screen yet; it goes on trying", reason=error)
            return None
        if self._missed >= _SAID_AT:
            say("info", "the guard can cover the screen now")
        self._missed = 0
        return curtain

    def stands(self, window: int) -> bool:
        return self._curtain is None or self._curtain.stands(window)

    def follow(self, window: int) -> None:
        """Have the right picture ready, where the screen's window stands."""
        if self._curtain is None:
            return
        place = self._curtain.place_of(window) if window else None
        if place is not None and place != self._place:
            self._place = place
            self._shown = None
        if not self.up:
            self._prepare(self._page.picture or Shown.SUSPENDED)

    def cover(self, what: Shown) -> None:
        if self._curtain is None:
            return
        self._prepare(what)
        if not self._curtain.up:
            self._curtain.show()

    def uncover(self) -> None:
        if self._curtain is not None:
            self._curtain.hide()

    def _prepare(self, what: Shown) -> None:
        wanted = (what, self._page.picture_serial, self._page.folder)
        if wanted == self._shown or self._curtain is None:
            return
        picture = _kept(self._page.folder, what)
        if picture is None and self._place is None:
            return  # neither what nor where is known yet
        self._shown = wanted
        ground = picture.frame.ground if picture is not None else _BLACK if what is Shown.DARK else _GROUND
        if self._place is not None:
            frame = Frame(*self._place, ground)
        else:
            assert picture is not None
            frame = picture.frame
        self._curtain.prepare(frame, picture)


def _kept(folder: str, what: Shown) -> KeptPicture | None:
    """That picture; where an alarm's is missing, the suspended branch's. The dark has none."""
    for number in (what, Shown.SUSPENDED) if what is Shown.ALARM else (what,):
        try:
            return KeptPicture(Path(folder) / NAMES[number])
        except (OSError, ValueError, KeyError):
            continue
    return None
