"""Drawings made into a texture once, to be drawn as one picture many times."""

from typing import Any

from kivy.graphics import Fbo, PopMatrix, PushMatrix, Translate
from kivy.graphics.texture import Texture

from kiosk.design.box import Box


class Plate:
    """A texture (BGRA, opaque) of a box's size in whole pixels, and what is needed to draw into it.

    Made once and printed upon again: one that is thrown away leaves memory behind.
    """

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.texture = Texture.create(size=self.size, colorfmt="bgra")
        self.texture.min_filter = self.texture.mag_filter = "nearest"
        self._fbo = Fbo(size=self.size, texture=self.texture, clear_color=(0, 0, 0, 1))

    def print(self, box: Box, *instructions: Any) -> None:
        """What the instructions, which are nobody else's, draw where the box lies."""
        self._fbo.bind()
        self._fbo.clear_buffer()
        self._fbo.release()
        for one in (PushMatrix(), Translate(-box.x, -box.y), *instructions, PopMatrix()):
            self._fbo.add(one)
        self._fbo.draw()
        self._fbo.clear()
