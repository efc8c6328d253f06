"""A power cut at any moment: everything written and not yet synced lost, reordered or torn, and nothing promised gone.

STATES=20000 for the documented run.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.power_cut import files, outbox
from tests.power_cut.recording import record
from tests.power_cut.states import Check, Verdict, judge

pytestmark = pytest.mark.system
STATES = int(os.environ.get("STATES", "1500"))
MEMORY = Path("/dev/shm")  # the states are many, and none of them needs a disk


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as made:
        yield Path(made)


def judged(workload: str, check: Check, folder: Path, states: int) -> Verdict:
    verdict = judge(record(f"tests.power_cut.{workload}", folder), check, folder, states)
    print(f"\n{workload}: {verdict}")
    return verdict


def test_no_press_is_lost(folder: Path) -> None:
    verdict = judged("outbox:workload", outbox.check, folder, STATES)
    assert verdict.losses == ()
    assert verdict.states == STATES
    assert verdict.acknowledged > outbox.PRESSES


def test_the_harness_sees_a_missing_sync(folder: Path) -> None:
    """With synchronous=NORMAL presses are lost; were none, the test above would prove nothing."""
    verdict = judged("outbox:careless", outbox.check, folder, 300)
    assert len(verdict.losses) > 10
    assert any("is lost" in loss.why for loss in verdict.losses)


def test_the_harness_sees_a_deletion_that_is_not_synced(folder: Path) -> None:
    assert judged("outbox:old_journal", outbox.check, folder, 1000).losses


def test_a_file_is_replaced_well_or_badly(folder: Path) -> None:
    for name, well in (("well", True), ("folder_forgotten", False), ("file_forgotten", False)):
        place = folder / name
        place.mkdir()
        verdict = judged(f"files:{name}", files.check, place, 200)
        assert bool(verdict.losses) is not well
