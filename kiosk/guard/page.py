"""The one page of memory that a screen and its guard share: the screen's heartbeat on it, and what there is to show instead.

Each value has its own place, aligned, and one writer; so neither side ever waits for the other. Times are monotonic seconds,
the same clock for both processes, unless they say unix.
"""

import mmap
import os
import struct
from enum import IntEnum
from typing import Final

SIZE: Final = 4096
VARIABLE: Final = "SIGNAGE_GUARD"  # holds the page's file descriptor, in the screen's environment
_BEAT, _ASKED, _DRAWN, _DRAWN_AT, _WINDOW = 0, 8, 16, 24, 32
_PICTURE, _PICTURE_SERIAL, _PICTURE_UNTIL, _LEAVING = 40, 48, 56, 64
_RESTARTS, _RESTARTED_AT, _FOLDER = 72, 80, 256
_FOLDER_LIMIT: Final = 2048


class Shown(IntEnum):
    """What stands for a screen that cannot draw. UNKNOWN: the screen has not yet learnt of its branch. DARK: nothing, in black."""

    UNKNOWN = 0
    HOUSE = 1
    SUSPENDED = 2
    ALARM = 3
    DARK = 4


class Page:
    """Whole numbers and times by name. `memory` is 4096 bytes, shared or not."""

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory

    @classmethod
    def made(cls) -> tuple["Page", int]:
        """A new page, and the descriptor that a child inherits."""
        descriptor = os.memfd_create("signage-guard", 0)
        os.ftruncate(descriptor, SIZE)
        return cls(mmap.mmap(descriptor, SIZE)), descriptor

    @classmethod
    def inherited(cls) -> "Page | None":
        """The page of the guard that started this process; None: nobody guards it."""
        given = os.environ.get(VARIABLE, "")
        if not given.isdecimal():
            return None
        try:
            return cls(mmap.mmap(int(given), SIZE))
        except (OSError, ValueError):
            return None

    def clear(self) -> None:
        """For a new child: nothing of the one before counts, but what there is to show and how often it was started."""
        kept = {name: getattr(self, name) for name in ("picture", "picture_serial", "picture_until", "folder")}
        restarts, restarted_at = self.restarts, self.restarted_at
        self._memory[:] = bytes(SIZE)
        for name, value in kept.items():
            setattr(self, name, value)
        self.restarts, self.restarted_at = restarts, restarted_at

    def _float(self, place: int) -> float:
        value: float = struct.unpack_from("<d", self._memory, place)[0]
        return value

    def _whole(self, place: int) -> int:
        value: int = struct.unpack_from("<Q", self._memory, place)[0]
        return value

    # ---- the screen writes -------------------------------------------------------------------------------------------

    @property
    def beat_at(self) -> float:
        """When the drawing loop last went round; 0: it never has."""
        return self._float(_BEAT)

    @beat_at.setter
    def beat_at(self, at: float) -> None:
        struct.pack_into("<d", self._memory, _BEAT, at)

    @property
    def asked_at(self) -> float:
        """Since when a frame is asked for and has not been drawn; 0: none is."""
        return self._float(_ASKED)

    @asked_at.setter
    def asked_at(self, at: float) -> None:
        struct.pack_into("<d", self._memory, _ASKED, at)

    @property
    def drawn(self) -> int:
        """How many frames have been drawn and presented."""
        return self._whole(_DRAWN)

    @drawn.setter
    def drawn(self, count: int) -> None:
        struct.pack_into("<Q", self._memory, _DRAWN, count)

    @property
    def drawn_at(self) -> float:
        return self._float(_DRAWN_AT)

    @drawn_at.setter
    def drawn_at(self, at: float) -> None:
        struct.pack_into("<d", self._memory, _DRAWN_AT, at)

    @property
    def window(self) -> int:
        """The X window's number; 0: there is none."""
        return self._whole(_WINDOW)

    @window.setter
    def window(self, number: int) -> None:
        struct.pack_into("<Q", self._memory, _WINDOW, number)

    @property
    def picture(self) -> Shown:
        """What is true of the branch, as far as is known."""
        number = self._whole(_PICTURE)
        return Shown(number) if number <= max(Shown) else Shown.UNKNOWN

    @picture.setter
    def picture(self, shown: Shown) -> None:
        struct.pack_into("<Q", self._memory, _PICTURE, shown)

    @property
    def picture_serial(self) -> int:
        """Goes up by one whenever a picture on the disk was replaced."""
        return self._whole(_PICTURE_SERIAL)

    @picture_serial.setter
    def picture_serial(self, number: int) -> None:
        struct.pack_into("<Q", self._memory, _PICTURE_SERIAL, number)

    @property
    def picture_until(self) -> float:
        """Unix seconds at which an alarm's picture, or the dark, is no longer true; 0: it has no end."""
        return self._float(_PICTURE_UNTIL)

    @picture_until.setter
    def picture_until(self, at: float) -> None:
        struct.pack_into("<d", self._memory, _PICTURE_UNTIL, at)

    @property
    def leaving(self) -> bool:
        """Whether the screen ends because staff have ended it."""
        return bool(self._whole(_LEAVING))

    @leaving.setter
    def leaving(self, on: bool) -> None:
        struct.pack_into("<Q", self._memory, _LEAVING, int(on))

    @property
    def folder(self) -> str:
        """Where the pictures lie; empty: not known."""
        return self._memory[_FOLDER : _FOLDER + _FOLDER_LIMIT].split(b"\0")[0].decode(errors="surrogateescape")

    @folder.setter
    def folder(self, path: str) -> None:
        content = path.encode(errors="surrogateescape")
        if len(content) < _FOLDER_LIMIT:
            self._memory[_FOLDER : _FOLDER + _FOLDER_LIMIT] = content.ljust(_FOLDER_LIMIT, b"\0")

    # ---- the guard writes --------------------------------------------------------------------------------------------

    @property
    def restarts(self) -> int:
        """How often the guard has started the screen again."""
        return self._whole(_RESTARTS)

    @restarts.setter
    def restarts(self, count: int) -> None:
        struct.pack_into("<Q", self._memory, _RESTARTS, count)

    @property
    def restarted_at(self) -> float:
        """Unix seconds of the last time; 0: never."""
        return self._float(_RESTARTED_AT)

    @restarted_at.setter
    def restarted_at(self, at: float) -> None:
        struct.pack_into("<d", self._memory, _RESTARTED_AT, at)
