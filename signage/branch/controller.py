"""The branch controller: parent of the branch's devices, node of head office, keeper of what the branch shows.

controller = Controller(settings, database, software, moment)
loop = MainLoop(controller.handle, controller.tick)
controller.start(loop.put, loop.spawn); loop.run(); controller.stop(moment)
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import structlog
from msgspec.structs import replace

from signage.branch import pads, timers
from signage.branch.adoption import WAIT_FOR_RETAINED_S, adopt, plausible
from signage.branch.custody import BranchCustody
from signage.branch.desk import Desk
from signage.branch.document import branch_state, branch_status
from signage.branch.doorkeeper import Doorkeeper, PinChecked
from signage.branch.facts import Change, Facts, fresh
from signage.branch.ledger import Ledger
from signage.branch.probes import Probed, blocking, watch
from signage.branch.relay import Relay
from signage.branch.settings import ControllerSettings
from signage.branch.store import Store
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link import clock
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import Database, StorageError
from signage.link.inbox import Accepted, Inbox, Upstream
from signage.link.node import LinkDown, LinkUp, Node, NodeSettings, Report
from signage.link.outbox import Outbox
from signage.link.parent import FromNode, NodeStatus, Parent, ParentSettings
from signage.wire.messages import Command, Fault, LocalState, Reply, ReplyError, Status, Sync
from signage.wire.topics import Topics

_log = structlog.get_logger("branch")
ALIVE_EVERY_S: Final = 5.0
SILENT_AFTER_S: Final = 90.0  # contract: no status for that long is offline
DISK_AGAIN_S: Final = 5.0
AT_LEAST_EVERY_S: Final = 30.0
UPSTREAM_LINK: Final = "head-office"
DEVICES_LINK: Final = "devices"


class Controller:
    """Owned by one thread. Raises ValueError for hours that cannot be read, FactsUnreadable, StorageError."""

    def __init__(self, settings: ControllerSettings, database: Database, software: str, moment: Moment) -> None:
        self._settings = settings
        self._hours = read_hours(settings.hours)
        store = Store(database)
        commands = Commands(database)
        outbox = Outbox(database, settings.branch.id)
        upstream = Upstream.NONE if settings.upstream is None else Upstream.HEAD_OFFICE
        inbox = Inbox(database, outbox, upstream)
        self._ledger = Ledger(store, outbox, store.facts() or Facts(), self._told)
        self._outbox = outbox
        self._node = None if settings.upstream is None else self._make_node(software, outbox, commands, moment)
        self._parent = Parent(
            ParentSettings(settings.branch.id, Topics(settings.root), alive_every_s=ALIVE_EVERY_S, link=DEVICES_LINK),
            moment,
            BranchCustody(inbox, self._ledger, settings),
            commands,
        )
        self._doorkeeper = Doorkeeper(store, settings.pins_file, settings.devices)
        self._desk = Desk(
            settings,
            self._ledger,
            store,
            self._doorkeeper,
            Relay(settings.branch.id, fresh, self._parent.send_command),
            self._parent,
            settings.broker.private,
            fresh,
        )
        self._stop = threading.Event()
        self._database = database
        self._release_at: float | None = None  # until then what the broker retains may still arrive
        self._awaited = set(settings.devices)
        self._awaited_until = moment.mono + SILENT_AFTER_S
        self._disk_at = 0.0  # no timer acts before that while the disk takes nothing
        self._failed: dict[str, Fault] = {}

    # ---- life --------------------------------------------------------------------------------------------------------

    def start(
        self, put: Callable[[object], None], spawn: Callable[[str, Callable[[], None]], None], moment: Moment
    ) -> None:
        """Take up where the last life ended, then connect."""
        now = moment.at
        self._ledger.change(lambda facts: timers.forget_rules(facts, self._settings), now)
        if self._ledger.facts.settled:
            self._ledger.outdo(self._ledger.facts.revision, now)  # the settings may say something else than before
        self._parent.start(self._settings.broker, put)
        if self._node is not None and self._settings.upstream is not None:
            self._node.start(self._settings.upstream, put)
        for probe in blocking(self._settings.probes):
            spawn(f"probe-{probe.name}", partial(watch, probe, put, self._stop, clock.now))
        if self._settings.pins_file is not None:
            spawn("staff-pins", partial(self._doorkeeper.verify_all, put))

    def stop(self, moment: Moment) -> None:
        """Say goodbye on both links and close the database."""
        self._stop.set()
        self._doorkeeper.close()
        if self._node is not None:
            self._node.stop(moment)
        self._parent.stop()
        self._database.close()

    @property
    def facts(self) -> Facts:
        return self._ledger.facts

    # ---- what threads have put ---------------------------------------------------------------------------------------

    def handle(self, event: Any, moment: Moment) -> None:
        """One event of the loop's queue."""
        now = self._now(moment)
        match event:
            case Probed():
                self._probed(event, now)
            case PinChecked():
                self._desk.checked(event, now)
            case _:
                for arrival in self._parent.handle(event, Moment(now, moment.mono)):
                    self._from_devices(arrival, now, moment.mono)
                if self._node is not None:
                    for message in self._node.handle(event, moment):
                        self._from_head_office(message)

    def _from_devices(self, arrival: object, now: Instant, mono: float) -> None:
        match arrival:
            case LinkUp():
                if not self._ledger.facts.settled:
                    self._release_at = mono + WAIT_FOR_RETAINED_S
                _log.info("devices' broker reached")
            case LinkDown(reason):
                _log.warning("devices' broker away, trying on", reason=reason)
            case BranchState():
                self._retained(arrival, now)
            case NodeStatus():
                self._status(arrival, now)
            case FromNode(node, Command() as command):
                self._desk.take(node, command, now, mono)
            case FromNode(node, Reply() as reply):
                answer = self._desk.relay.answered(node, reply)
                self._desk.deliver([] if answer is None else [answer])
            case FromNode(_, Sync(revision=int() as revision)):
                self._offered(revision, now)
            case LocalState():
                self._desk.local(arrival, now)
            case Accepted():
                self._report(now)
            case _:
                pass  # blobs come with content

    def _from_head_office(self, message: object) -> None:
        assert self._node is not None
        match message:
            case LinkUp():
                for heard in self._parent.statuses.values():
                    self._pass_status_on(heard)
            case Command():
                error = ReplyError(
                    code="untrusted",
                    text="no trusted content names operations keys for this branch: it takes no command from afar",
                )
                self._node.reply(Reply(v=1, id=message.id, ok=False, error=error))
            case _:
                pass

    # ---- time --------------------------------------------------------------------------------------------------------

    def tick(self, moment: Moment) -> float:
        """Do what is due; returns the monotonic time at which to be called again at the latest."""
        now = self._now(moment)
        self._release(now, moment.mono)
        self._pass_time(now, moment.mono)
        self._desk.deliver(self._desk.relay.overdue(moment.mono))
        due = [self._parent.tick(Moment(now, moment.mono)), moment.mono + AT_LEAST_EVERY_S]
        for silent in self._parent.silent(Moment(now, moment.mono)):
            self._status(silent, now)
        self._never_heard(now, moment.mono)
        if self._node is not None:
            due.append(self._node.tick(moment))
        due += [at for at in (self._release_at, self._desk.relay.next_due) if at is not None]
        if self._awaited:
            due.append(self._awaited_until)
        seconds = timers.next_due_s(self._ledger.facts, self._settings, now)
        if seconds is not None:
            due.append(max(moment.mono + seconds, self._disk_at))
        return min(due)

    def _pass_time(self, now: Instant, mono: float) -> None:
        if mono < self._disk_at or timers.next_due_s(self._ledger.facts, self._settings, now) != 0:
            return
        if not self._try(lambda facts: timers.pass_time(facts, self._settings, now, fresh), now):
            self._disk_at = mono + DISK_AGAIN_S

    def _never_heard(self, now: Instant, mono: float) -> None:
        """Configured devices that have said nothing since we began."""
        if not self._awaited or mono < self._awaited_until:
            return
        for device in sorted(self._awaited):
            self._heard(pads.Hearing(device, online=False), now)
        self._awaited.clear()

    def _now(self, moment: Moment) -> Instant:
        return moment.at if self._node is None else self._node.now(moment)

    # ---- what the branch showed before we knew -----------------------------------------------------------------------

    def _retained(self, state: BranchState, now: Instant) -> None:
        facts = self._ledger.facts
        if state.branch.id != self._settings.branch.id or not plausible(state.revision, now):
            _log.warning("retained state ignored", branch=state.branch.id, revision=state.revision)
        elif not facts.settled:
            _log.info("takes over what the branch shows", revision=state.revision)
            self._settle(lambda known: adopt(known, state, self._settings, now), now)
        elif state.revision > facts.revision:
            self._ledger.outdo(state.revision, now)

    def _offered(self, revision: int, now: Instant) -> None:
        if revision > self._ledger.facts.revision and plausible(revision, now):
            self._ledger.outdo(revision, now)

    def _release(self, now: Instant, mono: float) -> None:
        if self._release_at is not None and mono >= self._release_at:
            self._settle(lambda known: known, now)

    def _settle(self, take_over: Callable[[Facts], Facts], now: Instant) -> None:
        self._release_at = None
        self._try(lambda facts: Change(replace(take_over(facts), settled=True)), now)

    # ---- devices and probes ------------------------------------------------------------------------------------------

    def _status(self, heard: NodeStatus, now: Instant) -> None:
        self._pass_status_on(heard)
        self._awaited.discard(heard.node)
        self._heard(pads.Hearing(heard.node, heard.online, heard.status.pads or ()), now)

    def _heard(self, hearing: pads.Hearing, now: Instant) -> None:
        def transition(facts: Facts) -> Change:
            change = pads.device_heard(facts, hearing, self._settings, now, fresh)
            known = change.facts
            for probe, failed in pads.probes_derived(known, self._settings).items():
                known = timers.probe_says(known, self._settings, probe, failed=failed, now=now)
            return Change(known, change.events)

        self._try(transition, now)

    def _probed(self, probed: Probed, now: Instant) -> None:
        code = f"probe-{probed.probe}"
        if probed.failed:
            self._failed[probed.probe] = Fault(code=code, since=now, text=probed.text)
        elif self._failed.pop(probed.probe, None) is None:
            self._say(probed, now)  # it speaks for the first time: all is well
            return
        _log.warning("probe", name=probed.probe, failed=probed.failed, saw=probed.text)
        self._say(probed, now, pads.fault(self._settings.branch.id, code, probed.text, on=probed.failed))

    def _say(self, probed: Probed, now: Instant, *told: pads.Draft) -> None:
        self._try(
            lambda facts: Change(
                timers.probe_says(facts, self._settings, probed.probe, failed=probed.failed, now=now), told
            ),
            now,
        )
        self._report(now)

    # ---- telling -----------------------------------------------------------------------------------------------------

    def _try(self, transition: Callable[[Facts], Change], now: Instant) -> bool:
        """A change that nobody waits for an answer to; what a full disk refuses is tried again when time passes."""
        try:
            self._ledger.change(transition, now)
        except StorageError as error:
            _log.error("not stored", reason=str(error))
            return False
        return True

    def _told(self, facts: Facts, now: Instant) -> None:
        if facts.settled:
            self._parent.publish_state(branch_state(facts, self._settings, now))
        self._report(now)

    def _report(self, now: Instant) -> None:
        if self._node is not None:
            branch = branch_status(self._ledger.facts, self._settings, self._hours, self._outbox.backlog, now)
            self._node.report(Report(faults=tuple(self._failed.values()), branch=branch), clock.moment())

    def _pass_status_on(self, heard: NodeStatus) -> None:
        if self._node is not None:
            status: Status = replace(heard.status, online=heard.online)
            self._node.publish_device_status(heard.node, status)

    def _make_node(self, software: str, outbox: Outbox, commands: Commands, moment: Moment) -> Node:
        branch = self._settings.branch
        return Node(
            NodeSettings(
                name=branch.id,
                role="controller",
                software=software,
                topics=Topics(self._settings.upstream_root),
                link=UPSTREAM_LINK,
                groups=branch.groups,
                life_from_receipt=False,
            ),
            outbox,
            commands,
            moment,
        )
