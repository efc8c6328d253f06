"""What a branch's outbox holds one after another: events numbered and chained, in an epoch for each disk it ever had."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any, Final

import msgspec

from signage.wire.chain import GENESIS
from tests.office_traffic.day import happened
from tests.office_traffic.happening import Happened, fresh
from tests.office_traffic.plan import DAY_MS, Plan

_AGAIN: Final = 40  # of the old disk's last events, devices send theirs again at most
_BENT: Final = "f" * 64


@dataclass
class Disk:
    """`events[n]` is number n+1 as it goes over the wire; `due_ms` when it is first sent; `lost`: numbers never sent."""

    epoch: str
    events: list[bytes] = field(default_factory=list)
    due_ms: list[int] = field(default_factory=list)
    told: list[Happened] = field(default_factory=list)
    unreadable: set[int] = field(default_factory=set)
    lost: list[tuple[int, int]] = field(default_factory=list)

    def gone(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.lost)


def disks(plan: Plan, branch: str) -> list[Disk]:
    """The branch's outboxes, oldest first: one, or two where its disk is replaced. The same plan, the same bytes."""
    dice = plan.dice(branch, "outbox")
    due = _late(plan, branch, happened(plan, branch))
    replaced_at = dice.randrange(len(due) // 4, len(due)) if due and dice.random() < plan.new_epochs else len(due)
    # What the devices had not heard to be final when the disk died they send once more; the controller's own is lost.
    again = [one for one in due[max(0, replaced_at - _AGAIN) : replaced_at] if one[1].origin]
    pieces = [due[:replaced_at], [*((due[replaced_at][0], one) for _, one in again), *due[replaced_at:]] if due[replaced_at:] else []]  # fmt: skip
    made = [_disk(plan, branch, dice, piece) for piece in pieces if piece]
    for disk in made:
        if len(disk.events) > 20 and dice.random() < plan.lost:
            first = dice.randrange(1, len(disk.events) - 10)
            disk.lost.append((first, first + dice.randrange(1, 9)))
    return made


def _late(plan: Plan, branch: str, told: Sequence[Happened]) -> list[tuple[int, Happened]]:
    """When each reaches the outbox: a device that was away tells late, beside what others told meanwhile."""
    away: dict[tuple[int, str], int] = {}
    due = []
    for one in told:
        day = (one.at_ms - plan.midnight_ms(0)) // DAY_MS
        if (day, one.origin) not in away:
            dice = plan.dice(branch, day, "late", one.origin)
            away[day, one.origin] = dice.randrange(60_000, 3 * DAY_MS) if dice.random() < plan.late else 0
        due.append((one.at_ms + away[day, one.origin], one))
    return sorted(due, key=lambda pair: (pair[0], pair[1].at_ms, pair[1].id))


def _disk(plan: Plan, branch: str, dice: Random, due: Iterable[tuple[int, Happened]]) -> Disk:
    disk, prev = Disk(fresh(dice)), GENESIS
    for number, (due_ms, one) in enumerate(due, start=1):
        broken = dice.random() < plan.broken and number > 1
        event = _wire(branch, one, number, disk.epoch, _BENT if broken else prev)
        if dice.random() < plan.unreadable:
            event = _unreadable(dice, event)
            disk.unreadable.add(number)
        raw = msgspec.json.encode(event, order="sorted")
        prev = sha256(raw).hexdigest()
        disk.events.append(raw)
        disk.due_ms.append(due_ms)
        disk.told.append(one)
    return disk


def _wire(branch: str, one: Happened, number: int, epoch: str, prev: str) -> dict[str, Any]:
    """`origin_seq` of what a device told is not told apart here from the number in this outbox."""
    return {
        "id": one.id,
        "at": one.at,
        "kind": one.kind,
        "origin": one.origin or branch,
        "origin_epoch": epoch,
        "origin_seq": number,
        "prev": prev,
        "data": one.data,
    }


def _unreadable(dice: Random, event: dict[str, Any]) -> dict[str, Any]:
    """A time that is none, a kind of a later version, or a field that is missing."""
    match dice.randrange(3):
        case 0:
            return event | {"at": "yesterday"}
        case 1:
            return event | {"kind": "weather"}
        case _:
            return {key: value for key, value in event.items() if key != "data"}


def kept(plan: Plan) -> Iterator[tuple[str, Happened, bool]]:
    """(branch, event, readable) of everything that reaches head office sooner or later, each once."""
    for branch in plan.branch_ids():
        known: set[str] = set()
        for disk in disks(plan, branch):
            for number, one in enumerate(disk.told, start=1):
                if not disk.gone(number) and one.id not in known:
                    known.add(one.id)
                    yield branch, one, number not in disk.unreadable
