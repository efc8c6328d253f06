"""Statuses in the order of their receipt: who watches the fleet reads only what has come since the last look."""

from typing import Final

from alembic import op

revision: Final = "store_0002"
down_revision: Final = "store_0001"


def upgrade() -> None:
    op.create_index("statuses_by_receipt", "statuses", ["received_at"], if_not_exists=True)
