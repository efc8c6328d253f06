"""Head office's collector: takes branches' events into the database, receipts them, and keeps statuses."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import structlog

from signage.core.retention import Retention
from signage.link.client import Address, LinkEvent
from signage.link.clock import Moment, moment, now
from signage.link.exporter import Exporter, Listen, measured
from signage.link.figures import Figure
from signage.link.inbox import Accepted
from signage.link.log import Trouble
from signage.link.loop import MainLoop
from signage.link.parent import Parent, ParentSettings
from signage.link.roll import NodeStatus
from signage.office.alerting import tell_alerts
from signage.office.custody import GatheringCustody
from signage.office.database import DatabaseAway, Store
from signage.office.figures import DATABASE_UP, STATUSES_WAITING, Collected
from signage.office.measures.profiles import Profiles
from signage.office.retention import Sweeper
from signage.office.roster import RosterBranch, Shard
from signage.office.statuses import StatusKeeper
from signage.wire.custody import ChainBreak, Gap, NewEpoch, Unreadable
from signage.wire.topics import Topics

_FLUSH_EVERY_S: Final = 1.0
_OBJECTS: Final = 50_000
_MOST_WAITING: Final = 2000  # events in one transaction, about: what is held is memory
_RETRY_S: Final = 2.0  # how long a database that was away is left alone
_ALARM: Final[dict[type, str]] = {
    Gap: "events of a branch are gone for ever; find out what happened to its disk",
    ChainBreak: "an event of a branch does not continue the one before it; its outbox may have been tampered with",
    Unreadable: "an event of a branch cannot be read; it is kept as it came",
    NewEpoch: "a branch numbers its events anew; its disk has been replaced, or was an old copy",
}


@dataclass(frozen=True)
class CollectSettings:
    """`roster` empty: every branch that sends. Several collectors need it, each takes its shard of it."""

    address: Address
    root: str
    database_url: str
    roster: tuple[RosterBranch, ...] = ()
    shard: Shard = field(default_factory=Shard)
    profiles: Profiles = field(default_factory=Profiles)
    retention: Retention = field(default_factory=Retention)
    software: str = ""
    metrics: Listen | None = None


def run_collector(settings: CollectSettings) -> int:
    """Collect until SIGTERM or SIGINT; the exit code. Raises Refusal for a database that cannot be used."""
    # A group is tens of thousands of objects that live until its commit, and none is held by a cycle.
    gc.set_threshold(_OBJECTS, 20, 20)
    store = Store(settings.database_url)
    collector = Collector(settings, store, moment())
    exporter = Exporter(settings.metrics, "collect", settings.software, collector.figures)
    loop = MainLoop(collector.handle, measured(collector.tick, exporter))
    collector.start(loop.put)
    sweeper = Sweeper(Store(settings.database_url), settings.retention, now)
    if settings.shard.index == 0 and settings.retention.days:  # one for all shards
        loop.spawn("retention", sweeper.run)
    exporter.start()
    try:
        return loop.run()
    finally:
        exporter.stop()
        sweeper.stop()
        collector.stop()
        store.close()


class Collector:
    """Belongs to one main loop. While the database is away nothing is receipted, so branches keep and send again."""

    def __init__(self, settings: CollectSettings, store: Store, at: Moment) -> None:
        self._settings = settings
        self._store = store
        self._log = structlog.get_logger()
        self._away = Trouble(
            "the database is away; nothing is receipted, branches keep their events; start it",
            "the database is back",
            database=str(store),
        )
        self._statuses = StatusKeeper(store)
        self._strangers: set[str] = set()
        self._collected = Collected()
        self._ready = False
        self._next_flush = at.mono
        self._custody = GatheringCustody(store, settings.profiles)
        self._parent = Parent(self._parent_settings(), at, self._custody)
        self._prepare(at)

    def start(self, put: Callable[[LinkEvent], None]) -> None:
        self._parent.start(self._settings.address, put)

    def stop(self) -> None:
        self._parent.stop()
        try:
            self._statuses.flush()
        except DatabaseAway as error:
            self._log.warning("the last statuses are not stored", reason=str(error))

    def figures(self, _: Moment) -> Iterator[Figure]:
        """For Prometheus."""
        yield from self._parent.figures()
        yield DATABASE_UP.of(self._away.since is None)
        yield STATUSES_WAITING.of(self._statuses.waiting)
        yield from self._collected.figures()

    def handle(self, event: LinkEvent, at: Moment) -> None:
        """One event of the link. Batches wait for `tick`, which comes as soon as no more of them are there."""
        try:
            arrivals = self._parent.handle(event, at)
        except DatabaseAway as error:
            self._away.on(str(error), at)
            return
        for arrival in arrivals:
            if isinstance(arrival, NodeStatus):
                self._note(arrival, at)
            # What is said about the link the link says itself; the rest is the publisher's business.
        if self._custody.waiting >= _MOST_WAITING:
            self._commit(at)

    def tick(self, at: Moment) -> float:
        self._commit(at)
        deadline = self._parent.tick(at)
        for status in self._parent.silent(at):
            self._note(status, at)
        if at.mono >= self._next_flush:
            self._next_flush = at.mono + (_FLUSH_EVERY_S if self._flush(at) else _RETRY_S)
        return min(deadline, self._next_flush) if self._statuses.waiting or not self._ready else deadline

    def _commit(self, at: Moment) -> None:
        """Store what has come and receipt it. What the database could not take is not receipted."""
        try:
            accepted = self._custody.commit(at.at)
        except DatabaseAway as error:
            self._away.on(str(error), at)
            return
        if accepted:
            self._away.over(at)
        for one in accepted:
            self._parent.receipt(one)
            self._accepted(one)

    def _flush(self, at: Moment) -> bool:
        if not self._ready and not self._prepare(at):
            return False
        if not self._statuses.waiting:
            return True
        try:
            self._statuses.flush()
        except DatabaseAway as error:
            self._away.on(str(error), at)
            return False
        self._away.over(at)
        return True

    def _prepare(self, at: Moment) -> bool:
        """Make the tables; the database may be away at the start as well as later."""
        try:
            self._store.prepare()
        except DatabaseAway as error:
            self._away.on(str(error), at)
            return False
        self._away.over(at)
        self._ready = True
        return True

    def _accepted(self, accepted: Accepted) -> None:
        self._collected.accepted(accepted)
        for finding in accepted.findings:
            self._log.error(_ALARM[type(finding)], branch=accepted.node, finding=repr(finding))
        tell_alerts(self._custody.raised, self._log)
        self._greet(accepted.node)

    def _note(self, status: NodeStatus, at: Moment) -> None:
        self._statuses.note(status, at.at)
        self._greet(status.node)

    def _greet(self, branch: str) -> None:
        """A branch that is not on the roster is collected all the same, and named once."""
        roster = self._settings.roster
        if roster and branch not in self._strangers and all(branch != known.id for known in roster):
            self._strangers.add(branch)
            self._log.warning("a branch sends that is not on the roster", branch=branch)

    def _parent_settings(self) -> ParentSettings:
        topics = Topics(self._settings.root)
        shard = self._settings.shard
        if shard.count == 1:
            subscriptions: tuple[str, ...] = (topics.up("+", "#"),)
        else:
            subscriptions = tuple(topics.up(branch.id, "#") for branch in shard.of(self._settings.roster))
        name = "collect" if shard.count == 1 else f"collect-{shard.index}-{shard.count}"
        return ParentSettings(
            name=name, topics=topics, alive_every_s=None, link="head-office", subscriptions=subscriptions
        )
