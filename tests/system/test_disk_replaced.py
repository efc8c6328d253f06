"""A journey: a branch's disk is replaced. No press is lost or counted twice, and somebody takes the matter on by name."""

import subprocess
from pathlib import Path

import pytest

from signage.cli.demo.cast import program
from tests.system.branch_box import BranchBox, wait_until

pytestmark = pytest.mark.system


def signage(box: BranchBox, *words: str) -> str:
    done = subprocess.run(
        [program("signage"), *words, "--config", "office.toml"],
        cwd=box.folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    return done.stdout


def test_a_branchs_disk_replaced(tmp_path: Path) -> None:
    box = BranchBox(tmp_path, counters=2, seed=1)

    def all_stored() -> bool:
        return box.presses() != set() and sorted(box.row_keys()) == sorted(box.presses())

    def log() -> str:
        return (tmp_path / "collector.log").read_text()

    try:
        # 1. A branch serves; what customers press is at head office.
        box.start_all()
        wait_until(lambda: all(box.heard(number, "state") for number in box.numbers), 60, "both pads welcomed")
        for key in (5, 4, 2):
            box.press("1", key)
        wait_until(lambda: len(box.presses()) == 3 and all_stored(), 60, "three presses at head office")
        assert "numbers its events anew" not in log()

        # 2. The controller's disk dies; customers go on pressing, their pads and the bridge keep it.
        box.kill("controller")
        box.lose_disk("var/branch")
        box.press("2", 1)
        box.press("1", 5)

        # 3. A new disk: everything arrives, nothing twice.
        box.start("controller")
        box.press("2", 3)
        wait_until(lambda: len(box.presses()) == 6 and all_stored(), 90, "six presses at head office, each once")

        # 4. Head office is told, in its log and on the fleet's list.
        wait_until(lambda: "numbers its events anew" in log(), 30, "the alarm")
        assert log().count("numbers its events anew") == 1
        assert "更换" in signage(box, "fleet", "--details")

        # 5. Somebody takes it on by name, and the list is clean.
        assert "王敏" in signage(box, "fleet", "ack", "hz-1", "-", "disk-replaced", "--by", "王敏")
        assert "更换" not in signage(box, "fleet", "--details")
    finally:
        box.close()
