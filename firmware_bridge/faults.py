"""What is wrong at the moment, by place and code. Pure: each beginning and end is told once, across restarts too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from firmware_bridge.events import Draft, fault
from signage.core.instants import Instant
from signage.wire.messages import Fault

TOLD_BY_CONTROLLER: Final = frozenset(
    {"pad-lost"}
)  # it reads it from the status, as it does a bridge that is dead itself
WAITING: Final = 1000  # while a full disk takes none: the oldest go first


@dataclass(frozen=True)
class Place:
    """Where a fault is: a counter of this bridge."""

    bridge: str
    counter: str

    def __str__(self) -> str:
        return f"{self.bridge}/{self.counter}"


@dataclass(frozen=True)
class Change:
    """To be written down together: what is so from now on (None: over), and the event where it is ours to tell."""

    place: str
    code: str
    present: Fault | None
    draft: Draft | None


class Faults:
    """The register behind the status and the `fault` events. `known`: what was written down, with its place."""

    def __init__(self, known: Iterable[tuple[str, Fault]] = ()) -> None:
        self._present = {(place, fault.code): fault for place, fault in known}
        self._changes: list[Change] = []

    def set(self, place: Place, code: str, on: bool, text: str, now: Instant) -> bool:
        """Note it; True when that is news."""
        return self._set(str(place), code, on, text, now)

    def end_elsewhere(self, places: Iterable[Place], now: Instant) -> None:
        """Places that are no longer configured have no faults."""
        configured = {str(place) for place in places}
        for place, code in tuple(self._present):
            if place not in configured:
                self._set(place, code, False, "no longer configured", now)

    def _set(self, place: str, code: str, on: bool, text: str, now: Instant) -> bool:
        key = (place, code)
        if on == (key in self._present):
            return False
        if on:
            self._present[key] = Fault(code=code, since=now, text=f"{place}: {text}")
        else:
            del self._present[key]
        draft = None if code in TOLD_BY_CONTROLLER else fault(place, code, on, text, now)
        self._changes.append(Change(place, code, self._present.get(key), draft))
        del self._changes[:-WAITING]
        return True

    @property
    def present(self) -> tuple[Fault, ...]:
        return tuple(self._present.values())

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is not stored yet."""
        return tuple(self._changes)

    def stored(self, changes: tuple[Change, ...]) -> None:
        """These are on durable storage."""
        done = {id(change) for change in changes}
        self._changes = [change for change in self._changes if id(change) not in done]
