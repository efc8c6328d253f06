"""When a low rating alarms: each counted one at once, and a cluster of them at one counter (domain: low-rating alert). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from signage.core.measures import is_low

WITHIN_MS: Final = 15 * 60 * 1000
FROM: Final = 4  # counted ratings


@dataclass(frozen=True)
class Counted:
    """A counted rating at a counter."""

    at_ms: int
    stars: int


@dataclass(frozen=True)
class Cluster:
    """So many counted ratings from the first to the last, so many of them low."""

    first_ms: int
    last_ms: int
    n: int
    low: int

    def holds(self, rating: Counted) -> bool:
        return self.first_ms <= rating.at_ms <= self.last_ms

    def worse_than(self, other: "Cluster") -> bool:
        return (self.low, self.n) > (other.low, other.n)

    def meets(self, other: "Cluster") -> bool:
        return self.first_ms <= other.last_ms and other.first_ms <= self.last_ms


def cluster_with(new: Counted, others: Sequence[Counted]) -> Cluster | None:
    """The worst cluster that this rating is part of, by low ratings and then by all; the first of equally bad ones.

    `others` do not hold `new`; those further from it than WITHIN_MS matter to nothing.
    """
    near = sorted((new, *(one for one in others if abs(one.at_ms - new.at_ms) <= WITHIN_MS)), key=lambda one: one.at_ms)
    lows = [0, *accumulate(is_low(one.stars) for one in near)]
    worst: Cluster | None = None
    for first, begins in enumerate(near):
        for last in range(first + FROM - 1, len(near)):
            ends = near[last].at_ms
            if ends - begins.at_ms > WITHIN_MS:
                break
            found = Cluster(begins.at_ms, ends, last + 1 - first, lows[last + 1] - lows[first])
            if found.holds(new) and 2 * found.low >= found.n and (worst is None or found.worse_than(worst)):
                worst = found
    return worst
