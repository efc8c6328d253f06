"""The thread that talks to the command queue, so that a database that is away holds up no blob and no Sync."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Final

from signage.core.instants import Instant
from signage.link import clock
from signage.office.commanding import CommandQueue
from signage.office.database import DatabaseAway, Store
from signage.wire.messages import Command, Reply

LOOK_EVERY_S: Final = 0.2  # an emergency must not wait for the next full second
_AWAY_PAUSE_S: Final = 2.0
_REPLIES_KEPT: Final = 10_000


@dataclass(frozen=True)
class NewCommand:
    """Queued by somebody, or found at the start with the branches that have replied already."""

    command: Command
    replied: frozenset[str]


@dataclass(frozen=True)
class QueueAway:
    """The database does not answer; `reason` None: it is back."""

    reason: str | None


class QueueWorker:
    """`run` in a thread of its own; `keep` from any thread."""

    def __init__(self, store: Store, put: Callable[[object], None]) -> None:
        self._store = store
        self._queue = CommandQueue(store)
        self._put = put
        self._replies: queue.Queue[tuple[str, Reply, Instant]] = queue.Queue(_REPLIES_KEPT)
        self._known: set[str] = set()
        self._prepared = False
        self._away = False
        self._stop = Event()

    def keep(self, branch: str, reply: Reply, at: Instant) -> bool:
        """Store a reply in a while. False: too many wait for the database."""
        try:
            self._replies.put_nowait((branch, reply, at))
        except queue.Full:
            return False
        return True

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except DatabaseAway as error:
                self._away = True
                self._put(QueueAway(str(error)))
                self._stop.wait(_AWAY_PAUSE_S)
            else:
                if self._away:
                    self._away = False
                    self._put(QueueAway(None))
                self._store_replies()
        self._store.close()

    def _look(self) -> None:
        if not self._prepared:
            self._store.prepare()
            self._prepared = True
        alive = self._queue.alive(clock.now())
        fresh = [one for one in alive if one not in self._known]
        if fresh:
            answered = self._queue.answered(fresh)
            for command in self._queue.read(fresh):
                self._put(NewCommand(command, frozenset(answered[command.id])))
        self._known = set(alive)

    def _store_replies(self) -> None:
        """Wait for replies until it is time to look again."""
        until = clock.monotonic() + LOOK_EVERY_S
        while (left := until - clock.monotonic()) > 0 and not self._stop.is_set():
            try:
                branch, reply, at = self._replies.get(timeout=left)
            except queue.Empty:
                return
            try:
                self._queue.note(branch, reply, at)
            except DatabaseAway:
                self.keep(branch, reply, at)
                return
