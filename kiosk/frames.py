"""How often the glass was drawn, and how long ago. A loop that lives behind a frozen picture shows here."""

from collections import deque
from typing import Final

ROUNDS_S: Final = 30.0  # as often as a status is told
WINDOW_S: Final = 5.0


class Frames:
    """Times are monotonic seconds."""

    def __init__(self, start: float) -> None:
        self._last = start
        self._recent: deque[float] = deque()

    def drawn(self, at: float) -> None:
        self._last = at
        self._recent.append(at)
        self._forget(at)

    def age_ms(self, now: float) -> int:
        """Since the last frame; since the start where none was drawn."""
        return max(0, round((now - self._last) * 1000))

    def per_second(self, now: float) -> float:
        """Over the last five seconds."""
        self._forget(now)
        return round(len(self._recent) / WINDOW_S, 1)

    def _forget(self, now: float) -> None:
        while self._recent and now - self._recent[0] > WINDOW_S:
            self._recent.popleft()


class Rounds:
    """How long the drawing loop's rounds take: the longest is how long anything that moves has stood still.

    Times are monotonic seconds.
    """

    def __init__(self) -> None:
        self._began = 0.0
        self._longest = self._before = 0.0

    def took(self, at: float, seconds: float) -> None:
        self._turn(at)
        self._longest = max(self._longest, seconds)

    def longest_ms(self, now: float) -> int:
        """Of the last half minute at least, of the last minute at most."""
        self._turn(now)
        return round(max(self._longest, self._before) * 1000)

    def _turn(self, at: float) -> None:
        if at - self._began >= 2 * ROUNDS_S:
            self._began, self._before, self._longest = at, 0.0, 0.0
        elif at - self._began >= ROUNDS_S:
            self._began, self._before, self._longest = at, self._longest, 0.0
