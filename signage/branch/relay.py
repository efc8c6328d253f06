"""Commands that are for a screen: sent on under an id of our own, the screen's answer brought back to who asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from signage.branch.facts import Refused
from signage.core.instants import Instant
from signage.wire.messages import Command, Reply, ReplyError

ANSWER_WITHIN_S: Final = 8.0  # a screenshot of a slow screen takes two
OPEN_AT_ONCE: Final = 50
PASSED_ON: Final = frozenset({"identify", "screen", "screenshot"})


@dataclass(frozen=True)
class Errand:
    """Who waits for which screen's answer, until when (monotonic seconds)."""

    asker: str
    command: str
    screen: str
    until: float


@dataclass(frozen=True)
class Answer:
    """A reply and the device it is for."""

    device: str
    reply: Reply


class Relay:
    def __init__(self, branch: str, fresh: Callable[[], str], send: Callable[[Command], bool]) -> None:
        self._branch = branch
        self._fresh = fresh
        self._send = send
        self._errands: dict[str, Errand] = {}

    def pass_on(self, command: Command, asker: str, screen: str, now: Instant, mono: float) -> None:
        """Send it to the screen. Raises Refused if that is not possible now."""
        if len(self._errands) >= OPEN_AT_ONCE:
            raise Refused("busy", "too many commands wait for screens")
        identity = self._fresh()
        sent = self._send(
            Command(
                v=1,
                id=identity,
                issuer=self._branch,
                target=screen,
                issued_at=now,
                expires_at=Instant.of(now + timedelta(seconds=ANSWER_WITHIN_S)),
                name=command.name,
                args=command.args,
                actor=command.actor,
            )
        )
        if not sent:
            raise Refused("no-link", "the branch's broker is away")
        self._errands[identity] = Errand(asker, command.id, screen, mono + ANSWER_WITHIN_S)

    def answered(self, screen: str, reply: Reply) -> Answer | None:
        """The reply for who asked; None if nobody waits for it, or not from this screen."""
        errand = self._errands.get(reply.id)
        if errand is None or errand.screen != screen:
            return None
        del self._errands[reply.id]
        return Answer(errand.asker, replace(reply, id=errand.command))

    def overdue(self, mono: float) -> list[Answer]:
        """Those whose screen has not answered in time."""
        late = {identity: errand for identity, errand in self._errands.items() if errand.until <= mono}
        for identity in late:
            del self._errands[identity]
        return [Answer(errand.asker, _no_answer(errand)) for errand in late.values()]

    @property
    def next_due(self) -> float | None:
        return min((errand.until for errand in self._errands.values()), default=None)


def _no_answer(errand: Errand) -> Reply:
    error = ReplyError(code="no-answer", text=f"{errand.screen} has not answered within {ANSWER_WITHIN_S:g} s")
    return Reply(v=1, id=errand.command, ok=False, error=error)
