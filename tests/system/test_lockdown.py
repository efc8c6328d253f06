"""What a person in the hall can do to a screen from outside its pages: nothing. And turned panels, and dark ones."""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageChops

from kiosk.design.tokens import DAY, NIGHT
from kiosk.stage import Stage
from tests.system.lobby import TOUCH, Map
from tests.system.watch_box import WatchBox, open_house, rgb

pytestmark = pytest.mark.system
BLACK = (0, 0, 0)
TURNED = {90: (960, 540), 180: (540, 960), 270: (960, 540)}
NAME = (0, 0, 120, 40)  # of a small wall: what stands beside it changes once no parent has been heard for a while


def tables(name: str, kind: str, size: tuple[int, int], *more: str) -> str:
    place = f"size = [{size[0]}, {size[1]}]\nleft = 0\ntop = 0\nburn_in_shift = 0\n"
    return f'[[screen]]\nname = "{name}"\nkind = "{kind}"\n{place}' + "".join(f"{line}\n" for line in more)


@pytest.fixture(scope="module")
def places() -> Iterator[Map]:
    stage = Stage(*TOUCH)
    yield Map(stage)
    stage.close()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[WatchBox]:
    made = WatchBox(tmp_path, "")
    made.knows("touch", open_house())
    made.knows("wall", open_house())
    try:
        yield made
    finally:
        made.close()


def shown(box: WatchBox, size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    """The screen's own picture stands there: much of it is of that colour."""

    def there() -> bool:
        picture = box.glass((0, 0, *size))
        counts = {found: count for count, found in picture.getcolors(1 << 24) or []}
        return counts.get(colour, 0) > size[0] * size[1] * 0.05

    box.until("the screen", there, 60)
    time.sleep(1.5)  # its first second is over


def click(box: WatchBox, x: float, y: float, button: int = 1) -> None:
    box.xdotool("mousemove", "--sync", str(round(x)), str(round(y)), "mousedown", str(button))
    box.xdotool("sleep", "0.06", "mouseup", str(button))


class _Message(ctypes.Structure):
    """XClientMessageEvent, padded to the size of any event."""

    _fields_ = (
        ("kind", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("sent", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_char * 96),
    )


def ask_to_close(display: str, window: int) -> None:
    """What a window manager says when somebody presses its cross."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    opened = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
    message = _Message(kind=33, window=window, format=32)
    message.message = x.XInternAtom(opened, b"WM_PROTOCOLS", 0)
    message.data[0] = x.XInternAtom(opened, b"WM_DELETE_WINDOW", 0)
    assert x.XSendEvent(opened, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x.XCloseDisplay(opened)


def test_keys_buttons_and_window_managers_do_nothing(box: WatchBox) -> None:
    box.write(tables("touch", "touch", TOUCH))
    box.start("touch")
    shown(box, TOUCH, rgb(DAY.paper))
    pid, before = box.screen_pid("touch"), box.glass((0, 0, *TOUCH))
    window = box.xdotool("search", "--onlyvisible", "--class", "^signage-touch$").split()[0]
    box.xdotool("windowfocus", window)
    for keys in ("F1", "Escape", "alt+F4", "ctrl+c", "ctrl+q", "ctrl+w", "alt+Tab", "super+d", "F11", "F12", "Menu"):
        box.xdotool("key", keys)
    ask_to_close(box.display, int(window))
    emblem = (60, 60)
    for button in (2, 3, 4, 5):
        click(box, *emblem, button)
        click(box, 270, 700, button)
    time.sleep(1.5)
    assert box.screen_pid("touch") == pid
    changed = (
        ImageChops.difference(before, box.glass((0, 0, *TOUCH))).convert("L").point(lambda value: 255 * (value > 24))
    )
    assert changed.histogram()[255] < TOUCH[0] * TOUCH[1] * 0.01


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_panel_is_touched_where_it_shows(box: WatchBox, places: Map, rotation: int) -> None:
    size = TURNED[rotation]
    box.write(tables("touch", "touch", size, f"rotation = {rotation}"))
    box.start("touch")
    shown(box, size, rgb(DAY.paper))
    x, y = places.where("home", lambda screen: screen.page.rate.stars.stars[4])
    turned = {90: (y, size[1] - x), 180: (size[0] - x, size[1] - y), 270: (size[0] - y, x)}[rotation]
    click(box, *turned)
    draft = box.folder / "var" / "screen-touch" / "rating.json"
    box.until("the rating begun", draft.exists, 10)
    assert '"stars":5' in draft.read_text().replace(" ", "")


def test_a_screen_that_is_dark_by_its_hours_wakes_when_it_is_touched(box: WatchBox) -> None:
    dark(box)
    began = time.monotonic()
    click(box, 270, 480)
    shown(box, TOUCH, rgb(DAY.paper))
    print(f"\nawake again within {time.monotonic() - began:.1f} s of the touch")


def test_a_dark_screen_that_dies_lights_up_nothing(box: WatchBox) -> None:
    dark(box)
    os.kill(box.screen_pid("touch"), signal.SIGKILL)

    def again() -> bool:
        assert black(box)
        return box.log("touch").count("started (screen=touch") == 2

    box.until("started again", again, 60)
    time.sleep(3)
    assert black(box)
    click(box, 270, 480)
    shown(box, TOUCH, rgb(DAY.paper))


def dark(box: WatchBox) -> None:
    box.write(tables("touch", "touch", TOUCH, 'power = "off"'))
    box.start("touch")
    box.until("started", lambda: "started (screen=touch" in box.log("touch"), 60)
    box.until("dark", lambda: black(box), 60)
    time.sleep(1.5)
    assert black(box)


def black(box: WatchBox) -> bool:
    return box.glass((0, 0, *TOUCH)).getcolors(4) == [(TOUCH[0] * TOUCH[1], BLACK)]


def test_new_configuration_is_taken_over_without_a_frame_of_black(box: WatchBox) -> None:
    wall = (640, 360)
    box.write(tables("wall", "wall", wall))
    box.start("wall")
    shown(box, wall, rgb(NIGHT.paper))
    pid, before, seen = box.screen_pid("wall"), box.glass(NAME), set()

    def english() -> bool:
        """The header's other language: sampled as quickly as it goes, and never black."""
        seen.add(box.colour((630, 5)))
        return ImageChops.difference(before, box.glass(NAME)).getbbox() is not None

    box.write(tables("wall", "wall", wall, 'locale = "en"'))
    box.until("taken over", english, 30)
    assert "the new configuration holds from now on" in box.log("wall")
    assert seen == {rgb(NIGHT.paper)}
    box.write(tables("wall", "wall", wall, 'locale = "en"', "fps = 5000"))
    box.until("refused", lambda: "key fps" in box.log("wall"), 30)
    line = next(line for line in box.log("wall").splitlines() if "key fps" in line)
    assert "the configuration is refused; the screen goes on with what it has" in line
    box.write(tables("wall", "wall", (800, 450), 'locale = "zh"'))
    box.until("said what waits", lambda: "keys=size" in box.log("wall"), 30)
    box.until("Chinese again", lambda: ImageChops.difference(before, box.glass(NAME)).getbbox() is None, 30)
    assert box.screen_pid("wall") == pid
