"""The one font family: Noto Sans CJK, regular and bold, taken once out of Debian's collections and cached.

Kivy opens a collection at its first face, the Japanese one, whose glyphs are visibly wrong for Chinese readers; so the
simplified faces are written out as files of their own (16 MB each), the family `ui`; where a screen offers Hong Kong's
Chinese, that region's faces too, `ui-hk`.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY: Final = "ui"
_FACES: Final = {"ui": "Noto Sans CJK SC", "ui-hk": "Noto Sans CJK HK"}
_PLACES: Final = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/fonts"),
)


class FontMissingError(Exception):
    """The collections are not on this machine. `str()` is the one line for the operator."""

    def __init__(self, weight: str) -> None:
        self.weight = weight
        super().__init__(f"fonts: NotoSansCJK-{weight}.ttc not found; install the package fonts-noto-cjk")


def family_of(locale: str) -> str:
    """The family that a language is written in: the same character looks otherwise in Hong Kong."""
    return "ui-hk" if locale == "zh-HK" else FAMILY


@dataclass(frozen=True)
class FontFiles:
    """Where the two extracted faces lie."""

    regular: Path
    bold: Path


def _collection(weight: str, places: Iterable[Path]) -> Path:
    name = f"NotoSansCJK-{weight}.ttc"
    for place in places:
        if (place / name).is_file():
            return place / name
    for place in places:
        found = next(iter(sorted(place.rglob(name))), None) if place.is_dir() else None
        if found:
            return found
    raise FontMissingError(weight)


def _is_face(font: "TTFont", name: str) -> bool:
    return any(font["name"].getDebugName(number) == name for number in (1, 4, 16))


def _extract(source: Path, wanted: str, target: Path) -> None:
    """Write the face of that name; a half-written file never stands under the final name."""
    from fontTools.ttLib import TTCollection  # noqa: PLC0415  # once for each machine, not at each start

    collection = TTCollection(source, lazy=True)
    face = next((font for font in collection.fonts if _is_face(font, wanted)), None)
    if face is None:
        raise FontMissingError(source.stem.removeprefix("NotoSansCJK-"))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            face.save(file, reorderTables=None)
        Path(temporary).replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        collection.close()


def font_files(directory: Path | None = None, places: Iterable[Path] = _PLACES, family: str = FAMILY) -> FontFiles:
    """The two faces of a family as files, extracted at the first call. `directory`: the cache (default: the user's).

    Raises FontMissingError, and OSError where the cache cannot be written.
    """
    root = directory or user_cache_path("branch-signage") / "fonts"
    places = tuple(places)
    paths = []
    for weight in ("Regular", "Bold"):
        source = _collection(weight, places)
        facts = source.stat()
        target = root / f"NotoSansCJK{_FACES[family][-2:].lower()}-{weight}-{facts.st_size}-{int(facts.st_mtime)}.otf"
        if not target.is_file():
            _extract(source, _FACES[family], target)
        paths.append(target)
    return FontFiles(*paths)


@cache
def family_files(family: str = FAMILY) -> FontFiles:
    """The user's own: looked for once. Raises FontMissingError, OSError."""
    return font_files(family=family)
