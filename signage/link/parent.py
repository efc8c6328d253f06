"""The upper side of a link: receipts, statuses, answers to Sync, Alive (the controller; the same for a collector)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import Address, Arrived, Client, Connected, LinkEvent, Lost, Put
from signage.link.clock import Moment
from signage.link.commands import Commands, Life, expiry
from signage.link.database import StorageError
from signage.link.figures import LINK_UP, REFUSED, Figure
from signage.link.inbox import Accepted
from signage.link.log import Refusals, Trouble
from signage.link.node import LinkDown, LinkUp
from signage.link.roll import NodeStatus, Roll
from signage.wire.codec import Malformed, decode, encode, prepare
from signage.wire.messages import Alive, Batch, BlobRequest, Command, Content, LocalState, Receipt, Reply, Status, Sync
from signage.wire.topics import Topics

_NEVER_S: Final = 3600.0

prepare(Batch, Sync, BlobRequest, Alive, Status, Command, Reply)  # before there is a second thread


@dataclass(frozen=True)
class ParentSettings:
    name: str  # client name
    topics: Topics
    alive_every_s: float | None  # 5 in a branch, 60 at head office's publisher, None at a collector
    link: str = "devices"
    subscriptions: tuple[str, ...] | None = None  # None: ROOT/+/up/#, ROOT/all/local, ROOT/all/down/state and alive
    started_at: Instant | None = None  # told in Alive


class Custody(Protocol):
    """Where events go: signage.link.inbox.Inbox, or the collector's own."""

    def accept(self, batch: Batch, at: Instant) -> Accepted | None:
        """Store what is new, in one transaction with the mark. Raises Malformed, StorageError.

        None: it waits for a transaction of several; once that is committed, the owner calls `Parent.receipt`.
        """

    def receipt(self, node: str, epoch: str) -> Receipt:
        """The last receipt for that epoch."""

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        """What has become final since it was last told."""


@dataclass(frozen=True)
class FromNode:
    """Something a node sent that the owner must answer or note."""

    node: str
    message: Command | Reply | Sync | BlobRequest


ParentArrival = Alive | LinkUp | LinkDown | Accepted | NodeStatus | FromNode | LocalState | BranchState


