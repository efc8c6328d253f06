"""Publisher, controller, screen and both brokers killed at random moments while head office pushes again and again.

PUSHES=100 for the documented run; SEED for another one. Every push is one picture instead of the one before.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.system.push_box import PushBox, never_back, seeded

pytestmark = pytest.mark.system
PUSHES = int(os.environ.get("PUSHES", "6"))
SETTLE_EVERY = 10  # pushes: so that there is something on the glass that could go back


@pytest.fixture
def box(tmp_path: Path) -> Iterator[PushBox]:
    with ExitStack() as stack:
        yield PushBox(tmp_path, stack)


def test_every_screen_ends_on_the_newest_and_nothing_lies_about(box: PushBox) -> None:
    chance = seeded()
    box.push()
    box.open()
    took = [box.settle()]
    began = time.monotonic()
    kills = dict.fromkeys(box.KILLED, 0)
    for number in range(1, PUSHES + 1):
        box.push()
        box.live(chance.uniform(0, 1.5))
        victim = chance.choice(box.KILLED)
        box.kill(victim)
        kills[victim] += 1
        box.live(chance.choice((0.0, 0.3, 1.0)))
        if chance.random() < 0.3:
            box.push()  # while it is away
        box.start(victim)
        if number % SETTLE_EVERY == 0 or number == PUSHES:
            took.append(box.settle())
            box.check_disks(set(box.published.values()))
    pushed, seconds = box.version, time.monotonic() - began
    assert never_back(box.told), box.told
    assert never_back(box.seen), box.seen
    for name in ("controller", "wall"):  # what nobody names is swept when a node starts
        box.cast.end(name)
        box.start(name)
    box.settle()
    box.check_disks({box.published[box.version]})
    assert box.status["faults"] == []
    print(
        f"\n{pushed} pushes in {seconds:.0f} s, killed {kills}; settled at most {max(took):.1f} s after the last push; "
        f"on the glass {len(set(box.told) - {0})} versions told, {len(set(box.seen))} seen, none older than the one before"
    )


def test_the_eye_sees_a_glass_that_goes_back() -> None:
    assert never_back([0, 1, 3, 0, 3, 4])
    assert not never_back([0, 1, 3, 0, 2, 4])
