"""Where it is noted what a screen was told last: its guard looks there for the pictures to begin with."""

import os
import zlib
from pathlib import Path
from typing import Final

PICTURES: Final = ".folder"
_FOLDER_LIMIT_BYTES: Final = 4096


def note(config: Path, screen: str, suffix: str, folder: Path | None = None) -> Path:
    """The file for that screen of that branch's file, as started from this working directory."""
    words = os.fsencode(f"{config.absolute()}\n{screen}\n{Path.cwd()}")
    return (folder or _starts()) / f"{zlib.crc32(words):08x}{zlib.adler32(words):08x}{suffix}"


def pictures_of(config: Path, screen: str, folder: Path | None = None) -> str:
    """The directory that it last kept its pictures in; empty: it is not known."""
    try:
        with note(config, screen, PICTURES, folder).open("rb") as file:
            return os.fsdecode(file.read(_FOLDER_LIMIT_BYTES))
    except OSError:
        return ""


def _starts() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if cache.startswith("/") else Path.home() / ".cache") / "branch-signage" / "starts"
