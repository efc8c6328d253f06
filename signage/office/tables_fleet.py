"""What head office itself notes down about its fleet: who has taken a fault upon themselves, and when."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from signage.office.tables import metadata

acknowledgements: Final = Table(
    "acknowledgements",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("branch", Text, nullable=False),
    Column("device", Text, nullable=False),  # as `fault` events name it: the branch's id for its controller
    Column("code", Text, nullable=False),
    Column("raised_at", Text, nullable=False),  # since when the fault stood, as its node told
    Column("at", Text, nullable=False),  # it answers for every time the fault was raised up to then and not yet cleared
    Column("actor", Text, nullable=False),
    Column("note", Text),
    Index("acknowledgements_by_fault", "branch", "device", "code", "at"),
)
