"""Reads the fleet out of head office's database: all of it once, and from then on only what has come."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, select, tuple_

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.fleet.board import Board
from signage.office.fleet.document import heard
from signage.office.fleet.faults import Acknowledged, Found
from signage.office.roster import RosterBranch
from signage.office.tables import findings, statuses
from signage.office.tables_fleet import acknowledgements

_OVERLAP: Final = timedelta(
    seconds=3
)  # a status is stored within a second of its receipt, and collectors' clocks differ
_WHOLE_EVERY: Final = timedelta(seconds=60)
_BY_ONCE: Final = 1000
_PART: Final = 400  # SQLite takes 32,766 values in one statement
_LATE: Final = 100  # keys are given before their rows are seen: so many of the last are read again
_COLUMNS: Final = (
    statuses.c.branch,
    statuses.c.device,
    statuses.c.received_at,
    statuses.c.online,
    statuses.c.document,
)


class FleetReader:
    """Fills its `board`. One for each look that goes on."""

    def __init__(self, store: Store, roster: Iterable[RosterBranch]) -> None:
        self.board = Board(roster)
        self.unreadable = 0  # statuses that this version cannot read
        self._store = store
        self._acknowledged = self._found = 0  # keys of the last rows read
        self._whole_at: Instant | None = None

    def refresh(self, now: Instant) -> int:
        """Take in what is new; how many statuses that was. Raises DatabaseAway.

        A collector that could not write for a while stores late what it received early: once a minute the receipts of all
        are compared, which reads no document that is known.
        """
        whole = self._whole_at is None or now - self._whole_at >= _WHOLE_EVERY
        with self._store.read() as connection:
            if not self.board.newest:
                count = self._read(connection)
            elif whole:
                count = self._compare(connection)
            else:
                count = self._read(connection, str(Instant.of(Instant.parse(self.board.newest) - _OVERLAP)))
            self._read_notes(connection)
        if whole:
            self._whole_at = now
        return count

    def _read(self, connection: Connection, since: str | None = None) -> int:
        query = select(*_COLUMNS)
        if since is not None:
            query = query.where(statuses.c.received_at > since)
        count = 0
        for row in connection.execution_options(yield_per=_BY_ONCE).execute(query):
            count += self._take(*row)
        return count

    def _compare(self, connection: Connection) -> int:
        known = self.board.received_at
        query = select(statuses.c.branch, statuses.c.device, statuses.c.received_at)
        others = [
            (branch, device)
            for branch, device, received_at in connection.execute(query)
            if known(branch, device) != received_at
        ]
        identity = tuple_(statuses.c.branch, statuses.c.device)
        count = 0
        for start in range(0, len(others), _PART):
            for row in connection.execute(select(*_COLUMNS).where(identity.in_(others[start : start + _PART]))):
                count += self._take(*row)
        return count

    def _take(self, branch: str, device: str, received_at: str, online: bool, document: str) -> bool:
        if self.board.received_at(branch, device) == received_at:
            return False
        node = heard(branch, device, received_at, online, document)
        if node is None:
            self.unreadable += 1
            return False
        self.board.hear(node)
        return True

    def _read_notes(self, connection: Connection) -> None:
        """Who took what on, and what is wrong with events: what is new, by their keys."""
        taken = select(acknowledgements).where(acknowledgements.c.key > self._acknowledged - _LATE)
        for row in connection.execute(taken.order_by(acknowledgements.c.key)):
            self.board.acknowledge(row.branch, row.device, row.code, Acknowledged(row.at, row.actor))
            self._acknowledged = row.key
        made = select(findings.c.key, findings.c.node, findings.c.kind, findings.c.found_at)
        for row in connection.execute(made.where(findings.c.key > self._found - _LATE).order_by(findings.c.key)):
            self.board.find(row.node, row.key, Found(row.kind, row.found_at))
            self._found = row.key
