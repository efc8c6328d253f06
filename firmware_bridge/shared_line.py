"""One port with pads and window strips on it: pads are listened to, both are told."""

from collections.abc import Mapping

from firmware_bridge.sessions import Deed, Heard, Knock, Session, Turn, View
from signage.core.instants import Instant


class SharedLine:
    """A session of two. `pad_counters`, `strip_counters`: whose each of them is."""

    def __init__(
        self, pads: Session, strips: Session, pad_counters: frozenset[str], strip_counters: frozenset[str]
    ) -> None:
        self._pads = pads
        self._strips = strips
        self._pad_counters = pad_counters
        self._strip_counters = strip_counters

    @property
    def discarded(self) -> Mapping[str, int]:
        return self._pads.discarded

    def heard(self, counter: str) -> Heard:
        return (self._pads if counter in self._pad_counters else self._strips).heard(counter)

    def opened(self, now: Instant) -> Turn:
        pads, strips = self._pads.opened(now), self._strips.opened(now)
        return Turn(pads.send + strips.send, pads.outcomes)

    def closed(self, now: Instant) -> Turn:
        self._strips.closed(now)
        return self._pads.closed(now)

    def received(self, data: bytes, now: Instant) -> Turn:
        return self._pads.received(data, now)

    def admit(self, knock: Knock, now: Instant) -> Turn:
        return self._pads.admit(knock, now)

    def refuse(self, knock: Knock) -> None:
        self._pads.refuse(knock)

    def dismiss(self, counter: str) -> None:
        if counter in self._pad_counters:
            self._pads.dismiss(counter)

    def invite(self, counter: str, now: Instant) -> Turn:
        return self._pads.invite(counter, now) if counter in self._pad_counters else Turn()

    def show(self, counter: str, view: View, now: Instant) -> Turn:
        pad = self._pads.show(counter, view, now) if counter in self._pad_counters else Turn()
        strip = self._strips.show(counter, view, now) if counter in self._strip_counters else Turn()
        return Turn(pad.send + strip.send, pad.outcomes)

    def stored(self, deed: Deed, now: Instant) -> Turn:
        return self._pads.stored(deed, now)

    def unstored(self, deed: Deed) -> None:
        self._pads.unstored(deed)

    def tick(self, now: Instant) -> Turn:
        pads, strips = self._pads.tick(now), self._strips.tick(now)
        return Turn(pads.send + strips.send, pads.outcomes)

    def deadline(self) -> Instant | None:
        return min((at for at in (self._pads.deadline(), self._strips.deadline()) if at is not None), default=None)
