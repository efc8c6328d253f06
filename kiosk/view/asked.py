"""How long a rating is still asked for, in whole seconds: what runs out is seen to run out, and nothing hurries."""

from dataclasses import dataclass

from signage.core.instants import Instant
from signage.core.items import RatePrompt
from signage.core.scene import Scene

_SECOND_MS = 1000


@dataclass(frozen=True)
class Left:
    """`seconds` of `whole`."""

    seconds: int
    whole: int

    @property
    def share(self) -> float:
        return self.seconds / self.whole


def left(item: RatePrompt, now: Instant) -> Left | None:
    """None: the controller does not say since when it is asked, or it is over."""
    if item.since is None or now >= item.until:
        return None
    whole = _seconds(item.since, item.until)
    return Left(min(_seconds(now, item.until), whole), whole) if whole > 0 else None


def next_step(scene: Scene, now: Instant) -> Instant | None:
    """When another second of it is over; None: nothing is asked here."""
    item = next((zone.item for zone in scene.zones if zone.name == "main"), None)
    if not isinstance(item, RatePrompt) or left(item, now) is None:
        return None
    return Instant.from_ms(item.until.ms - (_seconds(now, item.until) - 1) * _SECOND_MS)


def _seconds(start: Instant, end: Instant) -> int:
    """Begun ones count."""
    return -((start.ms - end.ms) // _SECOND_MS)
