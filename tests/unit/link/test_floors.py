"""What is kept of trust: all of it or nothing, and floors that never sink."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.core.instants import Instant
from signage.link.database import Database, StorageError, open_database
from signage.link.floors import FLOORS, Kept, Vault
from signage.link.schema import LINK

NINE = Instant.parse("2026-12-01T01:00:00Z")
EIGHT = Instant.parse("2026-12-01T00:00:00Z")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "floors.db", LINK, FLOORS)
    yield opened
    opened.close()


def test_a_new_vault_knows_nothing(database: Database) -> None:
    assert Vault(database).load() == Kept()


def test_files_are_replaced_and_floors_only_rise(database: Database) -> None:
    vault = Vault(database)
    vault.keep({"a.json": b"1", "b.json": b"2"}, {"root": 3, "snapshot": 5}, NINE)
    vault.keep({"b.json": b"3", "c.json": b"4"}, {"snapshot": 4, "timestamp": 1}, EIGHT)
    kept = Vault(database).load()
    assert kept.files == {"b.json": b"3", "c.json": b"4"}
    assert kept.floors == {"root": 3, "snapshot": 5, "timestamp": 1}
    assert kept.time_floor == NINE


def test_a_step_that_fails_leaves_all_as_it_was(database: Database) -> None:
    vault = Vault(database)
    vault.keep({"a.json": b"1"}, {"root": 1}, EIGHT)
    database.execute("CREATE TRIGGER full BEFORE INSERT ON content_floors BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises((StorageError, sqlite3.Error)):
        vault.keep({"b.json": b"2"}, {"root": 2}, NINE)
    assert vault.load() == Kept({"a.json": b"1"}, {"root": 1}, EIGHT)


def test_it_outlives_its_program(tmp_path: Path) -> None:
    first = open_database(tmp_path / "again.db", LINK, FLOORS)
    Vault(first).keep({"a.json": b"1"}, {"root": 7}, NINE)
    first.close()
    second = open_database(tmp_path / "again.db", LINK, FLOORS)
    assert Vault(second).load() == Kept({"a.json": b"1"}, {"root": 7}, NINE)
    second.close()
