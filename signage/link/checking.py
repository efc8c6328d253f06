"""Blobs are hashed and synced in a thread of their own: a film takes seconds, and the main loop has none to spare."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_WAITING: Final = 16


@dataclass(frozen=True)
class CheckOrder:
    """`work` gets the hash and says whether the blob is whole; it touches nothing but that blob's files."""

    sha256: str
    work: Callable[[str], bool]


@dataclass(frozen=True)
class BlobChecked:
    """Comes back through the main loop's queue."""

    sha256: str
    whole: bool


class Checker:
    """Run `work` in a thread (`spawn(f"…", checker.work)`); `tell` is the loop's put."""

    def __init__(self, tell: Callable[[BlobChecked], None]) -> None:
        self._tell = tell
        self._orders: queue.Queue[CheckOrder | None] = queue.Queue(_WAITING)

    def put(self, order: CheckOrder) -> bool:
        """False: enough waits already; try again with the next BlobChecked."""
        try:
            self._orders.put_nowait(order)
        except queue.Full:
            return False
        return True

    def work(self) -> None:
        """Until `end`."""
        while (order := self._orders.get()) is not None:
            self._tell(BlobChecked(order.sha256, order.work(order.sha256)))

    def end(self) -> None:
        """At the latest after the blob in hand; a daemon thread does not keep the program."""
        try:
            self._orders.put_nowait(None)
        except queue.Full:
            return
