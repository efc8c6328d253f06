"""Events whose time is over go: whole months where nothing in them is kept, else a piece at a time, ids with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Final

import structlog
from sqlalchemy import ColumnElement, and_, delete, func, select, text

from signage.core.instants import Instant
from signage.core.retention import UNREADABLE, CaseStep, Retention, needed_from
from signage.office import partitions
from signage.office.database import DatabaseAway, Store
from signage.office.measures.reading import token, word
from signage.office.partitions import Month
from signage.office.tables import event_ids, events
from signage.wire.custody import KINDS

_PIECE: Final = 1000  # events in one transaction: collecting must not wait for it
_IDS_PIECE: Final = 5000
_PAUSE_S: Final = 0.05  # between pieces, for those who collect
_EVERY_S: Final = 3600.0
_AGAIN_S: Final = 60.0  # after a failure, such as a table that the collector has not made yet


@dataclass(frozen=True)
class Gone:
    """`what`: a kind, or the table of a month."""

    what: str
    count: int


class Sweeper:
    """`run` in a thread of its own, with a Store of its own: once an hour, until `stop`."""

    def __init__(self, store: Store, retention: Retention, now: Callable[[], Instant]) -> None:
        self._store = store
        self._retention = retention
        self._now = now
        self._stop = Event()
        self._log = structlog.get_logger()

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        while not self._stop.is_set():
            pause = _EVERY_S
            try:
                self._sweep()
            except DatabaseAway as error:
                self._log.warning("old events could not be removed; it is tried again", reason=str(error))
                pause = _AGAIN_S
            self._stop.wait(pause)
        self._store.close()

    def _sweep(self) -> None:
        counts: dict[str, int] = {}
        for gone in sweeping(self._store, self._retention, self._now()):
            counts[gone.what] = counts.get(gone.what, 0) + gone.count
            if self._stop.wait(_PAUSE_S):
                break
        if counts:
            self._log.info("events whose time was over have gone", **counts)


def sweeping(store: Store, retention: Retention, now: Instant) -> Iterator[Gone]:
    """One transaction for each step. What a case needs that is not closed stays. Raises DatabaseAway."""
    if not retention.days:
        return
    needed = needed_from(_case_steps(store))
    if store.engine.name != "sqlite":
        yield from _months(store, retention, needed, now)
    for kind, end in retention.ends(now).items():
        over = and_(_of(kind), func.coalesce(events.c.at, events.c.received_at) < end, events.c.received_at < end)
        yield from _pieces(store, kind, and_(over, events.c.branch.not_in(needed)))
        for branch, since in needed.items():
            yield from _pieces(store, kind, and_(over, events.c.branch == branch, events.c.at < since))


def _of(kind: str) -> ColumnElement[bool]:
    if kind == UNREADABLE:
        return events.c.problem.is_not(None)
    return and_(events.c.kind == kind, events.c.problem.is_(None))


def _case_steps(store: Store) -> list[CaseStep]:
    query = select(events.c.branch, token("case"), token("action"), events.c.at).where(_of("case"))
    with store.read() as connection:
        rows = connection.execute(query).all()
    named = ((branch, word(case), word(action), at) for branch, case, action, at in rows)
    return [CaseStep(branch, case, action, at) for branch, case, action, at in named if case and action]


def _pieces(store: Store, kind: str, over: ColumnElement[bool]) -> Iterator[Gone]:
    """The key is the piece's only name for a row: it is unique over all months."""
    while True:
        with store.begin() as connection:
            rows = connection.execute(select(events.c.key, events.c.id).where(over).limit(_PIECE)).all()
            if rows:
                connection.execute(delete(events).where(events.c.key.in_([row.key for row in rows])))
                ids = [row.id for row in rows if row.id is not None]
                connection.execute(delete(event_ids).where(event_ids.c.id.in_(ids)))
        if rows:
            yield Gone(kind, len(rows))
        if len(rows) < _PIECE:
            return


def _months(store: Store, retention: Retention, needed: dict[str, str], now: Instant) -> Iterator[Gone]:
    """A month goes in three steps, each of which may be the last one of this life: set apart, ids forgotten, dropped."""
    limit = retention.whole({*KINDS, UNREADABLE}, now)
    with store.read() as connection:
        there, apart = partitions.months(connection), partitions.apart(connection)
    for month in there:
        end = month.later(1).first
        if limit is None or end > limit or any(since < end for since in needed.values()):
            continue
        with store.begin() as connection:
            if partitions.newer(connection, month, limit):
                continue
            partitions.set_apart(connection, month)
        apart.append(month)
    for month in apart:
        yield from _dropped(store, month)


def _dropped(store: Store, month: Month) -> Iterator[Gone]:
    last, count = 0, 0
    piece = text(
        f"SELECT key, id FROM {month.table} WHERE key > :last ORDER BY key LIMIT {_IDS_PIECE}"  # noqa: S608 - a month
    )
    while True:
        with store.begin() as connection:
            rows = connection.execute(piece, {"last": last}).all()
            ids = [row.id for row in rows if row.id is not None]
            connection.execute(delete(event_ids).where(event_ids.c.id.in_(ids)))
            if not rows:
                connection.execute(text(f"DROP TABLE {month.table}"))
        if not rows:
            yield Gone(month.table, count)
            return
        last, count = rows[-1].key, count + len(rows)
        yield Gone(month.table, 0)
