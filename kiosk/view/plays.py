"""Proof of play: what really stood on the glass, how often and for how long, gathered into one event now and then. Pure."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from signage.core.instants import Instant

EVERY: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Playing:
    """One turn of one asset: what is drawn, by which blob (none for words), and when the turn began."""

    ref: str
    sha256: str | None
    turn: tuple[str, Instant]  # the programme's item and the turn's beginning

    @property
    def picture(self) -> tuple[str, str | None]:
        """What of it can be seen: one turn of an asset looks like the next."""
        return self.ref, self.sha256


@dataclass
class _Sum:
    count: int = 0
    ms: int = 0


@dataclass
class Plays:
    """`drawn` after every frame, `due` whenever time has passed."""

    begun: Instant
    _sums: dict[tuple[str, str | None], _Sum] = field(default_factory=dict)
    _on: tuple[Playing, ...] = ()
    _at: Instant | None = None

    def drawn(self, playing: tuple[Playing, ...], now: Instant) -> None:
        """A frame with these stands on the glass from now on; none: nothing of head office's."""
        self._credit(now)
        turns = {one.turn for one in self._on}
        for one in playing:
            if one.turn not in turns:
                self._sum(one).count += 1
        self._on = playing

    def due(self) -> Instant:
        """When the next event is to be told at the latest."""
        return Instant.of(self.begun + EVERY)

    def take(self, screen: str, now: Instant) -> dict[str, Any] | None:
        """The event's data since the last one; None: nothing was played. Begins anew."""
        self._credit(now)
        items = [
            {"ref": ref, "count": one.count, "seconds": round(one.ms / 1000)} | ({"sha256": sha} if sha else {})
            for (ref, sha), one in sorted(self._sums.items(), key=lambda pair: (pair[0][0], pair[0][1] or ""))
        ]
        data = {"screen": screen, "items": items, "from": str(min(self.begun, now)), "to": str(now)} if items else None
        self._sums, self.begun = {}, now
        return data

    def _credit(self, now: Instant) -> None:
        """The time since the last word belongs to what stood until now. A clock that goes back credits nothing."""
        before, self._at = self._at, now
        if before is None or now <= before:
            return
        for one in self._on:
            self._sum(one).ms += now.ms - before.ms

    def _sum(self, playing: Playing) -> _Sum:
        return self._sums.setdefault((playing.ref, playing.sha256), _Sum())
