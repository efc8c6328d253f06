"""A film on a screen that is switched off while its configuration changes: it ends with what it stood on."""

import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from signage.core.instants import Instant
from signage.link.clock import now
from signage.wire.codec import encode
from signage.wire.messages import Command
from tests.system.glass_box import GlassBox
from tests.system.test_glass_expiry import Authored, near

pytestmark = pytest.mark.system
LIME = (0, 255, 0)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[GlassBox]:
    made = GlassBox(tmp_path)
    try:
        made.open()
        yield made
    finally:
        made.close()


def switch(box: GlassBox, identity: str, **args: Any) -> None:
    ends = Instant.of(now() + timedelta(seconds=30))
    given = {"screen": "wall", **args}
    command = Command(
        v=1, id=identity, issuer="hz-1", target="wall", issued_at=now(), expires_at=ends, name="screen", args=given
    )
    assert box.order(encode(command))


def threads(box: GlassBox) -> int:
    return sum(1 for _ in Path(f"/proc/{box.wall_pid}/task").iterdir())


def test_a_film_under_the_black_ends_with_its_face(box: GlassBox, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    make = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "color=c=lime:s=640x360:d=5", "-r", "10", str(film)]
    subprocess.run(make, check=True, timeout=60)
    version = Authored(tmp_path, box).push(film)
    box.until("the film", lambda: box.screen["content"] == version and near(box.pixel(), LIME), 60)
    playing = threads(box)
    switch(box, "c-1", on=False)
    box.until("black", lambda: box.pixel() == (0, 0, 0))
    branch = tmp_path / "branch.toml"
    branch.write_text(branch.read_text() + 'locale = "en"\n')
    box.cast["wall"].process.send_signal(signal.SIGHUP)
    box.until("the other language", lambda: box.screen["locale"] == "en")
    switch(box, "c-2", on=True)
    box.until("the film again", lambda: near(box.pixel(), LIME))
    box.until("one film's threads", lambda: threads(box) <= playing)
