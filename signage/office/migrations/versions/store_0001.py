"""The tables of schema version 1. A database of that time, from before there were migrations, keeps those it has."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "store_0001"
down_revision: Final = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _schema_version()
    _events()
    _custody()
    _statuses()
    _commands()


def _schema_version() -> None:
    table = op.create_table(
        "schema_version",
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        if_not_exists=True,
    )
    connection = op.get_bind()
    if connection.execute(sa.select(table.c.version).where(table.c.part == "office")).first() is None:
        op.bulk_insert(table, [{"part": "office", "version": 1}])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("id", sa.Text, unique=True),
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
        sa.UniqueConstraint("branch", "epoch", "seq"),
        if_not_exists=True,
    )
    op.create_index("events_by_kind", "events", ["kind", "at"], if_not_exists=True)
    op.create_index("events_by_branch", "events", ["branch", "at"], if_not_exists=True)


def _custody() -> None:
    op.create_table(
        "marks",
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("head", sa.Text),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("node", "epoch"),
        if_not_exists=True,
    )
    op.create_table(
        "findings",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("found_at", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("problem", sa.Text),
        if_not_exists=True,
    )


def _statuses() -> None:
    op.create_table(
        "statuses",
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("online", sa.Boolean, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("branch", "device"),
        if_not_exists=True,
    )


def _commands() -> None:
    op.create_table(
        "commands",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("commands_by_expiry", "commands", ["expires_at"], if_not_exists=True)
    op.create_table(
        "replies",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", "branch"),
        if_not_exists=True,
    )
