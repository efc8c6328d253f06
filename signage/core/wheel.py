"""Which of many narrow parts have a turn in which hour, for any hour at once.

The parts lie side by side, each as wide as the turns that it is due in an hour: less than one. A comb is laid over them, one
tooth at each whole turn, and shifted from hour to hour by the golden section of that distance. A part that is under a tooth
has its turn. So in every hour there are as many turns as are due, rounded, nobody has two, and nobody waits long: the golden
section is the number that comes back least to where it has been. Nothing is counted from a beginning.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from signage.core.slots import HOUR_MS

_MARKS: Final = 1 << 40  # between two teeth
_STEP: Final = 679_535_556_991  # of them in an hour: the golden section, and odd, so that every mark comes up


class Comb:
    """`widths`: of the parts, each at least 1; `unit`: of the same, from tooth to tooth, wider than any part."""

    def __init__(self, widths: Sequence[int], unit: int) -> None:
        self._ends = list(accumulate(widths))
        self._unit = unit

    def parts(self, ms: int) -> list[int]:
        """The indices of the parts that have a turn in a stretch that begins at `ms`, rising."""
        shift = (ms // HOUR_MS * _STEP + _within(ms)) % _MARKS
        teeth = (self._ends[-1] * _MARKS // self._unit + shift) // _MARKS
        return [self._under(tooth * _MARKS - shift) for tooth in range(1, teeth + 1)]

    def nearest(self, ms: int) -> int:
        """A part, where there is to be one whether or not a tooth is on any."""
        return bisect_left(self._ends, 1 + (ms // HOUR_MS * _STEP + _within(ms)) % _MARKS * self._ends[-1] // _MARKS)

    def before(self, part: int, ms: int) -> int:
        """How many turns that part had by the hour of `ms`, had it been so since 1970."""
        first, end = self._ends[part - 1] if part else 0, self._ends[part]
        return self._passed(end, ms) - self._passed(first, ms)

    def _passed(self, end: int, ms: int) -> int:
        return floor_sum(ms // HOUR_MS, _MARKS, _STEP, end * _MARKS // self._unit + _within(ms))

    def _under(self, mark: int) -> int:
        return bisect_left(self._ends, -(-mark * self._unit // _MARKS))


def _within(ms: int) -> int:
    """A stretch that begins later in its hour has its teeth where those before it left gaps."""
    return ms % HOUR_MS * _MARKS // HOUR_MS


def floor_sum(count: int, modulus: int, factor: int, offset: int) -> int:
    """Sum of (factor * i + offset) // modulus for i in range(count); all at least 0, in logarithmic time.

    The pairs below a line are counted as Euclid's algorithm goes: take out whole parts, then swap the axes.
    """
    total = 0
    while count > 0:
        total += (factor // modulus) * count * (count - 1) // 2 + (offset // modulus) * count
        factor, offset = factor % modulus, offset % modulus
        top = factor * count + offset
        count, offset = divmod(top, modulus)
        modulus, factor = factor, modulus
    return total


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts, each less than one away from its weight's share, and together exactly `total`."""
    whole = sum(weights)
    ends = [total * upto // whole for upto in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
