"""Icons, stars and rings: one texture for all that show the same, and none for what nobody shows."""

import importlib
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.design.icon_shapes import Icon
from kiosk.stage import Stage

OpenStage = Callable[[int, int], Stage]
SIDE = 40


def raster() -> Any:
    """It loads Kivy, which a stage has to settle first."""
    return importlib.import_module("kiosk.design.raster")


DRAWN: tuple[Callable[[], Any], ...] = (
    lambda: raster().icon_texture(Icon.CLOCK, SIDE),
    lambda: raster().icon_texture(Icon.PHONE, SIDE),
    lambda: raster().star_texture(SIDE, True),
    lambda: raster().star_texture(SIDE, False),
    lambda: raster().emblem_texture(SIDE),
    lambda: raster().ring_texture(SIDE, 30, 90),
    lambda: raster().ring_texture(SIDE, 31, 90),
    lambda: raster().ring_texture(SIDE, 30, 120),
)


def test_the_same_is_shared_and_what_differs_is_not(stage: OpenStage) -> None:
    stage(320, 240)
    shown = [draw() for draw in DRAWN]
    assert [draw() for draw in DRAWN] == shown
    assert all(one is again for one, again in zip(shown, (draw() for draw in DRAWN), strict=True))
    assert len({one.pixels for one in shown}) == len(DRAWN)
    assert raster().icon_texture(Icon.CLOCK, SIDE + 1).size == (SIDE + 1, SIDE + 1)


@pytest.mark.parametrize("draw", DRAWN)
def test_what_nobody_shows_is_let_go_of_and_comes_back_as_it_was(stage: OpenStage, draw: Callable[[], Any]) -> None:
    stage(320, 240)
    texture = draw()
    pixels, word = texture.pixels, weakref.ref(texture)
    del texture
    assert word() is None
    assert draw().pixels == pixels
