"""Simulated branches of `bench.push`: real links that fetch media in windows, hash them and put them on the disk.

    python -m bench.push_branch PORT FOLDER NAME… < {sha256: size, …}

Says "ready" when every branch is connected, begins at a line on standard input, and ends with one line of JSON.
"""

import hashlib
import json
import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import Any

from bench.rig import memory_mb
from signage.link.client import Address
from signage.link.clock import moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.node import BlobChunk, LinkUp, Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.messages import BlobRequest
from signage.wire.topics import Topics

CHUNK = 64 * 1024
WINDOW = 8  # chunks; with 64 KiB the fastest that was measured
AGAIN_S = 3.0


class Branch:
    """One branch with a thread of its own: a window is asked for when the last one has come whole."""

    def __init__(self, port: int, folder: Path, name: str, wanted: dict[str, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.wanted = list(wanted.items())
        self.events: queue.Queue[Any] = queue.Queue(1000)
        self.up, self.go, self.done = threading.Event(), threading.Event(), threading.Event()
        self.seconds = 0.0
        self.bytes = 0
        self.failure = ""
        settings = NodeSettings(name, "controller", "bench", Topics("bank/v1"), link="office", life_from_receipt=False)
        self._address = Address("127.0.0.1", port)
        self._make = lambda: self._node(settings)
        threading.Thread(target=self._run, daemon=True).start()

    def _node(self, settings: NodeSettings) -> Node:
        database = open_database(self.folder / "node.db", LINK)
        return Node(settings, Outbox(database, settings.name), Commands(database), moment())

    def _run(self) -> None:
        try:
            self._fetch_all(self._make())
        except Exception as error:  # noqa: BLE001 - a thread's outermost frame: the bench must say it
            self.failure = repr(error)
        self.done.set()

    def _fetch_all(self, node: Node) -> None:
        node.start(self._address, self.events.put)
        while not any(isinstance(one, LinkUp) for one in self._arrivals(node)):
            pass
        self.up.set()
        while not self.go.is_set():
            self._arrivals(node)
        began = time.perf_counter()
        for sha256, size in self.wanted:
            self._fetch(node, sha256, size)
        self.seconds = time.perf_counter() - began
        node.stop(moment())

    def _arrivals(self, node: Node) -> list[Any]:
        deadline = node.tick(moment())
        try:
            event = self.events.get(timeout=min(max(deadline - moment().mono, 0.0), 0.1))
        except queue.Empty:
            return []
        return list(node.handle(event, moment()))

    def _fetch(self, node: Node, sha256: str, size: int) -> None:
        """One blob: temporary file, hash, fsync, rename, fsync of the folder."""
        draft = self.folder / f".{sha256}"
        digest = hashlib.sha256()
        with draft.open("wb") as file:
            offset = 0
            while offset < size:
                for payload in self._window(node, sha256, size, offset):
                    digest.update(payload)
                    file.write(payload)
                    offset += len(payload)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != sha256:
            raise ValueError("a blob is not what it should be")
        draft.rename(self.folder / sha256)
        handle = os.open(self.folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        self.bytes += size

    def _window(self, node: Node, sha256: str, size: int, offset: int) -> list[bytes]:
        end = min(size, offset + WINDOW * CHUNK)
        chunks: dict[int, bytes] = {}
        asked_at = float("-inf")
        while sum(map(len, chunks.values())) < end - offset:
            if time.monotonic() - asked_at > AGAIN_S:
                asked_at = time.monotonic()
                node.ask_for_blob(BlobRequest(sha256=sha256, size=size, offset=offset, count=WINDOW, chunk=CHUNK, v=1))
            for one in self._arrivals(node):
                if isinstance(one, BlobChunk) and one.sha256 == sha256 and one.payload and offset <= one.offset < end:
                    chunks[one.offset] = one.payload
                    asked_at = time.monotonic()
        return [chunks[there] for there in sorted(chunks)]


def main() -> None:
    port, folder, *names = sys.argv[1:]
    wanted: dict[str, int] = json.loads(sys.stdin.readline())
    branches = [Branch(int(port), Path(folder) / name, name, wanted) for name in names]
    for branch in branches:
        branch.up.wait()
    print("ready", flush=True)
    sys.stdin.readline()
    for branch in branches:
        branch.go.set()
    for branch in branches:
        branch.done.wait()
    failures = [branch.failure for branch in branches if branch.failure]
    print(
        json.dumps(
            {
                "seconds": max(branch.seconds for branch in branches),
                "bytes": sum(branch.bytes for branch in branches),
                "memory_mb": memory_mb(os.getpid()),
                "failures": failures,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main()
