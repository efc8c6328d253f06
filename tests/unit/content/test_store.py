"""Blobs on a disk that fills, tears, rots and forbids: never a file that is not its hash."""

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from signage.content.store import BlobStore

BODY = bytes(range(256)) * 4000
HASH = hashlib.sha256(BODY).hexdigest()


def named(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def put(store: BlobStore, body: bytes) -> str:
    sha256 = named(body)
    assert store.append(sha256, 0, body)
    assert store.finish(sha256, len(body))
    return sha256


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "content", 10_000_000)


def test_a_blob_grows_at_its_end_and_becomes_whole(store: BlobStore, tmp_path: Path) -> None:
    assert store.append(HASH, 0, BODY[:1000])
    assert not store.append(HASH, 500, BODY[500:])  # a hole or an overlap is nobody's business here
    assert store.path(HASH) is None
    again = BlobStore(tmp_path / "content", 10_000_000)  # after a restart
    assert again.size(HASH) == 1000
    assert again.append(HASH, 1000, BODY[1000:])
    assert again.finish(HASH, len(BODY))
    path = again.path(HASH)
    assert path is not None
    assert path.read_bytes() == BODY


def test_what_is_not_its_hash_never_gets_its_name(store: BlobStore) -> None:
    assert store.append(HASH, 0, BODY[:-1] + b"!")
    assert not store.finish(HASH, len(BODY))
    assert store.size(HASH) == 0
    assert store.append(HASH, 0, BODY[:-1])
    assert not store.finish(HASH, len(BODY))
    assert not store.present(HASH)
    assert not store.finish(HASH, len(BODY))  # there is not even a part


def test_what_rotted_is_found_at_load_and_removed(store: BlobStore, tmp_path: Path) -> None:
    put(store, BODY)
    again = BlobStore(tmp_path / "content", 10_000_000)
    assert again.path(HASH) is None  # nobody has looked yet
    assert again.check(HASH)
    assert again.path(HASH) is not None
    with (tmp_path / "content" / HASH).open("r+b") as file:
        file.seek(5000)
        file.write(b"\x00")
    assert not again.check(HASH)
    assert again.path(HASH) is None
    assert not again.present(HASH)


def test_orphans_leave_and_other_files_stay(store: BlobStore, tmp_path: Path) -> None:
    kept, orphan = put(store, b"kept"), put(store, b"orphan")
    store.append(HASH, 0, b"part")
    (tmp_path / "content" / "notes.txt").write_text("somebody's")
    assert store.sweep({kept}) == 2
    assert store.names() == {kept}
    assert not store.present(orphan)
    assert (tmp_path / "content" / "notes.txt").exists()


def test_for_room_the_last_scheduled_leave_first_and_the_kept_never(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, 4000)
    first, second, third, orphan = (put(store, letter * 1000) for letter in (b"a", b"b", b"c", b"d"))
    assert store.make_room(1000, [first, second, third], {first})
    assert store.names() == {first, second, third}
    assert store.make_room(2000, [first, second, third], {first})
    assert store.names() == {first, second}
    assert not store.make_room(4000, [first, second], {first})
    assert store.names() == {first}
    assert not store.present(orphan)


def test_names_from_outside_are_no_paths(store: BlobStore) -> None:
    for name in ("../../etc/passwd", "A" * 64, "", HASH + "x"):
        assert not store.append(name, 0, b"x")
        assert not store.present(name)
        store.remove(name)


def test_a_folder_that_cannot_be_written_is_a_state(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = BlobStore(tmp_path / "file" / "content", 1000)
    assert store.trouble is not None
    assert "set [content] directory" in store.trouble
    assert not store.append(HASH, 0, b"x")
    assert store.names() == frozenset()
    assert store.sweep(()) == 0


_FULL = """
import resource, signal, sys
from pathlib import Path
from signage.content.store import BlobStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
store = BlobStore(Path(sys.argv[1]), 10**9)
name = "ab" * 32
assert store.append(name, 0, bytes(60_000))
assert not store.append(name, 60_000, bytes(60_000))
assert store.trouble is not None and "disk is full" in store.trouble, store.trouble
assert store.size(name) == 60_000, store.size(name)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert store.append(name, 60_000, bytes(60_000))
assert store.trouble is None
"""


def test_a_full_disk_is_a_state_and_passes(tmp_path: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)],
        check=False, capture_output=True, text=True, cwd=Path(__file__).parents[3], env=os.environ,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
