"""Pixels on the graphics side: uploaded before the instant at which they are wanted, dropped after it."""

from collections.abc import Iterable
from typing import Any

from kivy.graphics.texture import Texture

from kiosk.media.album import PictureKey, Pixels


def blank(width: int, height: int) -> Any:
    """A texture of that size for BGRA pixels whose top row comes first, drawn pixel for pixel."""
    texture = Texture.create(size=(width, height), colorfmt="bgra")
    texture.flip_vertical()
    texture.min_filter = texture.mag_filter = "nearest"
    return texture


class Shelf:
    """What stands and what comes next, and nothing else."""

    def __init__(self) -> None:
        self._textures: dict[PictureKey, Any] = {}

    def keep(self, pictures: Iterable[Pixels]) -> None:
        """Exactly these from now on. What is there already is not uploaded again."""
        wanted = {one.key: one for one in pictures}
        kept = {key: texture for key, texture in self._textures.items() if key in wanted}
        for key, pixels in wanted.items():
            if key not in kept:
                kept[key] = texture = blank(key.width, key.height)
                texture.blit_buffer(pixels.content, size=(key.width, key.height), colorfmt="bgra", bufferfmt="ubyte")
        self._textures = kept

    def get(self, key: PictureKey | None) -> Any | None:
        return self._textures.get(key) if key is not None else None
