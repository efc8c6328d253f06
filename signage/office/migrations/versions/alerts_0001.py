"""Alerts about low ratings."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "alerts_0001"
down_revision: Final = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("counter", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("raised_at", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("low", sa.Integer, nullable=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("teller", sa.Text),
    )
    op.create_index("alerts_by_branch", "alerts", ["branch", "at"])
    op.create_index("alerts_by_time", "alerts", ["at"])
