"""Power cuts over a node's blobs and floors, over what it adopts, and over head office's repository.

STATES=20000 for the documented run.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.power_cut import content, keeping, publishing
from tests.power_cut.recording import record
from tests.power_cut.states import Check, Verdict, judge

pytestmark = pytest.mark.system
STATES = int(os.environ.get("STATES", "500"))
CARELESS_STATES = 300
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as made:
        yield Path(made)


def judged(workload: str, check: Check, folder: Path, states: int) -> Verdict:
    verdict = judge(record(f"tests.power_cut.{workload}", folder), check, folder, states)
    print(f"\n{workload}: {verdict}")
    return verdict


def test_never_an_older_floor_and_never_a_blob_that_is_not_its_hash(folder: Path) -> None:
    verdict = judged("content:workload", content.check, folder, STATES)
    assert verdict.losses == ()
    assert verdict.states == STATES


def test_what_was_adopted_is_there_again_and_nothing_older_is_taken(folder: Path) -> None:
    keeping.prepare(folder)
    verdict = judged("keeping:workload", keeping.check, folder, STATES)
    assert verdict.losses == ()
    assert verdict.acknowledged == keeping.VERSIONS


def test_a_publication_is_whole_or_not_there(folder: Path) -> None:
    verdict = judged("publishing:workload", publishing.check, folder, STATES)
    assert verdict.losses == ()
    assert verdict.acknowledged == publishing.VERSIONS


@pytest.mark.parametrize(
    ("workload", "check", "why"),
    [
        ("content:contents_forgotten", content.check, "is not its hash"),
        ("content:name_forgotten", content.check, "was whole and is lost"),
        ("content:floors_forgotten", content.check, "was kept"),
        ("keeping:careless", keeping.check, "was adopted and is lost"),
        ("publishing:contents_forgotten", publishing.check, ""),
        ("publishing:names_forgotten", publishing.check, "was published and is lost"),
    ],
)
def test_the_harness_sees_what_is_done_carelessly(workload: str, check: Check, why: str, folder: Path) -> None:
    """Were none of these lost, the tests above would prove nothing."""
    if check is keeping.check:
        keeping.prepare(folder)
    verdict = judged(workload, check, folder, CARELESS_STATES)
    assert any(why in loss.why for loss in verdict.losses)
