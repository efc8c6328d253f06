"""How the items of one class share a stretch of time, from the clock alone: who, in which order, for how long.

An **entry** takes part with its weight: an item, or a playlist, whose items come in turn. An entry whose share of the
stretch is at least half of the time it means to stand gets exactly that share, in as many turns as come nearest to it.
The rest, too small to be shown in every hour, form the **rota**: the hour says which of them have a turn, and together
these have the time of the whole rota.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from signage.core.slots import SHORTEST_MS, Slot
from signage.core.wheel import Comb, divide

_FINE: Final = 1_000_000_000_000  # the rota's widths are weights for a millisecond, in so many parts


class Entry(NamedTuple):
    """`slots` in their order: one, or a playlist's. `dwell`: how long one of them means to stand, taken together."""

    slots: tuple[Slot, ...]
    weight: int
    dwell: int

    def slot(self, number: int) -> Slot:
        return self.slots[number % len(self.slots)]


def entries(slots: Sequence[Slot]) -> list[Entry]:
    """Those of one playlist together, at the place of its first."""
    together: dict[object, list[Slot]] = {}
    for slot in slots:
        together.setdefault(slot.item.playlist or slot.number, []).append(slot)
    return [_entry(members) for members in together.values()]


def _entry(members: Sequence[Slot]) -> Entry:
    weight, dwell = sum([slot.item.share for slot in members]), sum([slot.dwell for slot in members])
    return Entry(tuple(members), weight, dwell // len(members))


@dataclass(frozen=True)
class Part:
    """What one entry, or the rota, has of a stretch: its turns in order, and its weight against the other parts."""

    slots: tuple[Slot, ...]
    weight: int


class Rotation:
    """The entries of a class sharing stretches in which `free` milliseconds are theirs. `slots` is not empty."""

    def __init__(self, slots: Sequence[Slot], free: int) -> None:
        every = entries(slots)
        self._whole = sum(entry.weight for entry in every)
        self._free = free
        self._steady: list[Entry] = []
        rota: list[Entry] = []
        for entry in every:
            (self._steady if 2 * free * entry.weight >= self._whole * entry.dwell else rota).append(entry)
        # By dwell: neighbours are alike, and any choice of them is as long as it is to be.
        self._rota = sorted(rota, key=attrgetter("dwell"))
        self._comb = Comb(self._widths(), _FINE * self._whole // free) if rota else None
        self._apart = any(slot.item.apart for slot in slots)

    def _widths(self) -> list[int]:
        """How often each of the rota is to come up."""
        return [_FINE * entry.weight // entry.dwell for entry in self._rota]

    def parts(self, start: int, end: int) -> list[Part]:
        """What each has of the stretch from `start` to `end`."""
        found = [self._steady_part(entry, start, end) for entry in self._steady]
        if self._comb is not None:
            up = self._comb.parts(start)
            if not up and not self._steady:
                up = [self._comb.nearest(start)]
            if up:
                found.append(self._rota_part(self._comb, up, start))
        return found

    def _steady_part(self, entry: Entry, start: int, end: int) -> Part:
        due, turn = 2 * self._free * entry.weight, 2 * self._whole * entry.dwell
        count = max(1, (due + turn // 2) // turn)
        first = start * count // (end - start)
        slots = tuple(entry.slot(first + number) for number in range(count))
        return Part(slots, 2 * entry.weight * self._free)

    def _rota_part(self, comb: Comb, up: Sequence[int], start: int) -> Part:
        """As heavy as the rota, or as its turns where none would stand between half and one and a half of its time."""
        chosen = sorted(up, key=lambda part: self._rota[part].slots[0].number)
        slots = tuple(
            self._rota[part].slot(comb.before(part, start) if len(self._rota[part].slots) > 1 else 0) for part in chosen
        )
        due = 2 * self._free * sum(entry.weight for entry in self._rota)
        turns = self._whole * sum(self._rota[part].dwell for part in chosen)
        return Part(slots, min(max(due, turns), 3 * turns))

    def sequence(self, start: int, end: int, before: Slot | None) -> list[tuple[Slot | None, int]]:
        """The stretch's turns in order with their lengths in ms, together `free`. `before`: what stood until `start`."""
        parts = self.parts(start, end)
        order = self._order(parts)
        if not may_touch(before, order[0].slot):
            order.insert(0, _PAUSE)
        pauses = order.count(_PAUSE)
        pause = min(SHORTEST_MS, self._free // (2 * pauses)) if pauses else 0
        shares = divide(self._free - pauses * pause, [part.weight for part in parts])
        lengths = [
            divide(share, [slot.dwell for slot in part.slots]) for share, part in zip(shares, parts, strict=True)
        ]
        return [(turn.slot, pause if turn.slot is None else lengths[turn.part][turn.number]) for turn in order]

    def _order(self, parts: Sequence[Part]) -> list["_Draft"]:
        order = _spread(parts)
        return _kept_apart(order) if self._apart else order


class _Draft(NamedTuple):
    """A turn that has its place, but not its time yet: the `number`-th of a part."""

    slot: Slot | None
    part: int = 0
    number: int = 0


_PAUSE: Final = _Draft(None)


def _spread(parts: Sequence[Part]) -> list[_Draft]:
    """Every part's turns evenly over the stretch, each part a little after the one before it."""
    size = 2 * len(parts)
    drafts = [
        ((number * size + 2 * at + 1) * _FINE // len(part.slots), at, number, slot)
        for at, part in enumerate(parts)
        for number, slot in enumerate(part.slots)
    ]
    return [_Draft(slot, at, number) for _, at, number, slot in sorted(drafts, key=itemgetter(0))]


def may_touch(one: Slot | None, other: Slot | None) -> bool:
    """Whether they may stand directly beside each other. One item may follow itself: it is not beside another."""
    if one is None or other is None or one is other:
        return True
    return not (set(one.item.apart) & set(other.item.tags) or set(other.item.apart) & set(one.item.tags))


def _kept_apart(order: Sequence[_Draft]) -> list[_Draft]:
    """The order with as little change as it takes; where no order helps, with pauses."""
    laid = [_PAUSE]
    waiting: list[_Draft] = []
    for turn in order:
        waiting.append(turn)
        while (fitting := next((one for one in waiting if may_touch(laid[-1].slot, one.slot)), None)) is not None:
            waiting.remove(fitting)
            laid.append(fitting)
    for turn in waiting:
        gap = next((at for at in range(2, len(laid)) if _fits(turn, laid[at - 1], laid[at])), None)
        if gap is None:
            laid += [_PAUSE, turn]
        else:
            laid.insert(gap, turn)
    return laid[1:]


def _fits(turn: _Draft, before: _Draft, after: _Draft) -> bool:
    return may_touch(before.slot, turn.slot) and may_touch(turn.slot, after.slot)
