"""A port that goes on sending what nobody understands: another speed, another driver, a loose wire. Pure."""

from datetime import timedelta
from typing import Final

from signage.core.instants import Instant

WINDOW: Final = timedelta(seconds=10)  # a padlink pad says something every 5 s
MUCH_BYTES: Final = 2048  # in a window; less is a noisy moment


class Garbage:
    """Judges whole windows, the first from the port's opening. `on`: the last one brought much and nothing of sense."""

    def __init__(self, now: Instant) -> None:
        self.on = False
        self._began: Instant | None = now
        self._count = 0

    def took(self, count: int, now: Instant) -> None:
        """So many bytes have come."""
        if self._began is None:
            self._began = now
        self._count += count

    def tick(self, now: Instant, understood_at: Instant | None) -> bool:
        """`understood_at`: when a frame of some sense came last. True when a window has ended: look at `on`."""
        due = self.deadline()
        if self._began is None or due is None or now < due:
            return False
        understood = understood_at is not None and understood_at >= self._began
        self.on = self._count >= MUCH_BYTES and not understood
        self._began = now if self.on else None
        self._count = 0
        return True

    def deadline(self) -> Instant | None:
        """When the window ends; None while the line is quiet."""
        return None if self._began is None else Instant.of(self._began + WINDOW)
