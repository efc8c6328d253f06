"""What an outbox sends when (contract: Batch, Receipt). Pure: numbers and monotonic seconds in, what to send out.

Go-back-N over the outbox's numbers: at most 8 batches in flight; what has no receipt is sent again after 10 s,
doubling to 5 min; a receipt below what was sent makes the sender go back to it.

A disk may be an old copy, whose parent has numbers above those that were ever sent from it. Numbers sent before the copy
mean the same events in both lives; later ones do not, however long the program ran before its first receipt. So until
one has come, nothing above `known` is sent; if there is nothing below it to send, an empty batch asks for the receipt.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import Final

WINDOW_BATCHES: Final = 8
FIRST_WAIT_S: Final = 10.0
LONGEST_WAIT_S: Final = 300.0
CONGESTED_WAIT_S: Final = 0.5  # when the connection takes no more


@dataclass(frozen=True)
class Ask:
    """Send a batch from `first` to at most `ceiling`; `ceiling` below `first`: one of no events."""

    first: int
    ceiling: int


class Verdict(Enum):
    """What a receipt says about this outbox."""

    GOOD = "good"
    OLD_COPY = "old copy"  # the parent has numbers never sent from here


class Sender:
    """One epoch's sending. Make a new one for a new epoch."""

    def __init__(self, known: int, upto: int, fresh: bool) -> None:
        """`known`: the highest number ever sent, as noted on the disk; `upto`: receipted; `fresh`: the epoch was made just now."""
        self._known = known
        self._upto = upto
        self._certain = fresh
        self._top = known  # the highest number that a receipt may name
        self._next = upto + 1
        self._flights: deque[int] = deque()  # the last number of each batch in flight
        self._up = False
        self._wait = FIRST_WAIT_S
        self._due = 0.0
        self._rest = 0.0  # nothing is sent before this time
        self._went_back_to = 0
        self._answers = 0

    def up(self) -> None:
        """There is a connection; what was in flight on the last one counts as not sent."""
        self._up = True
        self._rest = 0.0
        self._wait = FIRST_WAIT_S
        self._answers = 0
        self._went_back_to = 0
        self._go_back()

    def down(self) -> None:
        """There is no connection: nothing is sent."""
        self._up = False

    def ask(self, mono: float, last: int, oldest: int) -> Ask | None:
        """What to send now, if anything. `last`, `oldest`: of the outbox."""
        if not self._up or mono < self._rest:
            return None
        self._rest = 0.0
        if self._flights and mono >= self._due:
            self._wait = min(self._wait * 2, LONGEST_WAIT_S)
            self._go_back()
        self._next = max(self._next, oldest)
        ceiling = last if self._certain else min(last, self._known)
        if self._next <= ceiling and len(self._flights) < WINDOW_BATCHES:
            return Ask(self._next, ceiling)
        if not self._certain and not self._flights:
            return Ask(self._known + 1, self._known)
        return None

    def sent(self, last: int, mono: float) -> None:
        """The batch up to `last` is on its way (for one of no events: the number before its first)."""
        if not self._flights:
            self._due = mono + self._wait
        self._flights.append(last)
        self._top = max(self._top, last)
        self._next = max(self._next, last + 1)

    def asked(self) -> None:
        """A Sync is on its way: one receipt that tells nothing new is its answer, not the sign of a lost batch."""
        self._answers += 1

    def refused(self, mono: float) -> None:
        """The connection took no more; try again a little later."""
        self._rest = mono + CONGESTED_WAIT_S

    def receipt(self, upto: int, mono: float, told_final: bool = False) -> Verdict:
        """Take in a receipt of this epoch. `told_final`: it was sent because `final` had moved."""
        if upto > self._top:
            return Verdict.OLD_COPY
        self._certain = True
        before, self._upto = self._upto, upto
        while self._flights and self._flights[0] <= upto:
            self._flights.popleft()
        if upto > before:
            self._wait = FIRST_WAIT_S
            self._due = mono + self._wait
            self._went_back_to = 0
            self._next = max(self._next, upto + 1)
        elif upto < before or self._lost_one(upto, told_final):
            self._go_back()
            self._went_back_to = upto + 1
        return Verdict.GOOD

    def deadline(self) -> float | None:
        """When to ask again though nothing else happens; None: not before something does."""
        if not self._up:
            return None
        if self._rest:
            return self._rest
        return self._due if self._flights else None

    def _lost_one(self, upto: int, told_final: bool) -> bool:
        """Whether a receipt that confirms nothing says that a batch in flight never arrived. Believed once for a place."""
        if told_final or not self._flights or self._went_back_to == upto + 1:
            return False
        if self._answers:
            self._answers -= 1
            return False
        return True

    def _go_back(self) -> None:
        self._flights.clear()
        self._next = self._upto + 1
