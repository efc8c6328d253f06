"""Head office's custody of events: batches and their marks in one transaction, each event once (contract: Batch)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, insert, select

from signage.core.instants import Instant
from signage.link.inbox import Accepted
from signage.office import partitions
from signage.office.alerts import Alert, raise_alerts
from signage.office.database import DatabaseAway, Store
from signage.office.event_rows import EventRow, event_row, finding_row, identity
from signage.office.measures.profiles import Profiles
from signage.office.partitions import Month
from signage.office.tables import findings, marks
from signage.office.writing import claim, put_events, put_marks
from signage.wire.codec import Malformed
from signage.wire.custody import Decision, Finding, Mark, NewEpoch, Taken, accept, check, read_all
from signage.wire.messages import Batch, Receipt
from signage.wire.topics import NODE

OWN_EPOCH: Final = "head-office"  # of the outbox that head office keeps for each branch: what was done here about it
_EPOCH_LIMIT: Final = 64
_LEFT_ALONE: Final = timedelta(seconds=2)  # each try at a database that is away may block for its time limit

Key = tuple[str, str]  # node, epoch


@dataclass(frozen=True)
class _Held:
    batch: Batch
    events: list[Taken]

    @property
    def key(self) -> Key:
        return self.batch.node, self.batch.epoch


@dataclass
class _Outcome:
    """What a group does to one outbox's mark."""

    mark: Mark
    new: list[Taken] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class OfficeCustody:
    """What `signage.link.parent.Parent` asks of a collector. Every method may raise DatabaseAway: then no receipt goes."""

    def __init__(self, store: Store, profiles: Profiles | None = None) -> None:
        """`profiles`: by whose rules a low rating counts, and so alarms."""
        self._store = store
        self._profiles = profiles or Profiles()
        self.raised: list[Alert] = []  # and committed; whoever tells of them empties it
        self._away_until: Instant | None = None
        self._held: list[_Held] = []
        self.waiting = 0  # events that are held
        self._months: set[Month] = set()

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        """Store what is new of the batch, by itself. Raises Malformed, DatabaseAway."""
        self.hold(batch, at)
        return self.commit(at)[-1]

    def hold(self, batch: Batch, at: Instant) -> None:
        """Read it, to be stored by the next `commit`. Raises Malformed, DatabaseAway."""
        _check(batch)
        if self._away_until is not None and self._away_until - _LEFT_ALONE <= at < self._away_until:
            raise DatabaseAway("it was away a moment ago")
        self._held.append(_Held(batch, read_all(batch)))
        self.waiting += len(batch.events)

    def commit(self, at: Instant) -> list[Accepted]:
        """Store all that is held, in one transaction; one answer for each outbox. What fails is held no longer.

        `at`: when all of it was received, and its alerts were raised.
        """
        held, self._held, self.waiting = self._held, [], 0
        if not held:
            return []
        try:
            self._make_months(held, at)
            with self._store.begin() as connection:
                accepted = _store(connection, held, at)
                raised = self._alerts(connection, accepted, at)
        except DatabaseAway:
            self._away_until = at + _LEFT_ALONE
            raise
        self._away_until = None
        self.raised += raised
        return accepted

    def receipt(self, node: str, epoch: str) -> Receipt:
        """The last receipt for that epoch; `upto` 0 if it is unknown."""
        query = select(marks.c.last).where(marks.c.node == node, marks.c.epoch == epoch)
        with self._store.read() as connection:
            last = connection.execute(query).scalar()
        return _receipt(epoch, last or 0)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        """Head office is the end of the line: what is stored here is final at once, and said with the receipt."""
        return ()

    def _alerts(self, connection: Connection, accepted: list[Accepted], at: Instant) -> Sequence[Alert]:
        """What the new events raise, of each branch by itself."""
        new: dict[str, list[Taken]] = {}
        for one in accepted:
            new.setdefault(one.node, []).extend(one.new)
        return raise_alerts(connection, new, at, self._profiles)

    def _make_months(self, held: list[_Held], at: Instant) -> None:
        """The tables that these events go into, and those of the months ahead, before they are needed."""
        if self._store.engine.name == "sqlite":
            return
        times = {taken.written.at[:7] for one in held for taken in one.events if taken.written is not None}
        wanted = partitions.wanted(at, times)
        if not wanted <= self._months:
            with self._store.begin() as connection:
                partitions.make(connection, wanted)
            self._months |= wanted


