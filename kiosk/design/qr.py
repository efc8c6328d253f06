"""A QR code as crisp modules: dark on white whatever the palette, whole pixels, the quiet zone of the standard."""

from typing import Any, Final

import segno
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.tokens import DAY, Look, rgba

QUIET: Final = 4  # modules on each side, ISO/IEC 18004
LEAST_U: Final = 320  # 3 cm and more on every kiosk of up to 270 dots an inch


def modules(text: str) -> tuple[bytes, ...]:
    """Rows of 0 and 1, the top row first, without the quiet zone.."""
    code: Any = segno.make(text, error="m", micro=False, boost_error=True)
    return tuple(bytes(row) for row in code.matrix)


class QrCode(Part):
    """As large as whole pixels a module allow in its box."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(look)
        rows = modules(text)
        self._count = len(rows)
        side = self._count + 2 * QUIET
        self._ground = Rectangle()
        self._code = Rectangle(texture=_texture(rows))
        for colour, shape in ((DAY.surface, self._ground), ("#FFFFFF", self._code)):
            self.canvas.add(Color(*rgba(colour)))
            self.canvas.add(shape)
        self._side = side

    def module(self, box: Box) -> int:
        """How many pixels a module takes in a box."""
        return max(1, int(min(box.w, box.h)) // self._side)

    def layout(self, box: Box) -> None:
        module = self.module(box)
        outer = box.centred(module * self._side, module * self._side)
        inner = outer.inset(module * QUIET)
        self._ground.pos, self._ground.size = (outer.x, outer.y), (outer.w, outer.h)
        self._code.pos, self._code.size = (inner.x, inner.y), (inner.w, inner.h)


def _texture(rows: tuple[bytes, ...]) -> Texture:
    """One texel a module; enlarged without smoothing."""
    side = len(rows)
    texture = Texture.create(size=(side, side), colorfmt="rgb")
    texture.min_filter = texture.mag_filter = "nearest"
    pixels = b"".join(bytes(0 if dark else 255 for dark in row for _ in range(3)) for row in reversed(rows))
    texture.blit_buffer(pixels, colorfmt="rgb", bufferfmt="ubyte")
    return texture
