"""What the clock alone decides: which slide stands, so that two walls agree without a word between them."""

from typing import Final

from signage.core.instants import Instant

SLIDE_S: Final = 10
_SLIDE_MS: Final = SLIDE_S * 1000

# The built-in house slides: they need nothing signed. Words in the catalogues under ``house.<key>``.
HOUSE_SLIDES: Final = ("welcome", "hours", "complaints", "fraud", "amenities", "elder")


def turn(now: Instant) -> int:
    """The number of the ten seconds that hold `now`, counted since 1970."""
    return now.ms // _SLIDE_MS


def slide_index(now: Instant, count: int) -> int:
    """Which of `count` slides stands. `count` is at least 1."""
    return turn(now) % count


def next_turn(now: Instant) -> Instant:
    """The first instant after `now` at which the next slide stands."""
    return Instant.from_ms((turn(now) + 1) * _SLIDE_MS)
