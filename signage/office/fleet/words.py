"""The fleet's words, in one language: of conditions, faults, scenes and ages. Pure."""

from typing import Final

from signage.core.instants import Instant
from signage.core.phrases import Catalogue, Field
from signage.office.fleet.faults import OpenFault

_UNITS: Final = ((120, 1, "s"), (7200, 60, "min"), (48 * 3600, 3600, "h"))
_DAY_S: Final = 86400
_TIMES_FROM: Final = 1_000_000_000_000  # milliseconds since 1970, in 2001


class Words:
    """Says in `catalogue`'s language. `now`: what ages are counted to."""

    def __init__(self, catalogue: Catalogue, now: Instant) -> None:
        self._catalogue = catalogue
        self._now = now

    def say(self, key: str, /, **fields: Field) -> str:
        """The message ``fleet.<key>``."""
        return self._catalogue.text(f"fleet.{key}", **fields)

    def count(self, number: int) -> str:
        """With a separator between thousands."""
        return f"{number:,}"

    def age(self, since: str) -> str:
        """How long ago that was (RFC 3339); "" where nothing is known."""
        if not since:
            return ""
        return self.lasting((self._now - Instant.parse(since)).total_seconds())

    def lasting(self, seconds: float) -> str:
        whole = max(0, int(seconds))
        for below, each, unit in _UNITS:
            if whole < below:
                return self.say(f"age.{unit}", count=whole // each)
        return self.say("age.d", count=whole // _DAY_S)

    def revision(self, number: int) -> str:
        """Of a branch's state: its time, where it is one (contract: BranchState), since that is what a person can use."""
        if number < _TIMES_FROM:
            return self.say("revision", number=number)
        return self.say("revision_of", age=self.age(str(Instant.from_ms(number))))

    def scene(self, name: str) -> str:
        key = f"staff.scene.{name}"
        return self._catalogue.text(key) if key in self._catalogue else name

    def state(self, name: str) -> str:
        """Of a branch or a counter."""
        return self.say(f"state.{name}") if f"fleet.state.{name}" in self._catalogue else name

    def fault(self, fault: OpenFault) -> str:
        """In words where there are some; else in those of the node, else its code."""
        for key in (f"fleet.fault.{fault.code}", f"staff.fault.{fault.code}"):
            if key in self._catalogue:
                return self._catalogue.text(key, detail=fault.text)
        return fault.text or fault.code
