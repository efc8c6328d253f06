"""What is wrong at the moment, by place and code. Pure: each beginning and end is told once."""

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


class Faults:
    """The register behind the status and the `fault` events."""

    def __init__(self) -> None:
        self._present: dict[tuple[Place, str], Fault] = {}
        self._drafts: list[Draft] = []

    def set(self, place: Place, code: str, on: bool, text: str, now: Instant) -> bool:
        """Note it; True when that is news."""
        key = (place, code)
        if on == (key in self._present):
            return False
        if on:
            self._present[key] = Fault(code=code, since=now, text=f"{place}: {text}")
        else:
            del self._present[key]
        if code not in TOLD_BY_CONTROLLER:
            self._drafts.append(fault(str(place), code, on, text, now))
            del self._drafts[:-WAITING]
        return True

    @property
    def present(self) -> tuple[Fault, ...]:
        return tuple(self._present.values())

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """Events that are not stored yet."""
        return tuple(self._drafts)

    def stored(self, drafts: tuple[Draft, ...]) -> None:
        """These are on durable storage."""
        done = {id(draft) for draft in drafts}
        self._drafts = [draft for draft in self._drafts if id(draft) not in done]
