"""The upper side of a link: receipts, statuses, answers to Sync, Alive (the controller; the same for a collector)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import Address, LinkEvent
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.inbox import Accepted
from signage.link.node import LinkDown, LinkUp
from signage.wire.messages import Batch, BlobRequest, Command, Content, LocalState, Receipt, Reply, Status, Sync
from signage.wire.topics import Topics


@dataclass(frozen=True)
class ParentSettings:
    name: str  # client name
    topics: Topics
    alive_every_s: float | None  # 5 in a branch, 60 at head office's publisher, None at a collector
    link: str = "devices"
    subscriptions: tuple[str, ...] | None = None  # None: ROOT/+/up/#, ROOT/all/local, ROOT/all/down/state
    receipt_on_sync: bool = True


class Custody(Protocol):
    """Where events go: signage.link.inbox.Inbox, or the collector's own."""

    def accept(self, batch: Batch, at: Instant) -> Accepted: ...
    def receipt(self, node: str, epoch: str) -> Receipt: ...
    def finals(self) -> tuple[tuple[str, Receipt], ...]: ...


@dataclass(frozen=True)
class NodeStatus:
    """A status has come, or a node has fallen silent. `status` is the last one; `online` is what counts."""

    node: str
    status: Status
    online: bool
    device: str | None = None  # ROOT/<branch>/up/device/<device>/status


@dataclass(frozen=True)
class FromNode:
    """Something a node sent that the owner must answer or note."""

    node: str
    message: Command | Reply | Sync | BlobRequest


ParentArrival = LinkUp | LinkDown | Accepted | NodeStatus | FromNode | LocalState | BranchState


class Parent:
    def __init__(
        self,
        settings: ParentSettings,
        moment: Moment,
        custody: Custody | None = None,
        commands: Commands | None = None,
    ) -> None:
        """`custody` None (the publisher): batches are not taken. `commands`: devices' commands, each executed once."""
        raise NotImplementedError

    statuses: dict[str, NodeStatus]  # by node, as last seen

    def start(self, address: Address, put: Callable[[LinkEvent], None]) -> None:
        raise NotImplementedError

    def stop(self, timeout_s: float = 2.0) -> None:
        raise NotImplementedError

    def handle(self, event: LinkEvent, moment: Moment) -> list[ParentArrival]:
        """Batches are stored and receipted, Syncs answered with state, content and receipt; all else is handed over.

        BranchState arrives here only as retained by an earlier life of the controller (adopt its revision).
        A batch is stored by `custody.accept` in its own transaction; to add state of your own to it, pass a custody
        that wraps Inbox.accept in `database.run`.
        """
        raise NotImplementedError

    def tick(self, moment: Moment) -> float:
        """Alive, finals, nodes fallen silent (see `silent`); returns the next deadline, monotonic."""
        raise NotImplementedError

    def silent(self, moment: Moment) -> list[NodeStatus]:
        """Nodes that have gone offline by silence (90 s) since the last call."""
        raise NotImplementedError

    def publish_state(self, state: BranchState) -> None:
        """ROOT/all/down/state, retained; repeated at every connect, and named in Alive."""
        raise NotImplementedError

    def publish_content(self, content: Content, branch: str | None = None) -> None:
        """ROOT/all/down/content, retained; with `branch` only to that one, and not named in Alive."""
        raise NotImplementedError

    def send_command(self, command: Command) -> bool:
        """To its `target`. Never retained; False: no link."""
        raise NotImplementedError

    def send_reply(self, node: str, reply: Reply) -> bool:
        """Answer a node's command; kept for repeats."""
        raise NotImplementedError
