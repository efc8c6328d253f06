"""The controller's inbox: takes devices' batches into its own outbox, in one transaction, each event once."""

from dataclasses import dataclass
from enum import Enum

from signage.core.instants import Instant
from signage.link.database import Database
from signage.link.outbox import Outbox
from signage.wire.custody import Finding, Taken
from signage.wire.messages import Batch, Receipt


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
    def __init__(self, database: Database, outbox: Outbox, upstream: Upstream) -> None:
        raise NotImplementedError

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        """Store what is new of the batch. Joins the owner's transaction (`database.run`) for state that must go with it.

        Findings are put into the outbox as `fault` events in the same transaction. Raises Malformed, StorageError.
        """
        raise NotImplementedError

    def receipt(self, node: str, epoch: str) -> Receipt:
        """The last receipt for that epoch (`upto` 0 if it is unknown)."""
        raise NotImplementedError

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        """(node, receipt) for every epoch whose `final` has moved since it was last told; Parent.tick sends them."""
        raise NotImplementedError
