"""What a programme means, said otherwise than the code says it: every item asked at every instant, nothing compiled.

It knows no turns. It says which items may stand at an instant, and measures what a walk through time has shown: how far each
item may be from its share of an hour, which rivals touched, and for how long a required item was away.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan
from signage.core.programme import CLASSES, ProgrammeItem, SignedContent


def holds(content: SignedContent, item: ProgrammeItem, plan: HoursPlan, now: Instant, zone: str = "main") -> bool:
    """Whether it may be in that zone of a wall by the dates, the publication and its daypart."""
    asset = next((one for one in content.assets if one.ref == item.asset), None)
    if asset is None or item.cls not in asset.uses or zone != ("main" if item.cls == "emergency" else item.zone):
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


@dataclass(frozen=True)
class Allowance:
    """What one item may have of an hour, in ms. `turn`: how long it means to stand at a time."""

    share: float
    turn: int
    little: bool  # its share is less than half a turn: it is not to be seen in every hour
    slack: float  # how far it may be from its share

    def kept(self, stood: Sequence[int]) -> bool:
        """`stood`: the length of each of its turns in that hour."""
        if self.little:
            return len(stood) <= 1 and abs(sum(stood) - self.share) <= max([self.turn, *stood])
        return abs(sum(stood) - self.share) <= self.slack


def allowances(items: Sequence[tuple[int, int]], hour_ms: int) -> list[Allowance]:
    """For items (weight, turn in ms) that share the hour among themselves.

    To the millisecond, unless so few little ones are about that their time is less than three of their longest turns: then the
    others share what one such turn may be too long or too short.
    """
    whole = sum(weight for weight, _ in items)
    shares = [hour_ms * weight / whole for weight, _ in items]
    little = [2 * share < turn for share, (_, turn) in zip(shares, items, strict=True)]
    theirs = sum(share for share, is_little in zip(shares, little, strict=True) if is_little)
    longest = max((turn for (_, turn), is_little in zip(items, little, strict=True) if is_little), default=0)
    spare = longest if 0 < theirs < 3 * longest else 0
    others = hour_ms - theirs or 1
    return [
        Allowance(share, turn, is_little, 1 + spare * share / others)
        for share, (_, turn), is_little in zip(shares, items, little, strict=True)
    ]


def touching(content: SignedContent, shown: Sequence[str | None]) -> list[tuple[str, str]]:
    """Rivals that stood directly one after the other. Required items are exempt, and an emergency waits for nobody."""
    items = {item.id: item for item in content.items}
    found = []
    for one, other in pairwise(shown):
        if one is None or other is None or one == other or items[one].every_s or items[other].every_s:
            continue
        if items[other].cls == "emergency":
            continue
        if set(items[one].apart) & set(items[other].tags) or set(items[other].apart) & set(items[one].tags):
            found.append((one, other))
    return found


def longest_gaps(shown: list[tuple[str | None, int]], name: str) -> int:
    """The longest time in a walk, in ms, in which it did not stand."""
    longest = gap = 0
    for other, length in shown:
        gap = 0 if other == name else gap + length
        longest = max(longest, gap)
    return longest
