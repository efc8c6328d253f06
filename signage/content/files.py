"""Files that are whole or absent: temporary file, fsync, rename, fsync of the directory."""

import contextlib
import os
from pathlib import Path

from signage.core.exits import Exit, Refusal

READABLE = 0o644
PRIVATE = 0o600


def write_file(path: Path, content: bytes, mode: int = READABLE) -> None:
    """Replace a file at once; it is on the disk when this returns. Raises Refusal (73)."""
    draft = path.with_name(f".{path.name}.new")
    try:
        make_folder(path.parent)
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise Refusal(
            Exit.CANNOT_WRITE, f"{path}: cannot be written: {error.strerror}; make its directory writable"
        ) from None


def make_folder(folder: Path) -> None:
    """With those above it; each that is new is safe where it stands, as is all that is written into it. Raises OSError."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in reversed(new):
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a directory last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_file(path: Path, cure: str) -> bytes:
    """A file that has to be there. Raises Refusal (65) that ends in `cure`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: cannot be read: {error.strerror or error}; {cure}") from None
