"""The register of cases, what was told of them, and mail."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "cases_0001"
down_revision: Final = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "followers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("last_key", sa.BigInteger, nullable=False),
    )
    _register()
    op.create_table(
        "case_urgings",
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("branch", "case_id", "what", "level", "due", "made_at")
        ),
        sa.PrimaryKeyConstraint("branch", "case_id", "what", "level", "due"),
    )
    op.create_table(
        "mails",
        sa.Column("key", _KEY, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("recipient", "subject", "body", "queued_at")),
        sa.Column("sent_at", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Index("mails_waiting", "sent_at"),
    )


def _register() -> None:
    known = ("branch", "case_id", "event_id", "kind", "at", "action")
    perhaps = ("matter", "actor", "owner", "complicated", "rule", "source", "counter", "teller", "device")
    op.create_table(
        "case_events",
        sa.Column("event_key", sa.BigInteger, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in known),
        *(sa.Column(name, sa.Text) for name in perhaps),
        sa.Column("stars", sa.Integer),
        sa.Column("subject", sa.Text),
        sa.Column("callback", sa.Boolean, nullable=False),
        sa.Column("from_branch", sa.Boolean, nullable=False),
        sa.Index("case_events_by_case", "branch", "case_id"),
        sa.Index("case_events_by_matter", "branch", "matter", "at"),
    )
    times = ("investigated_at", "handled_at", "fed_back_at", "closed_at")
    op.create_table(
        "cases",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("branch", "case_id", "number", "opened_at", "source")),
        *(sa.Column(name, sa.Text) for name in ("rule", "counter", "teller", "device")),
        sa.Column("stars", sa.Integer),
        sa.Column("subject", sa.Text),
        sa.Column("callback", sa.Boolean, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("owner", "complicated", *times)),
        sa.Column("at_branch", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("branch", "case_id"),
        sa.Index("cases_by_time", "opened_at"),
        sa.Index("cases_by_number", "number"),
    )
