"""The lower side of a link: outbox, status, commands, reconciliation (a bridge, a screen, a controller to head office).

node = Node(NodeSettings(...), outbox, commands, moment())
node.start(address, loop.put)
...                                     # for every event that the loop hands over:
for arrival in node.handle(event, moment): match arrival: ...
...                                     # in the loop's tick:
return node.tick(moment)
...                                     # and at any time:
node.emit("rating", {...}, moment, event_id=...)   # committed when it returns

One object, however long: all of it goes over one connection, and what a Sync asks for depends on every part.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import structlog
from msgspec.structs import replace

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import (
    BRANCH_PAUSE_S,
    OFFICE_PAUSE_S,
    Address,
    Arrived,
    Client,
    Connected,
    LinkEvent,
    Lost,
    Put,
)
from signage.link.clock import Moment, ParentTime
from signage.link.commands import Commands, Life, expiry
from signage.link.database import StorageError
from signage.link.faults import Faults
from signage.link.figures import (
    APPENDED,
    BACKLOG,
    CLOCK_OFFSET,
    LINK_UP,
    PARENT_SILENT,
    REFUSED,
    Figure,
    status_figures,
)
from signage.link.health import HealthMeter
from signage.link.log import Refusals, Trouble
from signage.link.outbox import Appended, Outbox
from signage.link.pump import Pump
from signage.link.reading import BlobChunk, Downward, read_down
from signage.link.sending import Verdict
from signage.link.status import StatusPacer, gist
from signage.wire.codec import Malformed, encode
from signage.wire.messages import (
    Alive,
    BlobRequest,
    BranchStatus,
    Command,
    Content,
    DeliveryStatus,
    Fault,
    LocalState,
    PadStatus,
    Receipt,
    Reply,
    Role,
    ScreenStatus,
    Status,
    Sync,
)
from signage.wire.topics import Topics
from signage.wire.will import Will

SYNC_EVERY_S: Final = 300.0
_SYNC_APART_S: Final = 5.0  # when Alive says again and again that this node is behind
_REPAIR_EVERY_S: Final = 60.0
_PRUNE_EVERY_S: Final = 86400.0
_AGAIN_S: Final = 1.0  # after the connection or the disk has refused


@dataclass(frozen=True)
class NodeSettings:
    name: str
    role: Role
    software: str
    topics: Topics
    link: str = "broker"  # tags this link's events; differs between the links of one program
    groups: tuple[str, ...] = ()  # tags: group-<tag>
    also: tuple[str, ...] = ()  # further topic filters, such as ROOT/+/up/status
    life_from_receipt: bool = True  # of commands, on a branch's broker; False towards head office


@dataclass(frozen=True)
class LinkUp:
    """There is a connection."""

    session: str


@dataclass(frozen=True)
class LinkDown:
    """There is none any more; told once."""

    reason: str


Arrival = LinkUp | LinkDown | Command | BranchState | Alive | Reply | Content | Status | LocalState | BlobChunk


@dataclass(frozen=True)
class Report:
    """The owner's part of the Status; the node adds the rest (its own faults, backlog and health too)."""

    faults: tuple[Fault, ...] = ()
    screen: ScreenStatus | None = None
    pads: tuple[PadStatus, ...] | None = None
    branch: BranchStatus | None = None
    delivery: DeliveryStatus | None = None


