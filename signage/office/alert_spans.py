"""What alerts are decided from: ratings and alerts of many branches, each near some times, read by one statement each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from signage.office.measures.presses import milliseconds, said_in, written
from signage.office.tables_alerts import alerts

_ALERTS: Final = ", ".join(f"a.{column.name}" for column in alerts.columns)
_RATINGS: Final = "e.kind = 'rating' AND e.problem IS NULL"
# In both the spans come first and the index on (branch, at) after: CROSS JOIN and OFFSET 0 leave the planners no choice.
_SQLITE_SPANS: Final = "json_each(?) AS s CROSS JOIN"
_SQLITE_WITHIN: Final = "branch = s.value ->> 0 AND {0}.at BETWEEN s.value ->> 1 AND s.value ->> 2"
_PG_SPANS: Final = "unnest(%s::text[], %s::text[], %s::text[]) AS s (branch, first, last) CROSS JOIN LATERAL"
_PG_WITHIN: Final = "branch = s.branch AND {0}.at BETWEEN s.first AND s.last"
_CHOSEN: Final = "e.branch, e.id, e.at, e.data"
_ALERTS_IN: Final = {
    "sqlite": f"SELECT {_ALERTS} FROM {_SQLITE_SPANS} alerts AS a WHERE a.{_SQLITE_WITHIN.format('a')}",  # noqa: S608 - constants
    "postgresql": f"SELECT {_ALERTS} FROM {_PG_SPANS} (SELECT * FROM alerts AS a WHERE a.{_PG_WITHIN.format('a')} OFFSET 0) AS a",  # noqa: S608 - constants
}
_RATINGS_IN: Final = {
    "sqlite": f"SELECT {_CHOSEN} FROM {_SQLITE_SPANS} events AS e WHERE e.{_SQLITE_WITHIN.format('e')} AND {_RATINGS} ORDER BY e.key",  # noqa: S608 - constants
    "postgresql": f"SELECT {_CHOSEN} FROM {_PG_SPANS} (SELECT * FROM events AS e WHERE e.{_PG_WITHIN.format('e')} AND {_RATINGS} OFFSET 0) AS e ORDER BY e.key",  # noqa: S608 - constants
}


class Span(NamedTuple):
    """Of one branch, both ends included; RFC 3339, as events write it."""

    branch: str
    first: str
    last: str


@dataclass(frozen=True)
class Rating:
    """A stored rating."""

    id: str
    at_ms: int
    counter: str | None
    teller: str | None
    stars: int | None
    flags: frozenset[str] | None


def spans(branch: str, times: Iterable[int], before_ms: int, after_ms: int) -> Iterator[Span]:
    """What lies so near to one of the times; where two of them meet they are one, so that nothing is read twice."""
    found: list[list[int]] = []
    for at_ms in sorted(times):
        if not found or at_ms - before_ms > found[-1][1]:
            found.append([at_ms - before_ms, at_ms + after_ms])
        found[-1][1] = at_ms + after_ms
    for first, last in found:
        yield Span(branch, written(max(0, first)), written(last))


def alerts_in(connection: Connection, wanted: Sequence[Span]) -> Sequence[Any]:
    """Rows of `alerts`, in no order."""
    return _rows(connection, _ALERTS_IN, wanted)


def ratings_in(connection: Connection, wanted: Sequence[Span]) -> Iterator[tuple[str, Rating]]:
    """With their branches, in the order they were stored."""
    for branch, identity, at, data in _rows(connection, _RATINGS_IN, wanted):
        yield branch, as_rating(identity, at, data)


def as_rating(identity: str, at: str, data: str) -> Rating:
    """A row of a rating as such. What does not fit the contract is None."""
    said = said_in(data)
    return Rating(identity, milliseconds(at), said.counter, said.teller, said.stars, said.flags)


def _rows(connection: Connection, statements: Mapping[str, str], wanted: Sequence[Span]) -> Sequence[Any]:
    if not wanted:
        return ()
    if connection.dialect.name == "sqlite":
        told: tuple[Any, ...] = (msgspec.json.encode(wanted).decode(),)
    else:
        told = tuple(list(column) for column in zip(*wanted, strict=True))
    return connection.exec_driver_sql(statements[connection.dialect.name], told).all()
