"""A fascia and a window strip as real processes on a display: the branch is suspended by its rule, and serves again."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from kiosk.design.tokens import channels, led_palette
from tests.system.lobby import Lobby

pytestmark = pytest.mark.system

LED = led_palette()
SIZES = {"door": (640, 64), "strip-1": (256, 32)}
EXTRA = """
[[screen]]
name = "strip-1"
kind = "strip"
counter = "1"
size = [256, 32]
[[probe]]
name = "mains"
kind = "file"
path = "mains"
every_s = 0.2
[[rule]]
when = "mains"
suspend = "branch"
reason = "power"
"""


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path, EXTRA)
    try:
        yield made
    finally:
        made.close()


def glass(lobby: Lobby, name: str) -> Image.Image:
    return ImageGrab.grab(bbox=(0, 0, *SIZES[name]), xdisplay=lobby.display).convert("RGB")


def share(picture: Image.Image, colour: str) -> float:
    counts = {rgb: count for count, rgb in picture.getcolors(picture.width * picture.height) or []}
    return counts.get(channels(colour), 0) / (picture.width * picture.height)


def is_loud(lobby: Lobby, name: str) -> bool:
    picture = glass(lobby, name)
    return share(picture, LED.suspended) + share(picture, LED.suspended_pressed) > 0.5


def is_at_work(lobby: Lobby, name: str) -> bool:
    picture = glass(lobby, name)
    red = share(picture, LED.suspended) + share(picture, LED.suspended_pressed)
    return red == 0 and share(picture, LED.paper) > 0.3 and share(picture, LED.brand) > 0.02


def test_a_suspension_takes_fascia_and_strip_in_full_colour_until_it_is_over(lobby: Lobby) -> None:
    names = tuple(SIZES)
    lobby.open_house()
    lobby.open_screens(*names)
    lobby.until("the power cut", lambda: all(lobby.screen(name)["scene"] == "suspended" for name in names))
    for name in names:
        lobby.place(name)  # a window that comes to the front is drawn anew
        lobby.until(f"{name} in full colour", partial(is_loud, lobby, name))
    (lobby.folder / "mains").touch()
    lobby.until("mains back", lambda: all(lobby.screen(name)["scene"] == "home" for name in names))
    for name in names:
        lobby.place(name)
        lobby.until(f"{name} at work", partial(is_at_work, lobby, name))
