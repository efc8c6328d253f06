"""A picture of the glass as JPEG, no larger than asked, with what a person is entering painted over."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from kiosk.design.box import Box

_MASK: Final = (128, 128, 128)
_QUALITIES: Final = (80, 65, 50, 35)
_SMALLER: Final = 0.75
_LEAST_PX: Final = 64


def jpeg_of(picture: Image.Image, width: int | None, limit: int, masks: Sequence[Box] = (), rotation: int = 0) -> bytes:
    """Upright, as people see it. `picture`: as the panel stands, on which all was drawn turned by `rotation`.

    `masks`: where it was drawn before it was turned, with the origin at the bottom left.
    """
    picture = picture.rotate(-rotation, expand=True)
    pen = ImageDraw.Draw(picture)
    for box in masks:
        pen.rectangle((box.x, picture.height - box.top, box.right, picture.height - box.y), fill=_MASK)
    wide = min(width or picture.width, picture.width)
    while True:
        scaled = picture.resize((wide, max(1, round(picture.height * wide / picture.width))), Image.Resampling.BOX)
        for quality in _QUALITIES:
            held = BytesIO()
            scaled.save(held, "JPEG", quality=quality)
            if held.tell() <= limit or wide <= _LEAST_PX:
                return held.getvalue()
        wide = max(_LEAST_PX, round(wide * _SMALLER))
