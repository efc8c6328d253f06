"""The durable outbox of a node (contract: Batch, Receipt): numbered, chained, deleted only at or below `final`."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from signage.core.instants import Instant
from signage.link import identities
from signage.link.database import Database, StorageFull
from signage.wire.chain import GENESIS, canonical
from signage.wire.codec import plain
from signage.wire.custody import Taken, read
from signage.wire.messages import Batch, Receipt

EVENT_LIMIT_BYTES: Final = 64 * 1024
BATCH_LIMIT_BYTES: Final = 128 * 1024
BATCH_LIMIT_EVENTS: Final = 200
IDS_KEPT: Final = timedelta(days=30)  # a pad may repeat a press long after
_PIECE: Final = 20  # events deleted at once when the disk is full
_ENVELOPE_BYTES: Final = 512  # of a Batch around its events
_NEW_EPOCH: Final = (
    "INSERT OR REPLACE INTO outbox_state (one, epoch, last, head, upto, final) VALUES (1, ?, 0, ?, 0, 0)"
)
_FOREIGN_LIMIT_BYTES: Final = 192 * 1024  # what another node sent may be above the limit, but must fit into a message


class EventTooLarge(ValueError):  # noqa: N818 - names the state of the event
    """More than 64 KiB as canonical JSON."""


@dataclass(frozen=True)
class Appended:
    """`new` is False when this outbox holds or has held that id: nothing was stored. `key` names the row for good."""

    id: str | None
    new: bool
    key: int


@dataclass(frozen=True)
class _State:
    epoch: str
    last: int
    head: str
    upto: int
    final: int
    sent: int


class Outbox:
    """Shares its database, and its owner's transaction if one is open."""

    def __init__(self, database: Database, node: str) -> None:
        """Raises StorageError."""
        self.database = database
        self._node = node
        self.fresh = not database.execute("SELECT 1 FROM outbox_state")  # its epoch was made by this very process
        self._version: tuple[int, int] | None = None
        self._read: _State
        # Certain of its numbers, an outbox notes them as sent with the commit that gives them: no second one is needed.
        self.certain = self.fresh
        if self.fresh:
            database.run(self._begin_epoch)

    @property
    def epoch(self) -> str:
        return self._state().epoch

    @property
    def last(self) -> int:
        """The highest number given in this epoch; 0: none yet."""
        return self._state().last

    @property
    def oldest(self) -> int:
        """The lowest number still held; last+1 if none is."""
        lowest: int | None = self.database.execute("SELECT min(seq) FROM outbox")[0][0]
        return self.last + 1 if lowest is None else lowest

    @property
    def upto(self) -> int:
        """What the parent said that it has stored."""
        return self._state().upto

    @property
    def final(self) -> int:
        return self._state().final

    @property
    def sent(self) -> int:
        """The highest number that was ever sent from this disk."""
        return self._state().sent

    @property
    def backlog(self) -> int:
        """Events that the parent has not receipted yet."""
        state = self._state()
        return state.last - state.upto

    def append(self, kind: str, data: dict[str, Any], at: Instant, event_id: str | None = None) -> Appended:
        """Commit one event of this node's own; `data` may hold Instants. An id seen within 30 days is not stored again.

        Raises EventTooLarge, NotCanonical (floating-point numbers), StorageFull, StorageBroken: nothing is stored then.
        """
        event = {
            "id": event_id or identities.event_id(at),
            "at": str(at),
            "kind": kind,
            "origin": self._node,
            "origin_epoch": self.epoch,
            "origin_seq": 2**53,
            "prev": GENESIS,
            "data": plain(data),
        }
        size = len(canonical(event))
        if size > EVENT_LIMIT_BYTES:
            raise EventTooLarge(f"a {kind} event of {size} bytes, at most {EVENT_LIMIT_BYTES}")
        return self.database.run(lambda: self._append(event, at))

    def pass_on(self, taken: Taken, at: Instant) -> Appended:
        """Take over another node's event: new number and `prev`, everything else as received.

        What has no canonical form is passed on byte by byte, without a `prev` of this outbox.
        """

        def store() -> Appended:
            known = self._known(taken.id)
            return known or self._insert(taken.id, self._relinked(taken, self._state().head), at)

        return self.database.run(store)

    def batch(self, first: int, ceiling: int | None = None) -> Batch | None:
        """At most 200 events or 128 KiB from number `first` to `ceiling`; None if there are none."""
        rows = self.database.execute(
            "SELECT seq, raw FROM outbox WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
            first,
            self.last if ceiling is None else ceiling,
            BATCH_LIMIT_EVENTS,
        )
        events: list[msgspec.Raw] = []
        size = _ENVELOPE_BYTES
        for _, raw in rows:
            size += len(raw) + 1
            if events and size > BATCH_LIMIT_BYTES:
                break
            events.append(msgspec.Raw(raw))
        return self._batch(rows[0][0], events) if rows else None

    def probe(self, first: int) -> Batch:
        """A batch of no events: makes the parent say up to where it has this epoch."""
        return self._batch(first, [])

    def sending(self, upto: int) -> None:
        """Note that numbers up to `upto` are about to be sent: committed first, or an old copy could not be told."""
        if upto > self.sent:
            self.database.run(lambda: self.database.execute("UPDATE outbox_state SET sent = ?", upto))

    def confirm(self, receipt: Receipt) -> bool:
        """Note what the parent has, and delete what is final. True: something new was final. Other epochs change nothing."""
        try:
            return self.database.run(lambda: self._confirm(receipt))
        except StorageFull:
            return self._confirm_by_pieces(receipt)

    def renumber(self) -> None:
        """A new epoch with all that is held, in its order: this disk was an old copy (contract: Batch, Receipt)."""
        self.database.run(self._renumber)

    def prune(self, now: Instant) -> None:
        """Forget ids older than 30 days whose events are gone."""
        before = Instant.of(now - IDS_KEPT).ms
        gone = "NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.key = outbox_ids.key)"
        self.database.run(lambda: self.database.execute(f"DELETE FROM outbox_ids WHERE at_ms < ? AND {gone}", before))  # noqa: S608 - a constant

    def _confirm_by_pieces(self, receipt: Receipt) -> bool:
        """Deleting takes room in the log, and most where there is most to delete: on a full disk, a little at a time."""
        before = self.final
        while (done := self.final) < min(receipt.final, receipt.upto, self.last):
            self.database.tidy()
            piece = replace(receipt, final=min(receipt.final, done + _PIECE))
            self.database.run(partial(self._confirm, piece))
        return self.final > before

    # ---- inside a transaction ----------------------------------------------------------------------------------------

    def _state(self) -> _State:
        """Asked for many times between two changes: read once for each committed version."""
        version = self.database.version
        if version is None or version != self._version:
            self._read = _State(
                *self.database.execute("SELECT epoch, last, head, upto, final, sent FROM outbox_state")[0]
            )
            self._version = version
        return self._read

    def _begin_epoch(self) -> None:
        self.database.execute(_NEW_EPOCH, str(uuid4()), GENESIS)

    def _known(self, event_id: str | None) -> Appended | None:
        if event_id is None:
            return None
        rows = self.database.execute("SELECT key FROM outbox_ids WHERE id = ?", event_id)
        return Appended(event_id, new=False, key=rows[0][0]) if rows else None

    def _append(self, event: dict[str, Any], at: Instant) -> Appended:
        known = self._known(event["id"])
        if known:
            return known
        state = self._state()
        form = canonical(
            event | {"origin_epoch": state.epoch, "origin_seq": state.last + 1, "prev": state.head},
        )
        return self._insert(event["id"], (form, sha256(form).hexdigest()), at)

    def _insert(self, event_id: str | None, form: tuple[bytes, str], at: Instant) -> Appended:
        raw, digest = form
        self.database.leave_room()
        counted = "sent = last + 1" if self.certain else "sent = sent"  # the old `last`: all of a row is set at once
        self.database.execute(f"UPDATE outbox_state SET last = last + 1, head = ?, {counted}", digest)  # noqa: S608 - two constants
        row = "INSERT INTO outbox (seq, raw) SELECT last, ? FROM outbox_state RETURNING key"
        key: int = self.database.execute(row, raw)[0][0]
        if event_id is not None:  # a clock that was wrong at boot must not make an id look old: never below the newest
            newest = "SELECT max(?, coalesce((SELECT max(at_ms) FROM outbox_ids), 0))"
            self.database.execute(f"INSERT INTO outbox_ids VALUES (?, ?, ({newest}))", event_id, key, at.ms)  # noqa: S608 - a constant
        return Appended(event_id, new=True, key=key)

    def _relinked(self, taken: Taken, head: str) -> tuple[bytes, str]:
        if taken.value is not None:
            form = canonical(taken.value | {"prev": head})
            if len(form) <= _FOREIGN_LIMIT_BYTES:
                return form, sha256(form).hexdigest()
        elif len(taken.raw) <= _FOREIGN_LIMIT_BYTES:
            return taken.raw, taken.digest
        stub = {"oversized": len(taken.raw), "sha256": sha256(taken.raw).hexdigest(), "prev": head}
        form = canonical(stub | {"begins": taken.raw[:4096].decode(errors="replace")})
        return form, sha256(form).hexdigest()

    def _batch(self, first: int, events: list[msgspec.Raw]) -> Batch:
        return Batch(node=self._node, epoch=self.epoch, oldest=self.oldest, first=first, events=tuple(events), v=1)

    def _confirm(self, receipt: Receipt) -> bool:
        state = self._state()
        if receipt.epoch != state.epoch:
            return False
        upto = min(max(receipt.upto, 0), state.last)
        final = max(min(receipt.final, upto), state.final)
        if (upto, final) != (state.upto, state.final):
            self.database.execute("UPDATE outbox_state SET upto = ?, final = ?", upto, final)
        if final > state.final:
            self.database.execute("DELETE FROM outbox WHERE seq <= ?", final)
        return final > state.final

    def _renumber(self) -> None:
        self._begin_epoch()
        head = GENESIS
        number = 0
        for (key,) in self.database.execute("SELECT key FROM outbox ORDER BY seq"):
            raw: bytes = self.database.execute("SELECT raw FROM outbox WHERE key = ?", key)[0][0]
            number += 1
            form, head = self._relinked(read(number, raw, None), head)
            self.database.execute("UPDATE outbox SET seq = ?, raw = ? WHERE key = ?", number, form, key)
        self.database.execute("UPDATE outbox_state SET last = ?, head = ?", number, head)
