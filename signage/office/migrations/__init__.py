"""Head office's database from one version to the next, by alembic. `Store.prepare` runs it.

A migration is a file of `versions/`, named as its revision: `<part>_<number>.py`. Each part of head office has a line of its
own that begins with `down_revision = None` and hangs on no other part's: parts change their tables without each other.

    revision, down_revision = "cases_0002", "cases_0001"

    def upgrade() -> None:
        op.create_table("cases", …)          # the same tables as in the MetaData; a test compares the two

Tables are written out there and never taken from `tables.py`: a migration does tomorrow what it did on its first day.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select, text

_FOLDER: Final = Path(__file__).parent
_VERSIONS: Final = Table("alembic_version", MetaData(), Column("version_num", Text))
_LOCK: Final = (
    0x5169  # of PostgreSQL, so that of several collectors that start together one migrates and the others wait
)


def newest() -> frozenset[str]:
    """The last revision of every part."""
    last: dict[str, str] = {}
    for revision in sorted(known()):
        last[revision.rpartition("_")[0]] = revision
    return frozenset(last.values())


def known() -> frozenset[str]:
    return frozenset(file.stem for file in (_FOLDER / "versions").glob("*_*.py") if not file.stem.startswith("__"))


def applied(connection: Connection) -> frozenset[str]:
    """The revisions that the database is at; none in an empty one, and in one from before there were migrations."""
    if not inspect(connection).has_table(_VERSIONS.name):
        return frozenset()
    return frozenset(connection.execute(select(_VERSIONS.c.version_num)).scalars())


def strange(found: Iterable[str]) -> list[str]:
    """Those that only a newer program knows."""
    return sorted(set(found) - known())


def migrate(connection: Connection) -> None:
    """Bring the database to the newest version, in the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - a quarter of a second that readers of a current database need not pay
    from alembic.config import Config  # noqa: PLC0415 - the same

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")
