"""Where commands are taken: each checked, carried out at most once, written into the audit, and answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from signage.branch import case_desk
from signage.branch.doorkeeper import Doorkeeper, PinChecked
from signage.branch.facts import Change, Draft, Facts, Refused
from signage.branch.ledger import Ledger
from signage.branch.local import consider, local_intention, wanted
from signage.branch.orders import MECHANICAL, Order, carry_out, permitted
from signage.branch.relay import PASSED_ON, Answer, Relay
from signage.branch.settings import ControllerSettings
from signage.branch.staff import Person, Right
from signage.branch.store import Store, plain_detail
from signage.core.instants import Instant
from signage.link.database import StorageError
from signage.wire.messages import Command, LocalState, Reply, ReplyError

_log = structlog.get_logger("branch.desk")
NOBODY: Final = "(nobody)"


class Answering(Protocol):
    """The upper side of the devices' link, as far as it is needed here."""

    def send_reply(self, node: str, reply: Reply, *, keep: bool = True) -> bool: ...


@dataclass(frozen=True)
class Desk:
    settings: ControllerSettings
    ledger: Ledger
    store: Store
    doorkeeper: Doorkeeper
    relay: Relay
    answering: Answering
    private: bool  # nobody can listen in on the devices' link: PINs may travel on it
    fresh: Callable[[], str]

    def take(self, device: str, command: Command, now: Instant, mono: float) -> None:
        """One command of a device. It has come for the first time and has not expired."""
        person = self.doorkeeper.badges.holder(command.token, command.actor, device, now)
        order = Order(command, device, person)
        try:
            try:
                self._act(order, now, mono)
            except Refused as refused:
                self._refuse(order, refused, now)
        except StorageError as error:
            self._not_stored(device, command.id, error)

    def checked(self, checked: PinChecked, now: Instant) -> None:
        """A PIN has been verified."""
        if checked.problem is not None:
            _log.error("pins file unreadable, nobody can sign in", reason=checked.problem)
        try:
            try:
                result = self.doorkeeper.answer(checked, now)
            except Refused as refused:
                self._record(checked.person, "staff.enter", f"{checked.device}: {refused.code}", now)
                self.answering.send_reply(checked.device, _refusal(checked.command, refused))
            else:
                self._record(checked.person, "staff.enter", checked.device, now)
                self.answering.send_reply(checked.device, Reply(v=1, id=checked.command, ok=True, result=dict(result)))
        except StorageError as error:
            self._not_stored(checked.device, checked.command, error)

    def deliver(self, *answers: Answer | None) -> None:
        """What screens have answered to commands that were passed on; None: nobody asked for it."""
        for answer in filter(None, answers):
            self.answering.send_reply(answer.device, answer.reply)

    def local(self, local: LocalState, now: Instant) -> None:
        """What was done at a touch screen without us: taken over if it is the last word, recorded in any case."""
        if not wanted(self.ledger.facts, local, now):
            return
        detail = f"{local.screen}: {'suspend' if local.on else 'resume'} {local.scope} at {local.at}"

        def work() -> tuple[None, Change]:
            try:
                change = local_intention(self.ledger.facts, local, self.settings, now, self.fresh())
                said = detail
            except Refused as refused:
                change, said = Change(self.ledger.facts), f"{detail}: {refused.code}"
            change = change.then(lambda facts: Change(consider(facts, local, self.settings)))
            return None, self._audited(change, local.actor, "local", said, now)

        try:
            self.ledger.together(work, now)
        except StorageError as error:
            _log.error("local state not stored", screen=local.screen, reason=str(error))

    def _act(self, order: Order, now: Instant, mono: float) -> None:
        if order.command.name == "staff.enter":
            self._enter(order, now)
        elif order.command.name in PASSED_ON:
            self._pass_on(order, now, mono)
        elif order.command.name == case_desk.READ:
            self._read_case(order, now)
        else:
            self._carry_out(order, now)

    def _enter(self, order: Order, now: Instant) -> None:
        if not self.private:
            raise Refused("not-private", "PINs are taken over TLS or loopback only")
        self.doorkeeper.ask(order.command, order.device, now)

    def _pass_on(self, order: Order, now: Instant, mono: float) -> None:
        person = permitted(order, Right.SCREEN)
        screen = order.command.args.get("screen")
        if not any(known.name == screen for known in self.settings.screens):
            raise Refused("unknown-screen", f"{str(screen)[:40]!r} is no screen of this branch")
        self.relay.pass_on(order.command, order.device, str(screen), now, mono)
        self._record(person, order.command.name, plain_detail(order.command.args), now)

    def _read_case(self, order: Order, now: Instant) -> None:
        """The answer goes to this one device, is written down nowhere, and never over a line that others can listen to."""
        if not self.private:
            raise Refused("not-private", "what customers wrote is told over TLS or loopback only")
        result = case_desk.read(self.ledger.facts, order, self.store, self.settings.desk_key)
        detail = plain_detail(order.command.args, frozenset({"reader"}))
        self._record(order.person, order.command.name, detail, now)
        self.answering.send_reply(order.device, Reply(v=1, id=order.command.id, ok=True, result=result), keep=False)

    def _carry_out(self, order: Order, now: Instant) -> None:
        command = order.command

        def work() -> tuple[None, Change]:
            change = self._changed(order, now)
            if command.name in MECHANICAL or order.person is None:
                return None, change
            detail = plain_detail(command.args, case_desk.NOT_IN_AUDIT.get(command.name, frozenset()))
            return None, self._audited(change, order.person.id, command.name, detail, now)

        _, facts = self.ledger.together(work, now)
        self.answering.send_reply(order.device, Reply(v=1, id=command.id, ok=True, result=_result(command, facts)))

    def _changed(self, order: Order, now: Instant) -> Change:
        facts = self.ledger.facts
        if order.command.name == case_desk.UPDATE:
            return case_desk.update(facts, order, self.store, self.settings.catalogues, now)
        return carry_out(facts, order, self.settings, now)

    def _refuse(self, order: Order, refused: Refused, now: Instant) -> None:
        _log.warning("command refused", device=order.device, command=order.command.name[:40], code=refused.code)
        if order.command.name not in MECHANICAL:
            detail = f"{order.device}: refused, {refused.code}"
            self._record(order.person, order.command.name[:40], detail, now)
        self.answering.send_reply(order.device, _refusal(order.command.id, refused))

    def _record(self, person: Person | None, action: str, detail: str, now: Instant) -> None:
        actor = NOBODY if person is None else person.id
        self.ledger.together(lambda: (None, self._audited(Change(self.ledger.facts), actor, action, detail, now)), now)

    def _audited(self, change: Change, actor: str, action: str, detail: str, now: Instant) -> Change:
        self.store.audit(actor, action, detail, now)
        told = Draft("audit", {"actor": actor, "action": action, "detail": detail})
        return Change(change.facts, (*change.events, told))

    def _not_stored(self, device: str, command: str, error: StorageError) -> None:
        _log.error("command not carried out: it could not be stored", device=device, reason=str(error))
        refused = Refused("storage", "the controller's disk does not take it; nothing was done")
        self.answering.send_reply(device, _refusal(command, refused))


def _refusal(command: str, refused: Refused) -> Reply:
    error = ReplyError(code=refused.code, text=refused.text)
    return Reply(v=1, id=command, ok=False, error=error, result=refused.result or None)


def _result(command: Command, facts: Facts) -> dict[str, int | str]:
    """The revision that screens must have on the glass, and what was made."""
    made = {"suspend": "suspension", "prompt": "prompt"}.get(command.name)
    return {"revision": facts.revision} | ({made: command.id} if made else {})
