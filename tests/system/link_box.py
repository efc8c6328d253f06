"""A node and a parent on a real broker, driven step by step by a test."""

import queue
from collections.abc import Callable
from pathlib import Path
from typing import Any

from signage.link.client import Address
from signage.link.clock import moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.inbox import Inbox, Upstream
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.parent import Parent, ParentSettings
from signage.link.schema import LINK
from signage.wire.topics import Topics

TOPICS = Topics("bank/v1")


class Side:
    """One program: its queue, its database, and a log of what its link handed over."""

    def __init__(self, link: Node | Parent) -> None:
        self.link = link
        self.events: queue.Queue[Any] = queue.Queue(1000)
        self.arrivals: list[Any] = []

    def step(self, wait_s: float = 0.02) -> None:
        deadline = self.link.tick(moment())
        pause = min(wait_s, max(deadline - moment().mono, 0.0))
        try:
            self.arrivals += self.link.handle(self.events.get(timeout=pause), moment())
        except queue.Empty:
            return
        while not self.events.empty():
            self.arrivals += self.link.handle(self.events.get_nowait(), moment())

    def of(self, kind: type) -> list[Any]:
        return [arrival for arrival in self.arrivals if isinstance(arrival, kind)]


class NodeSide(Side):
    def __init__(self, folder: Path, name: str = "bridge-1", **settings: Any) -> None:
        self.database = open_database(folder / f"{name}.db", LINK)
        self.outbox = Outbox(self.database, name)
        options: dict[str, Any] = {"name": name, "role": "bridge", "software": "1", "topics": TOPICS} | settings
        self.node = Node(NodeSettings(**options), self.outbox, Commands(self.database), moment())
        super().__init__(self.node)

    def start(self, address: Address) -> None:
        self.node.start(address, self.events.put)

    def stop(self) -> None:
        self.node.stop(moment())
        self.database.close()


class ParentSide(Side):
    def __init__(self, folder: Path, upstream: Upstream = Upstream.NONE, alive_every_s: float = 5.0) -> None:
        self.database = open_database(folder / "parent.db", LINK)
        self.outbox = Outbox(self.database, "branch")
        self.inbox = Inbox(self.database, self.outbox, upstream)
        self.parent = Parent(
            ParentSettings("controller", TOPICS, alive_every_s), moment(), self.inbox, Commands(self.database)
        )
        super().__init__(self.parent)

    def start(self, address: Address) -> None:
        self.parent.start(address, self.events.put)

    def stop(self) -> None:
        self.parent.stop()
        self.database.close()

    def raws(self) -> list[bytes]:
        return [raw for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]


def until(condition: Callable[[], object], *sides: Side, timeout_s: float = 20.0) -> float:
    """Step all sides until the condition holds; how many seconds it took."""
    began = moment().mono
    while not condition():
        if moment().mono - began > timeout_s:
            raise TimeoutError(f"not within {timeout_s} s; arrivals: {[side.arrivals[-5:] for side in sides]}")
        for side in sides:
            side.step()
    return moment().mono - began


def run_for(seconds: float, *sides: Side) -> None:
    began = moment().mono
    while moment().mono - began < seconds:
        for side in sides:
            side.step()
