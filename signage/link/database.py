"""A durable SQLite database: WAL, synchronous=FULL, a reserve for a full disk. Owned by the main loop's thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class StorageError(Exception):
    """Base of what a database's owner must act on; carries the file."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class NewerDatabase(StorageError):  # noqa: N818 - names the state of the file
    """The file was written by a newer version of this program; nothing was changed. Exit 78."""

    def __init__(self, path: Path, part: str, found: int, ours: int) -> None:
        super().__init__(
            path, f"{part} is of version {found}, this program reads up to {ours}; install the newer program"
        )
        self.part = part
        self.found = found
        self.ours = ours


class StorageFull(StorageError):  # noqa: N818 - names the state of the disk
    """Nothing was written, the reserve is spent too. Do not acknowledge; it may work later."""


class StorageBroken(StorageError):  # noqa: N818 - names the state of the disk
    """Reading, writing or syncing failed and nothing was committed. The file has been reopened; raise an alarm."""


@dataclass(frozen=True)
class Schema:
    """One part's tables. `steps[n]` (SQL) brings version n to n+1; steps are only ever appended."""

    part: str
    steps: tuple[str, ...]


class Database:
    """One connection. Not for several threads."""

    path: Path
    trouble: str | None  # None, "storage-full" (the reserve is in use) or "storage-broken": a fault of the node

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another one it joins that. Raises StorageFull or StorageBroken, rolled back."""
        raise NotImplementedError
        yield

    def run(self, work: Callable[[], T]) -> T:
        """`work` in a transaction, tried once more on the freed reserve if the disk is full. Prefer this."""
        raise NotImplementedError

    def execute(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """One statement; all its rows."""
        raise NotImplementedError

    def repair(self) -> None:
        """Lay the reserve aside again if there is room (call once a minute or so)."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def open_database(path: Path, *schemas: Schema) -> Database:
    """Open or make the file, folders included. A link's own tables: pass signage.link.schema.LINK with yours.

    Raises NewerDatabase, StorageFull, StorageBroken.
    """
    raise NotImplementedError
