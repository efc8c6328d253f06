"""Suspensions that a teller's pause key made, told to the controller until it has answered (contract: ff68). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from firmware_bridge.sessions import Key
from signage.core.instants import Instant
from signage.core.model import Reason
from signage.core.suspension import counter_scope

AGAIN_AFTER: Final = timedelta(seconds=10)  # a command's life: without a reply it is sent anew
_RESUMING: Final = frozenset({Key.PLEASE_RATE, Key.CALL, Key.CALL_AGAIN})


@dataclass(frozen=True)
class Pause:
    """What the keypad wants of its counter; `told`: the controller has answered."""

    counter: str
    suspended: bool
    told: bool = False


@dataclass(frozen=True)
class Order:
    """A command to the controller."""

    counter: str
    name: str
    args: dict[str, Any]


@dataclass(frozen=True)
class _Asked:
    """A command under way: to suspend or to resume; `until`: when to give up waiting."""

    command: str
    suspend: bool
    until: Instant


class Pauses:
    """`known`: as it was written down. `pressed` and `answered` return what to write down in its place."""

    def __init__(self, known: Iterable[Pause] = ()) -> None:
        self._pauses = {pause.counter: pause for pause in known}
        self._asked: dict[str, _Asked] = {}  # by counter

    def pressed(self, counter: str, key: Key | None) -> Pause | None:
        """Only a suspension that pause made is resumed by the next call."""
        if key is Key.PAUSE:
            return Pause(counter, suspended=True)
        pause = self._pauses.get(counter)
        if key in _RESUMING and pause is not None and pause.suspended:
            return Pause(counter, suspended=False)
        return None

    def keep(self, pause: Pause) -> None:
        """It is written down."""
        if pause.told and not pause.suspended:
            self._pauses.pop(pause.counter, None)
        else:
            self._pauses[pause.counter] = pause
        asked = self._asked.get(pause.counter)
        if asked is not None and asked.suspend != pause.suspended:
            del self._asked[pause.counter]

    def due(self, now: Instant) -> tuple[Order, ...]:
        """Commands to send now."""
        return tuple(order_of(pause) for pause in self._pauses.values() if not pause.told and self._may_ask(pause, now))

    def sent(self, order: Order, command: str, now: Instant) -> None:
        self._asked[order.counter] = _Asked(command, order.name == "suspend", Instant.of(now + AGAIN_AFTER))

    def answered(self, command: str, *, ok: bool) -> Pause | None:
        """The controller's word to a command of ours; one that it refuses is not asked for again."""
        counter = next((counter for counter, asked in self._asked.items() if asked.command == command), None)
        if counter is None:
            return None
        del self._asked[counter]
        pause = self._pauses[counter]
        return replace(pause, told=True, suspended=pause.suspended and ok)

    def deadline(self) -> Instant | None:
        """When a command that got no reply is due again."""
        return min((asked.until for asked in self._asked.values()), default=None)

    def _may_ask(self, pause: Pause, now: Instant) -> bool:
        asked = self._asked.get(pause.counter)
        return asked is None or now >= asked.until


def order_of(pause: Pause) -> Order:
    """What that wish is to the controller."""
    scope = {"scope": counter_scope(pause.counter)}
    if pause.suspended:
        return Order(pause.counter, "suspend", scope | {"reason": Reason.BREAK.value})
    return Order(pause.counter, "resume", scope)