class Node:
    """Owned by the main loop. `make_client` is for those who bring their own connection."""

    def __init__(
        self,
        settings: NodeSettings,
        outbox: Outbox,
        commands: Commands,
        moment: Moment,
        make_client: Callable[..., Client] = Client,
    ) -> None:
        """Raises StorageError."""
        self.outbox = outbox
        self._settings = settings
        self._topics = settings.topics
        self._commands = commands
        self._database = outbox.database
        self._make_client = make_client
        self._client: Client | None = None
        self._session: str | None = None
        self._time = ParentTime()
        self._parent_heard: float | None = None
        self._began = moment.mono
        self._parent_session: str | None = None
        self._pump = Pump(outbox, self._publish_batch)
        self._pacer = StatusPacer()
        self._health = HealthMeter(outbox.database.path.parent, moment)
        self._started_at = moment.at
        self._report = Report()
        self._revision: int | None = None
        self._content: int | None = None
        self._afresh = False
        self._offered: int | None = None
        self._heard_at: Instant | None = None  # up to then every command has come through; None: nothing is sure
        self._sync_at = moment.mono
        self._synced_at = moment.mono - _SYNC_APART_S
        self._repair_at = moment.mono + _REPAIR_EVERY_S
        self._prune_at = moment.mono + _PRUNE_EVERY_S / 24
        self._refusals = Refusals()
        self._log = structlog.get_logger()
        self._faults = Faults(self._emit_fault)
        self._away = Trouble("the broker is away; trying on", "the broker is back", link=settings.link)
        self._storage = Trouble("the outbox's disk fails; trying on", "the outbox's disk is back", link=settings.link)
        self._document = self._status(moment)

    # ---- life --------------------------------------------------------------------------------------------------------

    def start(self, address: Address, put: Put) -> None:
        """Begin to connect; `put` gets the events for `handle`."""
        topics, name = self._topics, self._settings.name
        filters = [topics.down(name, "#"), f"{topics.root}/all/#", topics.up(name, "status"), *self._settings.also]
        filters += [topics.down(f"group-{tag}", "#") for tag in self._settings.groups]
        if topics.up("+", "status") in filters:
            filters.remove(topics.up(name, "status"))  # a message that two filters match comes twice
        subscriptions = tuple((one, 1) for one in dict.fromkeys(filters))
        pause_s = BRANCH_PAUSE_S if self._settings.life_from_receipt else OFFICE_PAUSE_S
        self._client = self._make_client(self._settings.link, address, name, subscriptions, put, self._will, pause_s)
        self._client.start()

    def stop(self, moment: Moment, timeout_s: float = 2.0) -> None:
        """Say "offline", disconnect. The outbox keeps what is not delivered."""
        if self._client is None:
            return
        last = self._will(self._session, self.now(moment)) if self._session is not None else None
        self._client.stop(last, timeout_s)
        self._session = None

    @property
    def session(self) -> str | None:
        """The connection's UUID; None while there is none."""
        return self._session

    @property
    def parent_heard(self) -> float | None:
        """`Moment.mono` of the last Alive. A screen with none for 15 s has no controller."""
        return self._parent_heard

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The link's own: clock, outbox-old-copy, storage-full, storage-broken."""
        return self._faults.present

    def figures(self, moment: Moment) -> Iterator[Figure]:
        """For Prometheus. Raises StorageError."""
        link = self._settings.link
        yield LINK_UP.of(self._session is not None, link)
        heard = self._parent_heard if self._parent_heard is not None else self._began
        yield PARENT_SILENT.of(moment.mono - heard, link)
        yield CLOCK_OFFSET.of(self._time.offset.total_seconds(), link)
        yield REFUSED.of(self._refusals.total, link)
        yield BACKLOG.of(self.outbox.backlog)
        yield APPENDED.of(self.outbox.last)
        yield from status_figures(self._status(moment))

    def now(self, moment: Moment) -> Instant:
        """The time to act by: this machine's, or the parent's if they differ by more than 2 s."""
        return Instant.of(self._time.correct(moment.at))

    def handle(self, event: LinkEvent, moment: Moment) -> list[Arrival]:
        """Events of other links give []. A Command appears once in its life, unexpired; answer with `reply`.

        Malformed messages are counted, logged once a minute, and change nothing.
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
                    arrivals = self._on_arrived(event, moment)
                except Malformed as refused:
                    self._refusals.note(refused.topic, refused.reason, moment)
                except StorageError as error:
                    self._heard_at = None  # it may have been a command
                    self._storage.on(str(error), moment)
                else:
                    self._heard_at = self.now(moment)
                    return arrivals
                return []

    def tick(self, moment: Moment) -> float:
        """Send what is due; returns the monotonic time at which to be called again at the latest."""
        deadlines = [self._keep_house(moment)]
        if self._session is not None:
            deadlines += [self._tick_sync(moment), self._tick_status(moment)]
            try:
                deadlines.append(self._pump.send(moment.mono) or deadlines[0])
                self._storage.over(moment)
            except StorageError as error:
                self._storage.on(str(error), moment)
                deadlines.append(moment.mono + _AGAIN_S)
        return min(deadlines)

    # ---- upward ------------------------------------------------------------------------------------------------------

    def emit(
        self,
        kind: str,
        data: dict[str, Any],
        moment: Moment,
        event_id: str | None = None,
        at: Instant | None = None,
    ) -> Appended:
        """Commit an event, joining an open transaction; sent with the next tick. `at`: when it happened, if not now.

        Raises EventTooLarge, NotCanonical, StorageError: nothing was stored then.
        """
        return self.outbox.append(kind, data, at or self.now(moment), event_id)

    def report(self, report: Report, moment: Moment) -> None:
        """What the Status is to say from now on; published at once if it may be. Call as often as you like."""
        self._report = report
        if self._session is not None:
            self._tick_status(moment)

    def have(
        self,
        revision: int | None = None,
        content: int | None = None,
        *,
        afresh: bool = False,
        offered: int | None = None,
    ) -> None:
        """What this node holds, for Sync. None: nothing of the kind. `afresh`: ask for all of the content, whatever is held.

        `offered`: a version that was brought and not taken; that an Alive names it is no reason to ask at once.
        """
        if afresh and not self._afresh:
            self._sync_at = min(self._sync_at, self._synced_at + _SYNC_APART_S)
        self._revision, self._content, self._afresh, self._offered = revision, content, afresh, offered

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
        now = self.now(moment)
        command = Command(
            id=str(uuid4()),
            issuer=self._settings.name,
            target=self._settings.name,  # the topic's
            issued_at=now,
            expires_at=Instant.of(now + timedelta(seconds=life_s)),
            name=name,
            args=args,
            actor=actor,
            token=token,
            v=1,
        )
        return command.id if self._publish("command", encode(command)) else None

    def reply(self, reply: Reply) -> bool:
        """Answer a command; kept, so that a repeated command gets the same answer."""
        with suppress(StorageError):  # then a repetition goes without one; it is not executed again
            self._commands.finish(reply)
        return self._publish("reply", encode(reply))

    def ask_for_blob(self, request: BlobRequest) -> bool:
        """The chunks arrive as BlobChunk, in any number and order."""
        return self._publish("blob", encode(request))

    def publish_local(self, state: LocalState) -> bool:
        """ROOT/all/local (touch screens)."""
        return self._client is not None and self._client.publish(self._topics.local, encode(state))

    def publish_device_status(self, device: str, status: Status) -> bool:
        """A controller's summary of one device for head office, retained."""
        topic = self._topics.device_status(self._settings.name, device)
        return self._client is not None and self._client.publish(topic, encode(status), retain=True)

    # ---- what happens ------------------------------------------------------------------------------------------------

    def _on_connected(self, session: str, moment: Moment) -> list[Arrival]:
        self._session = session
        self._away.over(moment)
        self._pump.up()
        self._pacer.renew()
        self._sync_at = moment.mono
        self._synced_at = moment.mono - _SYNC_APART_S
        return [LinkUp(session)]

    def _on_lost(self, reason: str, moment: Moment) -> list[Arrival]:
        self._away.on(reason, moment)
        self._pump.down()
        if self._session is None:
            return []
        self._session = None
        return [LinkDown(reason)]

    def _on_arrived(self, arrived: Arrived, moment: Moment) -> list[Arrival]:
        message = read_down(self._topics, self._settings.name, arrived.topic, arrived.payload)
        match message:
            case Receipt():
                self._on_receipt(message, moment)
                return []
            case Command():
                return self._on_command(message, arrived, moment)
            case Alive():
                self._on_alive(message, arrived.at or moment)
            case Status() if message.node == self._settings.name:
                return self._on_own_status(message)
        return [message]

    def _on_receipt(self, receipt: Receipt, moment: Moment) -> None:
        if self._pump.receipt(receipt, moment.mono) is Verdict.OLD_COPY:
            self._faults.set("outbox-old-copy", on=True, now=self.now(moment))

    def _on_command(self, command: Command, arrived: Arrived, moment: Moment) -> list[Arrival]:
        if arrived.retained:
            raise Malformed(arrived.topic, "a command may not be retained")
        now = self.now(moment)
        life = Life.FROM_RECEIPT if self._settings.life_from_receipt else Life.FROM_ISSUE
        expires_at = expiry(command, now, life)
        if expires_at is None:
            raise Malformed(arrived.topic, f"the command {command.name[:32]!r} has expired")
        if self._commands.begin(command.id, expires_at, now):
            return [command]
        answer = self._commands.answer(command.id)
        if answer is not None:
            self._publish("reply", encode(answer))
        return []

    def _on_alive(self, alive: Alive, moment: Moment) -> None:
        """`moment`: when it came. One that has waited while this program was busy is no sign of a wrong clock."""
        self._parent_heard = moment.mono
        self._time = ParentTime.heard(alive.at, moment.at)
        self._faults.set("clock", on=self._time.wrong, now=self.now(moment))
        renewed = alive.session != self._parent_session
        self._parent_session = alive.session
        newer = (alive.content or 0) > (self._content or 0) and alive.content != self._offered
        behind = newer or (alive.revision or 0) > (self._revision or 0)
        if renewed:  # what was sent before it was there went nowhere
            self._pump.up()
        if renewed or behind:
            self._sync_at = min(self._sync_at, max(self._synced_at + _SYNC_APART_S, moment.mono))

    def _on_own_status(self, status: Status) -> list[Arrival]:
        """A status on this node's topic that another connection has published: its own last will, or somebody else."""
        if status.session == self._session:
            return []
        self._pacer.renew()
        return [status] if status.online else []

    # ---- what is due -------------------------------------------------------------------------------------------------

    def _keep_house(self, moment: Moment) -> float:
        """Storage's condition, old ids, refusals."""
        if moment.mono >= self._repair_at:
            self._repair_at = moment.mono + _REPAIR_EVERY_S
            self._database.repair()
        if moment.mono >= self._prune_at:
            self._prune_at = moment.mono + _PRUNE_EVERY_S
            with suppress(StorageError):
                self.outbox.prune(self.now(moment))
        for code in ("storage-full", "storage-broken"):
            self._faults.set(code, on=self._database.trouble == code, now=self.now(moment))
        told = self._refusals.tell(moment)
        return min(self._repair_at, self._prune_at, self._repair_at if told is None else told)

    def _tick_sync(self, moment: Moment) -> float:
        if moment.mono >= self._sync_at and self._session is not None:
            try:
                epoch, sent = self.outbox.epoch, self.outbox.sent
            except StorageError:
                return moment.mono + _AGAIN_S
            sync = Sync(
                session=self._session,
                revision=self._revision,
                content=None if self._afresh else self._content,
                epoch=epoch,
                sent=sent,
                commands_since=self._heard_at,
                v=1,
            )
            if not self._publish("sync", encode(sync)):
                return moment.mono + _AGAIN_S
            self._pump.asked()
            self._synced_at = moment.mono
            self._sync_at = moment.mono + SYNC_EVERY_S
        return self._sync_at

    def _tick_status(self, moment: Moment) -> float:
        document = self._status(moment)
        essence = gist(document)
        due = self._pacer.due(essence, moment.mono)
        if due > moment.mono:
            return due
        self._document = replace(document, health=self._health.read(moment))
        if not self._publish("status", encode(self._document), retain=True):
            return moment.mono + _AGAIN_S
        self._pacer.said(essence, moment.mono)
        return self._pacer.due(essence, moment.mono)

    def _status(self, moment: Moment) -> Status:
        report = self._report
        branch = report.branch
        if branch is not None:
            with suppress(StorageError):
                branch = replace(branch, backlog=self.outbox.backlog)
        return Status(
            node=self._settings.name,
            session=self._session or "",
            online=True,
            at=self.now(moment),
            started_at=self._started_at,
            software=self._settings.software,
            role=self._settings.role,
            health=self._health.last,
            faults=report.faults + self._faults.present,
            screen=report.screen,
            pads=report.pads,
            branch=branch,
            delivery=report.delivery,
            v=1,
        )

    def _will(self, session: str, at: Instant | None = None) -> Will:
        """Also called from the connection's thread: reads one immutable document."""
        document = self._document
        last = replace(document, session=session, online=False, at=at or document.at)
        return Will(self._topics.up(self._settings.name, "status"), encode(last))

    def _emit_fault(self, code: str, on: bool, text: str, now: Instant) -> None:
        data = {"device": self._settings.name, "code": code, "on": on, "text": text}
        with suppress(StorageError):  # the Status says it in any case
            self.outbox.append("fault", data, now)

    def _publish_batch(self, payload: bytes) -> bool:
        return self._publish("events", payload)

    def _publish(self, leaf: str, payload: bytes, retain: bool = False) -> bool:
        topic = self._topics.up(self._settings.name, leaf)
        return self._client is not None and self._client.publish(topic, payload, retain=retain)


__all__ = ["Arrival", "BlobChunk", "Downward", "LinkDown", "LinkUp", "Node", "NodeSettings", "Report"]
