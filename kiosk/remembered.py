"""What a screen was told at its last start, so that the next need not read and check a whole branch's file for it.

It holds only while nothing that it was made from has changed: the branch's file, the files named in it, the catalogues and the
code that read them. One file for each screen in the user's cache, readable by its owner alone: it may hold a password.
"""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk.guard.place import PICTURES, note
from kiosk.settings import KioskSettings
from signage.core.phrases import Catalogue

Mark = tuple[int, int, int] | None  # of a file; None: it is not there
_SUFFIX: Final = ".json"
_LIMIT_BYTES: Final = 16 * 1024 * 1024
_FILES_AT_MOST: Final = 32  # of screens that have been moved or renamed, too


@dataclass(frozen=True)
class Start:
    """`marks`: of everything it was made from, by absolute path."""

    settings: KioskSettings
    catalogues: dict[str, Catalogue]
    marks: dict[str, Mark]


def marks_of(files: Iterable[Path]) -> dict[str, Mark]:
    """As they are now."""
    return {str(file.absolute()): _mark(file) for file in files}


def recall(config: Path, screen: str, folder: Path | None = None) -> Start | None:
    """None: there is nothing kept that is still true."""
    try:
        with note(config, screen, _SUFFIX, folder).open("rb") as file:
            start = msgspec.json.decode(file.read(_LIMIT_BYTES), type=Start, dec_hook=_path)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    ours = start.settings.name == screen and str(config.absolute()) in start.marks
    return start if ours and all(_mark(Path(path)) == mark for path, mark in start.marks.items()) else None


def keep(config: Path, screen: str, start: Start, folder: Path | None = None) -> None:
    """For the next start; a disk that refuses makes that one slower, and nothing else."""
    with contextlib.suppress(OSError):
        _write(note(config, screen, PICTURES, folder), os.fsencode(start.settings.directory.resolve()))
        _write(note(config, screen, _SUFFIX, folder), msgspec.json.encode(start, enc_hook=str))
        _tidy(note(config, screen, "", folder).parent)


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(f"{place.suffix}-{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    aside.replace(place)


def _tidy(folder: Path) -> None:
    kept = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in kept[_FILES_AT_MOST:]:
        old.unlink(missing_ok=True)
        old.with_suffix(PICTURES).unlink(missing_ok=True)


def _mark(file: Path) -> Mark:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _path(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)
