"""Head office's custody of events: each batch and its mark in one transaction, each event once (contract: Batch)."""

import json
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from signage.core.instants import Instant
from signage.link.inbox import Accepted
from signage.office.alerts import Alert, raise_alerts
from signage.office.database import DatabaseAway, Store
from signage.office.measures.profiles import Profiles
from signage.office.tables import events, findings, marks
from signage.wire.codec import Malformed
from signage.wire.custody import ChainBreak, Decision, Finding, Gap, Mark, Taken, accept
from signage.wire.messages import Batch, Receipt
from signage.wire.topics import NODE

_NAME_LIMIT: Final = 200  # characters; an index entry of PostgreSQL must stay under 2,700 bytes
_EPOCH_LIMIT: Final = 64
_LEFT_ALONE: Final = timedelta(seconds=2)  # each try at a database that is away may block for its time limit
_INTEGER_LIMIT: Final = 2**63 - 1


class OfficeCustody:
    """What `signage.link.parent.Parent` asks of a collector. Every method may raise DatabaseAway: then no receipt goes."""

    def __init__(self, store: Store, profiles: Profiles | None = None) -> None:
        """`profiles`: by whose rules a low rating counts, and so alarms."""
        self._store = store
        self._profiles = profiles or Profiles()
        self.raised: list[Alert] = []  # and committed; whoever tells of them empties it
        self._away_until: Instant | None = None

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        """Store what is new of the batch. Raises Malformed, DatabaseAway."""
        _check(batch)
        if self._away_until is not None and self._away_until - _LEFT_ALONE <= at < self._away_until:
            raise DatabaseAway("it was away a moment ago")
        try:
            accepted = self._store_batch(batch, at)
        except DatabaseAway:
            self._away_until = at + _LEFT_ALONE
            raise
        self._away_until = None
        return accepted

    def _store_batch(self, batch: Batch, at: Instant) -> Accepted:
        with self._store.begin() as connection:
            found = _mark(connection, batch.node, batch.epoch)
            decision = accept(found or Mark(), batch)
            new = _unknown(connection, decision)
            if new:
                connection.execute(insert(events), [_row(batch, taken, at) for taken in new])
            if decision.findings:
                connection.execute(insert(findings), [_finding(batch, finding, at) for finding in decision.findings])
            _keep(connection, batch, decision.mark, at, found)
            raised = raise_alerts(connection, batch.node, new, at, self._profiles[batch.node].ratings)
        self.raised += raised
        return Accepted(batch.node, _receipt(batch.epoch, decision.mark.last), new, decision.findings)

    def receipt(self, node: str, epoch: str) -> Receipt:
        """The last receipt for that epoch; `upto` 0 if it is unknown."""
        with self._store.begin() as connection:
            mark = _mark(connection, node, epoch)
        return _receipt(epoch, mark.last if mark is not None else 0)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        """Head office is the end of the line: what is stored here is final at once, and said with the receipt."""
        return ()


def _receipt(epoch: str, last: int) -> Receipt:
    return Receipt(epoch=epoch, upto=last, final=last, v=1)


def _check(batch: Batch) -> None:
    """Names that go into keys must fit there."""
    if not NODE.fullmatch(batch.node):
        raise Malformed("events", f"{batch.node[:40]!r} is no node name")
    if not 0 < len(batch.epoch) <= _EPOCH_LIMIT or "\0" in batch.epoch:
        raise Malformed("events", f"{batch.epoch[:40]!r} is no epoch")


def _mark(connection: Connection, node: str, epoch: str) -> Mark | None:
    row = connection.execute(
        select(marks.c.last, marks.c.head).where(marks.c.node == node, marks.c.epoch == epoch).with_for_update()
    ).first()
    return Mark(last=row.last, head=row.head) if row is not None else None


def _keep(connection: Connection, batch: Batch, mark: Mark, at: Instant, before: Mark | None) -> None:
    if before is None:
        connection.execute(
            insert(marks).values(node=batch.node, epoch=batch.epoch, last=mark.last, head=mark.head, stored_at=str(at))
        )
    elif mark != before:
        connection.execute(
            update(marks)
            .where(marks.c.node == batch.node, marks.c.epoch == batch.epoch)
            .values(last=mark.last, head=mark.head, stored_at=str(at))
        )


def _unknown(connection: Connection, decision: Decision) -> tuple[Taken, ...]:
    """The events whose id is stored nowhere yet, whatever way it came; one of several in the same batch."""
    wanted = {identity for taken in decision.taken if (identity := _identity(taken)) is not None}
    known = set(connection.execute(select(events.c.id).where(events.c.id.in_(wanted))).scalars()) if wanted else set()
    new = []
    for taken in decision.taken:
        identity = _identity(taken)
        if identity is None or identity not in known:
            new.append(taken)
            known.add(identity)
    return tuple(new)


def _identity(taken: Taken) -> str | None:
    """The id as a key; None where there is none that could be one."""
    return taken.id if taken.id is not None and len(taken.id) <= _NAME_LIMIT and "\0" not in taken.id else None


def _text(value: str | None) -> str | None:
    """PostgreSQL's texts hold no NUL, its indices nothing long; the raw event keeps both."""
    return value.replace("\0", "\ufffd")[:_NAME_LIMIT] if value is not None else None


def _row(batch: Batch, taken: Taken, at: Instant) -> dict[str, Any]:
    event = taken.event
    problem = taken.problem
    seq = event.origin_seq if event is not None else None
    if seq is not None and abs(seq) > _INTEGER_LIMIT:
        seq, problem = None, problem or "origin_seq is beyond 2**63"
    identity = _identity(taken)
    if identity is None and taken.id is not None:
        problem = problem or "id is no key"
    return {
        "branch": batch.node,
        "received_at": str(at),
        "id": identity,
        "at": str(event.at) if event is not None else None,
        "kind": _text(taken.kind),
        "origin": _text(event.origin) if event is not None else None,
        "origin_epoch": _text(event.origin_epoch) if event is not None else None,
        "origin_seq": seq,
        "data": json.dumps(event.data, ensure_ascii=False)
        if event is not None
        else "{}",  # its numbers are of any size
        "raw": taken.raw,
        "problem": problem.replace("\0", "\ufffd") if problem is not None else None,
        "broken": taken.broken,
        "epoch": batch.epoch,
        "seq": taken.seq,
    }


def _finding(batch: Batch, finding: Finding, at: Instant) -> dict[str, Any]:
    row = {"node": batch.node, "epoch": batch.epoch, "found_at": str(at), "problem": None}
    match finding:
        case Gap(first, last):
            return row | {"kind": "gap", "first": first, "last": last}
        case ChainBreak(seq):
            return row | {"kind": "break", "first": seq, "last": seq}
        case _:
            problem = finding.problem.replace("\0", "\ufffd")
            return row | {"kind": "unreadable", "first": finding.seq, "last": finding.seq, "problem": problem}
