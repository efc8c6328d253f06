"""Kill anything at any moment: every press is exactly one row at head office.

``KILLS=200 pytest tests/system/test_custody.py -s`` is the long run; its seed is printed and taken from ``SEED``.
"""

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.system.branch_box import BranchBox, wait_until

KILLS = int(os.environ.get("KILLS", "30"))
SEED = int(os.environ.get("SEED", "20261123"))
VICTIMS = ("bridge", "controller", "collector", "branch-broker", "office-broker")

pytestmark = pytest.mark.system


def _pressing_while(box: BranchBox, seconds: float) -> None:
    """A customer presses now and then at one of the counters."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        box.press(box.random.choice(box.numbers), box.random.randint(1, 5))
        time.sleep(box.random.uniform(0.02, 0.25))


def test_every_press_is_exactly_one_row_whatever_is_killed(tmp_path: Path) -> None:
    box = BranchBox(tmp_path, counters=2, seed=SEED)
    killed: Counter[str] = Counter()
    try:
        box.start_all()
        wait_until(lambda: all(box.heard(number, "state") for number in box.numbers), 30, "both pads welcomed")
        for number in range(KILLS):
            _pressing_while(box, box.random.uniform(0.05, 1.2))
            victim = box.random.choice(VICTIMS)
            box.kill(victim)
            killed[victim] += 1
            if number == KILLS // 2:
                if box.cast.runs("controller"):
                    box.kill("controller")
                box.lose_disk("var/branch")
                box.start("controller")
            _pressing_while(box, box.random.uniform(0.0, 0.4))
            if not box.cast.runs(victim):
                box.start(victim)
            box.cast.check()
        made = box.presses()
        assert len(made) > KILLS
        wait_until(lambda: len(set(box.row_keys())) >= len(made), 90, f"{len(made)} presses at head office")
        made = box.presses()
        rows = box.row_keys()
        print(
            f"\nseed {SEED}: {dict(killed)} killed, controller's disk lost once; {len(made)} presses, {len(rows)} rows"
        )
        assert sorted(rows) == sorted(made)
    finally:
        box.close()
