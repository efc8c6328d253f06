"""A picture of a kiosk whose panel is turned, and whose customer is entering something."""

import importlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.camera import jpeg_of
from kiosk.design.box import Box
from kiosk.stage import Stage
from kiosk.view.forms import RatingView
from kiosk.view.happenings import PressStar
from tests.screens.booth import Booth

SIZE = (540, 960)  # as the customer sees it
MAGENTA, CYAN = (255, 0, 255), (0, 255, 255)
EDGE = 16  # a JPEG's block


@pytest.fixture
def turned(stage: Callable[[int, int], Stage]) -> Iterator[Callable[[int], Stage]]:
    opened: list[Stage] = []

    def open_turned(rotation: int) -> Stage:
        on = stage(*(SIZE if rotation in {0, 180} else SIZE[::-1]))
        opened.append(on)
        turn(on, rotation)
        return on

    yield open_turned
    for one in opened:
        turn(one, 0)


def turn(on: Stage, rotation: int) -> None:
    on.window.rotation = rotation
    on.window.update_viewport()


def mark(booth: Booth, colour: str, box: Box) -> None:
    fill: Any = importlib.import_module("kiosk.design.paint").Fill(booth.face.widget.look, colour)
    fill.place(box)
    booth.stage.show(fill)


def marked(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """Pixels of that colour, as far as a JPEG keeps it."""
    counts: Any = picture.convert("RGB").getcolors(1 << 24)
    return sum(count for count, found in counts if all(abs(a - b) < 64 for a, b in zip(found, colour, strict=True)))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_picture_is_upright_and_hides_what_is_entered(
    turned: Callable[[int], Stage], tmp_path: Path, rotation: int
) -> None:
    on = turned(rotation)
    assert tuple(on.window.size) == SIZE
    booth = Booth(on, tmp_path, SIZE)
    booth.station.tap(PressStar(4), booth.moment)
    booth.draw()
    assert isinstance(booth.face.widget.view.page, RatingView)  # type: ignore[union-attr]  # it shows one
    (entry,) = booth.face.private
    mark(booth, "#FF00FF", Box(entry.x + EDGE, entry.top - 3 * EDGE, 4 * EDGE, 2 * EDGE))
    mark(booth, "#00FFFF", Box(0, SIZE[1] - 2 * EDGE, 4 * EDGE, 2 * EDGE))  # at the top left, where nobody enters
    panel = importlib.import_module("kiosk.glass.reading").read_glass(on.window, on.window.canvas.ask_update)
    assert panel.size == tuple(on.window.system_size)
    assert marked(panel, MAGENTA) == marked(panel, CYAN) == 8 * EDGE * EDGE
    jpeg = jpeg_of(panel.convert("RGB"), None, 1_000_000, booth.face.private, rotation)
    picture = Image.open(BytesIO(jpeg)).convert("RGB")
    booth.database.close()
    assert picture.size == SIZE
    assert marked(picture, MAGENTA) == 0
    assert marked(picture.crop((0, 0, 4 * EDGE, 2 * EDGE)), CYAN) > 7 * EDGE * EDGE
    left, right = round(entry.x) + EDGE, round(entry.right) - EDGE
    hidden: Any = picture.crop((left, SIZE[1] - round(entry.top) + EDGE, right, SIZE[1] - round(entry.y) - EDGE))
    for least, most in hidden.getextrema():
        assert least >= 124
        assert most <= 132
