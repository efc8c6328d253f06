"""Real SQLite; the full and the failing disk stand in tests/system/test_link_disk.py."""

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from signage.link.database import (
    RESERVE_BYTES,
    Database,
    NewerDatabase,
    Schema,
    StorageBroken,
    StorageFull,
    open_database,
)
from signage.link.schema import LINK

ONE = Schema("own", ("CREATE TABLE own (value INTEGER)",))
TWO = Schema("own", (*ONE.steps, "ALTER TABLE own ADD COLUMN more TEXT; UPDATE own SET more = 'x;y'"))


def test_makes_folders_a_private_file_and_a_reserve(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "own.db"
    database = open_database(path, ONE)
    assert path.stat().st_mode & 0o077 == 0
    assert path.with_name("own.db.reserve").stat().st_size == RESERVE_BYTES
    assert database.execute("PRAGMA journal_mode") == [("wal",)]
    assert database.execute("PRAGMA synchronous") == [(2,)]
    assert database.trouble is None
    database.close()


def test_brings_an_older_file_up_to_date_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    old = open_database(path, ONE)
    old.execute("INSERT INTO own VALUES (7)")
    old.close()
    new = open_database(path, TWO, LINK)
    assert new.execute("SELECT * FROM own") == [(7, "x;y")]
    assert dict(new.execute("SELECT part, version FROM schema_parts")) == {"own": 2, "link": len(LINK.steps)}
    new.close()


def test_refuses_a_newer_file_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    open_database(path, TWO).close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabase) as caught:
        open_database(path, LINK, ONE)
    error = caught.value
    assert (error.path, error.part, error.found, error.ours) == (path, "own", 2, 1)
    for word in (str(path), "own", "2", "1"):
        assert word in str(error)
    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_old_version(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    open_database(path, ONE).close()
    bad = Schema("own", (*ONE.steps, "CREATE TABLE good (a); CREATE TABLE own (b)"))
    with pytest.raises(StorageBroken):
        open_database(path, bad)
    again = open_database(path, ONE)
    assert again.execute("SELECT name FROM sqlite_master WHERE name = 'good'") == []
    again.close()


@pytest.mark.parametrize("content", [b"this is no database, and longer than a header of a hundred bytes" * 9])
def test_names_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.db"
    path.write_bytes(content)
    with pytest.raises(StorageBroken, match=r"own\.db"):
        open_database(path, ONE)
    assert path.read_bytes() == content


def test_names_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageBroken, match="file"):
        open_database(tmp_path / "file" / "own.db", ONE)


def trouble_of(database: Database) -> str | None:
    return database.trouble


def rows(database: Database) -> list[int]:
    return [value for (value,) in database.execute("SELECT value FROM own ORDER BY value")]


@pytest.fixture
def own(tmp_path: Path) -> Database:
    return open_database(tmp_path / "own.db", ONE)


def put(database: Database, value: int) -> None:
    database.execute("INSERT INTO own VALUES (?)", value)


def fail_after(database: Database, value: int) -> None:
    with database.transaction():
        put(database, value)
        raise LookupError


def test_a_transaction_is_all_or_nothing(own: Database) -> None:
    with own.transaction():
        put(own, 1)
        put(own, 2)
    with pytest.raises(LookupError):
        fail_after(own, 3)
    assert rows(own) == [1, 2]
    own.close()


def test_one_inside_another_is_undone_alone(own: Database) -> None:
    with own.transaction():
        put(own, 1)
        with pytest.raises(LookupError):
            fail_after(own, 2)
        with own.transaction():
            put(own, 3)
    assert rows(own) == [1, 3]
    own.close()


def test_the_outer_one_takes_the_inner_one_with_it(own: Database) -> None:
    def work() -> None:
        own.run(lambda: put(own, 1))
        fail_after(own, 2)

    with pytest.raises(LookupError):
        own.run(work)
    assert rows(own) == []
    own.close()


def test_what_is_committed_is_seen_by_others_and_what_is_not_is_not(own: Database) -> None:
    other = sqlite3.connect(own.path)
    with own.transaction():
        put(own, 1)
        assert other.execute("SELECT count(*) FROM own").fetchone() == (0,)
    assert other.execute("SELECT count(*) FROM own").fetchone() == (1,)
    other.close()
    own.close()


def test_a_mistake_in_the_program_stays_what_it_is(own: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        own.execute("SELECT * FROM nowhere")
    assert own.trouble is None
    own.close()


def test_goes_on_after_the_connection_was_given_up(own: Database) -> None:
    own.run(lambda: put(own, 1))
    own.close()
    assert rows(own) == [1]
    own.close()


def test_a_locked_file_breaks_the_whole_transaction_and_is_opened_again(own: Database) -> None:
    """Another program that writes into the same file: nothing half done, and it works when that one has ended."""
    own.execute("PRAGMA busy_timeout=10")
    other = sqlite3.connect(own.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBroken, match=r"own\.db"):
        own.run(lambda: put(own, 1))
    assert trouble_of(own) == "storage-broken"
    other.execute("ROLLBACK")
    own.run(lambda: put(own, 2))
    assert rows(own) == [2]
    own.repair()
    assert trouble_of(own) is None
    other.close()
    own.close()


def test_after_a_break_inside_nothing_more_is_done_outside(own: Database) -> None:
    """An owner that carries on after a failure within its transaction must not write half of it."""

    def work() -> None:
        put(own, 1)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        assert isinstance(own._meaning(error), StorageBroken)
        with pytest.raises(StorageBroken, match="rolled back"):
            put(own, 2)

    with pytest.raises(StorageBroken):
        own.run(work)
    assert rows(own) == []
    own.run(lambda: put(own, 3))
    assert rows(own) == [3]
    own.close()


def test_a_disk_that_fills_up_inside_leaves_nothing_half_done(own: Database) -> None:
    """SQLite may have undone the whole by itself: then what the owner does next must not be committed alone."""
    own._reserve.unlink()
    own.execute(f"PRAGMA max_page_count={own.execute('PRAGMA page_count')[0][0] + 2}")

    def work() -> None:
        put(own, 1)
        with pytest.raises(StorageFull):
            own.run(lambda: own.execute("INSERT INTO own VALUES (zeroblob(1000000))"))
        put(own, 2)

    with suppress(StorageBroken):
        own.run(work)
    assert rows(own) in ([], [1, 2])
    assert trouble_of(own) == "storage-full"
    own.close()
