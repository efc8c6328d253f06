"""A wheel of unequal parts, turned by a fixed step: which part is under the pointer at the n-th turn, for any n at once.

Step and circumference have no common divisor, so in as many turns as the wheel has marks every mark comes up exactly
once: each part exactly as often as it is wide. The step is near the golden section of the circumference, so that few
turns already come close to that. Nothing is counted from a beginning; the number of the turn decides.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate
from math import gcd
from typing import Final

_GOLDEN: Final = (618_034, 1_000_000)


class Wheel:
    """`widths`: of its parts, each at least 1. Immutable."""

    def __init__(self, widths: Sequence[int]) -> None:
        unit = reduce(gcd, widths)
        self._ends = list(accumulate(width // unit for width in widths))
        self._marks = self._ends[-1]
        self._step = _coprime(self._marks * _GOLDEN[0] // _GOLDEN[1], self._marks)

    def part(self, number: int) -> int:
        """The index of the part that is up at the turn of that number."""
        return bisect_right(self._ends, number * self._step % self._marks)

    def before(self, part: int, number: int) -> int:
        """How often that part was up in the turns from 0 up to, and not including, `number`."""
        first, end = self._ends[part - 1] if part else 0, self._ends[part]
        return self._passed(first, number) - self._passed(end, number)

    def _passed(self, mark: int, number: int) -> int:
        """Sum of floor((turn * step - mark) / marks) over those turns, moved up by one to stay positive."""
        return floor_sum(number, self._marks, self._step, self._marks - mark)


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


def _coprime(near: int, marks: int) -> int:
    step = max(near, 1)
    while gcd(step, marks) != 1:
        step += 1
    return step


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts, each less than one away from its weight's share, and together exactly `total`."""
    whole = sum(weights)
    ends = [total * upto // whole for upto in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
