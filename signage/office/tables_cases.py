"""Cases at head office. All but `case_urgings` and `mails` are derived from `events`, and can be dropped and made anew."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from signage.office.tables import metadata

followers: Final = Table(
    "followers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last_key", BigInteger, nullable=False),  # of `events`: everything up to it has been seen
)

case_events: Final = Table(
    "case_events",  # what of an event matters to a case, one row an event
    metadata,
    Column("event_key", BigInteger, primary_key=True, autoincrement=False),
    Column("branch", Text, nullable=False),
    Column("case_id", Text, nullable=False),  # "" for the answer to a call
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),  # as in the contract; "called" and "answered" for calls
    Column("matter", Text),  # of calls and their answers: the device and the counter
    Column("actor", Text),
    Column("owner", Text),
    Column("complicated", Text),
    Column("rule", Text),  # the one by which it opens a case
    Column("source", Text),
    Column("counter", Text),
    Column("teller", Text),
    Column("device", Text),
    Column("stars", Integer),
    Column("subject", Text),
    Column("callback", Boolean, nullable=False),  # the customer has agreed to be called
    Column("from_branch", Boolean, nullable=False),  # told by the branch, not by head office
    Index("case_events_by_case", "branch", "case_id"),
    Index("case_events_by_matter", "branch", "matter", "at"),
)

cases: Final = Table(
    "cases",
    metadata,
    Column("branch", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("number", Text, nullable=False),  # the eight digits by which people speak of it
    Column("opened_at", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("rule", Text),
    Column("counter", Text),
    Column("teller", Text),
    Column("device", Text),
    Column("stars", Integer),
    Column("subject", Text),
    Column("callback", Boolean, nullable=False),
    Column("action", Text, nullable=False),  # the furthest step
    Column("owner", Text),
    Column("complicated", Text),  # one of signage.core.case_history.Complication
    Column("investigated_at", Text),
    Column("handled_at", Text),
    Column("fed_back_at", Text),
    Column("closed_at", Text),
    Column("at_branch", Boolean, nullable=False),  # the branch has opened it too: its panel shows it
    PrimaryKeyConstraint("branch", "case_id"),
    Index("cases_by_time", "opened_at"),
    Index("cases_by_number", "number"),
)

case_urgings: Final = Table(
    "case_urgings",  # each is told once
    metadata,
    Column("branch", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("what", Text, nullable=False),  # a clock: signage.core.timelies.Clocked
    Column("level", Text, nullable=False),  # due | overdue | escalated; told: the branch was told of it
    Column("due", Text, nullable=False),  # of which deadline: one that was put off is urged anew
    Column("made_at", Text, nullable=False),
    PrimaryKeyConstraint("branch", "case_id", "what", "level", "due"),
)

mails: Final = Table(
    "mails",  # kept until the server has taken them, and afterwards
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("sent_at", Text),
    Column("tries", Integer, nullable=False),
    Column("problem", Text),  # why it was not taken the last time
    Index("mails_waiting", "sent_at"),
)
