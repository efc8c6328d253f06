"""The demo's own place on the branch's broker: it sees what every screen sees, and waits for it in real time."""

import queue
from collections.abc import Callable, Iterator
from typing import Final

from signage.cli.demo.cast import Cast
from signage.cli.demo.house import ROOT
from signage.core.model import BranchState
from signage.link.client import Address, Arrived, Client
from signage.link.clock import monotonic
from signage.link.threads import ThreadDied
from signage.wire.codec import Malformed, decode
from signage.wire.messages import Status
from signage.wire.topics import Topics

_LOOK_S: Final = 0.5  # how often to see whether a program has ended by itself
_TOPICS: Final = Topics(ROOT)


class TooLate(Exception):  # noqa: N818 - what was waited for did not come
    """`what` did not happen in time."""


class Watch:
    """The branch as it tells of itself: its last state, and the last status of every node."""

    def __init__(self, port: int, cast: Cast) -> None:
        self.state: BranchState | None = None
        self.statuses: dict[str, Status] = {}
        self._queue: queue.Queue[object] = queue.Queue(2000)
        self._cast = cast
        subscriptions = (
            (_TOPICS.down("all", "state"), 1),
            (_TOPICS.up("+", "status"), 1),
        )
        self._client = Client("demo", Address("127.0.0.1", port), "demo", subscriptions, self._queue.put)
        self._client.start()

    def close(self) -> None:
        self._client.stop()

    def pause(self, seconds: float) -> None:
        """Look on for a while."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            self._look(left)

    def until(self, what: str, holds: Callable[[], bool], limit_s: float = 20.0) -> float:
        """Look on until something holds; when that was, in monotonic seconds. Raises TooLate, Fallen."""
        deadline = monotonic() + limit_s
        while not holds():
            left = deadline - monotonic()
            if left <= 0:
                raise TooLate(f"{what}: not within {limit_s:.0f} s")
            self._look(left)
        return monotonic()

    def on_glass(self, revision: int, screens: tuple[str, ...]) -> bool:
        """Whether all these screens have drawn this revision of the branch's state."""
        return all(
            (status := self.statuses.get(name)) is not None
            and status.screen is not None
            and status.screen.revision >= revision
            for name in screens
        )

    def _look(self, seconds: float) -> None:
        self._cast.check()
        for event in self._drain(min(seconds, _LOOK_S)):
            match event:
                case Arrived():
                    self._read(event)
                case ThreadDied():
                    raise RuntimeError(f"{event.name}: {event.reason}")

    def _drain(self, seconds: float) -> Iterator[object]:
        try:
            yield self._queue.get(timeout=seconds)
            while True:
                yield self._queue.get_nowait()
        except queue.Empty:
            return

    def _read(self, message: Arrived) -> None:
        name = _TOPICS.read(message.topic)
        assert name is not None
        try:
            match name.leaf:
                case "state":
                    self.state = decode(message.payload, BranchState, message.topic)
                case "status":
                    self.statuses[name.node] = decode(message.payload, Status, message.topic)
        except Malformed:
            return  # the programs count it; the demo looks on
