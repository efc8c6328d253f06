"""A wall's memory while twenty signed pictures take turns every two seconds. `SOAK_S=480` for the long run."""

import os
import time
from collections.abc import Iterator

import pytest

from tests.system.glass_box import GlassBox, painted

pytestmark = pytest.mark.system
SOAK_S = float(os.environ.get("SOAK_S", "30"))
WARM_S = 45.0  # every picture once, and what is kept is full
MOST_MB = 12.0


@pytest.fixture
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GlassBox]:
    made = GlassBox(tmp_path_factory.mktemp("memory"))
    try:
        made.open()
        yield made
    finally:
        made.close()


def test_turning_pictures_does_not_grow_the_wall(box: GlassBox) -> None:
    version = box.office.publish(*(painted((10 * number, 90, 250 - 10 * number)) for number in range(20)), seconds=2)
    box.hand_on(box.office.repository.files_since(None, version), version)
    box.until("taken", lambda: box.screen["content"] == version, 60)
    seen: set[tuple[int, ...]] = set()
    watch(box, WARM_S, seen)
    before = box.memory_mb()
    watch(box, SOAK_S, seen)
    after = box.memory_mb()
    print(f"\n{len(seen)} colours seen; resident {before:.1f} MB, {SOAK_S:.0f} s later {after:.1f} MB")
    assert len(seen) >= 18
    assert after - before < MOST_MB


def watch(box: GlassBox, seconds: float, seen: set[tuple[int, ...]]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        box.listen()
        seen.add(box.pixel())
        time.sleep(0.5)
