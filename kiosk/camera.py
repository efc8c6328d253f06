"""A picture of the glass as JPEG, no larger than asked, with what a person is entering painted over."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import structlog
from PIL import Image, ImageDraw

from kiosk.design.box import Box
from kiosk.remote import JPEG_LIMIT, Order, Photographed

_MASK: Final = (128, 128, 128)
_QUALITIES: Final = (80, 65, 50, 35)
_SMALLER: Final = 0.75
_LEAST_PX: Final = 64


@dataclass(frozen=True)
class Exposure:
    """The panel as it was read, RGB or RGBA, and what of it nobody else is to see; see `jpeg_of`."""

    picture: Image.Image
    masks: tuple[Box, ...]
    rotation: int


def developed(order: Order, exposure: Exposure) -> Photographed:
    """In any thread. A picture that cannot be made is told, and no more: the screen goes on."""
    try:
        picture = exposure.picture.convert("RGB")
        return Photographed(order, jpeg_of(picture, order.width, JPEG_LIMIT, exposure.masks, exposure.rotation))
    except (OSError, ValueError, MemoryError) as error:
        structlog.get_logger().error("no picture of the glass could be made", reason=str(error) or type(error).__name__)
        return Photographed(order, None)


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
