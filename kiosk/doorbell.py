"""A touch wakes the drawing loop at once, however slowly it beats: X's connection is watched while the loop rests.

Only watched, never read: what has come is the window's own to fetch, which it does once in every round of the loop.
"""

import ctypes
import select
from collections.abc import Callable
from threading import Event
from typing import Final

PAUSE_S: Final = 0.01  # in which the loop has fetched what there was


class Doorbell:
    """`descriptor`: of the connection; `ring`: wakes the loop, from this one's thread."""

    def __init__(self, descriptor: int, ring: Callable[[], None]) -> None:
        self._descriptor, self._ring = descriptor, ring
        self._listening = Event()
        self._pause = Event()  # never set

    def listen(self, *, on: bool) -> None:
        """While frames are drawn all the time the loop needs no waking, and X answers it all the time."""
        if on:
            self._listening.set()
        else:
            self._listening.clear()

    def work(self) -> None:
        """For ever, in a thread of its own."""
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        while True:
            self._listening.wait()
            poll.poll()
            if self._listening.is_set():
                self._ring()
                self._pause.wait(PAUSE_S)


def connection() -> int | None:
    """The descriptor of the X connection of the context that is current; None: it is drawn without X."""
    try:
        xlib, gl = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libGL.so.1")
    except OSError:
        return None
    gl.glXGetCurrentDisplay.restype = ctypes.c_void_p
    display = gl.glXGetCurrentDisplay()
    if not display:
        return None
    xlib.XConnectionNumber.argtypes = [ctypes.c_void_p]
    return int(xlib.XConnectionNumber(display))
