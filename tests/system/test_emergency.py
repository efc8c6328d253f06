"""From `signage emergency` to the glass: head office, two brokers, a branch, a wall, a touch screen, a counter's display.

Prints how long the way takes. `GLASS_PICTURES=DIR` keeps what stood on the screens, at their full size.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from kiosk.design.tokens import NIGHT, channels
from signage.cli.demo.cast import program
from signage.core.instants import Instant
from signage.link.clock import monotonic, now
from tests.system.branch_box import BROKER, free_port
from tests.system.glass_box import painted
from tests.system.lobby import Lobby
from tests.system.office_box import OfficeBox

pytestmark = pytest.mark.system
PICTURES = os.environ.get("GLASS_PICTURES")
SMALL = {"wall": (480, 270), "touch": (270, 480), "counter-1": (320, 200), "pillar": (270, 480)}
FULL = {"wall": (1920, 1080), "touch": (1080, 1920), "counter-1": (1280, 800), "pillar": (1080, 1920)}
SIZES = FULL if PICTURES else SMALL
RED, AD = channels(NIGHT.suspended), (30, 60, 200)
BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "杭州一支行", en = "Hangzhou First" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {branch}
[upstream]
host = "127.0.0.1"
port = {office}
[content]
trusted_root = "root.json"
[[counter]]
number = "1"
business = {{ zh = "个人业务", en = "Personal" }}
"""
KINDS = {"wall": "wall", "touch": "touch", "counter-1": "counter", "pillar": "wall"}


def branch_file(**ports: int) -> str:
    lines = [BRANCH.format(**ports)]
    for name, (width, height) in SIZES.items():
        lines.append(f'[[screen]]\nname = "{name}"\nkind = "{KINDS[name]}"\nsize = [{width}, {height}]')
        if KINDS[name] == "counter":
            lines.append('counter = "1"')
    return "\n".join(lines) + "\n"


class Hall(Lobby):
    """A lobby with a head office; its screens stand beside one another on one display."""

    def __init__(self, folder: Path) -> None:
        self.office_port = free_port()
        super().__init__(folder)
        (folder / "branch.toml").write_text(branch_file(branch=self.port, office=self.office_port))
        (folder / "office.conf").write_text(BROKER.format(port=self.office_port))
        self.office = OfficeBox(folder, self.office_port, [("hz-1", "city")])
        self.office.operations_key("night")

    def _display(self) -> str:
        width, height = sum(size[0] for size in SIZES.values()), max(size[1] for size in SIZES.values())
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        self.xvfb = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(writing)
        with os.fdopen(reading) as answer:
            return f":{answer.readline().strip()}"

    def open(self) -> None:
        mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        for name in ("broker", "office"):
            self.cast.start(f"{name}-mosquitto", [mosquitto, "-c", str(self.folder / f"{name}.conf")])
        self._watch.start()
        self.office.publish(painted(AD))
        self.start("publisher", program("signage"), "publisher", "--config", "office.toml")
        self.start("controller", program("signage"), "controller", "--config", "branch.toml")
        for name in SIZES:
            self.start_screen(name)
        self.until("every screen drawn", lambda: all(self.screen(name).get("revision") for name in SIZES), 90)
        left = 0
        for name, (width, _) in SIZES.items():
            window = self.xdotool("search", "--onlyvisible", "--class", f"^signage-{name}$").split()[0]
            self.xdotool("windowmove", "--sync", window, str(left), "0")
            left += width

    def glass(self, name: str) -> Image.Image:
        left = 0
        for other, (width, height) in SIZES.items():
            if other == name:
                box = (left, 0, left + width, height)
                return ImageGrab.grab(bbox=box, xdisplay=self.display).convert("RGB")
            left += width
        raise KeyError(name)

    def share(self, name: str, colour: tuple[int, int, int]) -> float:
        picture = self.glass(name)
        counts = {rgb: count for count, rgb in picture.getcolors(1 << 24) or []}
        return counts.get(colour, 0) / (picture.width * picture.height)

    def give(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [program("signage"), words[0], "--config", "office.toml", *words[1:]]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60)

    def keep(self, case: str) -> None:
        if PICTURES:
            for name in SIZES:
                self.glass(name).save(Path(PICTURES) / f"{case}-{name}.png")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    made = Hall(tmp_path_factory.mktemp("emergency"))
    try:
        made.open()
        yield made
    finally:
        made.close()


