"""The lower side of a link: outbox, status, commands, reconciliation (a bridge, a screen, a controller to head office).

node = Node(NodeSettings(...), outbox, commands, moment)
node.start(address, loop.put)                      # then for every event of the loop's queue:
for arrival in node.handle(event, moment): match arrival: ...
deadline = node.tick(moment)                       # monotonic seconds
node.emit("rating", {...}, moment, event_id=...)   # committed when it returns
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import Address, LinkEvent
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.outbox import Appended, Outbox
from signage.wire.messages import (
    Alive,
    BranchStatus,
    Command,
    Content,
    Fault,
    LocalState,
    PadStatus,
    Reply,
    Role,
    ScreenStatus,
    Status,
)
from signage.wire.topics import Topics


@dataclass(frozen=True)
class NodeSettings:
    name: str
    role: Role
    software: str
    topics: Topics
    link: str = "broker"  # tags this link's events; differs between the links of one program
    groups: tuple[str, ...] = ()  # tags: group-<tag>
    also: tuple[str, ...] = ()  # further topic filters, such as ROOT/+/up/status, ROOT/all/local
    life_from_receipt: bool = True  # between a device and its controller; False towards head office


@dataclass(frozen=True)
class LinkUp:
    session: str


@dataclass(frozen=True)
class LinkDown:
    reason: str


@dataclass(frozen=True)
class BlobChunk:
    """`payload` None: the parent does not have the blob yet."""

    sha256: str
    offset: int
    payload: bytes | None


Arrival = LinkUp | LinkDown | Command | BranchState | Alive | Reply | Content | Status | LocalState | BlobChunk


@dataclass(frozen=True)
class Report:
    """The owner's part of the Status; the node adds the rest (its own faults, backlog and health too)."""

    faults: tuple[Fault, ...] = ()
    screen: ScreenStatus | None = None
    pads: tuple[PadStatus, ...] | None = None
    branch: BranchStatus | None = None


class Node:
    def __init__(self, settings: NodeSettings, outbox: Outbox, commands: Commands, moment: Moment) -> None:
        raise NotImplementedError

    def start(self, address: Address, put: Callable[[LinkEvent], None]) -> None:
        raise NotImplementedError

    def stop(self, moment: Moment, timeout_s: float = 2.0) -> None:
        """Say "offline", disconnect. The outbox keeps what is not delivered."""
        raise NotImplementedError

    @property
    def session(self) -> str | None:
        """The connection's UUID; None while there is none."""
        raise NotImplementedError

    @property
    def parent_heard(self) -> float | None:
        """`Moment.mono` of the last Alive. A screen with none for 15 s has no controller."""
        raise NotImplementedError

    def now(self, moment: Moment) -> Instant:
        """The time to act by: this machine's, or the parent's if they differ by more than 2 s."""
        raise NotImplementedError

    def handle(self, event: LinkEvent, moment: Moment) -> list[Arrival]:
        """Events of other links give []. A Command appears once in its life, unexpired; answer with `reply`.

        Malformed messages are counted, logged once a minute, and change nothing.
        """
        raise NotImplementedError

    def tick(self, moment: Moment) -> float:
        """Send what is due; returns the monotonic time at which to be called again at the latest."""
        raise NotImplementedError

    def emit(self, kind: str, data: dict[str, Any], moment: Moment, event_id: str | None = None) -> Appended:
        """Commit an event, joining an open transaction. Sent with the next tick. Raises EventTooLarge, StorageError."""
        raise NotImplementedError

    def report(self, report: Report, moment: Moment) -> None:
        """What the Status is to say from now on. Call whenever anything changes, as often as you like."""
        raise NotImplementedError

    def have(self, revision: int | None = None, content: int | None = None) -> None:
        """What this node holds, for Sync. None: nothing of the kind."""
        raise NotImplementedError

    def command(
        self,
        name: str,
        args: dict[str, Any],
        moment: Moment,
        life_s: float = 10.0,
        actor: str | None = None,
        token: str | None = None,
    ) -> str | None:
        """A device's command to its controller; its id (the Reply arrives by `handle`), or None: no link, nothing sent."""
        raise NotImplementedError

    def reply(self, reply: Reply) -> None:
        """Answer a command; kept, so that a repeated command gets the same answer."""
        raise NotImplementedError

    def publish_local(self, state: LocalState) -> bool:
        """ROOT/all/local (touch screens)."""
        raise NotImplementedError

    def publish_device_status(self, device: str, status: Status) -> bool:
        """A controller's summary of one device for head office, retained."""
        raise NotImplementedError
