"""Type of whole pixels, for strips of diodes: bitmap faces as they were drawn, no outlines and no smoothing.

GNU Unifont is 16 pixels high and has every character of the first Unicode plane; WenQuanYi Bitmap Song's 12 pixels have
all of GB 2312 and more. Both come as Debian packages under the GPL 2 with an exception for embedding (Unifont's also
under the OFL 1.1); nothing of them is part of this distribution.
"""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_FOLDERS: Final = (Path("/usr/share/fonts/X11/misc"), Path("/usr/share/fonts/misc"), Path("/usr/local/share/fonts"))
_UNKNOWN: Final = "\uffff"  # no character at all: a face draws what it draws for those that it lacks


@dataclass(frozen=True)
class _Face:
    height: int
    files: tuple[str, ...]
    package: str
    above: int  # empty rows of the font's own line above a Chinese character


_FACES: Final = {
    16: _Face(16, ("unifont.pcf.gz", "unifont.pcf"), "xfonts-unifont", 0),
    12: _Face(12, ("wenquanyi_9pt.pcf", "wenquanyi_9pt.pcf.gz"), "xfonts-wqy", 2),
}


class PixelFontMissingError(Exception):
    """`str()` is the one line for the operator."""

    def __init__(self, file: str, package: str) -> None:
        super().__init__(f"fonts: {file} not found; install the package {package}")


def require_pixel_fonts(folders: Iterable[Path] = _FOLDERS) -> None:
    """Raises PixelFontMissingError, and OSError where a font cannot be read."""
    folders = tuple(folders)
    for face in _FACES.values():
        _opened(face, folders)


def _file(face: _Face, folders: Iterable[Path]) -> Path:
    for folder in folders:
        for name in face.files:
            if (folder / name).is_file():
                return folder / name
    raise PixelFontMissingError(face.files[0], face.package)


def _opened(face: _Face, folders: Iterable[Path]) -> ImageFont.FreeTypeFont:
    """From memory: in a packed file every letter would be looked for from the file's beginning."""
    file = _file(face, folders)
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return ImageFont.truetype(BytesIO(data), face.height, layout_engine=ImageFont.Layout.BASIC)


@cache
def _font(height: int) -> ImageFont.FreeTypeFont:
    return _opened(_FACES[height], _FOLDERS)


@cache
def _unknown(height: int) -> bytes:
    return bytes(_font(height).getmask(_UNKNOWN, mode="1"))


@lru_cache(maxsize=2048)
def has(character: str, height: int) -> bool:
    """Whether that face has the character."""
    return bytes(_font(height).getmask(character, mode="1")) != _unknown(height)


@lru_cache(maxsize=2048)
def pixel_width(text: str, height: int) -> int:
    """How many pixels wide a line is in that face."""
    return round(_font(height).getlength(text, mode="1")) if text else 0


def pixel_line(text: str, height: int, scale: int = 1) -> Image.Image:
    """The line as a mask of 0 and 255, exactly `height` × `scale` pixels high."""
    mask = Image.new("1", (max(1, pixel_width(text, height)), height))
    pen = ImageDraw.Draw(mask)
    pen.fontmode = "1"
    pen.text((0, -_FACES[height].above), text, font=_font(height), fill=1)
    return magnified(mask.convert("L"), scale)


def magnified(mask: Image.Image, scale: int) -> Image.Image:
    """Each pixel as `scale` × `scale`."""
    return mask.resize((mask.width * scale, mask.height * scale), Image.Resampling.NEAREST)
