"""Head office's tables, the same for SQLite and PostgreSQL. Times are RFC 3339 texts in UTC: they sort as they are."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

metadata: Final = MetaData()

# For programs from before there were migrations: they refuse a version above their own.
schema_version: Final = Table(
    "schema_version", metadata, Column("part", Text, primary_key=True), Column("version", Integer, nullable=False)
)

events: Final = Table(
    "events",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("branch", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("id", Text),  # null where it could not be read
    Column("at", Text),
    Column("kind", Text, nullable=False),
    Column("origin", Text),
    Column("origin_epoch", Text),
    Column("origin_seq", BigInteger),
    Column("data", Text, nullable=False),  # JSON
    Column("raw", LargeBinary, nullable=False),  # as received, unknown fields included
    Column("problem", Text),  # why it could not be read
    Column("broken", Boolean, nullable=False),  # it does not continue the event before it
    Column("epoch", Text, nullable=False),  # of the branch's outbox
    Column("seq", BigInteger, nullable=False),
    Index("events_by_kind", "kind", "at"),
    Index("events_by_branch", "branch", "at"),
    sqlite_autoincrement=True,
    # On PostgreSQL by month of `at` (partitions.py), with an index on `key` and no primary key: `at` may be missing.
)

# Every id that was ever stored, in whatever month: an event arrives once, however it comes.
event_ids: Final = Table("event_ids", metadata, Column("id", Text, primary_key=True), sqlite_with_rowid=False)

marks: Final = Table(
    "marks",
    metadata,
    Column("node", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("head", Text),
    Column("stored_at", Text, nullable=False),
    PrimaryKeyConstraint("node", "epoch"),
)

findings: Final = Table(
    "findings",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("node", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("found_at", Text, nullable=False),
    Column("kind", Text, nullable=False),  # gap | break | unreadable | epoch
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("problem", Text),
    Column("acknowledged_at", Text),
    Column("acknowledged_by", Text),  # a person's name
)

statuses: Final = Table(
    "statuses",
    metadata,
    Column("branch", Text, nullable=False),
    Column("device", Text, nullable=False),  # "" for the branch's controller
    Column("received_at", Text, nullable=False),
    Column("online", Boolean, nullable=False),
    Column("document", Text, nullable=False),  # the Status as JSON
    PrimaryKeyConstraint("branch", "device"),
    Index("statuses_by_receipt", "received_at"),  # who watches reads only what has come since
)

commands: Final = Table(
    "commands",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("target", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("document", Text, nullable=False),  # the signed Command as JSON
    Index("commands_by_expiry", "expires_at"),
)

replies: Final = Table(
    "replies",
    metadata,
    Column("id", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("document", Text, nullable=False),  # the Reply as JSON
    PrimaryKeyConstraint("id", "branch"),
)
