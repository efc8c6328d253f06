"""Events by the month of their time, on PostgreSQL: a table for each month, made before it is needed, dropped whole.

What has no time, or one that cannot be (a clock that began in 1970), lies in `events_other`. SQLite keeps one table.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sqlalchemy import Connection, text

from signage.core.instants import Instant

OTHER: Final = "events_other"
_AHEAD: Final = 2  # months made before they begin
_BACK: Final = 24  # of a late event a table is made for so many months back; older ones lie in `events_other`
_NAME: Final = re.compile(r"events_(\d{4})_(\d{2})")
_LOCK: Final = 0x516A  # one program at a time makes months


class Month(NamedTuple):
    year: int
    number: int

    @property
    def table(self) -> str:
        return f"events_{self.year:04d}_{self.number:02d}"

    @property
    def first(self) -> str:
        """The first instant, as events write it."""
        return f"{self.year:04d}-{self.number:02d}-01T00:00:00.000Z"

    def later(self, months: int) -> "Month":
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    def upto(self, last: "Month") -> "Iterator[Month]":
        month = self
        while month <= last:
            yield month
            month = month.later(1)


def month_of(at: str) -> Month:
    return Month(int(at[:4]), int(at[5:7]))


def months(connection: Connection) -> list[Month]:
    """Those that have a table, oldest first."""
    query = text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events'::regclass")
    found = (_NAME.fullmatch(name) for name in connection.execute(query).scalars())
    return sorted(Month(int(match[1]), int(match[2])) for match in found if match is not None)


def apart(connection: Connection) -> list[Month]:
    """Those whose table stands by itself: no event of them is seen any more, and nobody has dropped it yet."""
    query = text(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relispartition AND relname LIKE 'events\\_%'"
    )
    found = (_NAME.fullmatch(name) for name in connection.execute(query).scalars())
    return sorted(Month(int(match[1]), int(match[2])) for match in found if match is not None)


def newer(connection: Connection, month: Month, limit: str) -> bool:
    """Whether an event of that month came late, at `limit` or after it."""
    query = text(f"SELECT 1 FROM {month.table} WHERE received_at >= :limit LIMIT 1")  # noqa: S608 - a month
    return connection.execute(query, {"limit": limit}).first() is not None


def set_apart(connection: Connection, month: Month) -> None:
    """Take a month out of the events. Gives up rather than make those who read and store wait."""
    connection.execute(text("SET LOCAL lock_timeout = '2s'"))
    connection.execute(text(f"ALTER TABLE events DETACH PARTITION {month.table}"))


def wanted(now: Instant, times: Iterable[str | None] = ()) -> set[Month]:
    """This month and those ahead, and the months of `times` that are no nonsense."""
    present = month_of(str(now))
    ahead = set(present.upto(present.later(_AHEAD)))
    return ahead | {
        month for at in {at[:7] for at in times if at} if present.later(-_BACK) <= (month := month_of(at)) <= max(ahead)
    }


def make(connection: Connection, wanted: Iterable[Month]) -> None:
    """Tables for those of `wanted` that have none, in the caller's transaction; what lay in `events_other` moves."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    there = {*months(connection), *apart(connection)}
    for month in sorted(set(wanted) - there):
        table, first, end = month.table, month.first, month.later(1).first
        moved = f"DELETE FROM {OTHER} WHERE at >= '{first}' AND at < '{end}' RETURNING *"  # noqa: S608 - numbers
        for line in (
            f"LOCK TABLE {OTHER} IN ACCESS EXCLUSIVE MODE",
            f"CREATE TABLE {table} (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)",
            f"WITH moved AS ({moved}) INSERT INTO {table} SELECT * FROM moved",  # noqa: S608 - the same
            f"ALTER TABLE events ATTACH PARTITION {table} FOR VALUES FROM ('{first}') TO ('{end}')",
        ):
            connection.execute(text(line))