class Parent:
    """Owned by the main loop. `make_client` is for those who bring their own connection."""

    def __init__(
        self,
        settings: ParentSettings,
        moment: Moment,
        custody: Custody | None = None,
        commands: Commands | None = None,
        make_client: Callable[..., Client] = Client,
        content_for: Callable[[str, Sync], Content | None] | None = None,
    ) -> None:
        """`custody` None (the publisher): batches are not taken. `commands`: devices' commands, each executed once.

        `content_for`: what answers a Sync where it depends on who asks; without it what was last published does.
        """
        self._settings = settings
        self._topics = settings.topics
        self._custody = custody
        self._commands = commands
        self._make_client = make_client
        self._content_for = content_for or self._newer_content
        self._client: Client | None = None
        self._session: str | None = None
        self._alive_at = moment.mono
        self._state: BranchState | None = None
        self._content: Content | None = None
        self._content_of: dict[str, Content] = {}
        self._roll = Roll()
        self._refusals = Refusals()
        self._log = structlog.get_logger()
        self._away = Trouble("the broker is away; trying on", "the broker is back", link=settings.link)
        self._storage = Trouble("events cannot be stored; trying on", "events are stored again", link=settings.link)

    # ---- life --------------------------------------------------------------------------------------------------------

    @property
    def statuses(self) -> dict[str, NodeStatus]:
        """By node (or ``<branch>/<device>``), as last seen."""
        return self._roll.entries

    @property
    def session(self) -> str | None:
        """The connection's UUID; None while there is none."""
        return self._session

    def figures(self) -> Iterator[Figure]:
        """For Prometheus."""
        yield LINK_UP.of(self._session is not None, self._settings.link)
        yield REFUSED.of(self._refusals.total, self._settings.link)

    def start(self, address: Address, put: Put) -> None:
        """Begin to connect; `put` gets the events for `handle`."""
        topics = self._topics
        filters = self._settings.subscriptions or (
            topics.up("+", "#"),
            topics.local,
            *(topics.down("all", leaf) for leaf in ("state", "alive")),
        )
        subscriptions = tuple((one, 1) for one in filters)
        self._client = self._make_client(self._settings.link, address, self._settings.name, subscriptions, put)
        self._client.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Disconnect."""
        if self._client is not None:
            self._client.stop(None, timeout_s)
        self._session = None

    def handle(self, event: LinkEvent, moment: Moment) -> list[ParentArrival]:
        """Batches are stored and receipted, Syncs answered with state, content and receipt; all else is handed over.

        BranchState arrives here only as retained by an earlier life of the controller (adopt its revision).
        A batch is stored by `custody.accept` in its own transaction; to add state of your own to it, pass a custody
        that wraps Inbox.accept in `database.run`.
        """
        if event.link != self._settings.link:
            return []
        match event:
            case Connected(session=session):
                return self._on_connected(session, moment)
            case Lost(reason=reason):
                return self._on_lost(reason, moment)
            case Arrived():
                try:
                    return self._on_arrived(event, moment)
                except Malformed as refused:
                    self._refusals.note(event.topic, refused.reason, moment)
                except StorageError as error:  # no receipt: it will be sent again
                    self._storage.on(str(error), moment)
                return []

    def tick(self, moment: Moment) -> float:
        """Alive and finals; returns the next deadline, monotonic. Ask `silent` after it."""
        deadlines = [moment.mono + _NEVER_S, self._roll.deadline()]
        told = self._refusals.tell(moment)
        if told is not None:
            deadlines.append(told)
        if self._session is not None:
            self._tell_finals(moment)
            if self._settings.alive_every_s is not None:
                deadlines.append(self._tick_alive(self._session, self._settings.alive_every_s, moment))
        return min(deadlines)

    def silent(self, moment: Moment) -> list[NodeStatus]:
        """Nodes that have gone offline by silence (90 s) since the last call."""
        return self._roll.silent(moment)

    # ---- downward ----------------------------------------------------------------------------------------------------

    def publish_state(self, state: BranchState) -> None:
        """ROOT/all/down/state, retained; repeated at every connect, and named in Alive."""
        self._state = state
        self._publish(self._topics.down("all", "state"), encode(state), retain=True)

    def publish_content(self, content: Content, branch: str | None = None) -> None:
        """ROOT/all/down/content, retained; with `branch` only to that one, and not named in Alive."""
        if branch is None:
            self._content = content
            self._publish(self._topics.down("all", "content"), encode(content), retain=True)
        else:
            self._content_of[branch] = content
            self._publish(self._topics.down(branch, "content"), encode(content))

    def receipt(self, accepted: Accepted) -> None:
        """Tell a node what is stored of its events; what was found about them is logged."""
        for finding in accepted.findings:
            epoch = accepted.receipt.epoch
            self._log.warning("events with a finding", node=accepted.node, epoch=epoch, finding=finding)
        self._send_receipt(accepted.node, accepted.receipt)

    def send_command(self, command: Command) -> bool:
        """To its `target`. Never retained; False: no link."""
        return self._publish(self._topics.down(command.target, "command"), encode(command))

    def send_reply(self, node: str, reply: Reply, *, keep: bool = True) -> bool:
        """Answer a node's command; kept on disk for repeats, unless it is for these eyes only."""
        if keep and self._commands is not None:
            with suppress(StorageError):  # then a repetition goes without one; it is not executed again
                self._commands.finish(reply)
        return self._publish(self._topics.down(node, "reply"), encode(reply))

    def send_blob(self, node: str, sha256: str, offset: int, payload: bytes | None) -> bool:
        """One chunk, QoS 0; `payload` None: the blob is not here yet."""
        place = "absent" if payload is None else str(offset)
        return self._publish(self._topics.down(node, f"blob/{sha256}/{place}"), payload or b"", qos=0)

    @property
    def idle(self) -> bool:
        """Whether all that was sent has left this program."""
        return self._client is not None and self._client.idle

    # ---- what happens ------------------------------------------------------------------------------------------------

    def _on_connected(self, session: str, moment: Moment) -> list[ParentArrival]:
        self._session = session
        self._away.over(moment)
        self._alive_at = moment.mono
        if self._state is not None:
            self.publish_state(self._state)
        if self._content is not None:
            self.publish_content(self._content)
        return [LinkUp(session)]

    def _on_lost(self, reason: str, moment: Moment) -> list[ParentArrival]:
        self._away.on(reason, moment)
        if self._session is None:
            return []
        self._session = None
        return [LinkDown(reason)]

    def _on_arrived(self, arrived: Arrived, moment: Moment) -> list[ParentArrival]:
        topic, payload = arrived.topic, arrived.payload
        place = self._topics.read(topic)
        if place is None:
            raise Malformed(topic, "a topic of another tree")
        match (place.direction, place.leaf):
            case ("local", ""):
                return [decode(payload, LocalState, topic)]
            case ("down", "state"):
                return [decode(payload, BranchState, topic)] if arrived.retained else []  # else: its own
            case ("down", "alive"):
                alive = decode(payload, Alive, topic)
                return [] if alive.session == self._session else [alive]  # another parent of this tree
            case ("up", "events"):
                return self._on_batch(place.node, decode(payload, Batch, topic), moment)
            case ("up", "status"):
                return self._on_status(place.node, decode(payload, Status, topic), arrived, moment)
            case ("up", "sync"):
                return [self._on_sync(place.node, decode(payload, Sync, topic))]
            case ("up", "command"):
                return self._on_command(place.node, decode(payload, Command, topic), arrived, moment)
            case ("up", "reply"):
                return [FromNode(place.node, decode(payload, Reply, topic))]
            case ("up", "blob"):
                return [FromNode(place.node, decode(payload, BlobRequest, topic))]
            case ("up", leaf) if leaf.startswith("device/") and leaf.endswith("/status"):
                device = leaf.removeprefix("device/").removesuffix("/status")
                return [self._roll.device(place.node, device, decode(payload, Status, topic))]
        raise Malformed(topic, "a topic that means nothing here")

    def _on_batch(self, node: str, batch: Batch, moment: Moment) -> list[ParentArrival]:
        if self._custody is None:
            return []
        if batch.node != node:
            raise Malformed("events", "its node is not the topic's")
        accepted = self._custody.accept(batch, moment.at)
        if accepted is None:
            return []
        self._storage.over(moment)
        self.receipt(accepted)
        return [accepted]

    def _on_status(self, node: str, status: Status, arrived: Arrived, moment: Moment) -> list[ParentArrival]:
        if status.node != node:
            raise Malformed(arrived.topic, "its node is not the topic's")
        entry = self._roll.heard(status, moment, retained=arrived.retained)
        return [] if entry is None else [entry]

    def _on_sync(self, node: str, sync: Sync) -> ParentArrival:
        if self._state is not None and sync.revision != self._state.revision:
            self._publish(self._topics.down(node, "state"), encode(self._state))
        content = self._content_for(node, sync)
        if content is not None:
            self._publish(self._topics.down(node, "content"), encode(content))
        if self._custody is not None and sync.epoch is not None:
            self._send_receipt(node, self._custody.receipt(node, sync.epoch))
        return FromNode(node, sync)

    def _newer_content(self, node: str, sync: Sync) -> Content | None:
        content = self._content_of.get(node, self._content)
        return content if content is not None and (sync.content or 0) < content.version else None

    def _on_command(self, node: str, command: Command, arrived: Arrived, moment: Moment) -> list[ParentArrival]:
        """`target` says nothing here: whoever writes to this topic means this parent."""
        if arrived.retained:
            raise Malformed(arrived.topic, "a command may not be retained")
        if command.issuer != node:
            raise Malformed(arrived.topic, "its issuer is not the topic's node")
        expires_at = expiry(command, moment.at, Life.FROM_RECEIPT)
        if expires_at is None or self._commands is None:
            raise Malformed(arrived.topic, f"the command {command.name[:32]!r} has expired or is not taken here")
        if self._commands.begin(command.id, expires_at, moment.at):
            return [FromNode(node, command)]
        answer = self._commands.answer(command.id)
        if answer is not None:
            self._publish(self._topics.down(node, "reply"), encode(answer))
        return []

    # ---- what is due -------------------------------------------------------------------------------------------------

    def _tick_alive(self, session: str, every_s: float, moment: Moment) -> float:
        if moment.mono >= self._alive_at:
            revision = self._state.revision if self._state is not None else None
            content = self._content.version if self._content is not None else None
            since = self._settings.started_at
            alive = Alive(session=session, at=moment.at, started_at=since, revision=revision, content=content, v=1)
            self._publish(self._topics.down("all", "alive"), encode(alive), qos=0)
            self._alive_at = moment.mono + every_s
        return self._alive_at

    def _tell_finals(self, moment: Moment) -> None:
        if self._custody is None:
            return
        try:
            for node, receipt in self._custody.finals():
                self._send_receipt(node, receipt)
        except StorageError as error:
            self._storage.on(str(error), moment)

    def _send_receipt(self, node: str, receipt: Receipt) -> None:
        self._publish(self._topics.down(node, "receipt"), encode(receipt))

    def _publish(self, topic: str, payload: bytes, qos: int = 1, retain: bool = False) -> bool:
        return self._client is not None and self._client.publish(topic, payload, qos, retain)


__all__ = ["Accepted", "Custody", "FromNode", "NodeStatus", "Parent", "ParentArrival", "ParentSettings"]
