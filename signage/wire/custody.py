"""Who has taken over which events: the pure decision of a parent about one batch (contract: Batch, Receipt).

Controller and collector use the same one, each with its own tables:

    decision = accept(mark, batch)          # mark: what is stored for (batch.node, batch.epoch); Mark() if nothing
    store decision.taken (each event id once), decision.mark and decision.findings in ONE transaction, then send
    Receipt(epoch=batch.epoch, upto=decision.mark.last, final=…)   # head office: final = upto
"""

from dataclasses import dataclass
from typing import Any

from signage.wire.chain import GENESIS
from signage.wire.messages import Batch, Event


@dataclass(frozen=True)
class Mark:
    """Per (node, epoch): the last number stored, and what the next event must carry as `prev` (None: unknown)."""

    last: int = 0
    head: str | None = GENESIS


@dataclass(frozen=True)
class Taken:
    """One event to store. `raw` is what arrived; `event` is None where it cannot be read, and `problem` says why.

    `id` and `kind` are filled in where at least they can be read. `value` is the plain object, None if there is none
    that has a canonical form.
    """

    seq: int
    raw: bytes
    digest: str
    value: dict[str, Any] | None
    event: Event | None
    id: str | None
    kind: str
    problem: str | None
    broken: bool  # its `prev` does not fit the event before it


@dataclass(frozen=True)
class Gap:
    """Numbers `first` to `last` will never come: the node no longer holds them."""

    first: int
    last: int


@dataclass(frozen=True)
class ChainBreak:
    """The event `seq` does not continue the one before it."""

    seq: int


@dataclass(frozen=True)
class Unreadable:
    """The event `seq` was stored as it came, because it could not be read."""

    seq: int
    problem: str


Finding = Gap | ChainBreak | Unreadable


@dataclass(frozen=True)
class Decision:
    """`taken` in order of number, the `mark` afterwards, and what is to be recorded and alarmed."""

    taken: tuple[Taken, ...]
    mark: Mark
    findings: tuple[Finding, ...]


def accept(mark: Mark, batch: Batch) -> Decision:
    """What of `batch` is to be stored. Raises Malformed if its numbers make no sense (below 1, beyond 2**53)."""
    raise NotImplementedError
