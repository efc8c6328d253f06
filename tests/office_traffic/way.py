"""The way to head office: outboxes as batches, some twice, some before their time, some never."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Final

import msgspec

from signage.core.instants import Instant
from signage.wire.messages import Batch
from tests.office_traffic.outbox import Disk, disks
from tests.office_traffic.plan import Plan

_TOGETHER: Final = 16  # branches whose traffic is mixed; all at once would not fit into memory
_TRAVELS_MS: Final = 300


@dataclass(frozen=True)
class Sent:
    """`at`: when head office hears it."""

    at: Instant
    batch: Batch


def traffic(plan: Plan) -> Iterator[Sent]:
    """Every batch of every branch; in the order of arrival within a handful of branches, one handful after another."""
    branches = plan.branch_ids()
    for start in range(0, len(branches), _TOGETHER):
        ways = [way(plan, branch) for branch in branches[start : start + _TOGETHER]]
        yield from merge(*ways, key=lambda sent: sent.at)


def way(plan: Plan, branch: str) -> Iterator[Sent]:
    """One branch's batches in the order of arrival, as an outbox sends them that is receipted without delay."""
    dice = plan.dice(branch, "way")
    last_ms = 0
    for disk in disks(plan, branch):
        batches = list(_batches(plan, branch, disk))
        place = 0
        while place < len(batches):
            at_ms, batch = batches[place]
            last_ms = max(last_ms, at_ms + _TRAVELS_MS)
            chance = dice.random()
            if chance < plan.disorder and place + 1 < len(batches):
                early = msgspec.structs.replace(batches[place + 1][1], oldest=batch.oldest)
                yield Sent(Instant.from_ms(last_ms), early)
            yield Sent(Instant.from_ms(last_ms), batch)
            if plan.disorder <= chance < plan.disorder + plan.repeats:
                yield Sent(Instant.from_ms(last_ms), batch)
            place += 1


def _batches(plan: Plan, branch: str, disk: Disk) -> Iterator[tuple[int, Batch]]:
    """(due, batch): what falls due within a quarter of an hour goes together; none begins with what is lost."""
    number = 1
    while number <= len(disk.events):
        if disk.gone(number):
            number += 1
            continue
        count = 1
        while (
            count < plan.batch
            and number + count <= len(disk.events)
            and not disk.gone(number + count)
            and disk.due_ms[number + count - 1] - disk.due_ms[number - 1] < 900_000
        ):
            count += 1
        events = tuple(msgspec.Raw(raw) for raw in disk.events[number - 1 : number - 1 + count])
        batch = Batch(node=branch, epoch=disk.epoch, oldest=number, first=number, events=events, v=1)
        yield disk.due_ms[number + count - 2], batch
        number += count
