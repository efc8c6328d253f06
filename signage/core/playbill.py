"""The programme of one screen, compiled once: the items that concern it, each in its zone, with when they hold."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final, TypeAlias

from signage.core.dayparts import Dayparts
from signage.core.instants import Instant
from signage.core.model import Branch, HoursPlan, ScreenEntry
from signage.core.placement import WORDS_ONLY, Stage, hindrance, stage
from signage.core.programme import PAGES, SignedContent
from signage.core.reel import Reel
from signage.core.slots import HOUR_MS, Slot, slot

TURNING: Final[tuple[Stage, ...]] = ("main", "side", "attract")  # one at a time
LISTED: Final[tuple[Stage, ...]] = ("ticker", "beside", *PAGES)  # all that hold, in the order written
_KEPT: Final = 64
_KEPT_OF_A_SCREEN: Final = 2  # what it draws, and what is being got ready: each day brings another publication


class Playbill:
    """Immutable but for the caches beneath."""

    def __init__(self, content: SignedContent, branch: Branch, screen: ScreenEntry, plan: HoursPlan) -> None:
        self.content, self.branch, self.screen, self.plan = content, branch, screen, plan
        self.assets = {asset.ref: asset for asset in content.assets}
        stages: dict[Stage, list[Slot]] = defaultdict(list)
        for number, item in enumerate(content.items):
            asset = self.assets.get(item.asset)
            if asset is not None and hindrance(item, asset, branch, screen) is None:
                stages[stage(item, screen)].append(slot(number, item, asset, content))
        self.dayparts = Dayparts(plan, (one.item.daypart for slots in stages.values() for one in slots))
        self.reels = {place: Reel(stages[place], self.dayparts) for place in TURNING if place in stages}
        self.lines = {place: Reel(stages[place], self.dayparts) for place in LISTED if place in stages}

    def next_change(self, now: Instant, turning: Collection[Stage]) -> Instant:
        """The first instant after `now` at which something of the programme may stand otherwise here.

        In a zone that is not `turning`, that is when others share its time.
        """
        reels = (*self.reels.items(), *self.lines.items())
        ends = (
            self._turns_until(reel, now.ms) if place in turning else reel.stretch(now.ms).end for place, reel in reels
        )
        return Instant.from_ms(min(ends, default=(now.ms // HOUR_MS + 1) * HOUR_MS))

    def _turns_until(self, reel: Reel, ms: int) -> int:
        """A screen of one line shows no turn's times: there an item's turns in a row are as one."""
        return reel.stands_until(ms) if self.screen.kind in WORDS_ONLY else reel.turn(ms).end


_Key: TypeAlias = tuple[int, str, tuple[str, ...], ScreenEntry, int]
_playbills: Final[dict[_Key, Playbill]] = {}  # each holds what its key names by id, so that no id is used twice


def playbill(content: SignedContent, branch: Branch, screen: ScreenEntry, plan: HoursPlan) -> Playbill:
    """The compiled programme, kept for as long as the same objects come: looked up by identity. The oldest gives way."""
    key = (id(content), branch.id, branch.groups, screen, id(plan))
    known = _playbills.get(key)
    if known is None:
        same = [other for other in _playbills if other[1:4] == key[1:4]]
        for other in same[: len(same) + 1 - _KEPT_OF_A_SCREEN]:
            del _playbills[other]
        if len(_playbills) >= _KEPT:
            _playbills.clear()
        known = _playbills[key] = Playbill(content, branch, screen, plan)
    return known
