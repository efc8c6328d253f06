"""The traffic into a database through head office's custody, in a process of its own that is killed again and again.

    python -m tests.recount.storing URL PLAN FIRST END    # stores what is missing of these branches

It says a number on standard output after each batch, and each time it is started it goes on from where receipts say it is.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from random import Random
from typing import Final

import msgspec

from signage.link.clock import now
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.wire.messages import Batch
from tests.office_traffic import Plan
from tests.office_traffic.outbox import Disk, disks
from tests.recount.town import profiles

_LARGEST: Final = 200  # contract: Batch
_TOGETHER: Final = 25  # branches of one life of the process


def batches(plan: Plan, branch: str) -> Iterator[Batch]:
    """What its outboxes send: some batches twice, some before the one they follow, which are then sent again."""
    dice = plan.dice(branch, "storing")
    for disk in disks(plan, branch):
        made = list(_of(branch, disk))
        for place, batch in enumerate(made):
            if dice.random() < plan.disorder and place + 1 < len(made):
                yield msgspec.structs.replace(made[place + 1], oldest=batch.oldest)
            yield batch
            if dice.random() < plan.repeats:
                yield batch


def _of(branch: str, disk: Disk) -> Iterator[Batch]:
    number = 1
    while number <= len(disk.events):
        last = number
        while last < len(disk.events) and last - number < _LARGEST - 1 and not disk.gone(last + 1):
            last += 1
        if not disk.gone(number):
            events = tuple(msgspec.Raw(raw) for raw in disk.events[number - 1 : last])
            yield Batch(node=branch, epoch=disk.epoch, oldest=number, first=number, events=events, v=1)
            number = last + 1
        else:
            number += 1


def store_with_kills(plan: Plan, url: str, kills: int) -> tuple[int, int]:
    """All of the plan's traffic. (how often the process was killed, batches that it said it had stored)."""
    branches, dice = plan.branch_ids(), Random(plan.seed)
    handfuls = [(first, min(first + _TOGETHER, len(branches))) for first in range(0, len(branches), _TOGETHER)]
    killed = stored = 0
    for number, (first, end) in enumerate(handfuls):
        due = kills * (number + 1) // len(handfuls) - kills * number // len(handfuls)
        for _ in range(due):
            stored += _run(plan, url, first, end, dice.randrange(2, 60))
            killed += 1
        stored += _run(plan, url, first, end, None)
    return killed, stored


def _run(plan: Plan, url: str, first: int, end: int, kill_after: int | None) -> int:
    """Until it is done, or killed after so many batches, in the middle of the next one."""
    told = msgspec.json.encode(plan).decode()
    command = [sys.executable, "-m", "tests.recount.storing", url, told, str(first), str(end)]
    said = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in process.stdout:
            said += 1
            if kill_after is not None and said >= kill_after:
                process.kill()
                break
        code = process.wait()
    assert code in ((-9, 0) if kill_after is not None else (0,)), code
    return said


def _store(url: str, plan: Plan, branches: Iterable[str]) -> None:
    store = Store(url)
    store.prepare()
    custody = OfficeCustody(store, profiles(plan))
    for branch in branches:
        for batch in batches(plan, branch):
            upto = custody.receipt(batch.node, batch.epoch).upto
            if batch.first + len(batch.events) - 1 <= upto - _LARGEST:
                continue  # long receipted: nobody sends it again
            custody.accept(batch, now())
            print(batch.first, flush=True)
    store.close()


if __name__ == "__main__":
    made = msgspec.json.decode(sys.argv[2], type=Plan)
    _store(sys.argv[1], made, made.branch_ids()[int(sys.argv[3]) : int(sys.argv[4])])
