"""Alerts about low ratings, derived from events: dropped, they are made again by `signage.office.alerts.rebuild`."""

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, Text

from signage.office.tables import metadata

alerts: Final = Table(
    "alerts",
    metadata,
    Column("id", Text, primary_key=True),  # the rating's that raised it, after its kind
    Column("branch", Text, nullable=False),
    Column("counter", Text),  # null: at a touch kiosk
    Column("kind", Text, nullable=False),  # single | cluster
    Column("at", Text, nullable=False),  # of the rating; of a cluster's last one
    Column("raised_at", Text, nullable=False),  # when the event came in
    Column("since", Text, nullable=False),  # of a cluster's first rating
    Column("n", Integer, nullable=False),  # counted ratings
    Column("low", Integer, nullable=False),  # of one or two stars among them
    Column("stars", Integer, nullable=False),  # of the rating that raised it
    Column("teller", Text),
    Index("alerts_by_branch", "branch", "at"),
    Index("alerts_by_time", "at"),
)
