"""How this process holds its memory: pictures come and go by megabytes, and what has gone is to be the system's again.

glibc otherwise learns from the first large block that is freed to keep such blocks in its heap, where small ones that live for
long settle between them; and it gives each thread a heap of its own.
"""

import ctypes
from typing import Final

_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1  # malloc.h
_LARGE_BYTES: Final = 256 * 1024
_ARENAS: Final = 2


def settle_heap() -> None:
    """Before the first thread. Does nothing where the C library is another one."""
    settle = getattr(ctypes.CDLL(None), "mallopt", None)
    if settle is not None:
        settle(_ARENA_MAX, _ARENAS)
        settle(_MMAP_THRESHOLD, _LARGE_BYTES)
        settle(_TRIM_THRESHOLD, _LARGE_BYTES)
