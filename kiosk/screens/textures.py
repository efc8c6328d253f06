"""Pixels on the graphics side: uploaded before the instant at which they are wanted, dropped after it."""

from collections.abc import Iterable
from typing import Any

from kivy.graphics.texture import Texture

from kiosk.design.box import Box
from kiosk.media.album import PictureKey, Pixels


def blank(width: int, height: int) -> Any:
    """A texture of that size for BGRA pixels whose top row comes first, drawn pixel for pixel."""
    texture = Texture.create(size=(width, height), colorfmt="bgra")
    texture.flip_vertical()
    texture.min_filter = texture.mag_filter = "nearest"
    return texture


def sample(texture: Any, box: Box) -> None:
    """As it is where it stands in its own size; smoothly where it had to give way, as to a strip above it for a while."""
    exact = (round(box.w), round(box.h)) == tuple(texture.size)
    texture.min_filter = texture.mag_filter = "nearest" if exact else "linear"


def _uploaded(pixels: Pixels, before: Any) -> Any:
    """Its texture. `before`: one of the same picture, decoded at another time."""
    if pixels.drawn is None:
        texture, size = before, (pixels.key.width, pixels.key.height)
        if texture is None:
            texture = blank(*size)
            texture.blit_buffer(pixels.content, size=size, colorfmt="bgra", bufferfmt="ubyte")
        pixels.hand_over(texture)
    return pixels.drawn


class Shelf:
    """What stands and what comes next, and nothing else."""

    def __init__(self) -> None:
        self._textures: dict[PictureKey, Any] = {}

    def keep(self, pictures: Iterable[Pixels]) -> None:
        """Exactly these from now on. What is there already is not uploaded again."""
        self._textures = {one.key: _uploaded(one, self._textures.get(one.key)) for one in pictures}

    def get(self, key: PictureKey | None) -> Any | None:
        return self._textures.get(key) if key is not None else None
