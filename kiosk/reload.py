"""The configuration read again while the screen runs: after SIGHUP, and when the file has changed.

What is right is taken over where it can be; what is wrong is refused with its line, and the screen goes on with what it has.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from threading import Thread
from typing import Final

from kiosk.settings import KioskSettings
from signage.core.exits import Refusal

LOOK_S: Final = 1.0
LIVE: Final = frozenset(
    {"brand", "locale", "languages", "fps", "rotation", "counter", "power", "burn_in_shift", "touch_panel"}
)


@dataclass(frozen=True)
class Reread:
    """The file as it is now."""

    settings: KioskSettings


@dataclass(frozen=True)
class RereadRefused:
    """The file cannot be used. `lines`: why, one for each mistake."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where the settings come from. `read`: the file's part for this screen, as it is now; raises Refusal."""

    file: Path
    read: Callable[[], KioskSettings]


def merged(before: KioskSettings, after: KioskSettings) -> tuple[KioskSettings, tuple[str, ...]]:
    """What holds from now on, and the keys that only a new start can change."""
    changed = [one.name for one in fields(KioskSettings) if getattr(before, one.name) != getattr(after, one.name)]
    live = {name: getattr(after, name) for name in changed if name in LIVE}
    return replace(before, **live), tuple(name for name in changed if name not in LIVE)


class ConfigWatch:
    """`put`: gets what the file has become, from a thread."""

    def __init__(self, source: Source, put: Callable[[Reread | RereadRefused], None]) -> None:
        self._file, self._read, self._put = source.file, source.read, put
        self._seen = self._steady = self._mark()
        self._reading: Thread | None = None
        self._again = False
        self._due = 0.0

    def ask(self) -> None:
        """Read it, changed or not. For a signal's handler too."""
        self._again = True

    def look(self, now: float) -> None:
        """`now`: monotonic. A file that is just being written is left alone until it has been the same for two looks."""
        if now < self._due or (self._reading is not None and self._reading.is_alive()):
            return
        self._due = now + LOOK_S
        mark = self._mark()
        settled = mark == self._steady
        self._steady = mark
        if self._again or (settled and mark != self._seen):
            self._again = False
            self._seen = mark
            self._reading = Thread(target=self._work, name="configuration", daemon=True)
            self._reading.start()

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = os.stat(self._file)  # noqa: PTH116  # a path's own stat says the same
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _work(self) -> None:
        try:
            self._put(Reread(self._read()))
        except Refusal as refusal:
            self._put(RereadRefused(refusal.lines))
