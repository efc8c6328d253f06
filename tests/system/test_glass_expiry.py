"""What ends ends on the glass by the screen's own clock: an advertisement, what nobody renews; a film that breaks, or that is under black."""

import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.design.tokens import NIGHT, channels
from signage.cli.demo.cast import program
from signage.content.repository import Repository
from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem
from signage.link.clock import now
from signage.wire.codec import encode
from signage.wire.messages import Command
from tests.system.glass_box import GlassBox, painted

pytestmark = pytest.mark.system
RED, BLUE, LIME = (200, 30, 40), (30, 60, 200), (0, 255, 0)
NOTICE = channels(NIGHT.attention)
PLACE = (300, 70)  # of the main zone, above the words


@pytest.fixture
def box(tmp_path: Path) -> Iterator[GlassBox]:
    made = GlassBox(tmp_path)
    try:
        made.open()
        yield made
    finally:
        made.close()


def later(seconds: float) -> Instant:
    return Instant.of(now() + timedelta(seconds=seconds))


def near(one: tuple[int, ...], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


def test_an_advertisement_stops_at_its_end_and_house_slides_go_on(box: GlassBox) -> None:
    assert box.pixel() != (0, 0, 0), "a built-in slide needs nothing"
    end = later(25)
    version = box.office.publish(painted(RED), until=end)
    box.hand_on(box.office.repository.files_since(None, version), version)
    box.until("red", lambda: box.pixel() == RED, 20)
    box.until("no more red", lambda: box.pixel() != RED, 40)
    assert now() >= end
    assert (now() - end).total_seconds() < 5
    assert box.screen["content"] == version
    assert box.status["faults"] == []


def test_when_nobody_renews_advertisements_stop_and_notices_stay(box: GlassBox) -> None:
    words = Asset(ref="upgrade", kind="text", uses=("notice",), text={"zh": "手机银行今夜升级"})
    begins = later(40)
    item = ProgrammeItem(id="upgrade", asset="upgrade", cls="notice", start=begins)
    version = box.office.publish(painted(BLUE), also=((words, item),), left=timedelta(seconds=30))
    end = later(30)
    box.hand_on(box.office.repository.files_since(None, version), version)
    box.until("blue", lambda: box.pixel() == BLUE, 20)
    box.until("no more blue", lambda: box.pixel() != BLUE, 45)
    assert (end - now()).total_seconds() < 3
    box.until("the notice all the same", lambda: near(box.pixel(PLACE), NOTICE), 60)
    assert now() >= begins


def test_a_film_plays_and_a_damaged_one_leaves_its_still_picture(box: GlassBox, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    colours = "color=c=red:s=640x360:d=2[a];color=c=lime:s=640x360:d=3[b];[a][b]concat=n=2:v=1:a=0"
    make = ["ffmpeg", "-v", "error", "-y", "-filter_complex", colours, "-r", "10", str(film)]
    subprocess.run(make, check=True, timeout=60)
    authored = Authored(tmp_path, box)
    version = authored.push(film)
    box.until("on the glass", lambda: box.screen["content"] == version, 60)
    box.until("its second half", lambda: near(box.pixel(), LIME), 40)
    box.until("its first half again", lambda: near(box.pixel(), (255, 0, 0)), 40)
    box.cast.end("wall")
    for path in (tmp_path / "var/screen-wall/content").iterdir():
        if path.read_bytes()[4:8] == b"ftyp":
            path.write_bytes(path.read_bytes()[:-1] + b"!")
    box.spoil = lambda content: content[:-1] + b"?" if content[4:8] == b"ftyp" else content
    box.start_wall()
    box.until("online", lambda: box.status["online"] and box.screen["content"] == version, 60)
    box.place()
    box.until("told", lambda: box.fault("content-blob") is not None, 60)
    box.until("its still picture", lambda: near(box.pixel(), (255, 0, 0)), 40)
    for _ in range(150):  # 15 s: three times as long as the film
        box.listen()
        assert box.pixel() != (0, 0, 0)
        assert not near(box.pixel(), LIME)
        time.sleep(0.1)


def switch(box: GlassBox, identity: str, **args: Any) -> None:
    given = {"screen": "wall", **args}
    command = Command(
        v=1, id=identity, issuer="hz-1", target="wall", issued_at=now(), expires_at=later(30), name="screen", args=given
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


class Authored:
    """A head office of commands instead of a test's: `signage content …`, its repository handed on by the box."""

    def __init__(self, folder: Path, box: GlassBox) -> None:
        self.folder, self.box = folder / "authored", box
        self.folder.mkdir()
        home = self.folder
        (home / "office.toml").write_text(
            f'[broker]\nport = {box.port}\n[database]\nurl = "sqlite:///{home}/office.db"\n[content]\n'
            f'repository = "{home}/repository"\nkeys = "{home}/keys"\n'
        )
        self.content("init", "--publisher", "alice", "--publisher", "bob")
        box.office.repository = Repository(home / "repository")
        box.cast.end("wall")
        (folder / "root.json").write_bytes((home / "repository/root.json").read_bytes())
        box.start_wall()
        box.until("drawn again", lambda: box.status["online"] and bool(box.screen.get("revision")), 60)
        box.place()

    def content(self, *words: str) -> str:
        command = [program("signage"), "content", *words, "--config", "office.toml"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def push(self, film: Path) -> int:
        self.content("add", str(film), "--by", "alice", "--title", "短片", "--until", "2099-01-01")
        (self.folder / "programme.toml").write_text('[[item]]\nasset = "film.mp4"\nclass = "advertisement"\n')
        self.content("programme", "programme.toml", "--by", "alice")
        self.content("approve", "--by", "bob")
        self.content("push")
        repository = self.box.office.repository
        version = max(line.version for line in repository.lines())
        self.box.hand_on(repository.files_since(None, version), version)
        return version
