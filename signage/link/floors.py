"""What a node keeps of trust, in a WAL and FULL database: signed files, version floors and the time floor, in one transaction.

Floors only rise. They outlive the files: who lost those, or had them torn, still refuses everything older.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from signage.core.instants import Instant
from signage.link.database import Database, Schema

FLOORS: Final = Schema(
    "content",
    (
        """
        CREATE TABLE content_files (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE content_floors (role TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE content_time (one INTEGER PRIMARY KEY CHECK (one = 1), floor_ms INTEGER NOT NULL);
        """,
    ),
)


@dataclass(frozen=True)
class Kept:
    """Signed files by name, floors by role, and the latest time that head office signed."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)
    time_floor: Instant = Instant.from_ms(0)  # noqa: RUF009 - an Instant never changes


class Vault:
    """Of a database that was opened with FLOORS."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> Kept:
        """Raises StorageError."""
        files = self._database.execute("SELECT name, data FROM content_files")
        floors = self._database.execute("SELECT role, version FROM content_floors")
        time = self._database.execute("SELECT floor_ms FROM content_time")
        return Kept(
            {str(name): bytes(data) for name, data in files},
            {str(role): int(version) for role, version in floors},
            Instant.from_ms(time[0][0] if time else 0),
        )

    def keep(self, files: Mapping[str, bytes], floors: Mapping[str, int], time_floor: Instant) -> None:
        """Replace the files and raise the floors, all or nothing, durable when it returns. Raises StorageError."""

        def work() -> None:
            self._replace(files)
            for role, version in floors.items():
                self._database.execute(
                    "INSERT INTO content_floors VALUES (?, ?) "
                    "ON CONFLICT (role) DO UPDATE SET version = max(version, excluded.version)",
                    role,
                    version,
                )
            self._database.execute(
                "INSERT INTO content_time VALUES (1, ?) "
                "ON CONFLICT (one) DO UPDATE SET floor_ms = max(floor_ms, excluded.floor_ms)",
                time_floor.ms,
            )

        self._database.run(work)

    def _replace(self, files: Mapping[str, bytes]) -> None:
        known = {str(name): bytes(data) for name, data in self._database.execute("SELECT * FROM content_files")}
        for name in known.keys() - files.keys():
            self._database.execute("DELETE FROM content_files WHERE name = ?", name)
        for name, data in files.items():
            if known.get(name) != data:
                self._database.execute("INSERT OR REPLACE INTO content_files VALUES (?, ?)", name, data)
