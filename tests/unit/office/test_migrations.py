"""Every table is made by a migration, and a database of the first schema version is carried over without loss."""

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text

import signage.office
from signage.core.exits import Refusal
from signage.core.instants import Instant
from signage.office import migrations, partitions
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.office.tables import events, findings, metadata
from signage.wire.chain import link_hash
from tests.unit.office.outboxes import EPOCH, NOW, OutboxByHand

FOLDER = Path(migrations.__file__).parent


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


def _not_of_postgresql(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Months of events, and the index that stands for the primary key that a partitioned table cannot have."""
    return not (kind == "table" and str(name).startswith("events_")) and name != "events_by_key"


def test_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    for file in Path(signage.office.__file__).parent.rglob("*tables*.py"):
        __import__(".".join(("signage", *file.relative_to(FOLDER.parents[1]).with_suffix("").parts)))
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _not_of_postgresql})
        differences = compare_metadata(context, metadata)
    assert differences == [], "change a migration of this part, or add one"


def test_each_part_has_one_line_of_migrations_named_as_their_files() -> None:
    revisions = {script.revision: script for script in scripts().walk_revisions()}
    assert set(revisions) == migrations.known()
    assert set(scripts().get_heads()) == migrations.newest()
    for name, script in revisions.items():
        match = re.fullmatch(r"([a-z]+)_(\d{4})", name)
        assert match is not None, f"{name}: wanted <part>_<number>"
        part, number = match.groups()
        before = f"{part}_{int(number) - 1:04d}" if int(number) > 1 else None
        assert script.down_revision == before, f"{name}: its down_revision is {before!r}"


def test_what_is_current_is_left_alone(store: Store) -> None:
    with store.read() as connection:
        assert migrations.applied(connection) == migrations.newest()
    store.prepare()
    store.check()


V1 = (
    "CREATE TABLE schema_version (part TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL)",
    "INSERT INTO schema_version VALUES ('office', 1)",
    (
        "CREATE TABLE events (key {key}, branch TEXT NOT NULL, received_at TEXT NOT NULL, id TEXT UNIQUE, at TEXT, "
        "kind TEXT NOT NULL, origin TEXT, origin_epoch TEXT, origin_seq BIGINT, data TEXT NOT NULL, raw {blob} NOT NULL, "
        "problem TEXT, broken BOOLEAN NOT NULL, epoch TEXT NOT NULL, seq BIGINT NOT NULL, UNIQUE (branch, epoch, seq))"
    ),
    "CREATE INDEX events_by_kind ON events (kind, at)",
    "CREATE INDEX events_by_branch ON events (branch, at)",
    (
        "CREATE TABLE marks (node TEXT NOT NULL, epoch TEXT NOT NULL, last BIGINT NOT NULL, head TEXT, "
        "stored_at TEXT NOT NULL, PRIMARY KEY (node, epoch))"
    ),
    (
        "CREATE TABLE findings (key {key}, node TEXT NOT NULL, epoch TEXT NOT NULL, found_at TEXT NOT NULL, "
        "kind TEXT NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL, problem TEXT)"
    ),
)
TIMES = (
    None,
    "1970-01-01T00:00:00.000Z",
    "2026-10-31T23:59:59.999Z",
    "2026-11-01T00:00:00.000Z",
    "2026-12-24T09:00:00.000Z",
)


def first_version(store: Store) -> list[tuple[object, ...]]:
    """A database as the first version left it, with a batch of an outbox and events of all months; its rows."""
    postgresql = store.engine.name == "postgresql"
    words = {
        "key": "BIGSERIAL PRIMARY KEY" if postgresql else "INTEGER PRIMARY KEY",
        "blob": "BYTEA" if postgresql else "BLOB",
    }
    outbox = OutboxByHand()
    for number in range(1, 9):
        outbox.add(data={"stars": number % 5 + 1, "comment": "很好"})
    rows: list[dict[str, Any]] = []
    for number, (event, raw) in enumerate(zip(outbox.events, outbox.batch().events, strict=True), start=1):
        at = TIMES[number % len(TIMES)]
        rows.append({
            "key": number * 10, "branch": "hz-1", "received_at": str(NOW), "id": event["id"] if at else None, "at": at,
            "kind": "rating", "origin": "bridge-1", "origin_epoch": "e", "origin_seq": number, "epoch": EPOCH,
            "data": '{"stars": 5, "comment": "很好"}', "raw": bytes(raw), "broken": False, "seq": number,
            "problem": None if at else "no time",
        })  # fmt: skip
    with store.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE IF EXISTS {table} CASCADE" if postgresql else f"DROP TABLE {table}"))
        connection.execute(text("DROP SEQUENCE IF EXISTS events_keys" if postgresql else "SELECT 1"))
        for line in V1:
            connection.execute(text(line.format(**words)))
        names = list(rows[0])
        values = ", ".join(f":{name}" for name in names)
        connection.execute(text(f"INSERT INTO events ({', '.join(names)}) VALUES ({values})"), rows)
        connection.execute(
            text(f"INSERT INTO marks VALUES ('hz-1', '{EPOCH}', 8, '{link_hash(outbox.events[-1])}', '{NOW}')")
        )
        connection.execute(text(f"INSERT INTO findings VALUES (7, 'hz-1', '{EPOCH}', '{NOW}', 'gap', 1, 2, NULL)"))
    return [tuple(row[column.name] for column in events.c) for row in rows]


def test_a_database_of_the_first_version_is_carried_over_without_loss(store: Store) -> None:
    before = first_version(store)
    with pytest.raises(Refusal, match="of an older version"):
        store.check()
    store.prepare()
    store.check()
    with store.read() as connection:
        assert [tuple(row) for row in connection.execute(select(events).order_by(events.c.key))] == before
        assert connection.execute(select(findings.c.kind, findings.c.acknowledged_by)).all() == [("gap", None)]
        assert connection.execute(text("SELECT version FROM schema_version")).scalar_one() == 2
    outbox = OutboxByHand()
    for number in range(1, 9):
        outbox.add(data={"stars": number % 5 + 1, "comment": "很好"})
    custody = OfficeCustody(store)
    again = OutboxByHand(epoch="33333333-3333-4333-8333-333333333333")
    again.events = outbox.events
    known = {row[3] for row in before}
    assert all(taken.id not in known for taken in custody.accept(again.batch(), NOW).new)
    accepted = custody.accept(outbox.add(id="new").batch(), NOW)
    assert (accepted.receipt.upto, len(accepted.new), accepted.findings) == (9, 1, ())
    with store.read() as connection:
        assert connection.execute(select(func.max(events.c.key))).scalar_one() > before[-1][0]


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_events_lie_in_the_table_of_their_month(store: Store) -> None:
    first_version(store)
    store.prepare()
    found = "SELECT tableoid::regclass::text, count(*) FROM events GROUP BY 1 ORDER BY 1"
    with store.begin() as connection:
        assert [tuple(row) for row in connection.execute(text(found))] == [
            ("events_2026_10", 2), ("events_2026_11", 2), ("events_2026_12", 1), ("events_other", 3)
        ]  # fmt: skip
        connection.execute(text("UPDATE events SET at = '2027-02-03T00:00:00.000Z' WHERE at < '1971'"))
        partitions.make(connection, partitions.wanted(Instant.parse("2026-12-31T23:00:00.000Z")))
        assert [tuple(row) for row in connection.execute(text(found))][-2:] == [
            ("events_2027_02", 2),
            ("events_other", 1),
        ]
        assert [str(month.first)[:7] for month in partitions.months(connection)] == [
            "2026-10", "2026-11", "2026-12", "2027-01", "2027-02"
        ]  # fmt: skip
