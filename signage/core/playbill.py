"""The programme of one screen, compiled once: the items that concern it, each in its zone, with when they hold."""

from collections import defaultdict
from typing import Final, TypeAlias

from signage.core.dayparts import Dayparts
from signage.core.model import Branch, HoursPlan, ScreenEntry
from signage.core.placement import Stage, hindrance, stage
from signage.core.programme import Asset, ProgrammeItem, SignedContent
from signage.core.reel import FOREVER_MS, Reel, Slot

PROMOTIONS: Final = frozenset({"advertisement", "campaign"})  # what stops with the publication: they fail closed
_KEPT: Final = 64


class Playbill:
    """Immutable but for the caches beneath."""

    def __init__(self, content: SignedContent, branch: Branch, screen: ScreenEntry, plan: HoursPlan) -> None:
        self.content, self.branch, self.screen, self.plan = content, branch, screen, plan
        self.assets = {asset.ref: asset for asset in content.assets}
        stages: dict[Stage, list[Slot]] = defaultdict(list)
        for number, item in enumerate(content.items):
            asset = self.assets.get(item.asset)
            if asset is not None and hindrance(item, asset, branch, screen) is None:
                stages[stage(item, screen)].append(_slot(number, item, asset, content))
        self.dayparts = Dayparts(plan, (slot.item.daypart for slots in stages.values() for slot in slots))
        self.reels = {place: Reel(slots, self.dayparts) for place, slots in stages.items()}


def _slot(number: int, item: ProgrammeItem, asset: Asset, content: SignedContent) -> Slot:
    """It holds while both it and its asset do; a promotion no longer than the publication."""
    starts = [one.ms for one in (item.start, asset.start) if one is not None]
    ends = [one.ms for one in (item.until, asset.until) if one is not None]
    if item.cls in PROMOTIONS:
        ends.append(content.expires.ms)
    return Slot(number, item, asset, max(starts, default=0), min(ends, default=FOREVER_MS))


_Key: TypeAlias = tuple[int, str, tuple[str, ...], ScreenEntry, int]
_playbills: Final[dict[_Key, Playbill]] = {}  # each holds what its key names by id, so that no id is used twice


def playbill(content: SignedContent, branch: Branch, screen: ScreenEntry, plan: HoursPlan) -> Playbill:
    """The compiled programme, kept for as long as the same objects come: looked up by identity."""
    key = (id(content), branch.id, branch.groups, screen, id(plan))
    known = _playbills.get(key)
    if known is None:
        if len(_playbills) >= _KEPT:
            _playbills.clear()
        known = _playbills[key] = Playbill(content, branch, screen, plan)
    return known
