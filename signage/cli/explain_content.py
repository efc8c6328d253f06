"""Where `signage explain` takes head office's content from: what a controller or screen keeps here, or a bundle; verified."""

import sqlite3
from contextlib import closing
from pathlib import Path

from signage.config.branch_file import BranchConfig
from signage.config.load import BadConfiguration
from signage.content.bundle import unpack
from signage.content.refusal import Refused
from signage.content.trust import Held, recall
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.programme import SignedContent

_MAGIC = b"SQLite format 3\0"


def verified_content(loaded: BranchConfig, chosen: Path | None, kept: Path, now: Instant) -> SignedContent | None:
    """The content in `chosen` (a bundle, a database or the folder of one), else in the controller's database `kept`.

    None where nothing is kept. Raises Refusal for what was named and cannot be believed.
    """
    path = kept if chosen is None else _file(chosen, kept.name)
    if chosen is None and (loaded.content is None or loaded.content.trusted_root is None or not path.is_file()):
        return None
    if loaded.content is None or loaded.content.trusted_root is None:
        raise BadConfiguration("[content]: trusted_root is missing; without it no content can be verified")
    try:
        root = Path(loaded.content.trusted_root).read_bytes()
        files = _files(path)
    except (OSError, sqlite3.Error) as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: content cannot be read: {error}") from None
    if isinstance(files, Refused):
        raise Refusal(Exit.BAD_DATA, f"{path}: {files.text}")
    if not files:
        return None
    found = recall(root, Held(files), now)
    if isinstance(found, Refused):
        raise Refusal(Exit.BAD_DATA, f"{path}: {found.text}")
    return found.content


def _file(chosen: Path, name: str) -> Path:
    """A folder means the one database of that name in it, else its only one."""
    if not chosen.is_dir():
        return chosen
    known = [chosen / name, *sorted(chosen.glob("*.db"))]
    return next((path for path in known if path.is_file()), chosen / name)


def _files(path: Path) -> dict[str, bytes] | Refused:
    with path.open("rb") as source:
        if source.read(len(_MAGIC)) != _MAGIC:
            return unpack(path.read_bytes())
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'content_files'").fetchone():
            return {}
        return {str(name): bytes(data) for name, data in connection.execute("SELECT name, data FROM content_files")}
