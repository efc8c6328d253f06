"""The durable outbox of a node (contract: Batch, Receipt): numbered, chained, deleted only at or below `final`."""

from dataclasses import dataclass
from typing import Any

from signage.core.instants import Instant
from signage.link.database import Database
from signage.wire.custody import Taken
from signage.wire.messages import Batch


@dataclass(frozen=True)
class Appended:
    """`new` is False when this outbox holds or has held that id: nothing was stored. `key` names the row for good."""

    id: str
    new: bool
    key: int


class EventTooLarge(ValueError):  # noqa: N818 - names the state of the event
    """More than 64 KiB, or not to be written as canonical JSON (floating-point numbers)."""


class Outbox:
    """Shares its database, and its owner's transaction if one is open."""

    def __init__(self, database: Database, node: str) -> None:
        raise NotImplementedError

    @property
    def epoch(self) -> str:
        raise NotImplementedError

    @property
    def last(self) -> int:
        """The highest number given in this epoch; 0: none yet."""
        raise NotImplementedError

    @property
    def oldest(self) -> int:
        """The lowest number still held; last+1 if none is."""
        raise NotImplementedError

    @property
    def backlog(self) -> int:
        """Events that the parent has not receipted yet (`upto`)."""
        raise NotImplementedError

    def append(self, kind: str, data: dict[str, Any], at: Instant, event_id: str | None = None) -> Appended:
        """Commit one event of this node's own. Raises EventTooLarge, StorageFull, StorageBroken: then nothing is stored."""
        raise NotImplementedError

    def pass_on(self, taken: Taken, at: Instant) -> Appended:
        """Take over another node's event: new number and `prev`, everything else as received."""
        raise NotImplementedError

    def batch(self, first: int) -> Batch | None:
        """At most 200 events or 128 KiB from number `first` on; None if there are none."""
        raise NotImplementedError

    def prune(self, now: Instant) -> int:
        """Forget ids older than 30 days whose events are gone."""
        raise NotImplementedError
