"""Tellers who rate themselves, counters rated while they are closed, and prompts only for the happy. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from signage.core.distrust import Distrust, Press, Suspicion
from signage.core.measures import SATISFIED_STARS, Tally

SELF_FROM: Final = 8  # good ratings without a customer, by one teller on one day at one counter
AFTER_MS: Final = 120_000  # a customer rates until so long after the transaction
BEFORE_MS: Final = 900_000  # how long a transaction lasts whose start was not told
CLOSED_FROM: Final = 5
CLOSED_SLACK_MS: Final = 1_800_000  # who came before closing is still served
CHERRY_TRANSACTIONS: Final = 50
CHERRY_SHARE: Final = 0.6  # of transactions, at most
CHERRY_LESS: Final = 0.25  # than the others of the branch
CHERRY_BETTER: Final = 0.05
CHERRY_Z: Final = 4.0  # one honest teller in ten thousand


@dataclass(frozen=True)
class Sittings:
    """When somebody was served at a counter: `ends` in order, `starts` the begin of each or, untold, BEFORE_MS earlier."""

    starts: Sequence[int]
    ends: Sequence[int]

    def serves(self, at_ms: int) -> bool:
        """Whether a customer was there, or had just been."""
        place = bisect_right(self.ends, at_ms - AFTER_MS)
        return any(start <= at_ms for start in self.starts[place : place + 2])


def rated_alone(counter: str, presses: Sequence[Press], sittings: Sittings) -> Iterator[Suspicion]:
    """One teller's counted ratings of one day at one counter: mostly good, and nobody was there to give them."""
    by_teller: dict[str | None, list[Press]] = defaultdict(list)
    for press in presses:
        if press.counted:
            by_teller[press.teller].append(press)
    for teller, given in sorted(by_teller.items(), key=lambda one: one[0] or ""):
        alone = [one for one in given if one.stars >= SATISFIED_STARS and not sittings.serves(one.at_ms)]
        if len(alone) >= SELF_FROM and 2 * len(alone) >= len(given):
            yield Suspicion(
                Distrust.SELF_RATING, alone[0].at_ms, alone[-1].at_ms, len(alone), counter, teller, {"of": len(given)}
            )


def rated_closed(counter: str, presses: Sequence[Press], spans: Sequence[tuple[int, int]]) -> Suspicion | None:
    """Counted ratings of one day at one counter outside its announced hours."""
    outside = [
        one
        for one in presses
        if one.counted and not any(start - CLOSED_SLACK_MS <= one.at_ms < end + CLOSED_SLACK_MS for start, end in spans)
    ]
    if len(outside) < CLOSED_FROM:
        return None
    tellers = {one.teller for one in outside}
    teller = tellers.pop() if len(tellers) == 1 else None
    return Suspicion(Distrust.OUT_OF_HOURS, outside[0].at_ms, outside[-1].at_ms, len(outside), counter, teller)


@dataclass(frozen=True)
class Asking:
    """One teller's period, at counters whose system reports transactions: how often somebody was asked, and what came."""

    transactions: int
    asked: int
    tally: Tally

    def __add__(self, other: "Asking") -> "Asking":
        return Asking(self.transactions + other.transactions, self.asked + other.asked, self.tally + other.tally)


def cherry_picked(tellers: Mapping[str, Asking], first_ms: int, last_ms: int) -> Iterator[Suspicion]:
    """Of the tellers of one branch: who asks far fewer than the others do, and hears better things."""
    for teller, mine in sorted(tellers.items()):
        others = sum((one for name, one in tellers.items() if name != teller), Asking(0, 0, Tally()))
        if min(mine.transactions, others.transactions) < CHERRY_TRANSACTIONS or not (mine.tally.n and others.tally.n):
            continue
        share, usual = mine.asked / mine.transactions, others.asked / others.transactions
        good, usually = mine.tally.satisfied / mine.tally.n, others.tally.satisfied / others.tally.n
        fewer = share <= CHERRY_SHARE and usual - share >= CHERRY_LESS and _distance(mine, others) >= CHERRY_Z
        if fewer and good - usually >= CHERRY_BETTER:
            facts = {
                "transactions": mine.transactions,
                "asked": mine.asked,
                "share": round(100 * share),
                "usual": round(100 * usual),
                "good": round(100 * good),
                "usually": round(100 * usually),
            }
            yield Suspicion(Distrust.CHERRY_PICKING, first_ms, last_ms, mine.tally.n, None, teller, facts)


def _distance(mine: Asking, others: Asking) -> float:
    """How many standard errors lie between the two shares of customers who were asked."""
    whole = mine + others
    together = min(1.0, whole.asked / whole.transactions)
    error = sqrt(together * (1 - together) * (1 / mine.transactions + 1 / others.transactions))
    difference = others.asked / others.transactions - mine.asked / mine.transactions
    return difference / error if error else 0.0