def alone(hall: Hall) -> bool:
    """Nothing but the words on their colour: no advertisement, no ticker, no number, no stars."""
    return all(hall.share(name, RED) > 0.6 for name in SIZES)


def test_what_head_office_publishes_comes_onto_the_wall(hall: Hall) -> None:
    hall.until("the picture", lambda: hall.share("wall", AD) > 0.2, 60)
    hall.until("told", lambda: hall.screen("wall")["content"] == 1)
    began = now()
    version = hall.office.publish(painted((200, 120, 10)), alone=True)
    hall.until("the newer one", lambda: hall.share("wall", (200, 120, 10)) > 0.2, 60)
    print(f"\nfrom the signing to pixels on the wall: {(now() - began).total_seconds():.2f} s")
    hall.until("told", lambda: hall.screen("wall")["content"] == version)
    assert hall.share("wall", AD) == 0
    hall.keep("advertisement")


def test_an_emergency_stands_alone_on_every_screen_and_ends_at_its_time(hall: Hall) -> None:
    end = Instant.of(now() + timedelta(seconds=25))
    done = hall.give("emergency", "--branch", "hz-1", "--template", "leave", "--until", str(end), "--wait", "0")
    assert done.returncode == 0, done.stderr
    hall.until("a notice on every screen", lambda: len(shown(hall)) == len(SIZES), 20)
    hall.until("alone", lambda: alone(hall), 20)
    print("\nfrom the branch's acceptance to each screen's drawn frame: "
          + ", ".join(f"{name} {ms} ms" for name, ms in sorted(shown(hall).items())))  # fmt: skip
    assert max(shown(hall).values()) < 5_000, "the aim is a second on a branch's own machines"
    hall.keep("emergency")
    assert all(hall.screen(name)["scene"] == "notice" for name in SIZES)
    hall.until("over", lambda: all(hall.share(name, RED) < 0.3 for name in SIZES), 40)
    assert now() >= end
    hall.until("the advertisement again", lambda: hall.share("wall", (200, 120, 10)) > 0.2)


def shown(hall: Hall) -> dict[str, int]:
    """By screen, how many ms after it began the emergency stood on its glass."""
    events = (event["data"] for event in hall.of_kind("shown"))
    return {data["screen"]: data["after_ms"] for data in events if data["ref"] == "emergency-leave"}


def test_words_of_ones_own_take_two_signatures(hall: Hall) -> None:
    text = ("--arg", 'text:={"zh":"自由"}', "--arg", "notice=n", "--arg", "until=2099-01-01T00:00:00Z")
    done = hall.give("command", "--branch", "hz-1", *text, "--arg", "priority:=100", "notice.post")
    assert done.returncode == 77
    assert json.loads(done.stdout)["error"]["code"] == "two-signatures"
    assert all(hall.share(name, RED) < 0.3 for name in SIZES)


def test_it_ends_at_once_when_head_office_says_so(hall: Hall) -> None:
    """It can be ended from afar before its time."""
    began = monotonic()
    done = hall.give("emergency", "--branch", "hz-1", "--template", "leave", "--until", "10m")
    assert done.returncode == 0, done.stderr
    hall.until("alone", lambda: alone(hall))
    print(f"\nfrom the first word of `signage emergency` to the last screen seen: {monotonic() - began:.2f} s")
    assert hall.give("emergency", "--branch", "hz-1", "--over", "leave").returncode == 0
    hall.until("over", lambda: all(hall.share(name, RED) < 0.3 for name in SIZES))
