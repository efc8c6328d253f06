"""The branch controller: parent of the branch's devices, node of head office, keeper of what the branch shows.

controller = Controller(settings, database, software, moment)
loop = MainLoop(controller.handle, controller.tick)
controller.start(loop, moment); loop.run(); controller.stop(moment)
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, Protocol

import structlog
from msgspec.structs import replace

from signage.branch import timers
from signage.branch.content import BranchContent
from signage.branch.custody import BranchCustody
from signage.branch.desk import Desk
from signage.branch.document import branch_state, branch_status, hours_with
from signage.branch.doorkeeper import Doorkeeper, PinChecked
from signage.branch.facts import Facts, fresh
from signage.branch.ledger import Ledger
from signage.branch.office_desk import OfficeDesk
from signage.branch.probes import Probed, blocking, watch
from signage.branch.relay import Relay
from signage.branch.settings import ControllerSettings
from signage.branch.store import Store
from signage.branch.takeover import Takeover
from signage.branch.twin import Twin, meet
from signage.branch.watching import Watching
from signage.core.exits import Exit
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.programme import SignedContent
from signage.link import clock
from signage.link.checking import BlobChecked
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import Database, StorageError
from signage.link.figures import DEVICE_UP, Figure, branch_figures
from signage.link.inbox import Inbox, Upstream
from signage.link.node import LinkDown, LinkUp, Node, NodeSettings, Report
from signage.link.outbox import Outbox
from signage.link.parent import FromNode, NodeStatus, Parent, ParentSettings
from signage.wire.messages import Alive, BlobRequest, Command, Content, LocalState, Reply, Status, Sync
from signage.wire.topics import Topics

_log = structlog.get_logger("branch")
ALIVE_EVERY_S: Final = 5.0  # contract: Alive in a branch
DISK_AGAIN_S: Final = 5.0
REPORT_EVERY_S: Final = 30.0  # the branch's hours, as head office sees them, are never older than that
UPSTREAM_LINK: Final = "head-office"
DEVICES_LINK: Final = "devices"


class Loop(Protocol):
    """The main loop that owns the controller (`signage.link.loop.MainLoop`)."""

    def put(self, event: object) -> None: ...
    def spawn(self, name: str, work: Callable[[], None]) -> None: ...
    def end(self, code: int = 0) -> None: ...


class Controller:
    """Owned by one thread. Raises ValueError for hours that cannot be read, FactsUnreadable, StorageError."""

    def __init__(self, settings: ControllerSettings, database: Database, software: str, moment: Moment) -> None:
        self._settings = settings
        self._database = database
        self._hours = read_hours(settings.hours)
        self._moment = moment
        self._started_at = moment.at
        self._loop: Loop | None = None
        self._disk_at = 0.0  # nothing that can wait is tried before that, while the disk takes nothing
        self._report_at = 0.0
        self._reported: object = None  # what was last told of content
        self._stop = threading.Event()
        store, commands = Store(database), Commands(database)
        self._outbox = Outbox(database, settings.branch.id)
        self._ledger = Ledger(store, self._outbox, store.facts() or Facts(), self._told, settings.sealer)
        self._node = (
            None if settings.upstream is None else _to_head_office(settings, software, self._outbox, commands, moment)
        )
        inbox = Inbox(database, self._outbox, Upstream.NONE if self._node is None else Upstream.HEAD_OFFICE)
        link = ParentSettings(
            settings.branch.id, Topics(settings.root), ALIVE_EVERY_S, DEVICES_LINK, started_at=self._started_at
        )
        self._parent = Parent(link, moment, BranchCustody(inbox, self._ledger, store, settings), commands)
        self._content = BranchContent(settings, database, self._node, self._parent)
        self._takeover = Takeover(settings, self._ledger)
        self._watching = Watching(settings, self._ledger, moment.mono)
        self._doorkeeper = Doorkeeper(store, settings.pins_file, settings.devices)
        self._relay = Relay(settings.branch.id, fresh, self._parent.send_command)
        self._office_desk = OfficeDesk(
            settings, self._ledger, store, lambda: self._content.content, self._answer_office
        )
        self._desk = Desk(
            settings, self._ledger, store, self._doorkeeper, self._relay, self._parent, settings.broker.private, fresh
        )

    @property
    def facts(self) -> Facts:
        return self._ledger.facts

    def figures(self, moment: Moment) -> Iterator[Figure]:
        """For Prometheus. Raises StorageError."""
        yield from self._parent.figures()
        heard = self._parent.statuses
        for device in sorted(self._settings.devices):
            yield DEVICE_UP.of(device in heard and heard[device].online, device)
        if self._node is not None:
            yield from self._node.figures(moment)
        else:
            now = self._now(moment)
            yield from branch_figures(branch_status(self.facts, self._settings, self._hours, 0, now))

    def start(self, loop: Loop, moment: Moment) -> None:
        """Take up where the last life ended, then connect. Raises StorageError."""
        self._ledger.change(lambda facts: timers.forget_rules(facts, self._settings), moment.at)
        self._loop = loop
        self._content.start(loop, moment)
        self._renew_content(moment.at)  # the settings, too, may say something else than before
        self._parent.start(self._settings.broker, loop.put)
        if self._node is not None and self._settings.upstream is not None:
            self._node.start(self._settings.upstream, loop.put)
        for probe in blocking(self._settings.probes):
            loop.spawn(f"probe-{probe.name}", partial(watch, probe, loop.put, self._stop, clock.now))
        if self._settings.pins_file is not None:
            loop.spawn("staff-pins", partial(self._doorkeeper.verify_all, loop.put))

    def stop(self, moment: Moment) -> None:
        """Say goodbye on both links and close the database."""
        self._stop.set()
        self._content.stop()
        self._doorkeeper.close()
        if self._node is not None:
            self._node.stop(moment)
        self._parent.stop()
        self._database.close()

    # ---- what threads have put ---------------------------------------------------------------------------------------

    def handle(self, event: Any, moment: Moment) -> None:
        """One event of the loop's queue."""
        now, self._moment = self._now(moment), moment
        if isinstance(event, PinChecked):
            self._desk.checked(event, now)
        elif isinstance(event, Probed):
            self._stored(lambda: self._watching.probed(event, now))
            self._report()
        elif isinstance(event, BlobChecked):
            if self._content.take(event, Moment(now, moment.mono)):
                self._stored(lambda: self._renew_content(now))
            self._report()
        else:
            for arrival in self._parent.handle(event, Moment(now, moment.mono)):
                self._stored(partial(self._from_devices, arrival, now))
            if self._node is not None:
                for message in self._node.handle(event, moment):
                    self._from_head_office(self._node, message)

    def _from_devices(self, arrival: object, now: Instant) -> None:
        match arrival:
            case LinkDown():
                self._content.forget()
            case FromNode(node, BlobRequest() as request):
                self._content.asked(node, request)
            case LinkUp():
                self._takeover.connected(self._moment.mono)
            case BranchState():
                self._takeover.retained(arrival, now)
            case NodeStatus():
                self._pass_status_on(arrival)
                self._watching.status(arrival, now)
            case FromNode(node, Command() as command):
                self._desk.take(node, command, now, self._moment.mono)
            case FromNode(node, Reply() as reply):
                self._desk.deliver(self._relay.answered(node, reply))
            case FromNode(_, Sync(revision=int() as revision)):
                self._takeover.offered(revision, now)
            case Alive(started_at=Instant() as since):
                self._meet(meet(arrival, self._parent.session, self._started_at), since)
            case LocalState():
                self._desk.local(arrival, now)
            case _:
                pass  # batches are stored and acted upon by the custody

    def _from_head_office(self, node: Node, message: object) -> None:
        now = self._now(self._moment)
        if self._content.take(message, Moment(now, self._moment.mono)):
            self._stored(lambda: self._renew_content(now))
        match message:
            case LinkUp():
                for heard in self._parent.statuses.values():
                    self._pass_status_on(heard)
                self._report()
            case Command():
                self._office_desk.take(message, self._now(self._moment))
            case Status():
                self._meet(meet(message, node.session, self._started_at), message.started_at)
            case Content():
                self._report()
            case _:
                pass

    @property
    def content(self) -> SignedContent | None:
        """What is verified at present."""
        return self._content.content

    def _renew_content(self, now: Instant) -> None:
        """What head office signed may change the hours; the document that screens get names its version."""
        self._hours = read_hours(hours_with(self._settings, self._content.content))
        if self.facts.settled:
            self._ledger.outdo(self.facts.revision, now)
        self._report()

    def _answer_office(self, reply: Reply) -> bool:
        return self._node is not None and self._node.reply(reply)

    def _meet(self, twin: Twin, since: Instant) -> None:
        if twin is Twin.LATER:
            _log.error("a second controller of this branch has been started", branch=self._settings.branch.id)
        elif twin is Twin.EARLIER and self._loop is not None:
            _log.error(
                f"{self._settings.branch.id}: another controller of this branch runs since {since}; "
                "end one of them, or give each branch its own [branch] id"
            )
            self._loop.end(Exit.CONFIGURATION)

    # ---- time --------------------------------------------------------------------------------------------------------

    def tick(self, moment: Moment) -> float:
        """Do what is due; returns the monotonic time at which to be called again at the latest."""
        now, self._moment = self._now(moment), moment
        corrected = Moment(now, moment.mono)
        if moment.mono >= self._disk_at:
            self._stored(lambda: self._pass_time(now))
        self._desk.deliver(*self._relay.overdue(moment.mono))
        for silent in self._parent.silent(corrected):
            self._stored(partial(self._from_devices, silent, now))
        content_due = self._content.tick(corrected, partial(self._state, now), self._hours)
        if moment.mono >= self._report_at or self._content.news != self._reported:
            self._report()
        due = [self._parent.tick(corrected), self._report_at, self._relay.next_due, content_due]
        due += [self._later(at) for at in (self._takeover.release_at, self._watching.next_due)]
        seconds = timers.next_due_s(self.facts, self._settings, now)
        due.append(None if seconds is None else self._later(moment.mono + seconds))
        due.append(None if self._node is None else self._node.tick(moment))
        return min(at for at in due if at is not None)

    def _pass_time(self, now: Instant) -> None:
        mono = self._moment.mono
        self._takeover.tick(now, mono)
        self._watching.tick(now, mono)
        if timers.next_due_s(self.facts, self._settings, now) == 0:
            self._ledger.change(lambda facts: timers.pass_time(facts, self._settings, now, fresh), now)

    def _later(self, at: float | None) -> float | None:
        return None if at is None else max(at, self._disk_at)

    def _now(self, moment: Moment) -> Instant:
        return moment.at if self._node is None else self._node.now(moment)

    def _stored(self, work: Callable[[], None]) -> None:
        """Work that nobody waits for: what a full disk refuses comes again, with time or with the next status."""
        try:
            work()
        except StorageError as error:
            self._disk_at = self._moment.mono + DISK_AGAIN_S
            _log.error("not stored", reason=str(error))

    # ---- telling -----------------------------------------------------------------------------------------------------

    def _told(self, facts: Facts, now: Instant) -> None:
        if facts.settled:
            self._parent.publish_state(branch_state(facts, self._settings, now, self._content.content))
        self._report()

    def _state(self, now: Instant) -> BranchState:
        return branch_state(self.facts, self._settings, now, self._content.content)

    def _report(self) -> None:
        self._report_at = self._moment.mono + REPORT_EVERY_S
        self._reported = self._content.news
        if self._node is None:
            return
        now = self._now(self._moment)
        branch = branch_status(self.facts, self._settings, self._hours, self._outbox.backlog, now)
        self._node.report(
            Report((*self._watching.faults, *self._content.faults), branch=branch, delivery=self._content.status),
            self._moment,
        )

    def _pass_status_on(self, heard: NodeStatus) -> None:
        if self._node is not None:
            self._node.publish_device_status(heard.node, replace(heard.status, online=heard.online))


def _to_head_office(
    settings: ControllerSettings, software: str, outbox: Outbox, commands: Commands, moment: Moment
) -> Node:
    as_node = NodeSettings(
        name=settings.branch.id,
        role="controller",
        software=software,
        topics=Topics(settings.upstream_root),
        link=UPSTREAM_LINK,
        groups=settings.branch.groups,
        life_from_receipt=False,
    )
    return Node(as_node, outbox, commands, moment)
