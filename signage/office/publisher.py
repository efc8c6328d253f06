"""Head office's publisher: holds the truth about content and commands, and ends every branch's lack of either.

Nothing depends on a message having been seen: every Sync is answered with what is newer, every connection begins by
saying it anew, and the repository and the command queue are looked at again and again.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from tuf.api.exceptions import RepositoryError

from signage.content.keys import Keys
from signage.content.refusal import RefusedError
from signage.content.renewing import expiries, people_due, renew_lines
from signage.content.repository import Repository
from signage.core.exits import Refusal
from signage.core.instants import Instant
from signage.link.client import Address
from signage.link.clock import Moment, moment
from signage.link.exporter import Exporter, Listen, measured
from signage.link.figures import Figure, seconds
from signage.link.log import Trouble
from signage.link.loop import MainLoop
from signage.link.node import LinkDown, LinkUp
from signage.link.parent import FromNode, Parent, ParentSettings
from signage.link.serving import AGAIN_S, BlobDesk
from signage.office.database import Store
from signage.office.dispatch import Dispatch
from signage.office.figures import (
    BEHIND,
    DATABASE_UP,
    EXPIRY,
    LIVE,
    REPOSITORY_UP,
    SYNCED,
    UNREACHED,
    UNREACHED_S,
)
from signage.office.publications import Publications
from signage.office.queue_worker import NewCommand, QueueAway, QueueWorker
from signage.office.roster import RosterBranch, Shard
from signage.wire.messages import BlobRequest, Content, Reply, Sync
from signage.wire.topics import Topics

ALIVE_EVERY_S: Final = 60.0  # contract: Alive from head office
LOOK_EVERY_S: Final = 1.0
RENEW_EVERY_S: Final = 300.0
_PUSHES_EACH: Final = 50  # branches of a partial roll-out that are told in one go
_PUSH_PAUSE_S: Final = 0.05
_AGAIN_S: Final = 1.0
_FIGURES_EVERY_S: Final = 10.0  # they look at every branch
_WARN_DAYS: Final = timedelta(days=30)
_WARN_EVERY_S: Final = 86400.0
_UNREADABLE: Final = (Refusal, RefusedError, RepositoryError, OSError, ValueError)  # a torn repository ends nothing
_LEAVES: Final = ("sync", "blob", "reply")  # of all that branches say, what is the publisher's business


@dataclass(frozen=True)
class PublisherSettings:
    """Several publishers need a roster; the first of them speaks to all at once, and renews."""

    address: Address
    root: str
    database_url: str
    repository: Path
    keys: Path
    roster: tuple[RosterBranch, ...] = ()
    shard: Shard = field(default_factory=Shard)
    software: str = ""
    metrics: Listen | None = None


def run_publisher(settings: PublisherSettings) -> int:
    """Until SIGTERM or SIGINT; the exit code. Raises Refusal for a database address that cannot be one."""
    store = Store(settings.database_url)
    publisher = Publisher(settings, moment())
    exporter = Exporter(settings.metrics, "publisher", settings.software, publisher.figures, _FIGURES_EVERY_S)
    loop = MainLoop(publisher.handle, measured(publisher.tick, exporter))
    worker = QueueWorker(store, loop.put)
    publisher.start(loop.put, worker)
    loop.spawn("command-queue", worker.run)
    exporter.start()
    try:
        return loop.run()
    finally:
        exporter.stop()
        worker.stop()
        publisher.stop()


class Publisher:
    """Belongs to one main loop."""

    def __init__(self, settings: PublisherSettings, at: Moment) -> None:
        self._settings = settings
        self._repository = Repository(settings.repository)
        self._keys = Keys(settings.keys)
        self._publications = Publications(self._repository)
        self._leading = settings.shard.index == 0
        link = self._link(at.at)
        self._parent = Parent(link, at, content_for=self._content_for)
        self._blobs = BlobDesk(self._publications.blob, self._parent.send_blob)
        self._dispatch = Dispatch(settings.shard, {branch.id: branch for branch in settings.roster})
        self._worker: QueueWorker | None = None
        self._holds: dict[str, int] = {}  # branch → the version of its last Sync
        self._pushes: deque[str] = deque()
        self._push_at = self._look_at = self._renew_at = self._warn_at = self._command_at = at.mono
        self._expiries: Mapping[str, Instant] = {}
        self._expiries_at = at.mono
        self._log = structlog.get_logger()
        self._now = at
        self._unread = Trouble(
            "the repository cannot be read; what is live goes on", "the repository can be read again"
        )
        self._unsigned = Trouble("not renewed; content expires if this goes on", "renewed again")
        self._queue = Trouble("the command queue's database is away; no command is taken", "the command queue is back")

    def start(self, put: Callable[[object], None], worker: QueueWorker | None = None) -> None:
        self._worker = worker
        self._look(self._now)
        self._parent.start(self._settings.address, put)

    def stop(self) -> None:
        self._parent.stop()

    def figures(self, at: Moment) -> Iterator[Figure]:
        """For Prometheus. What the repository says is read every five minutes."""
        yield from self._parent.figures()
        yield DATABASE_UP.of(self._queue.since is None)
        yield REPOSITORY_UP.of(self._unread.since is None and self._unsigned.since is None)
        yield LIVE.of(self._publications.base or 0)
        versions = [(held, self._publications.version_of(branch) or 0) for branch, held in self._holds.items()]
        yield SYNCED.of(len(versions))
        yield BEHIND.of(sum(held < wanted for held, wanted in versions))
        for command, (branches, issued_at) in sorted(self._dispatch.unanswered().items()):
            yield UNREACHED.of(branches, command)
            yield UNREACHED_S.of((at.at - issued_at).total_seconds(), command)
        if at.mono >= self._expiries_at:
            self._expiries_at = at.mono + RENEW_EVERY_S
            with suppress(*_UNREADABLE):  # which the figure of the repository says
                self._expiries = expiries(self._repository)
        for role, until in sorted(self._expiries.items()):
            yield EXPIRY.of(seconds(until), role)

    def handle(self, event: Any, at: Moment) -> None:
        """One event of the loop's queue."""
        self._now = at
        match event:
            case NewCommand(command, replied):
                self._dispatch.add(command, replied)
                return
            case QueueAway(reason=str() as reason):
                self._queue.on(reason, at)
                return
            case QueueAway():
                self._queue.over(at)
                return
        for arrival in self._parent.handle(event, at):
            match arrival:
                case LinkUp():
                    self._dispatch.again()
                    self._pushes = deque(self._apart())
                case LinkDown():
                    self._blobs.forget()
                case FromNode(node, message) if self._settings.shard.holds(node):
                    self._from_branch(node, message, at)
                case _:
                    pass  # statuses and events are the collector's

    def _from_branch(self, node: str, message: object, at: Moment) -> None:
        match message:
            case Sync():
                self._holds[node] = message.content or 0
                self._dispatch.synced(node, message, at.mono)
            case BlobRequest():
                self._blobs.ask(node, message)
            case Reply():
                # Also to what this publisher has not read yet: a command to all is sent by the first of several.
                self._dispatch.replied(node, message.id)
                if self._worker is not None:
                    self._worker.keep(node, message, at.at)
            case _:
                pass

    # ---- time --------------------------------------------------------------------------------------------------------

    def tick(self, at: Moment) -> float:
        """Do what is due; the monotonic time of the next call."""
        self._now = at
        if at.mono >= self._look_at:
            self._look_at = at.mono + LOOK_EVERY_S
            self._look(at)
        if self._leading and at.mono >= self._renew_at:
            self._renew_at = at.mono + RENEW_EVERY_S
            self._renew(at)
        deadlines = [self._parent.tick(at), self._look_at, *([self._renew_at] if self._leading else [])]
        if self._parent.session is not None:
            deadlines += self._send(at)
        return min(deadlines)

    def _send(self, at: Moment) -> list[float]:
        deadlines = []
        if at.mono >= self._command_at:
            for command in self._dispatch.due(at.at, at.mono):
                if not self._parent.send_command(command):
                    self._command_at = at.mono + _AGAIN_S
                    break
                self._dispatch.sent(command.id)
        if (due := self._dispatch.next_due()) is not None:
            deadlines.append(max(due, self._command_at))
        if self._pushes:
            if at.mono >= self._push_at:
                self._push_at = at.mono + _PUSH_PAUSE_S
                self._push_some()
            deadlines.append(self._push_at)
        if self._blobs.waiting:
            if self._parent.idle:
                self._blobs.pump()
            deadlines.append(at.mono + AGAIN_S)
        return deadlines

    def _look(self, at: Moment) -> None:
        """Whether something was pushed: then it is said to all, and to each branch that has a line of its own."""
        try:
            if not self._publications.look():
                return
            content = self._publications.for_all()
            if content is not None and self._leading:
                self._parent.publish_content(content)
        except _UNREADABLE as error:
            self._unread.on(str(error), at)
            return
        self._unread.over(at)
        self._pushes = deque(self._apart())
        apart = len(self._publications.apart)
        self._log.info("content is live", version=self._publications.base, branches_apart=apart)

    def _push_some(self) -> None:
        for _ in range(min(_PUSHES_EACH, len(self._pushes))):
            branch = self._pushes.popleft()
            content = self._content(lambda branch=branch: self._for_branch(branch))  # type: ignore[misc]  # a default's type is not inferred
            if content is not None:
                self._parent.publish_content(content, branch)

    def _for_branch(self, branch: str) -> Content | None:
        return self._publications.for_branch(branch, self._holds.get(branch))

    def _content_for(self, node: str, sync: Sync) -> Content | None:
        if not self._settings.shard.holds(node):
            return None
        return self._content(lambda: self._publications.answer(node, sync))

    def _content(self, read: Callable[[], Content | None]) -> Content | None:
        try:
            return read()
        except _UNREADABLE as error:
            self._unread.on(str(error), self._now)
            return None

    def _apart(self) -> list[str]:
        return [branch for branch in self._publications.apart if self._settings.shard.holds(branch)]

    def _renew(self, at: Moment) -> None:
        """Snapshot and timestamp of every live line, before they expire; what only people can renew is named in time."""
        try:
            renewed = renew_lines(self._repository, self._keys, at.at)
            due = people_due(self._repository, at.at, _WARN_DAYS) if at.mono >= self._warn_at else ()
        except _UNREADABLE as error:
            self._unsigned.on(str(error), at)
            return
        self._unsigned.over(at)
        if renewed:
            self._log.info("signed anew", versions=renewed)
            self._look(at)
        for role, until in due:
            self._log.warning("two people must sign this anew", role=role, expires=str(until))
        if at.mono >= self._warn_at:
            self._warn_at = at.mono + _WARN_EVERY_S

    def _link(self, started_at: Instant) -> ParentSettings:
        topics, shard = Topics(self._settings.root), self._settings.shard
        nodes = ["+"] if shard.count == 1 else [branch.id for branch in shard.of(self._settings.roster)]
        return ParentSettings(
            name="publisher" if shard.count == 1 else f"publisher-{shard.index}",
            topics=topics,
            alive_every_s=ALIVE_EVERY_S if self._leading else None,
            link="head-office",
            subscriptions=tuple(topics.up(node, leaf) for node in nodes for leaf in _LEAVES),
            started_at=started_at,
        )
