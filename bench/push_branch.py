"""Simulated branches of `bench.push`: real links, and the product's own keeper, delivery and store; nothing is drawn.

    python -m bench.push_branch PORT FOLDER ROLE NAME…

ROLE is `controller` (below head office) or `screen` (below a controller). FOLDER holds the pinned `root.json`. Says "ready"
when every branch is connected, waits for a publication, and ends with one line of JSON when each has all of its media.
Instants are of the machine's monotonic clock.
"""

import json
import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import Any

import structlog

from bench.rig import memory_mb
from signage.content.keeper import Keeper
from signage.content.pinned import read_pinned
from signage.content.store import BlobStore
from signage.core.programme import SignedContent
from signage.link.checking import BlobChecked, Checker
from signage.link.client import Address
from signage.link.clock import moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.delivery import Delivery
from signage.link.floors import FLOORS, Vault
from signage.link.node import BlobChunk, LinkUp, Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.topics import Topics

SETTINGS: dict[str, dict[str, Any]] = {
    "controller": {"role": "controller", "link": "office", "life_from_receipt": False},
    "screen": {"role": "screen"},
}


class Branch:
    """One branch with a thread of its own, and one for hashing, as a controller has."""

    def __init__(self, port: int, folder: Path, role: str, name: str) -> None:
        self.up, self.done = threading.Event(), threading.Event()
        self.first_at = self.done_at = 0.0
        self.bytes = self.fetched = 0  # of media; of all chunks that came, repeated ones too
        self.failure = ""
        self._events: queue.Queue[Any] = queue.Queue()
        self._checker = Checker(self._events.put)
        threading.Thread(target=self._checker.work, daemon=True).start()
        threading.Thread(target=self._run, args=(port, folder, role, name), daemon=True).start()

    def _run(self, port: int, folder: Path, role: str, name: str) -> None:
        try:
            self._live(port, folder, role, name)
        except Exception as error:  # noqa: BLE001 - a thread's outermost frame: the bench must say it
            self.failure = repr(error)
        self.up.set()
        self.done.set()

    def _live(self, port: int, folder: Path, role: str, name: str) -> None:
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        database = open_database(place / "node.db", LINK, FLOORS)
        settings = NodeSettings(name=name, software="bench", topics=Topics("bank/v1"), **SETTINGS[role])
        node = Node(settings, Outbox(database, name), Commands(database), moment())
        store = BlobStore(place / "blobs", 10**10)
        keeper = Keeper(read_pinned(folder / "root.json"), Vault(database))
        delivery = Delivery(name, keeper, store, node.ask_for_blob, self._checker.put)
        delivery.recall(moment())
        node.start(Address("127.0.0.1", port), self._events.put)
        while not _complete(delivery):
            self._step(node, delivery)
        self.done_at = time.monotonic()
        self.bytes = delivery.status.bytes_all
        node.stop(moment())

    def _step(self, node: Node, delivery: Delivery) -> None:
        deadline = min(node.tick(moment()), delivery.tick(moment()))
        try:
            event = self._events.get(timeout=max(deadline - moment().mono, 0.0))
        except queue.Empty:
            return
        for arrival in [event] if isinstance(event, BlobChecked) else node.handle(event, moment()):
            if isinstance(arrival, LinkUp):
                self.up.set()
            if isinstance(arrival, BlobChunk):
                self.first_at = self.first_at or time.monotonic()
                self.fetched += len(arrival.payload or b"")
            if delivery.take(arrival, moment()):
                node.have(content=delivery.version)
                content: SignedContent | None = delivery.content
                assert content is not None
                delivery.want([blob for asset in content.assets for blob in asset.renditions])


def _complete(delivery: Delivery) -> bool:
    status = delivery.status
    return 0 < status.bytes_all == status.bytes_here


def main() -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    port, folder, role, *names = sys.argv[1:]
    branches = [Branch(int(port), Path(folder), role, name) for name in names]
    for branch in branches:
        branch.up.wait()
    print("ready", flush=True)
    for branch in branches:
        branch.done.wait()
    told = {
        "first_at": min(branch.first_at for branch in branches),
        "done_at": max(branch.done_at for branch in branches),
        "bytes": sum(branch.bytes for branch in branches),
        "fetched": sum(branch.fetched for branch in branches),
        "memory_mb": memory_mb(os.getpid()),
        "failures": [branch.failure for branch in branches if branch.failure],
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
