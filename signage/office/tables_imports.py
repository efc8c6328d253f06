"""What head office is told from outside: the tellers' roster, transactions, outside columns, and who brought them in."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, Table, Text

from signage.office.tables import metadata

tellers: Final = Table(
    "tellers",
    metadata,
    Column("branch", Text, nullable=False),
    Column("number", Text, nullable=False),  # the staff number, as events name it
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),  # teller | lobby-manager | branch-manager
    PrimaryKeyConstraint("branch", "number"),
)

transaction_counts: Final = Table(
    "transaction_counts",
    metadata,
    Column("branch", Text, nullable=False),
    Column("day", Text, nullable=False),  # the branch's date, YYYY-MM-DD
    Column("counter", Text, nullable=False),  # "" where the count is of all counters
    Column("teller", Text, nullable=False),  # "" where the count is of all tellers
    Column("count", BigInteger, nullable=False),  # completed transactions
    PrimaryKeyConstraint("branch", "day", "counter", "teller"),
)

outside_columns: Final = Table(
    "outside_columns",
    metadata,
    Column("branch", Text, nullable=False),
    Column("month", Text, nullable=False),  # YYYY-MM
    Column("name", Text, nullable=False),  # as the score's rules name it
    Column("value", Text, nullable=False),  # a decimal number, digit by digit as it was given
    PrimaryKeyConstraint("branch", "month", "name"),
)

imports: Final = Table(
    "imports",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("subject", Text, nullable=False),  # tellers | branches | transactions | columns
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the file, as it was
    Column("encoding", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("refused", Integer, nullable=False),  # lines left out because something was wrong with them
)
