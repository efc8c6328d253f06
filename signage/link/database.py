"""A durable SQLite database: WAL, synchronous=FULL, a reserve for a full disk.

Owned by one thread, the main loop's. A press may be acknowledged, a batch receipted, once `run` has returned.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")

RESERVE_BYTES: Final = 256 * 1024
_ROOM_TO_DRAIN_BYTES: Final = 96 * 1024  # of the reserve
_CHECKPOINT_PAGES: Final = 128  # of 4 KiB: keeps the log at twice the reserve
_CHECKPOINT_PAGES_WHEN_FULL: Final = 16
_FULL: Final = sqlite3.SQLITE_FULL
_FAILED: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)


class StorageError(Exception):
    """Base of what a database's owner must act on; carries the file."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class NewerDatabase(StorageError):  # noqa: N818 - names the state of the file
    """The file was written by a newer version of this program; nothing was changed. Exit 78."""

    def __init__(self, path: Path, part: str, found: int, ours: int) -> None:
        super().__init__(path, f"{part} is version {found}, this program reads up to {ours}; install the newer program")
        self.part = part
        self.found = found
        self.ours = ours


class StorageFull(StorageError):  # noqa: N818 - names the state of the disk
    """Nothing was written, the reserve is spent too. Do not acknowledge; it may work later."""


class StorageBroken(StorageError):  # noqa: N818 - names the state of the disk
    """Reading, writing or syncing failed: do not acknowledge, raise an alarm.

    Whether it was stored is not known; whoever tries again uses the same id. The file is opened anew by the next call.
    """


@dataclass(frozen=True)
class Schema:
    """One part's tables. `steps[n]` (SQL) brings version n to n+1; steps are only ever appended."""

    part: str
    steps: tuple[str, ...]


