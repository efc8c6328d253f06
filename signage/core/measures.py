"""The formulas of service: what counts, satisfaction, the happy index, and who ranks before whom.

Everything here is computed from whole numbers that were counted from stored events; a rate of nothing is None, never 0.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Generic, TypeVar

T = TypeVar("T")

SATISFIED_STARS: Final = 4  # and more
LOW_STARS: Final = 2  # and fewer
RANKED_FROM: Final = 30  # counted ratings in the period
HAPPY_WEIGHTS: Final = (0.0, 25.0, 50.0, 75.0, 100.0)  # of 1…5 stars
WILSON_Z: Final = 1.959963984540054  # two-sided 95 % of the normal distribution


def is_low(stars: int) -> bool:
    return stars <= LOW_STARS


def rate(part: float, whole: float) -> float | None:
    """`part` of `whole`, as a fraction; None where there is no whole."""
    return part / whole if whole else None


def weighted_mean(counted: Sequence[int], weights: Sequence[float]) -> float | None:
    """The mean of `weights` over so many presses of each; None without presses."""
    total = sum(counted)
    return sum(n * weight for n, weight in zip(counted, weights, strict=True)) / total if total else None


def wilson_lower(good: int, n: int) -> float | None:
    """The lower bound of the 95 % Wilson score interval of ``good / n`` (Wilson 1927); None for no observations."""
    if n == 0:
        return None
    z2 = WILSON_Z * WILSON_Z
    share = good / n
    centre = share + z2 / (2 * n)
    margin = WILSON_Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, (centre - margin) / (1 + z2 / n))


@dataclass(frozen=True)
class Tally:
    """Counted ratings: how many of 1, 2, 3, 4 and 5 stars."""

    stars: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def n(self) -> int:
        return sum(self.stars)

    @property
    def satisfied(self) -> int:
        return sum(self.stars[SATISFIED_STARS - 1 :])

    @property
    def low(self) -> int:
        return sum(self.stars[:LOW_STARS])

    @property
    def satisfaction(self) -> float | None:
        """满意率, as a fraction."""
        return rate(self.satisfied, self.n)

    @property
    def happy_index(self) -> float | None:
        """0 to 100."""
        return weighted_mean(self.stars, HAPPY_WEIGHTS)

    @property
    def bound(self) -> float | None:
        """What ranks: the lower bound of the satisfaction rate."""
        return wilson_lower(self.satisfied, self.n)

    def __add__(self, other: "Tally") -> "Tally":
        one, two, three, four, five = (mine + yours for mine, yours in zip(self.stars, other.stars, strict=True))
        return Tally((one, two, three, four, five))


@dataclass(frozen=True)
class Place(Generic[T]):
    """`place` counts from 1; who has the same bound and the same n shares it."""

    place: int
    who: T
    tally: Tally


@dataclass(frozen=True)
class Ranking(Generic[T]):
    """`too_few`: who has too few counted ratings to rank, in the order they were given, with their tallies."""

    places: tuple[Place[T], ...]
    too_few: tuple[tuple[T, Tally], ...]


def ranking(everyone: Iterable[T], tally_of: Callable[[T], Tally]) -> Ranking[T]:
    """By the Wilson bound of satisfaction, then by n; who is equal in both keeps the order they were given in."""
    tallied = [(who, tally_of(who)) for who in everyone]
    listed = sorted((one for one in tallied if one[1].n >= RANKED_FROM), key=lambda one: _merit(one[1]))
    places: list[Place[T]] = []
    for number, (who, tally) in enumerate(listed, start=1):
        shared = bool(places) and _merit(places[-1].tally) == _merit(tally)
        places.append(Place(places[-1].place if shared else number, who, tally))
    return Ranking(tuple(places), tuple(one for one in tallied if one[1].n < RANKED_FROM))


def _merit(tally: Tally) -> tuple[float, int]:
    return -(tally.bound or 0.0), -tally.n
