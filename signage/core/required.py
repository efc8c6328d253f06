"""Required items: hours, hotline, disclosures that must stand on the glass at least so often, whatever class has the zone.

Each has a rhythm of its own, an even division of the clock's hour, so that it never has to be remembered when it stood
last. A turn moves to the nearer edge of what stands at its time; only what stands much longer is divided by it.
The rhythm is that much faster than asked for, so that no two turns are ever further apart than `every_s`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from signage.core.slots import HOUR_MS, Slot, Turn

_LEEWAY: Final = 8  # a turn may move by this part of the shortest `every_s`


class Due(NamedTuple):
    at: int
    slot: Slot
    length: int


@dataclass(frozen=True, eq=False)
class Rhythm:
    """`count` turns in an hour, the first at `first`, all at the same distance."""

    slot: Slot
    count: int
    first: int

    def dues(self, start: int, end: int) -> list[Due]:
        """Those that fall into a stretch of one hour."""
        hour = start - start % HOUR_MS
        times = (hour + (number * HOUR_MS + self.first) // self.count for number in range(self.count))
        return [Due(at, self.slot, self.slot.dwell) for at in times if start <= at < end]


class Requirements:
    """The required slots of one zone, all that there ever are, so that their rhythms do not depend on who is there."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._together = sum(slot.dwell for slot in slots)
        self.leeway = min((slot.item.every_s * 1000 for slot in slots), default=0) // _LEEWAY
        self._rhythms = {
            slot: Rhythm(slot, self._count(slot), HOUR_MS * number // len(slots)) for number, slot in enumerate(slots)
        }

    def _longest(self, slot: Slot) -> int:
        """How far apart two turns may be meant to be, so that moved and held up by all the others they are in time."""
        return slot.item.every_s * 1000 - 2 * self.leeway - self._together

    def _count(self, slot: Slot) -> int:
        return -(-HOUR_MS // max(self._longest(slot), self._together))

    def crowded(self, slot: Slot) -> bool:
        """Whether there is too much to show for this one to come in time: then all come as often as they can."""
        return self._longest(slot) < self._together

    def dues(self, slots: Sequence[Slot], start: int, end: int) -> list[Due]:
        """The turns of these in a stretch, in the order of their times; shorter if all together are longer than it."""
        found = sorted((due for slot in slots for due in self._rhythms[slot].dues(start, end)), key=_order)
        total = sum(due.length for due in found)
        if total <= end - start:
            return found
        return [due._replace(length=due.length * (end - start) // total) for due in found]


def _order(due: Due) -> tuple[int, int]:
    return due.at, due.slot.number


def lay(start: int, sequence: Sequence[tuple[Slot | None, int]], dues: Sequence[Due], leeway: int) -> list[Turn]:
    """Turns one after another from `start` on: the sequence's, with what is due between them."""
    turns: list[Turn] = []
    waiting = list(reversed(dues))
    now = start

    def put(slot: Slot | None, length: int) -> None:
        nonlocal now
        if length > 0:
            turns.append(Turn(slot, now, now + length))
            now += length

    for slot, length in sequence:
        rest = length
        while waiting and waiting[-1].at < now + rest:
            into = waiting[-1].at - now
            if rest - into <= min(leeway, into):
                break  # it stands when this turn is over
            if into > leeway:
                put(slot, into)
                rest -= into
            due = waiting.pop()
            put(due.slot, due.length)
        put(slot, rest)
    for due in reversed(waiting):
        put(due.slot, due.length)
    return turns
