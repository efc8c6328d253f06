"""What head office is told from outside."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "imports_0001"
down_revision: Final = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "tellers",
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("branch", "number"),
    )
    op.create_table(
        "transaction_counts",
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("counter", sa.Text, nullable=False),
        sa.Column("teller", sa.Text, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("branch", "day", "counter", "teller"),
    )
    op.create_table(
        "outside_columns",
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("month", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("branch", "month", "name"),
    )
    texts = ("at", "actor", "subject", "file", "sha256", "encoding")
    counts = ("added", "changed", "same", "removed", "refused")
    op.create_table(
        "imports",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.Integer, nullable=False) for name in counts),
    )
