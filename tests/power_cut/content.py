"""A node's blobs and floors under power cuts: never a lower floor than was kept, never a blob that is not its hash."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from signage.content.store import BlobStore
from signage.core.instants import Instant
from signage.link.database import open_database
from signage.link.floors import FLOORS, Vault

VERSIONS = 25
FILE = "state/branch.db"


def blob(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * (100 + number * 7)


def name(number: int) -> str:
    return hashlib.sha256(blob(number)).hexdigest()


def workload(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """Publication after publication: kept, its blob fetched in three pieces, the one before it swept."""
    store = BlobStore(folder / "blobs", 10_000_000)
    database = open_database(folder / FILE, FLOORS)
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
    if came:
        assert name(came[-1]) in whole, f"blob {came[-1]} was whole and is lost"


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
