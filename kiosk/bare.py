"""The screen without its guard: what it does without is settled first, then its own command runs.

A wall hangs for months beside other programs on a small board. glibc's own choices keep a picture's megabytes after it has
gone (their limit for giving memory back grows with the largest block freed), and a heap for each thread. Lines of text come and go
by the dozen: as blocks of the heap they leave holes among what stays, which a wall then outgrows for hours (`docs/soak.md`).
"""

import contextlib
import ctypes
import sys
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of <malloc.h>
_KEPT_BYTES: Final = 128 * 1024
_MAPPED_BYTES: Final = 32 * 1024  # from here on a block has pages of its own: a line of text has
_ARENAS: Final = 2
_WITHOUT: Final = (
    "rich",  # colours for a terminal, which structlog and typer load if they find it: 4 MB
    "typing_extensions",  # which msgspec prefers to the standard library's own
)
_LATER: Final = (
    "asyncio",  # which structlog names, and no screen uses: 3 MB and a tenth of a second
    "urllib.request",  # paho's, for a proxy: with HTTP and mail 1 MB
    "zipfile",  # Kivy's, for pictures in archives
)


class _Later(ModuleType):
    """Stands for a module until something of it is asked for; importlib's LazyLoader is woken by `import` itself."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def spare_memory() -> None:
    """For this process, before anything large is imported."""
    modules: dict[str, Any] = sys.modules  # None in it is Python's own word for: not to be found
    for name in _WITHOUT:
        modules.setdefault(name, None)
    for name in _LATER:
        _put_off(name)
    with contextlib.suppress(OSError, AttributeError):  # another libc than GNU's
        settle = ctypes.CDLL(None).mallopt
        for which, value in (
            (_TRIM_THRESHOLD, _KEPT_BYTES),
            (_MMAP_THRESHOLD, _MAPPED_BYTES),
            (_ARENA_MAX, _ARENAS),
        ):
            settle(which, value)


def _put_off(name: str) -> None:
    if name in sys.modules:
        return
    sys.modules[name] = module = _Later(name)
    package, _, last = name.rpartition(".")
    if package:  # as the import itself would
        setattr(import_module(package), last, module)


def main() -> None:
    """The console script's screen. Whoever asks for something else than one screen gets the command with its help."""
    spare_memory()
    from kiosk.starting import ended, plain, start  # noqa: PLC0415  # what it imports is spared by the above

    words = plain(sys.argv[1:])
    if words is not None:
        ended(partial(start, words))
    from kiosk.cli import main as command  # noqa: PLC0415  # as above, and a screen does without its libraries

    command()


if __name__ == "__main__":
    main()
