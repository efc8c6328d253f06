"""Where the picture stands so that no edge burns into the glass: one pixel further every quarter of an hour. Pure."""

from datetime import timedelta
from typing import Final

from signage.core.instants import Instant

STEP: Final = timedelta(minutes=15)
MOST_U: Final = 12  # a quarter of the narrowest margin: no text ever comes near the edge
_STEP_MS: Final = STEP // timedelta(milliseconds=1)


def shift(now: Instant, most: int) -> tuple[int, int]:
    """How far to the right and how far up, in pixels, each at most `most` either way.

    It goes through every place there is, row by row and back again, so that each is stood on equally long.
    """
    side = 2 * most + 1
    places = side * side
    step = now.ms // _STEP_MS % (2 * places)
    place = step if step < places else 2 * places - 1 - step
    row, column = divmod(place, side)
    return (column if row % 2 == 0 else side - 1 - column) - most, row - most


def most_px(wanted: int, unit: float) -> int:
    """`wanted` pixels, but no more than a margin allows. `unit`: pixels of 1 u."""
    return max(0, min(wanted, int(MOST_U * unit)))
