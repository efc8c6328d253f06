"""What a programme means, said otherwise than the code says it: every item asked at every instant, nothing compiled.

It knows no turns. It says which items may stand at an instant, and measures what a walk through time has shown.
"""

from collections import Counter
from functools import cache

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan
from signage.core.programme import CLASSES, ProgrammeItem, SignedContent


def holds(content: SignedContent, item: ProgrammeItem, plan: HoursPlan, now: Instant) -> bool:
    """Whether it may be on a wall's main zone by the dates, the publication and its daypart."""
    asset = next((one for one in content.assets if one.ref == item.asset), None)
    if asset is None or item.cls not in asset.uses or item.zone != "main":
        return False
    for start, until in ((item.start, item.until), (asset.start, asset.until)):
        if (start is not None and now < start) or (until is not None and until <= now):
            return False
    if item.cls in {"advertisement", "campaign"} and content.expires <= now:
        return False
    if item.cls == "emergency" and item.until is None and asset.until is None:
        return False
    if not item.daypart:
        return True
    return _daypart(item.daypart, plan.timezone).at("x", now).open


@cache
def _daypart(rule: str, timezone: str) -> Hours:
    return Hours(HoursPlan(timezone=timezone, rules={"x": rule}))


def entitled(content: SignedContent, plan: HoursPlan, now: Instant) -> tuple[set[str], set[str]]:
    """(those of the highest class that share, the required ones), by id."""
    live = [item for item in content.items if holds(content, item, plan, now)]
    sharing = [item for item in live if not item.every_s or item.cls == "emergency"]
    best = max((CLASSES.index(item.cls) for item in sharing), default=0)
    share = {item.id for item in sharing if CLASSES.index(item.cls) == best}
    if best == CLASSES.index("emergency"):
        return share, set()
    return share, {item.id for item in live if item.every_s}


def times(shown: list[tuple[str | None, int]]) -> Counter[str | None]:
    """How many ms each stood in a walk."""
    total: Counter[str | None] = Counter()
    for name, length in shown:
        total[name] += length
    return total


def longest_gaps(shown: list[tuple[str | None, int]], name: str) -> int:
    """The longest time in a walk, in ms, in which it did not stand."""
    longest = gap = 0
    for other, length in shown:
        gap = 0 if other == name else gap + length
        longest = max(longest, gap)
    return longest
