"""A device, its controller and head office on links that a test loses, repeats and delivers as it likes. Real SQLite."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from signage.core.instants import Instant
from signage.link.client import Address, Arrived, Connected, Lost
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.inbox import Accepted, Inbox, Upstream
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.parent import Parent, ParentSettings
from signage.link.schema import LINK
from signage.wire import custody
from signage.wire.custody import Mark, Taken
from signage.wire.messages import Batch, Receipt
from signage.wire.topics import Topics

BRANCH = Topics("branch/v1")
OFFICE = Topics("bank/v1")
NOWHERE = Address("localhost", 1)  # no connection is made
START = Moment(Instant.parse("2026-11-24T01:00:00Z"), 1000.0)


@dataclass
class Wire:
    """One connection's two directions; `up` is False while there is none."""

    link: str
    up: bool = False
    session: int = 0
    upward: deque[tuple[str, bytes]] = field(default_factory=deque)
    downward: deque[tuple[str, bytes]] = field(default_factory=deque)


class WireClient:
    """Stands in a node's or a parent's place of signage.link.client.Client, on a Wire."""

    def __init__(self, wire: Wire, way: deque[tuple[str, bytes]]) -> None:
        self._wire = wire
        self._way = way
        self.started: tuple[Any, ...] = ()

    def __call__(self, *arguments: Any) -> "WireClient":
        self.started = arguments
        return self

    def start(self) -> None:
        """The test connects."""

    def stop(self, last: Any = None, timeout_s: float = 2.0) -> None:
        """The test disconnects."""

    def publish(self, topic: str, payload: bytes, qos: int = 1, retain: bool = False) -> bool:
        del qos, retain
        if self._wire.up:
            self._way.append((topic, payload))
        return self._wire.up


class Head:
    """Head office's storage: a row for each id, marks by node and epoch. Never loses anything."""

    def __init__(self) -> None:
        self.rows: dict[str, Taken] = {}
        self.marks: dict[tuple[str, str], Mark] = {}
        self.findings: list[custody.Finding] = []

    def accept(self, batch: Batch, at: Instant) -> Accepted:
        del at
        decision = custody.accept(self.marks.get((batch.node, batch.epoch), Mark()), batch)
        for taken in decision.taken:
            self.rows.setdefault(taken.id or f"{batch.epoch}/{taken.seq}", taken)
        self.marks[batch.node, batch.epoch] = decision.mark
        self.findings += decision.findings
        return Accepted(batch.node, self.receipt(batch.node, batch.epoch), decision.taken, decision.findings)

    def receipt(self, node: str, epoch: str) -> Receipt:
        last = self.marks.get((node, epoch), Mark()).last
        return Receipt(epoch=epoch, upto=last, final=last, v=1)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        return ()


