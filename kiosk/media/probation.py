"""What failed is left alone for a while, twice as long if it soon fails again, and then tried once more. Pure.

Nobody can tell here whether a film or a picture is at fault, or a machine that was short of time, memory or disk for a
moment: so no such failure is for life.
"""

from dataclasses import dataclass
from typing import Final

from signage.core.instants import Instant

FIRST_S: Final = 300
LONGEST_S: Final = 2 * 60 * 60
KEPT: Final = 64  # names; of more, those that failed longest ago are tried again


@dataclass(frozen=True)
class _Rest:
    since_ms: int
    length_ms: int

    @property
    def until_ms(self) -> int:
        return self.since_ms + self.length_ms


class Probation:
    """By name. `now` may jump either way: a clock that goes back ends a rest."""

    def __init__(self, first_s: int = FIRST_S, longest_s: int = LONGEST_S) -> None:
        self._first_ms, self._longest_ms = first_s * 1000, longest_s * 1000
        self._rests: dict[str, _Rest] = {}

    def failed(self, name: str, now: Instant) -> None:
        """Twice as long as before, unless it went well for at least as long as it rested then."""
        if self.holds(name, now):
            return
        before = self._rests.pop(name, None)
        soon = before is not None and now.ms < before.until_ms + before.length_ms
        length = min(2 * before.length_ms, self._longest_ms) if before is not None and soon else self._first_ms
        while len(self._rests) >= KEPT:
            del self._rests[next(iter(self._rests))]
        self._rests[name] = _Rest(now.ms, length)

    def holds(self, name: str, now: Instant) -> bool:
        """Whether it is still to be left alone."""
        rest = self._rests.get(name)
        return rest is not None and rest.since_ms <= now.ms < rest.until_ms

    def __contains__(self, name: str) -> bool:
        """Whether it has failed, and is not known to be well again."""
        return name in self._rests

    def forget(self, name: str) -> bool:
        """It is well again; whether it ever failed."""
        return self._rests.pop(name, None) is not None

    def clear(self) -> None:
        """Everything is forgiven."""
        self._rests.clear()
