"""What is shown pixel for pixel is so, at every width, and steps far enough to be fetched as rows."""

import random
from collections.abc import Callable

import pytest
from kivy.graphics import Rectangle
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.design.blit import Sheet, Veil, pixel_for_pixel
from kiosk.design.box import Box
from kiosk.design.tokens import NIGHT, Look
from kiosk.stage import Stage

HIGH = 9
FIXED = 1 << 16  # of llvmpipe's steps


def noise(width: int) -> Image.Image:
    """No pixel is like its neighbour."""
    dice = random.Random(width)
    return Image.frombytes("RGBA", (width, HIGH), dice.randbytes(width * HIGH * 4)).convert("RGB").convert("RGBA")


def texture_of(picture: Image.Image) -> Texture:
    texture = Texture.create(size=picture.size, colorfmt="bgra")
    texture.min_filter = texture.mag_filter = "nearest"
    texture.blit_buffer(picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes("raw", "BGRA"), colorfmt="bgra")
    return texture


@pytest.mark.parametrize("width", [1, 63, 640, 977, 1288, 1439, 1440, 1919, 1920])
def test_a_pictures_pixels_stand_as_they_are(stage: Callable[[int, int], Stage], width: int) -> None:
    on = stage(1920, HIGH)
    picture = noise(width)
    part = Sheet(Look(NIGHT, 1080), texture_of(picture))
    part.place(Box(1920 - width, 0, width, HIGH))
    on.show(part)
    seen = on.pixels().crop((1920 - width, 0, 1920, HIGH))
    assert seen.tobytes() == picture.convert("RGB").tobytes()
    part.leave()


def test_one_that_goes_lies_on_the_other_pixel_for_pixel(stage: Callable[[int, int], Stage]) -> None:
    on = stage(1440, HIGH)
    picture = noise(1440)
    veil = Veil(Look(NIGHT, 1080))
    veil.bear(texture_of(picture))
    veil.place(Box(0, 0, 1440, HIGH))
    veil.thin(1.0)
    on.show(veil)
    assert on.pixels().tobytes() == picture.convert("RGB").tobytes()


@pytest.mark.parametrize("width", [1, 640, 1288, 1440, 1920, 4096])
def test_each_step_is_one_whole_pixel_once_it_is_cut_off(stage: Callable[[int, int], Stage], width: int) -> None:
    """By more than the arithmetic of single precision takes away (four units in the last of 24 places)."""
    stage(64, 64)
    quad = pixel_for_pixel(Rectangle(size=(width, 1), texture=Texture.create(size=(width, 1), colorfmt="bgra")))
    step = FIXED * (quad.tex_coords[2] - quad.tex_coords[0])
    assert FIXED * (1 + 4 * 2.0**-24) < step < FIXED + 1
    assert width * (step / FIXED - 1) < 0.01, "and the last one is still met at its middle"
