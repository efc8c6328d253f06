"""Opens head office's database: SQLite (WAL, synchronous=FULL) or PostgreSQL, by the same code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from signage.core.exits import Exit, Refusal
from signage.office import migrations

_CONNECT_TIMEOUT_S: Final = 5
_SQLITE_BUSY_S: Final = 5.0
_SQLITE_CACHE_KIB: Final = 8_000
_SQLITE_LOG_PAGES: Final = 4_000  # 16 MB


class DatabaseAway(Exception):  # noqa: N818 - names the state of the database
    """The database did not answer or did not write. Nothing was stored; it may work later."""


class Store:
    """One database. `begin` gives a transaction; every failure of the database in it becomes DatabaseAway."""

    def __init__(self, url: str) -> None:
        """Raises Refusal (78) for an address that cannot be one."""
        try:
            self.url: URL = make_url(url)
            self.engine: Engine = _engine(self.url)
        except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
            raise Refusal(Exit.CONFIGURATION, f"[database], key url: {error}") from None

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def prepare(self) -> None:
        """Bring the tables to this program's version. Raises DatabaseAway, or Refusal (78) for a newer version's database."""
        if self.url.get_backend_name() == "sqlite" and self.url.database not in (None, "", ":memory:"):
            self._make_folder(Path(str(self.url.database)).parent)
        with self.begin() as connection:
            if self._found(connection) != migrations.newest():
                migrations.migrate(connection)

    def check(self) -> None:
        """For readers: the database must be there. Raises Refusal: 69 if it is not, 78 if a newer version wrote it."""
        if self.url.get_backend_name() == "sqlite" and not Path(str(self.url.database)).is_file():
            raise Refusal(Exit.UNREACHABLE, f"{self}: there is no such database yet; start `signage collect`")
        try:
            with self.read() as connection:
                found = self._found(connection)
        except DatabaseAway as error:
            raise Refusal(Exit.UNREACHABLE, f"{self}: {error}; start the database and `signage collect`") from None
        if found != migrations.newest():
            raise Refusal(
                Exit.UNREACHABLE,
                f"{self}: the database is of an older version; start this version's `signage collect`, which brings it up",
            )

    def _found(self, connection: Connection) -> frozenset[str]:
        found = migrations.applied(connection)
        strange = migrations.strange(found)
        if strange:
            raise Refusal(
                Exit.CONFIGURATION,
                f"{self}: the database has been changed by a newer program ({', '.join(strange)}); "
                "install the newer program",
            )
        return found

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back by an exception. Raises DatabaseAway."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except (DBAPIError, PoolTimeout, self._driver_error) as error:
            raise DatabaseAway(_cause(error)) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and holds up no writer. Raises DatabaseAway."""
        try:
            with self.engine.connect().execution_options(**self._reading) as connection, connection.begin():
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise DatabaseAway(_cause(error)) from error

    @property
    def _driver_error(self) -> type[Exception]:
        """What the driver itself raises where it is asked without SQLAlchemy between (COPY)."""
        error: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        return error

    @property
    def _reading(self) -> dict[str, Any]:
        return {"deferred": True} if self.engine.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}

    def close(self) -> None:
        self.engine.dispose()

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refusal(
                Exit.CANNOT_WRITE, f"{folder}: cannot be made: {error.strerror}; make it, or change [database] url"
            ) from None


def _cause(error: Exception) -> str:
    """The driver's words, on one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300]


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_TIMEOUT_S})
    engine = create_engine(url, connect_args={"timeout": _SQLITE_BUSY_S})
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin)
    return engine


def _durable(connection: Any, _record: Any) -> None:
    """WAL survives power cuts only with synchronous=FULL; transactions are begun by `_begin`.

    A page that a group of events changes shall be written once, and moved into the file after several groups.
    """
    connection.isolation_level = None
    sizes = (f"cache_size=-{_SQLITE_CACHE_KIB}", f"wal_autocheckpoint={_SQLITE_LOG_PAGES}")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", *sizes):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Two writers wait for each other at the beginning instead of failing in the middle; readers wait for nobody."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("deferred") else "BEGIN IMMEDIATE")
