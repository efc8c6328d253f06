"""What one zone of one screen plays: from a list of slots and the clock alone to the turn that stands."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from signage.core.dayparts import Dayparts
from signage.core.instants import Instant
from signage.core.programme import CLASSES, Asset, ItemClass, ProgrammeItem

HOUR_MS: Final = 60 * 60 * 1000
FOREVER_MS: Final = 1 << 62
_KEPT_HOURS: Final = 64


@dataclass(frozen=True)
class Slot:
    """An item of the programme that concerns this screen. It holds from `start` up to, and not including, `until`."""

    number: int  # its place in the programme
    item: ProgrammeItem
    asset: Asset
    start: int  # ms
    until: int

    def valid(self, ms: int) -> bool:
        return self.start <= ms < self.until


@dataclass(frozen=True)
class Turn:
    """From `start` up to `end`, in ms, this slot stands."""

    slot: Slot
    start: int
    end: int


class Reel:
    def __init__(self, slots: Sequence[Slot], dayparts: Dayparts) -> None:
        self.slots = tuple(slots)
        self._dayparts = dayparts
        self._edges = sorted({edge for slot in slots for edge in (slot.start, slot.until)})
        self._hours: dict[int, list[Turn]] = {}

    def turn(self, ms: int) -> Turn | None:
        """What stands at `ms`."""
        turns = self.hour(ms // HOUR_MS)
        at = bisect_right(turns, ms, key=lambda turn: turn.start) - 1
        return turns[at] if at >= 0 and ms < turns[at].end else None

    def next_change(self, ms: int) -> int:
        """The first instant after `ms` at which another turn, or none, may stand."""
        turns = self.hour(ms // HOUR_MS)
        at = bisect_right(turns, ms, key=lambda turn: turn.start) - 1
        if at >= 0 and ms < turns[at].end:
            return turns[at].end
        return turns[at + 1].start if at + 1 < len(turns) else (ms // HOUR_MS + 1) * HOUR_MS

    def hour(self, number: int) -> list[Turn]:
        """The turns of the `number`-th hour since 1970."""
        known = self._hours.get(number)
        if known is None:
            if len(self._hours) >= _KEPT_HOURS:
                self._hours.clear()
            known = self._hours[number] = list(self._compile(number * HOUR_MS, (number + 1) * HOUR_MS))
        return known

    def _compile(self, start: int, end: int) -> Iterator[Turn]:
        while start < end:
            stop = self._stretch_end(start, end)
            yield from _round(self._cast(start), start, stop)
            start = stop

    def _stretch_end(self, start: int, end: int) -> int:
        at = bisect_right(self._edges, start)
        dated = self._edges[at] if at < len(self._edges) else end
        return self._dayparts.next_change(Instant.from_ms(start), Instant.from_ms(min(dated, end))).ms

    def _cast(self, ms: int) -> list[Slot]:
        holding = self._dayparts.holding(Instant.from_ms(ms))
        live = [slot for slot in self.slots if slot.valid(ms) and slot.item.daypart in holding]
        best = max((CLASSES.index(slot.item.cls) for slot in live), default=0)
        return [slot for slot in live if slot.item.cls == CLASSES[best]]


def _round(slots: Sequence[Slot], start: int, end: int) -> Iterator[Turn]:
    while slots and start < end:
        for slot in slots:
            stop = min(end, start + max(1, slot.item.seconds) * 1000)
            if start < stop:
                yield Turn(slot, start, stop)
            start = stop


def of_class(turn: Turn | None) -> ItemClass:
    return "house" if turn is None else turn.slot.item.cls
