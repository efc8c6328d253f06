"""The controller's inbox: takes devices' batches into its own outbox, in one transaction, each event once."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID, uuid5

from signage.core.instants import Instant
from signage.link.database import Database
from signage.link.outbox import Outbox
from signage.wire.chain import GENESIS
from signage.wire.custody import ChainBreak, Decision, Finding, Gap, Mark, Taken, accept
from signage.wire.messages import Batch, Receipt

_FINDINGS = UUID("3f1f7b8e-6f2a-4c0e-9c57-6d0f6a1f4f0b")  # namespace: the same finding made twice is one event


class Upstream(Enum):
    """Where `final` comes from: head office's receipts, or this very storage where the branch stands alone."""

    HEAD_OFFICE = "head office"
    NONE = "none"


@dataclass(frozen=True)
class Accepted:
    """`new` are the events that had never been stored before, whatever way they came; act on these only."""

    node: str
    receipt: Receipt
    new: tuple[Taken, ...]
    findings: tuple[Finding, ...]


class Inbox:
    """Shares database and transaction with the outbox that it hands events on to."""

    def __init__(self, database: Database, outbox: Outbox, upstream: Upstream) -> None:
        self._database = database
        self._outbox = outbox
        self._upstream = upstream
        self._told: dict[tuple[str, str], int] = {}  # `final` as last told; whoever missed it asks by Sync
        self._seen_final = outbox.final

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        """Store what is new of the batch. Joins the owner's transaction (`database.run`) for state that must go with it.

        Gaps and breaks are put into the outbox as `fault` events in the same transaction. Raises Malformed, StorageError.
        """
        return self._database.run(lambda: self._accept(batch, at))

    def receipt(self, node: str, epoch: str) -> Receipt:
        """The last receipt for that epoch (`upto` 0 if it is unknown)."""
        last = self._mark(node, epoch).last
        final = self._final(node, epoch, last)
        self._told[node, epoch] = final
        return Receipt(epoch=epoch, upto=last, final=final, v=1)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        """(node, receipt) for every epoch whose `final` has moved since it was last told."""
        final = self._outbox.final
        if final == self._seen_final:
            return ()
        self._seen_final = final
        told = dict(self._told)
        receipts = ((node, self.receipt(node, epoch)) for node, epoch in told)
        return tuple((node, receipt) for node, receipt in receipts if receipt.final > told[node, receipt.epoch])

    # ---- inside a transaction ----------------------------------------------------------------------------------------

    def _mark(self, node: str, epoch: str) -> Mark:
        rows = self._database.execute("SELECT last, head FROM inbox WHERE node = ? AND epoch = ?", node, epoch)
        return Mark(*rows[0]) if rows else Mark(0, GENESIS)

    def _accept(self, batch: Batch, at: Instant) -> Accepted:
        mark = self._mark(batch.node, batch.epoch)
        decision = accept(mark, batch)
        new = tuple(taken for taken in decision.taken if self._take(batch, taken, at))
        if decision.mark != mark:
            self._database.execute(
                "INSERT OR REPLACE INTO inbox VALUES (?, ?, ?, ?)",
                batch.node,
                batch.epoch,
                decision.mark.last,
                decision.mark.head,
            )
        self._alarm(batch, decision, at)
        return Accepted(batch.node, self.receipt(batch.node, batch.epoch), new, decision.findings)

    def _take(self, batch: Batch, taken: Taken, at: Instant) -> bool:
        """Put one event into the outbox. True: it was never here before."""
        passed = self._outbox.pass_on(taken, at)
        if self._upstream is Upstream.HEAD_OFFICE:
            self._database.execute(
                "INSERT INTO inbox_pending SELECT ?, ?, ?, key FROM outbox WHERE key = ?",
                batch.node,
                batch.epoch,
                taken.seq,
                passed.key,
            )
        return passed.new

    def _final(self, node: str, epoch: str, last: int) -> int:
        if self._upstream is Upstream.NONE:
            return last
        pending = "SELECT min(seq) FROM inbox_pending WHERE node = ? AND epoch = ?"
        lowest: int | None = self._database.execute(pending, node, epoch)[0][0]
        return last if lowest is None else lowest - 1

    def _alarm(self, batch: Batch, decision: Decision, at: Instant) -> None:
        for finding in decision.findings:
            match finding:
                case Gap(first, last):
                    self._fault(batch, "events-missing", first, f"events {first} to {last} are gone", at)
                case ChainBreak(seq):
                    self._fault(batch, "chain-break", seq, f"event {seq} does not continue the one before it", at)
                case _:
                    pass  # unreadable: marked, passed on, and logged by the parent

    def _fault(self, batch: Batch, code: str, seq: int, text: str, at: Instant) -> None:
        data = {"device": batch.node, "code": code, "on": True, "text": f"{text} (epoch {batch.epoch})"}
        name = f"{batch.node}/{batch.epoch}/{code}/{seq}"
        self._outbox.append("fault", data, at, str(uuid5(_FINDINGS, name)))
