"""How long `scene` takes with a growing programme, beside filtering and sorting the same items anew for every picture.

Both sides run in the same process over the same instants: a wall's day, from change to change as the wall lives it
(`walk`), and instants drawn at random from that day (`random`). Every scene says until when it holds. The naive side
asks every item at every instant, sorts by class and lays the hour out anew; it uses no index and no cache. Times are of the
processor, so that a busy machine does not count.

    python -m bench.scene            SIZES="10 100 1000 10000" PICTURES=2000 python -m bench.scene
"""

import os
import random
from collections.abc import Callable
from statistics import quantiles
from time import thread_time

from signage.core.dayparts import Dayparts
from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.model import Branch, BranchState, HoursPlan, ScreenEntry
from signage.core.placement import hindrance
from signage.core.programme import CLASSES, Asset, ProgrammeItem, SignedContent
from signage.core.rotation import Rotation
from signage.core.scene import scene
from signage.core.slots import HOUR_MS, slot

SIZES = [int(size) for size in os.environ.get("SIZES", "10 100 1000 10000").split()]
PICTURES = int(os.environ.get("PICTURES", "2000"))
NAIVE_PICTURES = 40
MORNING = Instant.parse("2026-11-24T01:00:00Z")  # 9:00 in Shanghai, a workday
DAY_MS = 8 * HOUR_MS
PLAN = HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00"})
WALL = ScreenEntry(name="hall", kind="wall")
BRANCH = Branch(id="b", name={"zh": "网点"}, hotline="95599", timezone="Asia/Shanghai", groups=("city",))
STATE = BranchState(
    v=1, revision=1, at=MORNING, branch=BRANCH, hours=PLAN, counters=(), notices=(), calls=(), content=1
)


def programme(size: int, seed: int = 7) -> SignedContent:
    """Advertisements for a month, some in dayparts, some for other groups, of unequal shares, ending on full days."""
    draw = random.Random(seed)
    items = []
    for number in range(size):
        begins, lasts = draw.randrange(-20, 2), draw.randrange(3, 40)
        items.append(
            ProgrammeItem(
                id=str(number),
                asset=f"{number}.png",
                cls="advertisement",
                groups=draw.choice([(), (), ("city",), ("coast",)]),
                seconds=draw.choice([8, 10, 15, 30]),
                share=draw.choice([500, 1000, 1000, 2000]),
                daypart=draw.choice(["", "", "", "Mo-Fr 09:00-12:00", "11:30-13:30"]),
                start=Instant.from_ms(MORNING.ms + begins * 24 * HOUR_MS),
                until=Instant.from_ms(MORNING.ms + lasts * 24 * HOUR_MS),
            )
        )
    assets = tuple(Asset(ref=one.asset, kind="picture") for one in items)
    return SignedContent(
        version=1, expires=Instant.from_ms(MORNING.ms + 90 * 24 * HOUR_MS), assets=assets, items=tuple(items)
    )


def naive(content: SignedContent, dayparts: Dayparts, now: Instant) -> tuple[object, int]:
    """Whose turn it is and until when, from the whole list."""
    assets = {asset.ref: asset for asset in content.assets}
    placed = [
        slot(number, item, assets[item.asset], content)
        for number, item in enumerate(content.items)
        if hindrance(item, assets.get(item.asset), BRANCH, WALL) is None
    ]
    live = [one for one in placed if one.valid(now.ms) and one.item.daypart in dayparts.holding(now)]
    live.sort(key=lambda one: (-CLASSES.index(one.item.cls), one.number))
    best = [one for one in live if one.item.cls == live[0].item.cls]
    start = now.ms - now.ms % HOUR_MS
    for one, length in Rotation(best, HOUR_MS).sequence(start, start + HOUR_MS, None):
        start += length
        if now.ms < start:
            return one, start
    raise AssertionError("an hour is filled")


def measure(work: Callable[[Instant], object], instants: list[Instant]) -> list[float]:
    """Microseconds, sorted."""
    taken = []
    for now in instants:
        begun = thread_time()
        work(now)
        taken.append((thread_time() - begun) * 1e6)
    return sorted(taken)


def walked(content: SignedContent, hours: Hours) -> tuple[list[float], list[float]]:
    """The first scene of all, which compiles; then those of the day, from change to change."""
    taken, now, first = [], MORNING, 0.0
    for number in range(PICTURES):
        begun = thread_time()
        told = scene(STATE, content, hours, WALL, now)
        took = (thread_time() - begun) * 1e6
        if number:
            taken.append(took)
        else:
            first = took
        assert told.until is not None
        now = told.until if told.until.ms < MORNING.ms + DAY_MS else MORNING
    return [first], sorted(taken)


def line(size: int, what: str, taken: list[float]) -> None:
    cut = quantiles(taken, n=100) if len(taken) > 1 else taken * 99
    print(
        f"{size:>6} {what:<8} p50 {cut[49]:>9.0f} us   p99 {cut[98]:>9.0f} us   max {taken[-1]:>9.0f} us   n {len(taken)}"
    )


def main() -> None:
    hours, draw = read_hours(PLAN), random.Random(1)
    for size in SIZES:
        content = programme(size)
        first, day = walked(content, hours)
        instants = [Instant.from_ms(MORNING.ms + draw.randrange(DAY_MS)) for _ in range(PICTURES)]
        line(size, "first", first)
        line(size, "walk", day)
        line(size, "random", measure(lambda now, content=content: scene(STATE, content, hours, WALL, now), instants))  # type: ignore[misc] # bound now
        dayparts = Dayparts(PLAN, (one.daypart for one in content.items))
        work = lambda now, content=content, dayparts=dayparts: naive(content, dayparts, now)  # noqa: E731 - bound now
        line(size, "naive", measure(work, instants[:NAIVE_PICTURES]))


if __name__ == "__main__":
    main()
