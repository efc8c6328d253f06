"""Closed months as they were published, and who acknowledged an admonition talk."""

from typing import Final

from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, Table, Text

from signage.office.tables import metadata

closings: Final = Table(
    "closings",
    metadata,
    Column("month", Text, primary_key=True),  # YYYY-MM
    Column("closed_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the figures, unpacked
    Column("figures", LargeBinary, nullable=False),  # deflated JSON: what every page of that month is made of
    Column("recent", Text, nullable=False),  # JSON: ids of its events that had only just arrived, see `late`
)

talks: Final = Table(
    "talks",
    metadata,
    Column("month", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("actor", Text, nullable=False),  # whose name stands under it
    Column("at", Text, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("month", "branch"),
)
