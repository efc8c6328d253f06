"""The only reader of the clock. Everything else takes a `Moment` or an `Instant` as an argument."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from signage.core.instants import Instant

TOLERATED_S: Final = 2.0  # contract: a node whose clock differs by more uses its parent's time


@dataclass(frozen=True)
class Moment:
    """One reading of both clocks: `at` for people and messages, `mono` (seconds) for deadlines and ages."""

    at: Instant
    mono: float

    def later(self, seconds: float) -> "Moment":
        """The same two clocks, `seconds` further on."""
        return Moment(self.at + timedelta(seconds=seconds), self.mono + seconds)


def now() -> Instant:
    """The system's time, whole milliseconds, UTC."""
    return Instant.of(datetime.now(UTC))  # noqa: TID251 - the one place that reads the clock


def monotonic() -> float:
    """Seconds that never jump, from an arbitrary start."""
    return time.monotonic()


def moment() -> Moment:
    """Both clocks, read together."""
    return Moment(now(), monotonic())


@dataclass(frozen=True)
class ParentTime:
    """How far this machine's clock stands from its parent's Alive; zero while within 2 s (contract: Who may)."""

    offset: timedelta = timedelta(0)

    @staticmethod
    def heard(parent: Instant, own: Instant) -> "ParentTime":
        """What to go by after an Alive that says `parent`, received at `own`."""
        offset = parent - own
        return ParentTime(offset if abs(offset) > timedelta(seconds=TOLERATED_S) else timedelta(0))

    @property
    def wrong(self) -> bool:
        """Whether the own clock is not to be used: the fault `clock`."""
        return bool(self.offset)

    def correct(self, own: Instant) -> Instant:
        """The time to act by and to write into messages."""
        return own + self.offset
