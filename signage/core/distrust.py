"""Ratings that nobody should rely on without looking: stuck keys, one person's fives, bursts. Pure.

A suspicion is no verdict: it says what was seen, with numbers, for a person to look into. The limits lie far from what
honest customers do, one after another, each with a transaction of at least a minute.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Final

STUCK_FROM: Final = 12  # presses of one key
STUCK_GAP_MS: Final = 20_000
STUCK_SPREAD: Final = 0.1  # of the middle gap: a finger is never so even
STUCK_SPREAD_MS: Final = 150
FIVES_FROM: Final = 20
FIVES_GAP_MS: Final = 45_000
FIVES_BY_CUSTOMER: Final = 3  # ratings for each completed transaction
BURST_FROM: Final = 8
BURST_MS: Final = 120_000


class Distrust(StrEnum):
    """Words stand in the catalogues under ``distrust.<value>`` and, as a name, ``distrust.name.<value>``."""

    STUCK_KEY = "stuck-key"
    FIVES = "fives"
    BURST = "burst"
    SELF_RATING = "self-rating"
    OUT_OF_HOURS = "out-of-hours"
    CHERRY_PICKING = "cherry-picking"


@dataclass(frozen=True, slots=True)
class Press:
    """A rating at a counter. `counted`: see `signage.core.counting`; one that is not may still tell of a stuck key."""

    at_ms: int
    stars: int
    counted: bool
    teller: str | None = None
    prompted: bool = False


@dataclass(frozen=True)
class Suspicion:
    """`n`: how many ratings it is about; `facts`: further numbers by their names in the catalogues."""

    kind: Distrust
    first_ms: int
    last_ms: int
    n: int
    counter: str | None = None
    teller: str | None = None
    facts: dict[str, int] = field(default_factory=dict)


def at_counter(counter: str, presses: Sequence[Press], ends: Sequence[int] | None) -> list[Suspicion]:
    """Of one counter's presses in order of time. `ends`: when transactions were completed there; None: nobody reports.

    What is explained by a stuck key or by one person's fives is not told again as a burst.
    """
    found = [*_stuck(counter, presses), *_fives(counter, [one for one in presses if one.counted], ends)]
    bursts = _bursts(counter, [one for one in presses if one.counted])
    return [*found, *(one for one in bursts if not any(_overlap(one, other) for other in found))]


def _overlap(one: Suspicion, other: Suspicion) -> bool:
    return one.first_ms <= other.last_ms and other.first_ms <= one.last_ms


def _stuck(counter: str, presses: Sequence[Press]) -> Iterator[Suspicion]:
    """Runs of one key at one pace."""
    for run in _runs(presses, STUCK_GAP_MS):
        gaps = _gaps(run)
        if len(run) < STUCK_FROM:
            continue
        middle = median(gaps)
        spread = max(STUCK_SPREAD_MS, STUCK_SPREAD * middle)
        even = sum(abs(gap - middle) <= spread for gap in gaps)
        if even >= 0.9 * len(gaps):
            facts = {"stars": run[0].stars, "gap_ms": round(middle)}
            yield Suspicion(Distrust.STUCK_KEY, run[0].at_ms, run[-1].at_ms, len(run), counter, _one_teller(run), facts)


def _runs(presses: Sequence[Press], gap_ms: int) -> Iterator[list[Press]]:
    """Presses of the same stars that follow each other so closely."""
    run: list[Press] = []
    for press in presses:
        if run and (press.stars != run[-1].stars or press.at_ms - run[-1].at_ms > gap_ms):
            yield run
            run = []
        run.append(press)
    if run:
        yield run


def _fives(counter: str, counted: Sequence[Press], ends: Sequence[int] | None) -> Iterator[Suspicion]:
    """Long rows of nothing but fives: faster than customers can come, or without customers."""
    for row in _rows_of_fives(counted):
        if len(row) < FIVES_FROM:
            continue
        served = None if ends is None else sum(row[0].at_ms <= end <= row[-1].at_ms for end in ends)
        middle = median(_gaps(row))
        if middle <= FIVES_GAP_MS or (served is not None and len(row) >= FIVES_BY_CUSTOMER * (served + 1)):
            facts = {"gap_ms": round(middle), "prompted": sum(one.prompted for one in row)}
            facts |= {} if served is None else {"served": served}
            yield Suspicion(Distrust.FIVES, row[0].at_ms, row[-1].at_ms, len(row), counter, _one_teller(row), facts)


def _rows_of_fives(counted: Sequence[Press]) -> Iterator[list[Press]]:
    """Within one sitting: fives with no other rating and no pause of ten minutes between them, of one teller."""
    row: list[Press] = []
    for press in counted:
        ended = row and (press.at_ms - row[-1].at_ms > 600_000 or press.teller != row[-1].teller)
        if row and (ended or press.stars != 5):
            yield row
            row = []
        if press.stars == 5:
            row.append(press)
    if row:
        yield row


def _bursts(counter: str, counted: Sequence[Press]) -> Iterator[Suspicion]:
    """More counted ratings than there can be customers; what goes on for longer is one burst."""
    begins = 0
    open_: tuple[int, int] | None = None  # places of the first and the last
    for place, press in enumerate(counted):
        while press.at_ms - counted[begins].at_ms > BURST_MS:
            begins += 1
        if place - begins + 1 < BURST_FROM:
            continue
        if open_ is not None and begins <= open_[1]:
            open_ = (open_[0], place)
            continue
        if open_ is not None:
            yield _burst(counter, counted[open_[0] : open_[1] + 1])
        open_ = (begins, place)
    if open_ is not None:
        yield _burst(counter, counted[open_[0] : open_[1] + 1])


def _burst(counter: str, some: Sequence[Press]) -> Suspicion:
    seconds = (some[-1].at_ms - some[0].at_ms) // 1000
    return Suspicion(
        Distrust.BURST, some[0].at_ms, some[-1].at_ms, len(some), counter, _one_teller(some), {"seconds": seconds}
    )


def _gaps(some: Sequence[Press]) -> list[int]:
    return [later.at_ms - earlier.at_ms for earlier, later in pairwise(some)]


def _one_teller(some: Sequence[Press]) -> str | None:
    """Who sat there, where it was one person."""
    tellers = {one.teller for one in some}
    return tellers.pop() if len(tellers) == 1 else None
