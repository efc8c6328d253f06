"""Closed months, and who acknowledged a talk."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "report_0001"
down_revision: Final = None


def upgrade() -> None:
    op.create_table(
        "closings",
        sa.Column("month", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("closed_at", "actor", "sha256")),
        sa.Column("figures", sa.LargeBinary, nullable=False),
        sa.Column("recent", sa.Text, nullable=False),
    )
    op.create_table(
        "talks",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("month", "branch", "actor", "at", "note")),
        sa.PrimaryKeyConstraint("month", "branch"),
    )
