"""A node's blobs and floors under power cuts: never a lower floor than was kept, never a blob that is not its hash.

Beside it the same done carelessly, in three ways that look well: what shows that the harness sees them.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from unittest.mock import patch

from signage.content.store import BlobStore
from signage.core.instants import Instant
from signage.link.database import open_database
from signage.link.floors import FLOORS, Vault

VERSIONS = 60
FILE = "state/branch.db"


def blob(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * (100 + number * 7)


def name(number: int) -> str:
    return hashlib.sha256(blob(number)).hexdigest()


def workload(folder: Path, acknowledge: Callable[[str], object]) -> None:
    _publications(folder, acknowledge, "FULL")


def contents_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """A blob is renamed before its bytes are safe."""
    with syncing(stat.S_ISDIR):
        _publications(folder, acknowledge, "FULL")


def name_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """A blob is called whole before its name is safe."""
    with syncing(lambda mode: not stat.S_ISDIR(mode)):
        _publications(folder, acknowledge, "FULL")


def floors_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """A commit returns before it is safe."""
    _publications(folder, acknowledge, "NORMAL")


def syncing(wanted: Callable[[int], bool]) -> AbstractContextManager[object]:
    """Let only those fsyncs of Python code through whose file's mode is wanted. SQLite's own are not touched."""
    really = os.fsync

    def fsync(handle: int) -> None:
        if wanted(os.fstat(handle).st_mode):
            really(handle)

    return patch("os.fsync", fsync)


def _publications(folder: Path, acknowledge: Callable[[str], object], synchronous: str) -> None:
    """Publication after publication: kept, its blob fetched in three pieces, the one before it swept."""
    store = BlobStore(folder / "blobs", 10_000_000)
    database = open_database(folder / FILE, FLOORS)
    database.execute(f"PRAGMA synchronous={synchronous}")
    vault = Vault(database)
    for number in range(1, VERSIONS + 1):
        body = blob(number)
        for offset in range(0, len(body), 2000):
            assert store.append(name(number), offset, body[offset : offset + 2000])
        assert store.finish(name(number), len(body))
        acknowledge(f"blob {number}")
        files = {"timestamp.json": b"%d " % number * 300, "snapshot.json": b"%d " % number * 500}
        vault.keep(files, {"timestamp": number, "snapshot": number}, Instant.from_ms(number * 1000))
        acknowledge(f"kept {number}")
        if number > 2:
            store.remove(name(number - 2))
            acknowledge(f"removed {number - 2}")
    database.close()


def check(folder: Path, acknowledged: Sequence[str]) -> None:
    _floors(folder, [int(word.split()[1]) for word in acknowledged if word.startswith("kept")])
    store = BlobStore(folder / "blobs", 10_000_000)
    whole = {one for one in store.names() if store.present(one)}
    for one in whole:  # a name is only given to what was synced, so that nothing has to be thrown away
        assert store.check(one), f"{one} is not its hash"
        path = store.path(one)
        assert path is not None
        assert hashlib.sha256(path.read_bytes()).hexdigest() == one
    came = [int(word.split()[1]) for word in acknowledged if word.startswith("blob")]
    for number in came[-2:]:
        assert name(number) in whole, f"blob {number} was whole and is lost"


def _floors(folder: Path, kept: list[int]) -> None:
    database = open_database(folder / FILE, FLOORS)
    try:
        found = Vault(database).load()
    finally:
        database.close()
    last = kept[-1] if kept else 0
    floor = found.floors.get("timestamp", 0)
    assert floor >= last, f"floor {last} was kept, {floor} is there"
    assert found.floors.get("snapshot", 0) == floor
    assert found.time_floor.ms == floor * 1000
    if floor:
        assert found.files["timestamp.json"] == b"%d " % floor * 300