class Database:
    """One connection. Not for several threads."""

    def __init__(self, path: Path) -> None:
        """Use `open_database`."""
        self.path = path
        self.trouble: str | None = None  # "storage-full" (the reserve is in use), "storage-broken": a fault of the node
        self._reserve = path.with_name(path.name + ".reserve")
        self._depth = 0
        self._connections = 0
        self._undone = False  # SQLite itself has rolled back below a transaction that is still being worked on
        self._connection: sqlite3.Connection | None = self._connect()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another one a part of it. Raises StorageFull or StorageBroken, rolled back."""
        begin, end, undo = (
            (f"SAVEPOINT s{self._depth}", f"RELEASE s{self._depth}", f"ROLLBACK TO s{self._depth}")
            if self._depth
            else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        self.execute(begin)
        self._depth += 1
        try:
            yield
            self.execute(end)
        except BaseException:
            self._undo(undo)
            raise
        finally:
            self._depth -= 1
            self._undone = self._undone and self._depth > 0

    def run(self, work: Callable[[], T]) -> T:
        """`work` in a transaction, tried once more on the freed reserve if the disk is full. Prefer this."""
        try:
            with self.transaction():
                return work()
        except StorageFull:
            if self._depth or not self._spend_reserve():
                raise
        with self.transaction():
            return work()

    def execute(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """One statement; all its rows."""
        if self._undone:
            raise StorageBroken(self.path, "the transaction has been rolled back already")
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._secure()
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    @property
    def version(self) -> tuple[int, int] | None:
        """Differs after every committed change of this connection; None while one may yet be rolled back."""
        if self._depth or self._connection is None:
            return None
        return self._connections, self._connection.total_changes

    def tidy(self) -> None:
        """Bring the log into the file and give its room back to the disk, as far as can be. Not within a transaction."""
        if not self._depth:
            with suppress(StorageError):
                self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def leave_room(self) -> None:
        """Raises StorageFull where new data would take the room that sending and deleting the old needs."""
        if self.trouble != "storage-full" or self._reserve.exists() or self._room() >= _ROOM_TO_DRAIN_BYTES:
            return
        free_pages = self.execute("PRAGMA freelist_count")[0][0]  # room within the file, of what was deleted
        if free_pages < _CHECKPOINT_PAGES_WHEN_FULL:
            raise StorageFull(self.path, "the disk is full; free some space")

    def repair(self) -> None:
        """See whether the disk is well again, and lay the reserve aside if there is room. Call once a minute or so."""
        if self._depth:
            return
        if self._reserve.exists() or self._lay_reserve():
            self.trouble = None
            with suppress(StorageError):
                self.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")

    def close(self) -> None:
        """Give the file back; it opens by itself should it be used again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> sqlite3.Connection:
        self._connections += 1
        connection = sqlite3.connect(self.path, timeout=5.0, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("synchronous=FULL", f"wal_autocheckpoint={_CHECKPOINT_PAGES}", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def use_log(self) -> None:
        """Turn on the write-ahead log; kept in the file."""
        mode = self.execute("PRAGMA journal_mode=WAL")[0][0]
        if mode != "wal":
            raise StorageBroken(self.path, f"no write-ahead log on this file system (mode {mode}); use a local disk")

    def _undo(self, undo: str) -> None:
        if self._connection is not None and self._connection.in_transaction and not self._undone:
            with suppress(sqlite3.Error):
                self._connection.execute(undo)
                return
        self._undone = self._depth > 1

    def _meaning(self, error: sqlite3.Error) -> Exception:
        """Turn what the disk did into what the owner must do; programming errors stay as they are."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code == _FULL or (code == sqlite3.SQLITE_IOERR and self._room() < RESERVE_BYTES // 4):
            self.trouble = "storage-full"
            return StorageFull(self.path, "the disk is full; free some space")
        if code not in _FAILED:
            return error
        self.trouble = "storage-broken"
        self._reopen()
        return StorageBroken(self.path, f"{error}; check the disk and the mount")

    def _reopen(self) -> None:
        """After a failed write or sync what this connection believes about the file may be wrong."""
        with suppress(sqlite3.Error):
            self.close()
        self._connection = None
        self._undone = self._depth > 0

    def _secure(self) -> None:
        """After a failed sync the log may hold what never reached the disk and will not be written by itself again.

        Bringing all of it into the file writes and syncs it anew. Raises sqlite3.Error if that fails too.
        """
        assert self._connection is not None
        try:
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            self.close()
            raise
        if busy:
            self.close()
            raise StorageBroken(self.path, "another program holds the file, so it cannot be made sure of; end that one")

    def _room(self) -> int:
        try:
            disk = os.statvfs(self.path.parent)
        except OSError:
            return 0
        return disk.f_bavail * disk.f_frsize

    def _spend_reserve(self) -> bool:
        """Give the reserve to the log. False: it was spent already."""
        self.trouble = "storage-full"
        try:
            self._reserve.unlink()
        except OSError:
            return False
        with suppress(StorageError):
            self.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES_WHEN_FULL}")
        self.tidy()
        return True

    def _lay_reserve(self) -> bool:
        if self._room() < 3 * RESERVE_BYTES:
            return False
        try:
            with self._reserve.open("wb") as file:
                file.write(os.urandom(RESERVE_BYTES))  # neither sparse nor compressible: it must really take up room
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self._reserve.unlink(missing_ok=True)
            return False
        return True


def open_database(path: Path, *schemas: Schema) -> Database:
    """Open or make the file, folders included. A link's own tables: pass signage.link.schema.LINK with yours.

    Raises NewerDatabase, StorageFull, StorageBroken.
    """
    database: Database | None = None
    try:
        _make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # what people wrote stands in it
        database = Database(path)
        known = _versions(database)
        for schema in schemas:
            if known.get(schema.part, 0) > len(schema.steps):
                raise NewerDatabase(path, schema.part, known[schema.part], len(schema.steps))
        database.use_log()
        for schema in schemas:
            database.run(partial(_migrate, database, schema, known.get(schema.part, 0)))
        _sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        _close(database)
        raise StorageBroken(path, f"{error}; check the folder, the disk and the mount") from error
    except StorageError:
        _close(database)
        raise
    database.repair()
    return database


def _close(database: Database | None) -> None:
    if database is not None:
        database.close()


def _versions(database: Database) -> dict[str, int]:
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_parts'"):
        return {}
    return {str(part): int(version) for part, version in database.execute("SELECT part, version FROM schema_parts")}


def _migrate(database: Database, schema: Schema, version: int) -> None:
    database.execute("CREATE TABLE IF NOT EXISTS schema_parts (part TEXT PRIMARY KEY, version INTEGER NOT NULL)")
    for step in schema.steps[version:]:
        for statement in _statements(step):
            database.execute(statement)
    database.execute("INSERT OR REPLACE INTO schema_parts VALUES (?, ?)", schema.part, len(schema.steps))


def _statements(script: str) -> Iterator[str]:
    """Cut a script apart; sqlite3's own executescript would commit in between."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if statement.strip() != ";" and sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _make_folder(folder: Path) -> None:
    """With its parents; a folder whose name is not synced takes everything in it along in a power cut."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
