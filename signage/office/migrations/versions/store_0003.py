"""Events by month on PostgreSQL, ids in a table of their own, findings that somebody acknowledges.

A partitioned table can hold no id unique over all its months, so ids stand beside it, in both databases alike. On SQLite
`key` is never given twice from now on, so that whoever follows it misses nothing after old events have gone.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "store_0003"
down_revision: Final = "store_0002"

_COLUMNS: Final = (
    "key, branch, received_at, id, at, kind, origin, origin_epoch, origin_seq, data, raw, problem, broken, epoch, seq"
)
_SANE: Final = ("2024", "2030")  # years whose months get a table of their own; the rest lies in events_other


def upgrade() -> None:
    op.create_table("event_ids", sa.Column("id", sa.Text, primary_key=True), sqlite_with_rowid=False)
    op.rename_table("events", "events_v1")
    op.drop_index("events_by_kind")
    op.drop_index("events_by_branch")
    (_partitioned if op.get_bind().dialect.name == "postgresql" else _whole)()
    op.create_index("events_by_kind", "events", ["kind", "at"])
    op.create_index("events_by_branch", "events", ["branch", "at"])
    op.execute("INSERT INTO event_ids (id) SELECT id FROM events WHERE id IS NOT NULL")
    op.drop_table("events_v1")
    op.add_column("findings", sa.Column("acknowledged_at", sa.Text))
    op.add_column("findings", sa.Column("acknowledged_by", sa.Text))
    op.execute("UPDATE schema_version SET version = 2")


def _whole() -> None:
    op.create_table(
        "events",
        sa.Column("key", sa.Integer, primary_key=True, autoincrement=True),
        *_columns(),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO events ({_COLUMNS}) SELECT {_COLUMNS} FROM events_v1")  # noqa: S608 - constants


def _partitioned() -> None:
    connection = op.get_bind()
    op.execute("CREATE SEQUENCE events_keys")
    op.create_table(
        "events",
        sa.Column("key", sa.BigInteger, server_default=sa.text("nextval('events_keys')"), nullable=False),
        *_columns(),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("events_by_key", "events", ["key"])
    op.execute("CREATE TABLE events_other PARTITION OF events DEFAULT")
    months = "SELECT DISTINCT substr(at, 1, 7) FROM events_v1 WHERE at >= :first AND at < :end"
    for (month,) in connection.execute(sa.text(months), {"first": _SANE[0], "end": _SANE[1]}).all():
        year, number = int(month[:4]), int(month[5:])
        after = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
        bounds = f"FROM ('{month}-01T00:00:00.000Z') TO ('{after}-01T00:00:00.000Z')"
        op.execute(f"CREATE TABLE events_{year:04d}_{number:02d} PARTITION OF events FOR VALUES {bounds}")
    op.execute(f"INSERT INTO events ({_COLUMNS}) SELECT {_COLUMNS} FROM events_v1 ORDER BY key")  # noqa: S608 - constants
    op.execute("SELECT setval('events_keys', coalesce(max(key), 0) + 1, false) FROM events")


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("id", sa.Text),
        sa.Column("at", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("origin", sa.Text),
        sa.Column("origin_epoch", sa.Text),
        sa.Column("origin_seq", sa.BigInteger),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Column("broken", sa.Boolean, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
    ]
