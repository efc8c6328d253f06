"""The bridge: pads on one side, the branch's broker on the other, durable storage between (contract: padlink, Life).

Ports, broker and clock put into one loop. What the pads did since the last tick is committed together; only then are
they told so.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final
from uuid import uuid4

import structlog

from firmware_bridge.admission import Admitted, Refused
from firmware_bridge.asking import Asking
from firmware_bridge.faults import Faults, Place
from firmware_bridge.pauses import Order, Pause, Pauses, order_of
from firmware_bridge.port import PortBytes, PortEvent, PortGone, PortOpened
from firmware_bridge.port_watch import PortWatch
from firmware_bridge.prompts import Shown, Wanted
from firmware_bridge.recorder import Happened, Noted, Recorder
from firmware_bridge.rivals import Rivals
from firmware_bridge.sessions import (
    Condition,
    Key,
    Keypad,
    Knock,
    Lapse,
    Lost,
    Note,
    Online,
    Outcome,
    PadFault,
    Press,
)
from firmware_bridge.settings import BridgeSettings
from firmware_bridge.standings import Standings
from firmware_bridge.station import Station
from firmware_bridge.status import pad_statuses
from firmware_bridge.store import Store
from firmware_bridge.views import view
from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import Arrived, Connected
from signage.link.client import Lost as LinkLost
from signage.link.clock import Moment
from signage.link.database import StorageError
from signage.link.log import Trouble
from signage.link.node import Node, Report
from signage.link.outbox import Outbox
from signage.wire.messages import Reply, Status

STORE_AGAIN: Final = timedelta(seconds=1)  # after a failed commit; the pads keep their presses meanwhile
PRUNE_EVERY: Final = timedelta(hours=24)
SAY_AGAIN_S: Final = 60.0


class Bridge:
    """`handle` and `tick` are the main loop's; everything here belongs to its thread."""

    def __init__(
        self, settings: BridgeSettings, outbox: Outbox, node: Node, stations: tuple[Station, ...], moment: Moment
    ) -> None:
        """Raises StorageError."""
        database = outbox.database
        self._settings = settings
        self._node = node
        self._moment = moment
        self._stations = {station.name: station for station in stations}
        self._station_of = {counter: station for station in stations for counter in station.counters}
        self._strips_of = {counter: station for station in stations for counter in station.strips}
        self._asking = Asking(settings.pads)
        self._standings = Standings()
        self._store = Store(database)
        self._recorder = Recorder(settings.name, database, outbox, self._store, self._standings)
        self._admission = self._store.admission()
        self._book = self._store.prompts()
        self._faults = Faults(self._store.faults())
        self._faults.end_elsewhere(
            (self._place(counter) for counter in self._station_of.keys() | self._strips_of.keys()), moment.at
        )
        self._pauses = Pauses(self._store.pauses())
        self._rivals = Rivals(settings.name, moment.at, frozenset(self._station_of))
        self._refused: dict[str, str] = {}  # counter → the bridge that has it
        self._happened: list[Happened] = []
        self._state: BranchState | None = None
        self._hours: Hours | None = None
        self._look_again: Instant | None = None
        self._store_from: Instant | None = None  # after a failed commit
        self._prune_at = moment.at
        self._log = structlog.get_logger()
        self._ports = PortWatch(stations, self._keep_fault)
        self._disk = Trouble("presses cannot be stored; the pads keep them", "presses are stored again")

    def handle(self, event: object, moment: Moment) -> None:
        self._moment = moment
        now = self._node.now(moment)
        match event:
            case PortOpened() | PortBytes() | PortGone():
                self._at_port(event, moment, now)
            case Arrived() | Connected() | LinkLost():
                for arrival in self._node.handle(event, moment):
                    match arrival:
                        case BranchState():
                            self._take_state(arrival, now)
                        case Reply():
                            pause = self._pauses.answered(arrival.id, ok=arrival.ok)
                            self._happened += [pause] if pause is not None else []
                        case Status():
                            self._hear(arrival, now)
                        case _:
                            pass
            case _:
                raise TypeError(f"nobody puts {event!r}")

    def tick(self, moment: Moment) -> float:
        self._moment = moment
        now = self._node.now(moment)
        for station in self._stations.values():
            self._outcomes(station, station.send(station.session.tick(now)), now)
        self._ports.tick(moment, now)
        if self._look_again is not None and self._look_again <= now:
            self._look(now)
        self._commit(moment, now)
        self._order(now)
        self._node.report(Report(self._faults.present, pads=pad_statuses(self._stations.values())), moment)
        at_node = self._node.tick(moment)
        return min(at_node, *(moment.mono + max(0.0, (at - now).total_seconds()) for at in self._deadlines(now)))

    def stop(self) -> None:
        for station in self._stations.values():
            station.stop()

    # ---- pads --------------------------------------------------------------------------------------------------------

    def _at_port(self, event: PortEvent, moment: Moment, now: Instant) -> None:
        station = self._stations[event.port]
        outcomes = station.take(event, now)
        if isinstance(event, PortGone):
            self._admission.leave(station.name)
        self._ports.take(station, event, moment, now)
        self._outcomes(station, outcomes, now)

    def _outcomes(self, station: Station, outcomes: tuple[Outcome, ...], now: Instant) -> None:
        for outcome in outcomes:
            match outcome:
                case Knock():
                    self._knocked(station, outcome, now)
                case Press() | Lapse():
                    self._happened.append(outcome)
                case Keypad():
                    self._keypad(outcome, now)
                case Note():
                    self._happened.append(Noted(station.name, outcome))
                case Online():
                    self._online(station, outcome, now)
                case Lost():
                    self._admission.leave(station.name)
                    text = "no sign of life for 12 s" if outcome.why == "silence" else "its port is gone"
                    self._set_fault(outcome.counter, "pad-lost", True, text, now)
                case PadFault():
                    self._set_fault(outcome.counter, outcome.code, outcome.on, outcome.text, now)

    def _keypad(self, keypad: Keypad, now: Instant) -> None:
        """The teller's key: what follows from it is stored before the pad gets its echo."""
        pause = self._pauses.pressed(keypad.counter, keypad.key)
        if pause is not None:
            self._happened.append(pause)
        if pause is not None and not pause.suspended:  # now, so that the controller takes what follows
            self._ask_controller(order_of(pause), now)
        if keypad.key is Key.PLEASE_RATE and keypad.counter not in self._refused:
            args = {"counter": keypad.counter, "timeout_s": int(self._asking.seconds(keypad.counter))}
            prompt = self._node.command("prompt", args, self._moment) or str(uuid4())
            teller = self._standings.present(keypad.counter).teller
            self._happened.append(self._asking.by_keypad(keypad.counter, prompt, teller, now))
        self._happened.append(keypad)

    def _knocked(self, station: Station, knock: Knock, now: Instant) -> None:
        if knock.counter in self._refused:
            station.session.refuse(knock)
            return
        try:
            verdict = self._recorder.admit(self._admission, knock, station.name)
        except StorageError:
            self._store_from = Instant.of(now + STORE_AGAIN)
            return  # it knocks again in a second
        match verdict:
            case Admitted():
                for code in ("pad-twice", "pad-boot"):
                    self._set_fault(knock.counter, code, False, "let in", now)
                self._outcomes(station, station.send(station.session.admit(knock, now)), now)
            case Refused():
                station.session.refuse(knock)
                self._set_fault(knock.counter, verdict.code, True, verdict.text, now)

    def _online(self, station: Station, online: Online, now: Instant) -> None:
        self._set_fault(online.counter, "pad-lost", False, "answers again", now)
        if self._book.open_at(online.counter, now) is not None:
            self._show(station, online.counter, now)

    def _set_fault(self, counter: str, code: str, on: bool, text: str, now: Instant) -> None:
        if self._keep_fault(counter, code, on, text, now):
            say = self._log.warning if on else self._log.info
            say(text, fault=code, counter=counter, on=on)

    def _keep_fault(self, counter: str, code: str, on: bool, text: str, now: Instant) -> bool:
        return self._faults.set(self._place(counter), code, on, text, now)

    def _place(self, counter: str) -> Place:
        return Place(self._settings.name, counter)

    # ---- the branch --------------------------------------------------------------------------------------------------

    def _take_state(self, state: BranchState, now: Instant) -> None:
        if self._state is not None and state.revision < self._state.revision:
            return
        if self._state is None or state.hours != self._state.hours:
            try:
                self._hours = read_hours(state.hours)
            except ValueError as error:
                self._log.warning(
                    "the branch's hours cannot be read; pads show the counters without them", reason=error
                )
                return
        self._state = state
        self._node.have(revision=state.revision)
        for counter in state.counters:
            if counter.number in self._station_of and counter.number not in self._refused:
                wanted = self._asking.by_branch(counter, now)
                self._happened += [wanted] if wanted is not None else []
        self._look(now)

    def _hear(self, status: Status, now: Instant) -> None:
        """Another bridge's pads: a counter that it had before is not ours."""
        if not self._rivals.hear(status):
            return
        before, self._refused = self._refused, self._rivals.refused()
        for counter in sorted(before.keys() | self._refused.keys()):
            station, rival = self._station_of[counter], self._refused.get(counter)
            own = self._settings.name
            text = f"counter {counter} has a pad on {rival or before.get(counter)} and on {own}"
            cure = f"the one on {own} is refused; take it out of one of the two configurations"
            self._set_fault(counter, "counter-twice", rival is not None, f"{text}; {cure}", now)
            if rival is not None:
                station.session.dismiss(counter)
                self._happened.append(Wanted(counter))
            else:
                self._outcomes(station, station.send(station.session.invite(counter, now)), now)

    def _order(self, now: Instant) -> None:
        """What keypads want of the controller; without a link it waits."""
        for order in self._pauses.due(now):
            self._ask_controller(order, now)

    def _ask_controller(self, order: Order, now: Instant) -> None:
        command = self._node.command(order.name, order.args, self._moment)
        if command is not None:
            self._pauses.sent(order, command, now)

    def _look(self, now: Instant) -> None:
        """Compute every counter anew and tell its pad what is different."""
        if self._state is not None and self._hours is not None:
            self._standings.take(self._state, self._hours, now)
        self._look_again = self._standings.deadline()
        for counter, station in self._station_of.items():
            self._show(station, counter, now)
        for counter, station in self._strips_of.items():
            if self._station_of.get(counter) is not station:
                shown = view(self._standings.present(counter), None, self._settings)
                station.send(station.session.show(counter, shown, now))

    def _show(self, station: Station, counter: str, now: Instant) -> None:
        asked = None if counter in self._refused else self._book.open_at(counter, now)
        shown = view(self._standings.present(counter), asked, self._settings)
        self._outcomes(station, station.send(station.session.show(counter, shown, now)), now)
        if asked is not None and not asked.shown and station.session.heard(counter).condition is Condition.ONLINE:
            self._happened.append(Shown(asked.prompt))

    # ---- durable storage ---------------------------------------------------------------------------------------------

    def _commit(self, moment: Moment, now: Instant) -> None:
        """Store all that happened, then tell the pads. On failure they are told nothing and send it again."""
        if self._store_from is not None and now < self._store_from:
            self._drop_deeds()
            return
        happened, changes = tuple(self._with_notes(self._happened)), self._faults.changes
        prompt_due = self._book.deadline()
        if not happened and not changes and (prompt_due is None or now < prompt_due):
            return
        try:
            self._book = self._recorder.record(self._book, happened, changes, now)
        except StorageError as error:
            self._not_stored(error, moment, now)
            return
        self._store_from = None
        self._disk.over(moment)
        self._happened.clear()
        self._faults.stored(changes)
        self._tell(happened, now)

    def _not_stored(self, error: StorageError, moment: Moment, now: Instant) -> None:
        self._disk.on(str(error), moment)
        self._store_from = Instant.of(now + STORE_AGAIN)
        self._drop_deeds()
        try:
            self._book = self._store.prompts()
        except StorageError:
            self._log.warning("the prompts cannot be read", reason=str(error))

    def _with_notes(self, happened: Iterable[Happened]) -> Iterator[Happened]:
        """A deed's note goes into its transaction."""
        for one in happened:
            yield one
            if isinstance(one, Press | Keypad) and one.note is not None:
                yield Noted(self._station_of[one.counter].name, one.note)

    def _drop_deeds(self) -> None:
        """What was not stored has not happened: a pad tells it again, and a keypad what followed from it."""
        deeds = [one for one in self._happened if isinstance(one, Press | Keypad)]
        for deed in deeds:
            self._station_of[deed.counter].session.unstored(deed)
        undone = {self._asking.undo(deed.counter) for deed in deeds if isinstance(deed, Keypad)}
        self._happened = [
            one
            for one in self._happened
            if not isinstance(one, Press | Keypad) and not (isinstance(one, Wanted) and one.prompt in undone - {None})
        ]

    def _tell(self, happened: tuple[Happened, ...], now: Instant) -> None:
        for one in happened:
            match one:
                case Press() | Keypad():
                    station = self._station_of[one.counter]
                    station.send(station.session.stored(one, now))
                case Pause():
                    self._pauses.keep(one)
                case Wanted():
                    self._show(self._station_of[one.counter], one.counter, now)
                case Lapse() | Shown() | Noted():
                    pass

    def _deadlines(self, now: Instant) -> list[Instant]:
        if now >= self._prune_at:
            self._prune_at = Instant.of(now + PRUNE_EVERY)
            self._prune(now)
        moments = [self._prune_at, self._look_again, self._pauses.deadline(), self._book.deadline(), self._store_from]
        moments += self._ports.deadlines()
        moments += [station.session.deadline() for station in self._stations.values()]
        waiting = Instant.of(now) if self._happened or self._faults.changes else None
        if self._store_from is not None and self._store_from > now:
            waiting = None
        return [at for at in (*moments, waiting) if at is not None]

    def _prune(self, now: Instant) -> None:
        try:
            self._recorder.database.run(lambda: self._store.prune(now))
        except StorageError as error:
            self._log.warning("old presses and prompts stay for another day", reason=str(error))
