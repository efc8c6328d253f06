"""An item of the programme on one screen, and a turn of it. Times are whole milliseconds since 1970."""

from dataclasses import dataclass
from typing import Final

from signage.core.programme import Asset, ProgrammeItem, SignedContent

FOREVER_MS: Final = 1 << 62
HOUR_MS: Final = 60 * 60 * 1000
SHORTEST_MS: Final = 3_000  # nobody reads a slide in less
LONGEST_MS: Final = 600_000  # nobody waits longer for the next
PROMOTIONS: Final = frozenset({"advertisement", "campaign"})  # they fail closed: they end with the publication


@dataclass(frozen=True, eq=False)
class Slot:
    """It holds from `start` up to, and not including, `until`.

    `number`: its place in the programme. `dwell`: how long it means to stand at a time. `required`: it has turns of its own.
    """

    number: int
    item: ProgrammeItem
    asset: Asset
    start: int
    until: int
    dwell: int
    required: bool

    def valid(self, ms: int) -> bool:
        return self.start <= ms < self.until


@dataclass(frozen=True, eq=False, slots=True)  # a day has thousands
class Turn:
    """From `start` up to `end` this slot stands; without one, a house slide does."""

    slot: Slot | None
    start: int
    end: int


def slot(number: int, item: ProgrammeItem, asset: Asset, content: SignedContent) -> Slot:
    """It holds while both the item and its asset do; a promotion no longer than the publication."""
    starts = [one.ms for one in (item.start, asset.start) if one is not None]
    ends = [one.ms for one in (item.until, asset.until) if one is not None]
    if item.cls in PROMOTIONS:
        ends.append(content.expires.ms)
    return Slot(
        number=number,
        item=item,
        asset=asset,
        start=max(starts, default=0),
        until=min(ends, default=FOREVER_MS),
        dwell=min(max(item.seconds * 1000, SHORTEST_MS), LONGEST_MS),
        required=item.every_s > 0 and item.cls != "emergency",
    )
