"""Power cuts over a node's blobs and floors: STATES=20000 for the documented run."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.power_cut import content
from tests.power_cut.recording import record
from tests.power_cut.states import judge

pytestmark = pytest.mark.system
STATES = int(os.environ.get("STATES", "800"))
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as made:
        yield Path(made)


def test_never_an_older_floor_and_never_a_blob_that_is_not_its_hash(folder: Path) -> None:
    verdict = judge(record("tests.power_cut.content:workload", folder), content.check, folder, STATES)
    print(f"\n{verdict}")
    assert verdict.losses == ()
    assert verdict.states == STATES
