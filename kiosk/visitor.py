"""The person at a touch screen: their taps become steps, and the steps' wishes are carried out."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog

from kiosk.emergency import Emergency, EmergencyChecked, Verdict
from kiosk.local import LocalStates
from kiosk.memory import Draft, Memory
from kiosk.settings import KioskSettings
from kiosk.view.happenings import (
    CallsChanged,
    CheckPin,
    DropRound,
    Effect,
    Emit,
    GoLocal,
    Happening,
    Keep,
    KeepRound,
    Leave,
    NotStored,
    Order,
    Passed,
    Replied,
    Stored,
    World,
)
from kiosk.view.journey import ring, step, wake_at
from kiosk.view.likely import kind_of
from kiosk.view.pages import Touch
from kiosk.view.rounds import KeptRound
from kiosk.view.sign_in import ENTER, NO_LINK
from kiosk.view.staff import READ, UPDATE
from kiosk.view.terms import closing
from signage.core.cases import SUBJECTS
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState, Intention
from signage.core.phrases import Catalogue
from signage.core.suspension import branch_held
from signage.link.clock import Moment
from signage.link.database import StorageError
from signage.link.node import Node
from signage.link.outbox import EventTooLarge
from signage.link.sealer import Reader
from signage.wire.messages import Reply


def sentences(catalogue: Catalogue) -> dict[str, str]:
    """Every sentence that a customer may pick, in the branch's own language."""
    return {phrase: catalogue.text(f"opinion.phrase.{phrase}") for about in SUBJECTS.values() for phrase in about}


