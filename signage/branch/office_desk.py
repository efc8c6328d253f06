"""Where head office's commands are taken: admitted or refused, carried out once, written into the audit, and answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from signage.branch import case_desk
from signage.branch.facts import Change, Draft, Refused
from signage.branch.head_office import ACTOR, Allowed, Unproven, admitted, carry_out
from signage.branch.ledger import Ledger
from signage.branch.settings import ControllerSettings
from signage.branch.store import Store, plain_detail
from signage.core.instants import Instant
from signage.core.programme import SignedContent
from signage.link.database import StorageError
from signage.wire.messages import Command, Reply, ReplyError

_log = structlog.get_logger("branch.head-office")
_UNPROVEN_EVERY: Final = timedelta(minutes=1)
_NOBODY: Final = f"{ACTOR}(unproven)"


@dataclass
class OfficeDesk:
    """`content`: what is verified at present; `answer` sends a Reply to head office."""

    settings: ControllerSettings
    ledger: Ledger
    store: Store
    content: Callable[[], SignedContent | None]
    answer: Callable[[Reply], bool]
    _unproven_at: Instant | None = field(default=None, init=False)
    _unproven: int = field(default=0, init=False)

    def take(self, command: Command, now: Instant) -> None:
        """One command. It has come for the first time, on its target's topic, and has not expired."""
        try:
            try:
                allowed = admitted(command, self.content(), self.settings.branch, now)
                self._carry_out(allowed, now)
            except Refused as refused:
                self._refuse(command, refused, now)
        except StorageError as error:
            _log.error("command not carried out: it could not be stored", command=command.name[:40], reason=str(error))
            text = "the controller's disk does not take it; nothing was done"
            self.answer(_refusal(command, Refused("storage", text)))

    def _carry_out(self, allowed: Allowed, now: Instant) -> None:
        command = allowed.command

        def work() -> tuple[None, Change]:
            change = self._changed(allowed, now)
            detail = plain_detail(command.args, case_desk.NOT_IN_AUDIT.get(command.name, frozenset()))
            return None, self._audited(change, allowed.actor, command.name, detail, now)

        _, facts = self.ledger.together(work, now)
        result: dict[str, int | str] = {"revision": facts.revision}
        if command.name == "suspend":
            result["suspension"] = command.id
        _log.info("command from head office carried out", command=command.name, actor=allowed.actor)
        self.answer(Reply(v=1, id=command.id, ok=True, result=dict(result)))

    def _changed(self, allowed: Allowed, now: Instant) -> Change:
        if allowed.command.name == case_desk.UPDATE:
            return case_desk.update_from_afar(self.ledger.facts, allowed, self.store, self.settings.catalogues, now)
        return carry_out(self.ledger.facts, allowed, self.settings, now)

    def _refuse(self, command: Command, refused: Refused, now: Instant) -> None:
        _log.warning("command from head office refused", command=command.name[:40], code=refused.code)
        if not isinstance(refused, Unproven):
            self._record(f"{ACTOR}{_keyid(command)}", command, refused.code, now)
        elif self._unproven_at is None or now >= self._unproven_at + _UNPROVEN_EVERY:
            # Whoever has a way to the broker can send these without end: the audit and the outbox must not fill.
            more = f", and {self._unproven} more since the last" if self._unproven else ""
            self._unproven_at, self._unproven = now, 0
            self._record(_NOBODY, command, refused.code + more, now)
        else:
            self._unproven += 1
        self.answer(_refusal(command, refused))

    def _record(self, actor: str, command: Command, code: str, now: Instant) -> None:
        action, detail = command.name[:40], f"refused, {code}"
        self.ledger.together(lambda: (None, self._audited(Change(self.ledger.facts), actor, action, detail, now)), now)

    def _audited(self, change: Change, actor: str, action: str, detail: str, now: Instant) -> Change:
        self.store.audit(actor, action, detail, now)
        told = Draft("audit", {"actor": actor, "action": action, "detail": detail})
        return Change(change.facts, (*change.events, told))


def _keyid(command: Command) -> str:
    return command.signature.keyid[:12] if command.signature is not None else ""


def _refusal(command: Command, refused: Refused) -> Reply:
    return Reply(v=1, id=command.id, ok=False, error=ReplyError(code=refused.code, text=refused.text))
