"""What sessions of pads have in common that never introduce themselves: such a pad is there while its port is open."""

from collections.abc import Mapping

from firmware_bridge.sessions import (
    Condition,
    Deed,
    Heard,
    Knock,
    Lost,
    Online,
    PadFault,
    PadId,
    Turn,
    View,
)
from signage.core.instants import Instant


class PlainSession:
    """Base of such a session. `pads`: counter → the pad there. A subclass reads, shows and answers."""

    def __init__(self, pads: Mapping[str, PadId], faults: frozenset[tuple[str, str]] = frozenset()) -> None:
        """`faults`: (counter, code) of what was wrong when the program ended."""
        self._pads = pads
        self._open = False
        self._heard: dict[str, Instant] = {}  # by counter
        self._faults = set(faults)
        self._count = 0

    @property
    def discarded(self) -> Mapping[str, int]:
        return {}

    def heard(self, counter: str) -> Heard:
        assert counter in self._pads
        condition = Condition.ONLINE if self._open else Condition.LOST if self._heard else Condition.ABSENT
        return Heard(condition, None, self._heard.get(counter))

    def opened(self, now: Instant) -> Turn:  # noqa: ARG002 - subclasses count from it
        self._open = True
        return Turn(outcomes=tuple(Online(counter, pad) for counter, pad in self._pads.items()))

    def closed(self, now: Instant) -> Turn:  # noqa: ARG002 - the instant belongs to every session's interface
        if not self._open:
            return Turn()
        self._open = False
        return Turn(outcomes=tuple(Lost(counter, "port") for counter in self._pads))

    def received(self, data: bytes, now: Instant) -> Turn:  # noqa: ARG002 - a subclass that listens has its own
        return Turn()

    def admit(self, knock: Knock, now: Instant) -> Turn:  # noqa: ARG002 - nobody knocks here
        return Turn()

    def refuse(self, knock: Knock) -> None:
        """Nobody knocks here."""

    def dismiss(self, counter: str) -> None:
        """Such a pad keeps no presses: it is listened to as long as it is there."""

    def invite(self, counter: str, now: Instant) -> Turn:  # noqa: ARG002 - it was never let go
        return Turn()

    def show(self, counter: str, view: View, now: Instant) -> Turn:  # noqa: ARG002 - most such pads show nothing
        assert counter in self._pads
        return Turn()

    def stored(self, deed: Deed, now: Instant) -> Turn:  # noqa: ARG002 - what only shows has no deeds
        return Turn()

    def unstored(self, deed: Deed) -> None:
        """What only shows has no deeds."""

    def tick(self, now: Instant) -> Turn:  # noqa: ARG002 - a subclass that waits for something has its own
        return Turn()

    def deadline(self) -> Instant | None:
        return None

    def _next(self) -> int:
        """Presses since the program started."""
        self._count += 1
        return self._count

    def _key_fault(self, counter: str, text: str | None) -> tuple[PadFault, ...]:
        """A key without stars was pressed; None: one that has stars. Told when that is news."""
        place = (counter, "pad-key")
        if (text is not None) == (place in self._faults):
            return ()
        if text is None:
            self._faults.discard(place)
            return (PadFault(counter, "pad-key", on=False, text="a key with stars was pressed"),)
        self._faults.add(place)
        return (PadFault(counter, "pad-key", on=True, text=text),)
