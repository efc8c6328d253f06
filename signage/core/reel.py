"""What one zone of one screen plays, from the clock alone.

Time is cut at every full hour and wherever other items begin or end: a **stretch**, in which the same items share.
An hour is compiled when it is asked for, and kept; an instant is then found in it by bisection.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from signage.core.dayparts import Dayparts
from signage.core.instants import Instant
from signage.core.programme import CLASSES
from signage.core.required import Requirements, lay
from signage.core.rotation import Rotation
from signage.core.slots import HOUR_MS, Slot, Turn

_KEPT: Final = 64
_HOURS_KEPT: Final = 12  # a working day's: hundreds of turns each, and a screen only ever goes on to the next


@dataclass(frozen=True)
class Cast:
    """Who plays in a stretch: those of the highest class there is, which `share` it, and the required ones."""

    share: tuple[Slot, ...]
    required: tuple[Slot, ...]

    @property
    def live(self) -> tuple[Slot, ...]:
        return tuple(sorted((*self.share, *self.required), key=lambda slot: slot.number))

    @property
    def emergency(self) -> Slot | None:
        """Of several emergencies the one that began last, alone."""
        emergencies = [slot for slot in self.share if slot.item.cls == "emergency"]
        return max(emergencies, key=lambda slot: (slot.start, slot.number), default=None)

    @cached_property
    def rotations(self) -> dict[int, Rotation]:
        """By the time that is theirs, as they are asked for."""
        return {}


@dataclass(frozen=True)
class Stretch:
    start: int
    end: int
    cast: Cast


class Reel:
    """`slots`: those of one zone. Immutable but for its caches; every method is total for every instant."""

    def __init__(self, slots: Sequence[Slot], dayparts: Dayparts) -> None:
        self.slots = tuple(slots)
        self.requirements = Requirements([slot for slot in slots if slot.required])
        self._apart = any(slot.item.apart for slot in slots)
        self._dayparts = dayparts
        self._edges = sorted({edge for slot in slots for edge in (slot.start, slot.until)})
        self._casts: dict[tuple[int, frozenset[str]], Cast] = {}
        self._stretches: dict[int, list[Stretch]] = {}
        self._hours: dict[int, list[Turn]] = {}

    def turn(self, ms: int) -> Turn:
        """What stands at `ms`."""
        turns = self.hour(ms // HOUR_MS)
        return turns[bisect_right(turns, ms, key=_start) - 1]

    def stands_until(self, ms: int) -> int:
        """When another than the one that stands at `ms` has its turn, at the latest the next full hour."""
        turns = self.hour(ms // HOUR_MS)
        later = turns[bisect_right(turns, ms, key=_start) - 1 :]
        return next((turn.start for turn in later if turn.slot is not later[0].slot), later[-1].end)

    def stretch(self, ms: int) -> Stretch:
        """The stretch that holds `ms`."""
        stretches = self._stretches_of(ms // HOUR_MS)
        return stretches[bisect_right(stretches, ms, key=_start) - 1]

    def cast(self, ms: int) -> Cast:
        """Who shares the time at `ms`."""
        return self.stretch(ms).cast

    def hour(self, number: int, *, keep: bool = True) -> list[Turn]:
        """The turns of the `number`-th hour since 1970, without a gap. `keep`: it will soon be asked for again."""
        known = self._hours.get(number)
        if known is None:
            known = list(self._turns(number))
            if keep:
                if len(self._hours) >= _HOURS_KEPT:
                    del self._hours[next(iter(self._hours))]
                self._hours[number] = known
        return known

    def _turns(self, number: int) -> Iterator[Turn]:
        stretches = self._stretches_of(number)
        before = self._stretches_of(number - 1)[-1]
        for stretch in stretches:
            yield from self._play(stretch, before)
            before = stretch

    def _play(self, stretch: Stretch, before: Stretch) -> list[Turn]:
        emergency = stretch.cast.emergency
        if emergency is not None:
            return [Turn(emergency, stretch.start, stretch.end)]
        dues = self.requirements.dues(stretch.cast.required, stretch.start, stretch.end)
        free = stretch.end - stretch.start - sum(due.length for due in dues)
        rotation = _rotation(stretch.cast, free)
        if rotation is None:
            sequence: list[tuple[Slot | None, int]] = [(None, free)]
        else:
            sequence = rotation.sequence(stretch.start, stretch.end, self._last(before) if self._apart else None)
        return lay(stretch.start, sequence, dues, self.requirements.leeway)

    def _last(self, stretch: Stretch) -> Slot | None:
        """Who of the sharing ones stands last in it."""
        if stretch.cast.emergency is not None:
            return stretch.cast.emergency
        dues = self.requirements.dues(stretch.cast.required, stretch.start, stretch.end)
        rotation = _rotation(stretch.cast, stretch.end - stretch.start - sum(due.length for due in dues))
        if rotation is None:
            return None
        return rotation.sequence(stretch.start, stretch.end, None)[-1][0]

    def _stretches_of(self, number: int) -> list[Stretch]:
        known = self._stretches.get(number)
        if known is None:
            _make_room(self._stretches)
            known = self._stretches[number] = []
            for stretch in self._cut(number * HOUR_MS, (number + 1) * HOUR_MS):
                if known and known[-1].cast == stretch.cast:
                    known[-1] = Stretch(known[-1].start, stretch.end, stretch.cast)
                else:
                    known.append(stretch)
        return known

    def _cut(self, start: int, end: int) -> Iterator[Stretch]:
        while start < end:
            era = bisect_right(self._edges, start)
            dated = min([end, *self._edges[era : era + 1]])
            now = Instant.from_ms(start)
            stop = self._dayparts.next_change(now, Instant.from_ms(dated)).ms
            yield Stretch(start, stop, self._cast(era, start, self._dayparts.holding(now)))
            start = stop

    def _cast(self, era: int, ms: int, holding: frozenset[str]) -> Cast:
        known = self._casts.get((era, holding))
        if known is None:
            _make_room(self._casts)
            live = [slot for slot in self.slots if slot.valid(ms) and slot.item.daypart in holding]
            sharing = [slot for slot in live if not slot.required]
            best = max((slot.item.cls for slot in sharing), key=CLASSES.index, default=None)
            known = self._casts[era, holding] = Cast(
                tuple(slot for slot in sharing if slot.item.cls == best),
                tuple(slot for slot in live if slot.required),
            )
        return known


def _start(one: Turn | Stretch) -> int:
    return one.start


def _make_room(cache: dict[Any, Any]) -> None:
    if len(cache) >= _KEPT:
        cache.clear()


def _rotation(cast: Cast, free: int) -> Rotation | None:
    """None: nobody shares, or there is nothing to share."""
    if not cast.share or free <= 0:
        return None
    if free not in cast.rotations:
        cast.rotations[free] = Rotation(cast.share, free)
    return cast.rotations[free]
