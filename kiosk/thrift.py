"""What only the start needed, or a moment since, is given back: free memory between used blocks, and code that has done its work.

Half of what a fresh screen maps is the code of a compiler (LLVM) that turns a dozen shaders into machine code and then
rests for days. Its pages are read-only copies of a file: given up they cost nothing, and come back by themselves when a
page is executed again.
"""

import ctypes
import mmap
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from signage.link.threads import ThreadDied, spawn

SETTLED_S: Final = 14.0  # from the first look: what a start compiles, loads and draws is done, and proved
SECOND_S: Final = 60.0  # after that, once more: what happens first in a screen's first minute compiles, too
LOOK_S: Final = 10.0
TRIM_S: Final = 60.0  # it takes two milliseconds; without it what is resident creeps up to the most that was ever used
GROWN_BYTES: Final = 12 * 1024 * 1024  # more than two pictures of a wall
_MAPS: Final = Path("/proc/self/smaps")
_SIZES: Final = Path("/proc/self/statm")
# Code that is executed and never written (r-x, private, of a file), and of which this process holds no page of its own. What a
# library's start has written into (relocations) stands in other mappings; giving those up would lose it.
_CODE: Final = re.compile(
    rb"^([0-9a-f]+)-([0-9a-f]+) r-xp [0-9a-f]+ \S+ [1-9]\d* .*\n(?:[A-Z]\w*:.*\n)*?Anonymous: +0 kB$", re.MULTILINE
)


class Thrift:
    """Belongs to the drawing thread; the giving back has one of its own, for a tenth of a second.

    `dismiss`: called in the drawing thread before, to end what compiles shaders. `put`: gets word of a thread that died.
    """

    def __init__(self, dismiss: Callable[[], None], put: Callable[[ThreadDied], None]) -> None:
        self._dismiss, self._put = dismiss, put
        self._due: float | None = None
        self._second = float("inf")
        self._trim = float("inf")
        self._least: int | None = 0  # that was resident; None: to be measured at the next look

    def tend(self, now: float) -> bool:
        """Give back if much has come since the last time; whether it was. `now`: monotonic seconds.

        Free blocks alone go every minute.
        """
        if self._due is None:
            self._due = now + SETTLED_S
            self._second = self._due + SECOND_S
            self._trim = self._due + TRIM_S
        if now < self._due:
            return False
        self._due = now + LOOK_S
        resident = resident_bytes()
        self._least = resident if self._least is None else min(self._least, resident)
        if now >= self._second:
            self._second = float("inf")
        elif resident < self._least + GROWN_BYTES:
            if now >= self._trim:
                self._trim = now + TRIM_S
                self._least = None  # what is used again within seconds is no growth
                spawn("trim", trim, self._put)
            return False
        self._trim = now + TRIM_S
        self._least = None
        self._dismiss()
        spawn("thrift", give_back, self._put)
        return True


def resident_bytes() -> int:
    """Of this process, code included; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(_SIZES.read_bytes().split()[1]) * mmap.PAGESIZE
    return 0


def give_back() -> None:
    """Of this process, in any thread. Does nothing where the C library is another than GNU's, or the system no Linux."""
    trim()
    library = ctypes.CDLL(None)
    with suppress(AttributeError):
        for start, length in code(_MAPS):
            library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(length), mmap.MADV_DONTNEED)


def trim() -> None:
    """Free blocks between used ones, in any thread. Does nothing where the C library is another than GNU's."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def code(maps: Path) -> Iterator[tuple[int, int]]:
    """Address and length of what may be given up and comes back as it was."""
    with suppress(OSError):
        for found in _CODE.finditer(maps.read_bytes()):
            start, end = (int(one, 16) for one in found.groups())
            yield start, end - start
