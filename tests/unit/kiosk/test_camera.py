"""A picture of the glass for somebody far away: upright, small enough, and without what a person is entering."""

from io import BytesIO

import pytest
from PIL import Image

from kiosk.camera import jpeg_of
from kiosk.design.box import Box

SIZE = (320, 480)
PAPER, RED, BLUE, MASK = (240, 240, 240), (220, 20, 20), (20, 20, 220), (128, 128, 128)
ENTRY = Box(32, 64, 160, 96)  # from the bottom left
PLENTY = 1_000_000


def upright() -> Image.Image:
    """Blue in the corner at the top left, and red where a person is entering something."""
    picture = Image.new("RGB", SIZE, PAPER)
    picture.paste(BLUE, (0, 0, 64, 48))
    picture.paste(RED, (32, 480 - 160, 192, 480 - 64))
    return picture


def taken(picture: Image.Image, rotation: int, limit: int = PLENTY, width: int | None = None) -> Image.Image:
    return Image.open(BytesIO(jpeg_of(picture, width, limit, (ENTRY,), rotation))).convert("RGB")


def near(picture: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 24


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_panels_picture_is_upright_and_masked_where_the_entry_stands(rotation: int) -> None:
    panel = upright().rotate(rotation, expand=True)
    picture = taken(panel, rotation)
    assert picture.size == SIZE
    assert near(picture, (16, 16), BLUE)
    for place in ((40, 480 - 152), (184, 480 - 152), (40, 480 - 72), (184, 480 - 72), (112, 480 - 112)):
        assert near(picture, place, MASK), place
    for place in ((16, 480 - 112), (208, 480 - 112), (112, 480 - 176), (112, 480 - 48)):
        assert near(picture, place, PAPER), place
    assert panel.getcolors() == upright().rotate(rotation, expand=True).getcolors(), "what stands is left as it is"


def test_it_is_no_larger_than_asked_in_width_and_in_bytes() -> None:
    assert taken(upright().rotate(90, expand=True), 90, width=160).size == (160, 240)
    noise = Image.effect_noise(SIZE, 90).convert("RGB")
    assert len(jpeg_of(noise, None, 12_000)) <= 12_000