class GatheringCustody:
    """For a Parent: holds what comes until its owner commits, so that many small batches cost one commit."""

    def __init__(self, store: Store, profiles: Profiles | None = None) -> None:
        self._office = OfficeCustody(store, profiles)
        self.commit = self._office.commit
        self.receipt = self._office.receipt
        self.finals = self._office.finals

    def accept(self, batch: Batch, at: Instant) -> None:
        self._office.hold(batch, at)

    @property
    def waiting(self) -> int:
        """Events that are held."""
        return self._office.waiting

    @property
    def raised(self) -> list[Alert]:
        return self._office.raised


def _store(connection: Connection, held: list[_Held], at: Instant) -> list[Accepted]:
    known = _marks(connection, {one.batch.node for one in held})
    outcomes: dict[Key, _Outcome] = {}
    decided: list[tuple[_Held, Decision]] = []
    found = []
    for one in held:
        outcome = outcomes.setdefault(one.key, _Outcome(known.get(one.key, Mark())))
        decision = accept(outcome.mark, one.batch, one.events)
        told = (*_new_epoch(one, known, outcome), *decision.findings)
        outcome.mark = decision.mark
        outcome.findings += told
        found += [finding_row(one.batch, finding, at) for finding in told]
        decided.append((one, decision))
    put_events(connection, _new_rows(connection, decided, outcomes, at))
    if found:
        connection.execute(insert(findings), found)
    _keep(connection, outcomes, known, at)
    return [
        Accepted(node, _receipt(epoch, one.mark.last), tuple(one.new), tuple(one.findings))
        for (node, epoch), one in outcomes.items()
    ]


def _new_epoch(held: _Held, known: dict[Key, Mark], outcome: _Outcome) -> Sequence[NewEpoch]:
    """Told once, with the first batch of an epoch that is not the node's first. Head office's own is no disk of the branch's."""
    before = [epoch for node, epoch in known if node == held.batch.node and epoch != OWN_EPOCH]
    if not before or held.key in known or held.batch.epoch == OWN_EPOCH or outcome.findings:
        return ()
    return (NewEpoch(before[-1]),)


def _new_rows(
    connection: Connection, decided: list[tuple[_Held, Decision]], outcomes: dict[Key, _Outcome], at: Instant
) -> list[EventRow]:
    """The events whose id is stored nowhere yet, whatever way it came; one of several in the same group."""
    named = [[(identity(taken), taken) for taken in decision.taken] for _, decision in decided]
    if not any(named):
        return []
    fresh = claim(connection, (key for batch in named for key, _ in batch if key is not None))
    rows, received_at = [], str(at)
    for (held, _), batch in zip(decided, named, strict=True):
        new = outcomes[held.key].new
        for key, taken in batch:
            if key is None or key in fresh:
                fresh.discard(key or "")
                new.append(taken)
                rows.append(event_row(held.batch, taken, key, received_at))
    return rows


def _marks(connection: Connection, nodes: set[str]) -> dict[Key, Mark]:
    """Every mark of these nodes, the epoch that was heard last at the end; nobody else changes them meanwhile."""
    query = select(marks.c.node, marks.c.epoch, marks.c.last, marks.c.head).where(marks.c.node.in_(nodes))
    ordered = query.order_by(marks.c.stored_at, marks.c.node, marks.c.epoch).with_for_update()
    return {(row.node, row.epoch): Mark(row.last, row.head) for row in connection.execute(ordered)}


def _keep(connection: Connection, outcomes: dict[Key, _Outcome], known: dict[Key, Mark], at: Instant) -> None:
    fresh, moved = [], []
    for (node, epoch), outcome in outcomes.items():
        mark = outcome.mark
        row = {"node": node, "epoch": epoch, "last": mark.last, "head": mark.head, "stored_at": str(at)}
        if (node, epoch) not in known:
            fresh.append(row)
        elif mark != known[node, epoch]:
            moved.append(row)
    put_marks(connection, fresh, moved)


def _receipt(epoch: str, last: int) -> Receipt:
    return Receipt(epoch=epoch, upto=last, final=last, v=1)


def _check(batch: Batch) -> None:
    """Names that go into keys must fit there."""
    check(batch)
    if not NODE.fullmatch(batch.node):
        raise Malformed("events", f"{batch.node[:40]!r} is no node name")
    if not 0 < len(batch.epoch) <= _EPOCH_LIMIT or "\0" in batch.epoch:
        raise Malformed("events", f"{batch.epoch[:40]!r} is no epoch")
