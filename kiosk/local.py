"""What staff meant while the controller did not answer.

It is kept on this screen's disk and told to the other screens, again and again until the controller has considered it.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import structlog

from kiosk.memory import Memory
from signage.core.instants import Instant
from signage.core.local import settled, standing, with_local
from signage.core.model import BranchState, Intention
from signage.link.clock import Moment
from signage.link.node import Node
from signage.wire.messages import LocalState

AGAIN_S: Final = 5.0
KEPT: Final = 100

Place: TypeAlias = tuple[str, str]  # who meant it, and where it holds


@dataclass
class LocalStates:
    """One screen's knowledge of them: its own, and those it has heard of. Belongs to the drawing thread."""

    node: Node
    memory: Memory
    name: str
    _due: float = 0.0

    def __post_init__(self) -> None:
        self._meant: dict[Place, Intention] = {}
        for one in self.memory.intentions():
            self._take(one)

    def intend(self, intention: Intention, moment: Moment) -> None:
        """Staff meant something here."""
        self._take(intention)
        self._keep()
        self._due = moment.mono + AGAIN_S
        self.node.publish_local(_message(intention))

    def heard(self, message: LocalState) -> None:
        """Staff meant something at another screen, or our own word came back."""
        if message.screen != self.name:
            self._take(_intention(message))
            self._keep()

    def learn(self, state: BranchState) -> None:
        """Forget what the controller has considered."""
        left = {place: one for place, one in self._meant.items() if not settled(one, state)}
        if len(left) != len(self._meant):
            self._meant = left
            self._keep()

    def over(self, state: BranchState, now: Instant) -> BranchState:
        """The branch as it is to be shown."""
        return with_local(state, self._meant.values(), now)

    def newest(self, state: BranchState | None, now: Instant) -> Instant | None:
        """When the last one that stands was meant."""
        there = standing(self._meant.values(), state, now)
        return there[-1].at if there else None

    def tick(self, moment: Moment) -> float | None:
        """Tell our own once more; when to come again."""
        now = self.node.now(moment)
        own = [one for one in standing(self._meant.values(), None, now) if one.screen == self.name]
        if not own:
            return None
        if moment.mono >= self._due:
            self._due = moment.mono + AGAIN_S
            for one in own:
                self.node.publish_local(_message(self._not_ahead(one, now)))
        return self._due

    def _not_ahead(self, one: Intention, now: Instant) -> Intention:
        """This screen's clock may have been put back since: nothing was meant in the future."""
        if one.at <= now:
            return one
        from_now = Intention(
            screen=one.screen, at=now, actor=one.actor, scope=one.scope, on=one.on, reason=one.reason, until=one.until
        )
        self._meant[one.screen, one.scope] = from_now
        return from_now

    def _take(self, one: Intention) -> None:
        before = self._meant.get((one.screen, one.scope))
        if before is None or before.at < one.at:
            self._meant[one.screen, one.scope] = one
        while len(self._meant) > KEPT:
            del self._meant[min(self._meant, key=lambda place: self._meant[place].at)]

    def _keep(self) -> None:
        try:
            self.memory.keep_intentions(tuple(self._meant.values()))
        except OSError as error:
            structlog.get_logger().warning("what staff meant is kept in memory only", reason=str(error))


def _message(one: Intention) -> LocalState:
    return LocalState(
        v=1,
        screen=one.screen,
        at=one.at,
        actor=one.actor,
        scope=one.scope,
        on=one.on,
        reason=one.reason,
        until=one.until,
    )


def _intention(message: LocalState) -> Intention:
    return Intention(
        screen=message.screen,
        at=message.at,
        actor=message.actor,
        scope=message.scope,
        on=message.on,
        reason=message.reason,
        until=message.until,
    )
