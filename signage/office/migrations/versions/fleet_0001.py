"""Who has taken a fault upon themselves."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "fleet_0001"
down_revision: Final = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "acknowledgements",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("branch", "device", "code", "raised_at", "at", "actor")
        ),
        sa.Column("note", sa.Text),
    )
    op.create_index("acknowledgements_by_fault", "acknowledgements", ["branch", "device", "code", "at"])