class Visitor:
    """Belongs to the drawing thread. `durable` False: the disk was broken at the start, so nothing is promised.

    `words`: the sentences of signage.core.cases, for who reads an opinion later.
    """

    def __init__(
        self,
        settings: KioskSettings,
        node: Node,
        memory: Memory,
        local: LocalStates,
        emergency: Emergency | None,
        words: Mapping[str, str],
        *,
        durable: bool,
    ) -> None:
        self.touch = self._resting = Touch(locale=settings.locale)
        self._settings = settings
        self._node = node
        self._memory = memory
        self._durable = durable
        self._local = local
        self._emergency = emergency
        self._words = words
        self._heard = True
        self.left = False  # staff have ended this screen
        self._orders: dict[str, str] = {}  # the node's command id → the step's
        self._reader = Reader()
        self.habits: dict[str, str] = {}  # what was last given as a reason for a counter, a device, the branch
        self.kept = memory.rounds()
        self._state: BranchState | None = None
        self._hours: Hours | None = None
        self._log = structlog.get_logger()

    def resettle(self, settings: KioskSettings) -> None:
        """Other settings hold from now on: the next visitor meets them, and this one too if nobody is there."""
        nobody = self.touch == self._resting
        self._settings, self._resting = settings, Touch(locale=settings.locale)
        if nobody:
            self.touch = self._resting

    def recover(self, moment: Moment) -> None:
        """A rating that a power cut interrupted is stored now, under its own id and time."""
        draft = self._memory.draft()
        if draft is not None:
            self._emit(Emit(draft.event, "rating", draft.at, draft.data), moment)

    def learn(self, state: BranchState, hours: Hours, moment: Moment) -> None:
        """A new branch state."""
        self._state, self._hours = state, hours
        self.happen(CallsChanged(frozenset(call.id for call in state.calls)), moment)

    def replied(self, reply: Reply, moment: Moment) -> None:
        order = self._orders.pop(reply.id, None)
        if order is not None:
            error = reply.error
            code, text = (error.code, error.text) if error is not None else ("", "")
            self.happen(Replied(order, reply.ok, self._readable(reply), code, text), moment)

    def _readable(self, reply: Reply) -> dict[str, Any]:
        """What a customer wrote comes sealed for this very process."""
        told = self._reader.read(reply.result or {})
        if told is None:
            self._log.warning("an answer was sealed for somebody else")
        return told or {}

    def checked(self, checked: EmergencyChecked, moment: Moment) -> None:
        """This screen's own PIN has been compared."""
        if self._emergency is not None:
            verdict = self._emergency.answer(checked, self._node.now(moment))
            self._judged(checked.id, verdict, verdict.code, moment)

    def tick(self, moment: Moment, *, heard: bool) -> Instant | None:
        """Let time pass; the next instant at which it changes something. `heard`: the controller has been of late."""
        self._heard = heard
        self.happen(Passed(), moment)
        return wake_at(self.touch, self._node.now(moment))

    def ring(self, now: Instant) -> int | None:
        return ring(self.touch, now)

    def happen(self, happening: Happening, moment: Moment) -> None:
        """One step, and whatever follows from it."""
        before = self.touch
        after, effects = step(before, happening, self._world(moment))
        self.touch = after
        if after.pending is None:
            self._orders.clear()
        for effect in effects:
            self._carry_out(effect, moment)

    def _world(self, moment: Moment) -> World:
        now = self._node.now(moment)
        state, hours = self._state, self._hours
        return World(
            now=now,
            device=self._settings.name,
            fresh=str(uuid4()),
            private=self._settings.broker.private,
            zone=hours.zone if hours is not None else ZoneInfo("UTC"),
            suspended=state is not None and branch_held(state, now) is not None,
            closing=closing(hours, now) if hours is not None else None,
            heard=self._heard,
            emergency=self._emergency is not None,
            words=self._words,
            locale=self.touch.locale,
            home_locale=self._settings.locale,
        )

    def _carry_out(self, effect: Effect, moment: Moment) -> None:
        match effect:
            case Keep():
                self._keep(effect)
            case Emit():
                stored = self._emit(effect, moment)
                self.happen(Stored(effect.event) if stored else NotStored(effect.event), moment)
            case Order():
                self._order(effect, moment)
            case CheckPin():
                self._check(effect, moment)
            case GoLocal():
                self._go_local(effect, moment)
            case Leave():
                staff = self.touch.staff
                actor = staff.actor if staff is not None else ""
                self._log.warning("staff end this screen", screen=self._settings.name, actor=actor)
                self.left = True
            case KeepRound(kept):
                others = [
                    one for one in self.kept if one.day == kept.day and not _same(one, kept.checklist, kept.actor)
                ]
                self._keep_rounds((*others, kept))
            case DropRound(checklist, actor):
                self._keep_rounds(tuple(one for one in self.kept if not _same(one, checklist, actor)))

    def _keep(self, effect: Keep) -> None:
        try:
            data = self._settings.sealer.sealed("rating", effect.event, effect.data)
            self._memory.keep_draft(Draft(effect.event, effect.at, data))
        except OSError as error:
            self._log.warning("an unfinished rating is kept in memory only", reason=str(error))

    def _keep_rounds(self, rounds: tuple[KeptRound, ...]) -> None:
        self.kept = rounds
        try:
            self._memory.keep_rounds(rounds)
        except OSError as error:
            self._log.warning("an unfinished round is kept in memory only", reason=str(error))

    def _emit(self, effect: Emit, moment: Moment) -> bool:
        if not self._durable:
            return False
        try:
            data = self._settings.sealer.sealed(effect.kind, effect.event, effect.data)
            self._node.emit(effect.kind, data, moment, event_id=effect.event, at=effect.at)
        except (StorageError, EventTooLarge) as error:
            self._log.error("an event could not be stored", kind=effect.kind, reason=str(error))
            return False
        if effect.kind == "rating":
            self._drop_draft()
        return True

    def _drop_draft(self) -> None:
        try:
            self._memory.drop_draft()
        except OSError as error:
            self._log.warning("a finished rating stays as a draft; its id keeps it single", reason=str(error))

    def _check(self, effect: CheckPin, moment: Moment) -> None:
        assert self._emergency is not None
        refusal = self._emergency.ask(effect.id, effect.pin, self._node.now(moment))
        if refusal is not None:
            self._judged(effect.id, refusal, f"refused, {refusal.code}", moment)

    def _judged(self, identity: str, verdict: Verdict, said: str, moment: Moment) -> None:
        """Each try goes into the audit, with the words that the controller has for those of an ordinary PIN."""
        detail = self._settings.name if verdict.right else f"{self._settings.name}: {said}"
        told = {"actor": verdict.actor, "action": ENTER, "detail": detail}
        self._emit(Emit(str(uuid4()), "audit", self._node.now(moment), told), moment)
        self.happen(Replied(identity, verdict.right, verdict.result, verdict.code), moment)

    def _go_local(self, effect: GoLocal, moment: Moment) -> None:
        intent = effect.intent
        intention = Intention(
            screen=self._settings.name,
            at=effect.at,
            actor=effect.actor,
            scope=intent.scope,
            on=intent.on,
            reason=intent.reason,
            until=intent.until,
        )
        self._log.warning("done without the controller", scope=intent.scope, on=intent.on, actor=effect.actor)
        self._local.intend(intention, moment)

    def _args(self, order: Order) -> dict[str, Any]:
        """What travels: a note about a customer sealed, and with the wish to read one the key to seal the answer for."""
        if order.name == READ:
            return dict(order.args) | {"reader": self._reader.public}
        return self._settings.sealer.sealed("case", "", order.args) if order.name == UPDATE else dict(order.args)

    def _order(self, order: Order, moment: Moment) -> None:
        args = self._args(order)
        sent = self._node.command(order.name, args, moment, actor=order.actor, token=order.token)
        if sent is None:
            self.happen(Replied(order.id, ok=False, code=NO_LINK, text=""), moment)
        else:
            if order.name == "suspend":
                self.habits[kind_of(str(order.args["scope"]))] = str(order.args["reason"])
            self._orders[sent] = order.id


def _same(kept: KeptRound, checklist: str, actor: str) -> bool:
    return (kept.checklist, kept.actor) == (checklist, actor)
