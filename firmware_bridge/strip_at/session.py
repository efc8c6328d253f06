"""Window strips: they say nothing and are told at every change, and again every minute (contract: Window strips)."""

from datetime import timedelta
from typing import Final

from firmware_bridge.plain import PlainSession
from firmware_bridge.sessions import PadId, Turn, View
from firmware_bridge.strip_at.codec import Line, encode
from signage.core.instants import Instant

AGAIN_EVERY: Final = timedelta(seconds=60)  # contract


class StripAtSession(PlainSession):
    """One port. `addresses`: counter → the strip's address."""

    def __init__(self, addresses: dict[str, int]) -> None:
        super().__init__({counter: PadId(f"strip/{address}") for counter, address in addresses.items()})
        self._addresses = addresses
        self._texts: dict[str, str] = {}
        self._again_at: Instant | None = None

    def opened(self, now: Instant) -> Turn:
        super().opened(now)
        return Turn(self._all(now))  # no pad: nobody is online or lost

    def closed(self, now: Instant) -> Turn:
        self._again_at = None
        super().closed(now)
        return Turn()

    def show(self, counter: str, view: View, now: Instant) -> Turn:
        if self._texts.get(counter) == view.strip:
            return Turn()
        self._texts[counter] = view.strip
        if not self._open:
            return Turn()
        self._again_at = self._again_at or Instant.of(now + AGAIN_EVERY)
        return Turn(encode(Line(self._addresses[counter], view.strip)))

    def tick(self, now: Instant) -> Turn:
        return Turn(self._all(now)) if self._again_at is not None and now >= self._again_at else Turn()

    def deadline(self) -> Instant | None:
        return self._again_at

    def _all(self, now: Instant) -> bytes:
        """Every strip anew; nothing before the branch has said what its counters are."""
        self._again_at = Instant.of(now + AGAIN_EVERY) if self._texts else None
        return b"".join(encode(Line(self._addresses[counter], text)) for counter, text in self._texts.items())
