"""Vector shapes to masks: drawn four times too large by Pillow, made small with care, shared as textures.

One quad to draw, clean edges without multisampling (which costs more than the whole picture where there is no GPU). A texture is
there for as long as something shows it; a processor's takes sixteen kilobytes at least, and a kiosk has hundreds of them once
people have been on every page. What took the time, the mask, is kept instead: deflated, it takes half a kilobyte.
"""

import zlib
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Final
from weakref import WeakValueDictionary

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw

from kiosk.design.icon_geometry import GRID, Fill, Point, Shape, Stroke, ellipse, ring, star_points
from kiosk.design.icon_shapes import ICONS, STAR, Icon

_OVER: Final = 4
_HALF: Final = 128
_QUICKLY: Final = 1  # of zlib's levels
_shown: WeakValueDictionary[Hashable, Texture] = WeakValueDictionary()


def _mask(shapes: Sequence[Shape], side: int) -> Image.Image:
    scale = side * _OVER / GRID
    picture = Image.new("L", (side * _OVER, side * _OVER), 0)
    pen = ImageDraw.Draw(picture)
    for shape in shapes:
        points = [(x * scale, y * scale) for x, y in shape.points]
        if isinstance(shape, Fill):
            pen.polygon(points, fill=0 if shape.cut else 255)
        else:
            _stroke(pen, points, shape, shape.pen * scale)
    return picture.resize((side, side), Image.Resampling.BOX)


@lru_cache(maxsize=64)
def pixel_icon(icon: Icon, side: int, scale: int = 1) -> Image.Image:
    """An icon of whole pixels, a mask of 0 and 255: each of its `side` × `side` as `scale` × `scale`."""
    whole = _mask(ICONS[icon], side).point(lambda value: 255 if value >= _HALF else 0)
    return whole.resize((side * scale, side * scale), Image.Resampling.NEAREST)


def _stroke(pen: ImageDraw.ImageDraw, points: list[Point], shape: Stroke, width: float) -> None:
    path = [*points, points[0]] if shape.closed else points
    pen.line(path, fill=255, width=round(width), joint="curve")
    for x, y in path:
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)


def _texture(side: int, mask: bytes, *what: Hashable) -> Texture:
    """The one that shows this already, or a new one. `mask`: of `side` × `side`, deflated."""
    key = (side, *what)
    texture = _shown.get(key)
    if texture is None:
        _shown[key] = texture = _drawn(Image.frombytes("L", (side, side), zlib.decompress(mask)))
    return texture


def _drawn(mask: Image.Image) -> Texture:
    white = Image.new("RGBA", mask.size, (255, 255, 255, 0))
    white.putalpha(mask)
    texture = Texture.create(size=mask.size, colorfmt="rgba")
    texture.blit_buffer(white.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


def _deflated(shapes: Sequence[Shape], side: int) -> bytes:
    return zlib.compress(_mask(shapes, side).tobytes(), _QUICKLY)


def icon_texture(icon: Icon, side: int) -> Texture:
    """An icon as a white mask of `side` pixels, to be tinted by a Color."""
    return _texture(side, _icon(icon, side), icon)


@lru_cache(maxsize=512)
def _icon(icon: Icon, side: int) -> bytes:
    return _deflated(ICONS[icon], side)


def star_texture(side: int, filled: bool) -> Texture:
    """A star with slightly rounded points: filled, or its outline only."""
    return _texture(side, _star(side, filled), "star", filled)


@lru_cache(maxsize=64)
def _star(side: int, filled: bool) -> bytes:
    shapes: tuple[Shape, ...] = (Stroke(star_points(12, 12.9, 10), closed=True, pen=1.4),)
    return _deflated((Fill(STAR), *shapes) if filled else shapes, side)


def emblem_texture(side: int) -> Texture:
    """The house emblem: an old coin's round and square, opened by a rising stroke. Belongs to nobody."""
    return _texture(side, _emblem(side), "emblem")


@lru_cache(maxsize=32)
def _emblem(side: int) -> bytes:
    inner = Stroke(((9, 9), (15, 9), (15, 15), (9, 15)), closed=True, pen=2)
    coin = (Stroke(ring(12, 12, 10.4).points, closed=True, pen=2.6), inner, Stroke(((12, 1.6), (12, 9)), pen=2))
    return _deflated((*coin, Stroke(((12, 15), (12, 22.4)), pen=2)), side)


def ring_texture(side: int, share: int, pen_thousandths: int) -> Texture:
    """A ring drawn to `share` per cent, from the top clockwise; its pen in thousandths of the side."""
    return _texture(side, _ring(side, share, pen_thousandths), "ring", share, pen_thousandths)


@lru_cache(maxsize=128)
def _ring(side: int, share: int, pen_thousandths: int) -> bytes:
    pen = pen_thousandths * GRID / 1000
    radius = GRID / 2 - pen / 2
    points = ellipse(12, 12, radius, radius, -90, -90 + 3.6 * max(1, share))
    return _deflated((Stroke(points, pen=pen),), side)
