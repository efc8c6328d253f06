"""A picture that is drawn is in memory once: the graphics side has its pixels, and keeps them while an album does."""

from collections.abc import Callable

from kiosk.media.album import PictureKey, Pixels
from kiosk.screens.textures import Shelf
from kiosk.stage import Stage

KEY = PictureKey("a" * 64, 2, 1)
BGRA = bytes((1, 2, 3, 255, 4, 5, 6, 255))
RGBA = bytes((3, 2, 1, 255, 6, 5, 4, 255))


def test_what_is_uploaded_lets_go_of_its_bytes_and_is_not_uploaded_again(stage: Callable[[int, int], Stage]) -> None:
    stage(200, 100)
    shelf, one = Shelf(), Pixels(KEY, BGRA)
    shelf.keep((one,))
    texture = shelf.get(KEY)
    assert texture is not None
    assert texture.pixels == RGBA
    assert one.content == b""
    shelf.keep(())
    assert shelf.get(KEY) is None
    shelf.keep((one,))
    assert shelf.get(KEY) is texture

    once_more = Pixels(KEY, BGRA)  # decoded again, by another order
    shelf.keep((once_more,))
    assert shelf.get(KEY) is texture
    assert once_more.content == b""

    another = Shelf()  # of a face that is dressed anew
    another.keep((one,))
    assert another.get(KEY) is texture