class World:
    """`device` → `near` wire → controller → `far` wire → `head`."""

    def __init__(self, folder: Path, *, standing_alone: bool = False) -> None:
        self.folder = folder
        self.now = START
        self.standing_alone = standing_alone
        self.near, self.far = Wire("near"), Wire("far")
        self.head = Head()
        client: Any = WireClient(self.far, self.far.downward)
        self.office = Parent(
            ParentSettings("office", OFFICE, 60.0, link="far"), self.now, self.head, make_client=client
        )
        self.office.start(NOWHERE, print)
        self.boot_device()
        self.boot_controller()

    # ---- lives -------------------------------------------------------------------------------------------------------

    @property
    def device_file(self) -> Path:
        return self.folder / "device.db"

    @property
    def controller_file(self) -> Path:
        return self.folder / "controller.db"

    def boot_device(self) -> None:
        self.device_db = open_database(self.device_file, LINK)
        outbox = Outbox(self.device_db, "bridge-1")
        self.device = self._node(NodeSettings("bridge-1", "bridge", "1", BRANCH, "near"), outbox, self.near)

    def boot_controller(self) -> None:
        self.controller_db = open_database(self.controller_file, LINK)
        outbox = Outbox(self.controller_db, "hz-1")
        settings = NodeSettings("hz-1", "controller", "1", OFFICE, "far", life_from_receipt=False)
        self.upper = self._node(settings, outbox, self.far)
        upstream = Upstream.NONE if self.standing_alone else Upstream.HEAD_OFFICE
        client: Any = WireClient(self.near, self.near.downward)
        self.parent = Parent(
            ParentSettings("hz-1", BRANCH, 5.0, link="near"),
            self.now,
            Inbox(self.controller_db, outbox, upstream),
            Commands(self.controller_db),
            make_client=client,
        )
        self.parent.start(NOWHERE, print)

    def _node(self, settings: NodeSettings, outbox: Outbox, wire: Wire) -> Node:
        client: Any = WireClient(wire, wire.upward)
        node = Node(settings, outbox, Commands(outbox.database), self.now, make_client=client)
        node.start(NOWHERE, print)
        return node

    def kill_device(self, between: Callable[[], None] = lambda: None) -> None:
        """Its connection ends with it, and the next is a clean session; `between` may do things to the disk."""
        self.device_db.close()
        between()
        was_up = self.near.up
        self.near.upward.clear()
        self.near.downward.clear()
        self.boot_device()
        if was_up:
            self.connect(self.near)

    def kill_controller(self, between: Callable[[], None] = lambda: None) -> None:
        self.controller_db.close()
        between()
        for wire in (self.near, self.far):
            wire.upward.clear()
            wire.downward.clear()
        self.boot_controller()
        for wire in (self.near, self.far):
            if wire.up:
                self.connect(wire)

    # ---- wires -------------------------------------------------------------------------------------------------------

    def ends(self, wire: Wire) -> tuple[Node, Parent]:
        return (self.device, self.parent) if wire is self.near else (self.upper, self.office)

    def connect(self, wire: Wire) -> None:
        wire.up = True
        wire.session += 1
        node, parent = self.ends(wire)
        node.handle(Connected(wire.link, f"{wire.link}-{wire.session}-node"), self.now)
        parent.handle(Connected(wire.link, f"{wire.link}-{wire.session}-parent"), self.now)

    def cut(self, wire: Wire) -> None:
        wire.up = False
        wire.upward.clear()
        wire.downward.clear()
        node, parent = self.ends(wire)
        node.handle(Lost(wire.link, "cut"), self.now)
        parent.handle(Lost(wire.link, "cut"), self.now)

    def deliver_up(self, wire: Wire) -> None:
        topic, payload = wire.upward.popleft()
        self.ends(wire)[1].handle(Arrived(wire.link, topic, payload), self.now)

    def deliver_down(self, wire: Wire) -> None:
        topic, payload = wire.downward.popleft()
        self.ends(wire)[0].handle(Arrived(wire.link, topic, payload), self.now)

    def tick(self) -> None:
        for part in (self.device, self.parent, self.upper, self.office):
            part.tick(self.now)

    def later(self, seconds: float) -> None:
        self.now = self.now.later(seconds)
        self.tick()

    def settle(self, rounds: int = 60) -> None:
        """No more harm: connect what is cut and deliver everything, with time going by."""
        for wire in (self.near, self.far):
            if not wire.up:
                self.connect(wire)
        for _ in range(rounds):
            self.flow()
            self.later(31.0)
            if not (self.device.outbox.backlog or self.upper.outbox.backlog) and self._all_final():
                return

    def flow(self) -> None:
        """Deliver until nothing is on any wire."""
        self.tick()
        while any(wire.upward or wire.downward for wire in (self.near, self.far)):
            for wire in (self.near, self.far):
                while wire.upward:
                    self.deliver_up(wire)
                while wire.downward:
                    self.deliver_down(wire)
            self.tick()

    def _all_final(self) -> bool:
        return self.device.outbox.final == self.device.outbox.last and not self.near.upward

    # ---- what is where -----------------------------------------------------------------------------------------------

    def ids_on(self, file: str) -> set[str]:
        database = self.device_db if file == "device" else self.controller_db
        sql = "SELECT id FROM outbox_ids JOIN outbox ON outbox.key = outbox_ids.key"
        return {row[0] for row in database.execute(sql)}
