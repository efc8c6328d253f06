"""Whether the touch panel is there. The kernel lists its input devices; one that is touched directly is a panel.

A panel that has once been seen and is gone is a fault. One that is there and feels nothing cannot be told from one that nobody
touches: for that the status says when it was last touched, and head office compares it with other days.
"""

from pathlib import Path
from typing import Final

LOOK_S: Final = 2.0
DEVICES: Final = Path("/proc/bus/input/devices")
_DIRECT: Final = 1 << 1  # INPUT_PROP_DIRECT
_LIMIT: Final = 256 * 1024


def panels(listing: str) -> tuple[str, ...]:
    """The names of what is touched directly, out of the kernel's list."""
    found = []
    for block in listing.split("\n\n"):
        name, direct = "", False
        for line in block.splitlines():
            if line.startswith("N: Name="):
                name = line.partition("=")[2].strip().strip('"')
            elif line.startswith("B: PROP="):
                words = line.partition("=")[2].split()
                direct = bool(words) and bool(int(words[-1], 16) & _DIRECT)
        if direct and name:
            found.append(name)
    return tuple(found)


def named(listing: str, part: str) -> tuple[str, ...]:
    """The names of all input devices that hold `part`."""
    names = (line.partition("=")[2].strip().strip('"') for line in listing.splitlines() if line.startswith("N: Name="))
    return tuple(name for name in names if part.lower() in name.lower())


class TouchPanel:
    """`wanted`: part of its name, None: whatever panel there is. `before`: the one of an earlier run, None: never any."""

    def __init__(self, wanted: str | None, before: str | None, listing: Path = DEVICES) -> None:
        self._wanted, self._listing = wanted, listing
        self.name = before
        self.lost = False
        self._due = 0.0

    def look(self, now: float) -> bool:
        """`now`: monotonic. Whether anything has changed: `name` or `lost`."""
        if now < self._due:
            return False
        self._due = now + LOOK_S
        try:
            with self._listing.open(encoding="utf-8", errors="replace") as file:
                listing = file.read(_LIMIT)
        except OSError:
            return False  # a machine that does not tell accuses nobody
        there = named(listing, self._wanted) if self._wanted is not None else panels(listing)
        known = self.name is not None or self._wanted is not None
        name = there[0] if there else self.name
        lost = known and not there
        changed = (name, lost) != (self.name, self.lost)
        self.name, self.lost = name, lost
        return changed
