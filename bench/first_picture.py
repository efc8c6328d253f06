"""When there is first a picture on the glass, whoever drew it: the X server's own frame buffer, looked at every 10 ms."""

import mmap
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

EVERY_S: Final = 0.01
LINES: Final = 24  # of the glass, that are looked at
COLOURS: Final = 12  # on one line: letters or a picture, not a ground with an edge
_HEAD: Final = struct.Struct(">25I")  # of an X window dump: a hundred bytes, then a name, then the colours
_COLOUR_BYTES: Final = 12


class FrameBuffer:
    """The file that `Xvfb -fbdir` keeps its first screen in."""

    def __init__(self, folder: Path) -> None:
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        head = _HEAD.unpack_from(self._memory)
        self._height, self._line, colours = head[5], head[12], head[19]
        self._begin = head[0] + colours * _COLOUR_BYTES

    def shows_something(self) -> bool:
        """Whether some line of it has as many colours as letters have."""
        for number in range(LINES):
            at = self._begin + self._line * (self._height * (2 * number + 1) // (2 * LINES))
            with memoryview(self._memory)[at : at + self._line] as line, line.cast("I") as pixels:
                if len(set(pixels)) >= COLOURS:
                    return True
        return False


@contextmanager
def watched(frame_buffer: FrameBuffer) -> Iterator[list[float]]:
    """Gets one time, in unix seconds, once there is something to be seen; the glass is to be empty at the beginning."""
    if frame_buffer.shows_something():
        raise SystemExit("bench: something stands on the glass already")
    seen: list[float] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(EVERY_S):
            if frame_buffer.shows_something():
                seen.append(time.time())
                return

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()
