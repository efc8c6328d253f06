"""Guarded screens on a display of their own, without broker or controller: they show the last state they knew."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace
from PIL import Image, ImageGrab

from kiosk.design.tokens import channels
from kiosk.gallery import samples
from kiosk.memory import Memory
from signage.cli.demo.cast import Cast, program
from signage.core.model import BranchState
from tests.system.branch_box import free_port, wait_until
from tests.system.lobby import Lobby

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
port = {port}
"""


class WatchBox:
    """`screens`: further tables of the branch's file. A screen's name is its log's."""

    def __init__(self, folder: Path, screens: str) -> None:
        self.folder, self.port = folder, free_port()
        self.write(screens)
        self.cast = Cast(folder, {"PYTHONUNBUFFERED": "1", "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"})
        self.display = Lobby._display(self)  # type: ignore[arg-type]  # a display of our own, as a lobby has

    xvfb: "subprocess.Popen[bytes]"

    def write(self, screens: str) -> None:
        (self.folder / "branch.toml").write_text(BRANCH.format(port=self.port) + screens)

    def knows(self, name: str, state: BranchState) -> None:
        """What that screen last heard."""
        directory = self.folder / "var" / f"screen-{name}"
        directory.mkdir(parents=True, exist_ok=True)
        Memory(directory).keep_state(state)

    def start(self, name: str) -> None:
        command = ["env", "-C", str(self.folder), program("kiosk"), "--config", "branch.toml", "--screen", name]
        self.cast.start(name, command, {"DISPLAY": self.display})

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def screen_pid(self, name: str) -> int:
        """Of the screen's own process, the guard's child."""
        return screen_of(self.cast[name].process.pid)

    def glass(self, box: tuple[int, int, int, int]) -> Image.Image:
        return ImageGrab.grab(bbox=box, xdisplay=self.display).convert("RGB")

    def colour(self, place: tuple[int, int]) -> tuple[int, ...]:
        x, y = place
        found = self.glass((x, y, x + 1, y + 1)).getpixel((0, 0))
        assert isinstance(found, tuple)
        return found

    def until(self, what: str, done: Callable[[], bool], seconds: float = 30) -> float:
        """How many seconds it took."""
        began = time.monotonic()
        wait_until(done, seconds, what)
        return time.monotonic() - began

    def xdotool(self, *words: str) -> str:
        settings = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(["xdotool", *words], env=settings, capture_output=True, text=True, check=True).stdout

    def close(self) -> None:
        self.cast.end_all()
        self.xvfb.terminate()
        self.xvfb.wait()


def children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)


def screen_of(guard: int) -> int:
    """The screen's own process."""
    return next(children(guard))


def open_house() -> BranchState:
    """A branch that serves all day."""
    house = samples.house()
    return replace(house, hours=replace(house.hours, rules={"personal": "24/7"}))


def rgb(colour: str) -> tuple[int, int, int]:
    return channels(colour)
