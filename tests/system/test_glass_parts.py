"""Frames made from what changed, on a real X display: what the server shows is what was meant, pixel by pixel."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageGrab

from kiosk.design.tokens import channels
from kiosk.guard.curtain import Curtain
from kiosk.guard.picture import Frame
from tests.system.branch_box import wait_until
from tests.system.small_window import SIZE

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]


class Window:
    """Orders to the window, and what the X server shows of it."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(words, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        self._env = {**os.environ, "DISPLAY": self.display, "SDL_AUDIODRIVER": "dummy"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.system.small_window"],
            env=self._env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready"
        found = self.x("search", "--sync", "--onlyvisible", "--class", "^signage-small$")
        self.number = found.split()[0]
        self.x("windowmove", self.number, "0", "0")
        self.size = SIZE
        self.shown: dict[str, tuple[tuple[int, int, int, int], str]] = {}

    def x(self, *words: str) -> str:
        return subprocess.run(
            ["xdotool", *words], env=self._env, capture_output=True, text=True, check=True, timeout=20
        ).stdout

    def order(self, *words: object) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def put(self, name: str, box: tuple[int, int, int, int], colour: str) -> None:
        self.shown[name] = (box, colour)
        self.order("put", name, *box, colour)

    def drop(self, name: str) -> None:
        del self.shown[name]
        self.order("drop", name)

    def frames(self) -> tuple[int, int]:
        whole, parts, at_work = self.order("frames").split()
        assert at_work == "True"
        return int(whole), int(parts)

    def rested(self) -> tuple[int, int]:
        """Once nothing more is drawn: a window's new size may arrive late, and again."""
        seen = [(-1, -1)]

        def still() -> bool:
            time.sleep(0.2)
            seen.append(self.frames())
            return seen[-1] == seen[-2]

        wait_until(still, 30, "a window at rest")
        return seen[-1]

    def meant(self) -> Image.Image:
        height = self.size[1]
        picture = Image.new("RGB", self.size)
        for (x, y, w, h), colour in self.shown.values():
            ImageDraw.Draw(picture).rectangle((x, height - y - h, x + w - 1, height - y - 1), fill=channels(colour))
        return picture

    def seen(self) -> Image.Image:
        return ImageGrab.grab(bbox=(0, 0, *self.size), xdisplay=self.display).convert("RGB")

    def assert_shown(self) -> None:
        for _ in range(100):
            seen = self.seen()
            if ImageChops.difference(seen, self.meant()).getbbox() is None:
                return
            self.order("settle")
            time.sleep(0.05)
        raise AssertionError(f"differs at {ImageChops.difference(seen, self.meant()).getbbox()}")

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._server.terminate()
        self._server.wait(10)


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    made = Window()
    yield made
    made.close()


def test_what_changes_is_on_the_glass_and_nothing_else_is_drawn(window: Window) -> None:
    window.put("ground", (0, 0, 400, 300), "#0F1C2B")
    window.assert_shown()
    whole, parts = window.frames()
    window.put("one", (10, 20, 100, 50), "#A8201A")
    window.assert_shown()
    window.put("one", (200, 200, 30, 60), "#0B6B57")
    window.assert_shown()
    assert window.frames()[0] == whole, "no whole frame for two small changes"
    assert window.frames()[1] >= parts + 2


def test_what_lies_across_the_windows_edge_is_cut_there(window: Window) -> None:
    for box in ((-50, -50, 100, 100), (350, 250, 200, 200), (-20, 100, 800, 3), (390, -5, 60, 10)):
        window.put("edge", box, "#F0B93A")
        window.assert_shown()
    window.put("edge", (900, 900, 10, 10), "#F0B93A")
    window.assert_shown()
    window.drop("edge")
    window.assert_shown()
    assert window.frames()[1] > 0


def test_what_lay_beyond_the_displays_edge_is_drawn_whole_again(window: Window) -> None:
    whole, _ = window.frames()
    window.x("windowmove", window.number, "-300", "-200")
    window.order("settle")
    window.x("windowmove", window.number, "0", "0")
    window.assert_shown()
    assert window.frames()[0] > whole


def test_what_the_guards_curtain_covered_is_drawn_whole_again(window: Window) -> None:
    curtain = Curtain("small", window.display)
    curtain.prepare(Frame(50, 40, 200, 150, 0xFF00FF), None)
    curtain.show()
    wait_until(lambda: window.seen().getpixel((100, 100)) == (255, 0, 255), 10, "the curtain")
    window.put("one", (90, 90, 60, 60), "#A8201A")  # meanwhile, beneath it
    whole, _ = window.frames()
    curtain.hide()
    window.assert_shown()
    assert window.frames()[0] > whole


def test_a_window_that_was_taken_away_and_put_back_is_drawn_whole_again(window: Window) -> None:
    window.x("windowunmap", "--sync", window.number)
    window.put("one", (5, 5, 60, 60), "#0B6B57")
    whole, _ = window.frames()
    window.x("windowmap", "--sync", window.number)
    window.assert_shown()
    assert window.frames()[0] > whole


def test_a_window_that_becomes_smaller_and_larger_while_it_is_drawn_goes_on_part_by_part(window: Window) -> None:
    for number, size in enumerate(((300, 200), (520, 400), (400, 300)) * 2):
        window.x("windowsize", window.number, *map(str, size))
        for step in range(4):
            window.put("one", (5 + 60 * step, 10 + number, 40, 40), "#A8201A")
        window.size = size
        window.assert_shown()
        whole, parts = window.rested()
        window.put("one", (100, 100, 50, 50), "#0B6B57")
        window.assert_shown()
        assert window.frames() == (whole, parts + 1)
