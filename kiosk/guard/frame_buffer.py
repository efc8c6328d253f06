"""The glass without X (kmsdrm): once the screen's process has gone, the kernel shows its frame buffer, and that is painted.

While the process still holds the card nothing else can be shown; so there a screen that hangs is ended first.
"""

import os
import zlib
from pathlib import Path
from typing import Final

from kiosk.guard.picture import Frame, KeptPicture

_DEVICE: Final = Path("/dev/fb0")
_FACTS: Final = Path("/sys/class/graphics/fb0")
_LAYER: Final = 32  # bits of a pixel: blue, green, red, unused


class FrameBuffer:
    """Paints from the top left; rows and lines that do not fit are left out."""

    descriptor = -1

    def __init__(self, device: Path = _DEVICE, facts: Path = _FACTS) -> None:
        """Raises OSError, ValueError: there is none, or not of 32 bits."""
        width, height = (int(word) for word in (facts / "virtual_size").read_text().split(","))
        self._width, self._height = width, height
        self._stride = int((facts / "stride").read_text())
        if int((facts / "bits_per_pixel").read_text()) != _LAYER:
            raise ValueError("the kernel's frame buffer has no 32 bits a pixel")
        self._device = device
        self._frame: Frame | None = None
        self._picture: KeptPicture | None = None
        self.up = False

    def stands(self, window: int) -> bool:
        """There are no windows, so none is missing."""
        del window
        return True

    def place_of(self, window: int) -> tuple[int, int, int, int] | None:
        del window
        return 0, 0, self._width, self._height

    def prepare(self, frame: Frame, picture: KeptPicture | None) -> None:
        self._frame, self._picture = frame, picture
        if self.up:
            self.show()

    def show(self) -> None:
        """The ground, and the picture upon it."""
        self.up = True
        if self._frame is None:
            return
        try:
            with self._device.open("r+b", buffering=0) as file:
                self._paint(file.fileno())
        except (OSError, ValueError, zlib.error):
            return  # nothing more can be done here; the screen is being started again

    def _paint(self, descriptor: int) -> None:
        assert self._frame is not None
        ground = self._frame.ground.to_bytes(4, "little") * self._width
        for row in range(self._height):
            os.pwrite(descriptor, ground, row * self._stride)
        if self._picture is None:
            return
        line = self._picture.frame.width * 4
        seen = min(line, self._width * 4)
        for top, rows, pixels in self._picture.bands():
            for row in range(min(rows, max(0, self._height - top))):
                os.pwrite(descriptor, pixels[row * line : row * line + seen], (top + row) * self._stride)

    def hide(self) -> None:
        """The screen's process takes the card, and with it the glass."""
        self.up = False

    def attend(self) -> bool:
        return False
