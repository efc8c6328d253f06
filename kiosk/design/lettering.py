"""Lines of text to textures: one open face for each font file, whatever the sizes, by SDL_ttf itself.

Kivy opens its file once more for each size, and each opened face of a Chinese font keeps 2.5 MB of tables. The library is
the one that Kivy has loaded; what it draws is, pixel for pixel, what Kivy draws with it.
"""

import ctypes
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import kivy.core.text._text_sdl2  # noqa: F401  # loads SDL_ttf, wherever it comes from
from kivy.graphics.texture import Texture

from kiosk.design.fonts import family_files

_NAME: Final = "libSDL2_ttf"
_WHITE: Final = 0xFFFFFFFF
_LEAST: Final = 2  # pixels: Kivy's own textures are no narrower


class FaceError(Exception):
    """SDL_ttf does not open a font's file. `str()` is the one line for the operator."""


class _Surface(ctypes.Structure):
    """The beginning of SDL_Surface."""

    _fields_ = (
        ("flags", ctypes.c_uint32),
        ("format", ctypes.c_void_p),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("pitch", ctypes.c_int),
        ("pixels", ctypes.c_void_p),
    )


class Face:
    """A font's file, opened once. It has one size at a time; changing it costs a tenth of a millisecond."""

    def __init__(self, path: Path) -> None:
        """Raises FaceError."""
        self._ttf = _library()
        self._px = 1
        self._font = self._ttf.TTF_OpenFont(str(path).encode(), self._px)
        if not self._font:
            raise FaceError(f"fonts: {path}: SDL_ttf cannot read it; remove it, it is made anew")

    def extent(self, text: str, px: int) -> tuple[int, int]:
        """Width and height of a line in pixels, as it advances."""
        self._take(px)
        width, height = ctypes.c_int(), ctypes.c_int()
        self._ttf.TTF_SizeUTF8(self._font, text.encode(), ctypes.byref(width), ctypes.byref(height))
        return width.value, height.value

    def drawn(self, text: str, px: int) -> tuple[bytes, tuple[int, int]]:
        """A line in white as RGBA, the top row first, and its size; what reaches beyond its advance is cut off."""
        width, height = self.extent(text, px)
        width = max(width, _LEAST)
        made = self._ttf.TTF_RenderUTF8_Blended(self._font, text.encode(), _WHITE)
        if not made:
            return bytes(width * height * 4), (width, height)  # no letter in it leaves a mark
        surface = made.contents
        try:
            rows = b"".join(_rows(surface, width, min(height, surface.height)))
        finally:
            self._ttf.SDL_FreeSurface(made)
        return rows.ljust(width * height * 4, b"\0"), (width, height)

    def _take(self, px: int) -> None:
        if px != self._px:
            self._ttf.TTF_SetFontSize(self._font, px)
            self._px = px


def _rows(surface: _Surface, width: int, count: int) -> Iterator[bytes]:
    """BGRA as they come; white is the same in RGBA."""
    length = 4 * min(width, surface.width)
    for row in range(count):
        yield ctypes.string_at(surface.pixels + row * surface.pitch, length).ljust(4 * width, b"\0")


@cache
def face(family: str, bold: bool) -> Face:  # a cache's key
    """The one face of a family in that weight."""
    files = family_files(family)
    return Face(files.bold if bold else files.regular)


def line_texture(text: str, px: int, *, bold: bool, family: str) -> Any:
    """A line in white, to be tinted by a Color; as wide as it advances."""
    pixels, size = face(family, bold).drawn(text, px)
    texture = Texture.create(size=size, colorfmt="rgba")
    texture.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


@cache
def _library() -> Any:
    """SDL_ttf as this process has it open, and through it SDL. Raises FaceError."""
    places = {line.rpartition(" ")[2] for line in Path("/proc/self/maps").read_text().splitlines() if _NAME in line}
    if not places:
        raise FaceError("fonts: Kivy has no SDL_ttf; install Kivy's wheel")
    ttf = ctypes.CDLL(places.pop())
    ttf.TTF_OpenFont.restype = ctypes.c_void_p
    ttf.TTF_OpenFont.argtypes = [ctypes.c_char_p, ctypes.c_int]
    ttf.TTF_SetFontSize.argtypes = [ctypes.c_void_p, ctypes.c_int]
    ttf.TTF_SizeUTF8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, *[ctypes.POINTER(ctypes.c_int)] * 2]
    ttf.TTF_RenderUTF8_Blended.restype = ctypes.POINTER(_Surface)
    ttf.TTF_RenderUTF8_Blended.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]  # SDL_Color by value
    ttf.SDL_FreeSurface.argtypes = [ctypes.POINTER(_Surface)]
    if not ttf.TTF_WasInit():
        ttf.TTF_Init()
    return ttf
