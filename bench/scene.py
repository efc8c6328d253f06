"""How long `scene` takes with a growing programme, beside filtering and sorting the same items anew for every picture.

Both sides run in the same process over the same instants of a wall's day: from change to change as the wall lives it (`walk`), and
drawn at random (`random`). Both say whose turn it is and until when. The naive side knows nothing of the product's
compiling: at every instant it asks every item, keeps the highest class, gives each its turns of the hour and goes through them.
`cold` is the first scene after a publication, which compiles it; `hour` the first of each later hour, which lays its turns.
`hidden` is a scene of a suspended branch, which has to be known until the evening behind which all those turns go on.
Wall time, so a busy machine counts; `cpu` is the same p99 by the processor's time.

    python -m bench.scene            SIZES="10 100 1000 10000" PICTURES=2000 python -m bench.scene
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from statistics import quantiles
from time import perf_counter, thread_time

from msgspec.structs import replace

from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.model import Branch, BranchState, HoursPlan, ScreenEntry, Suspension
from signage.core.programme import Asset, ProgrammeItem, SignedContent
from signage.core.scene import scene

SIZES = [int(size) for size in os.environ.get("SIZES", "10 100 1000 10000").split()]
PICTURES = int(os.environ.get("PICTURES", "2000"))
NAIVE_PICTURES = 40
HIDDEN_PICTURES = 200
HOUR_MS = 3_600_000
MORNING = Instant.parse("2026-11-24T01:00:00Z")  # 9:00 in Shanghai, a workday
DAY_MS = 8 * HOUR_MS
PLAN = HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00"})
WALL = ScreenEntry(name="hall", kind="wall")
BRANCH = Branch(id="b", name={"zh": "网点"}, hotline="95599", timezone="Asia/Shanghai", groups=("city",))
STATE = BranchState(
    v=1, revision=1, at=MORNING, branch=BRANCH, hours=PLAN, counters=(), notices=(), calls=(), content=1
)
SUSPENDED = replace(
    STATE,
    suspensions=(Suspension(id="s", scope="branch", reason="power", source="rule", since=MORNING),),
)
# Minutes of a workday, for the naive side: it need not read opening_hours.
DAYPARTS = {"": (0, 1440), "Mo-Fr 09:00-12:00": (540, 720), "11:30-13:30": (690, 810)}


@dataclass
class Taken:
    """Microseconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def call(self, work: Callable[[Instant], Instant], now: Instant) -> Instant:
        begun, worked = perf_counter(), thread_time()
        until = work(now)
        self.cpu.append((thread_time() - worked) * 1e6)
        self.wall.append((perf_counter() - begun) * 1e6)
        return until

    def tell(self, size: int, what: str) -> None:
        many = len(self.wall) > 1
        wall, cpu = (quantiles(one, n=100) if many else one * 99 for one in (self.wall, self.cpu))
        print(
            f"{size:>6} {what:<7} p50 {wall[49]:>8.0f} us  p99 {wall[98]:>8.0f} us  max {max(self.wall):>8.0f} us"
            f"  cpu p99 {cpu[98]:>7.0f} max {max(self.cpu):>7.0f} us  n {len(self.wall)}"
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
                daypart=draw.choice(["", "", *DAYPARTS]),
                start=Instant.from_ms(MORNING.ms + begins * 24 * HOUR_MS),
                until=Instant.from_ms(MORNING.ms + lasts * 24 * HOUR_MS),
            )
        )
    assets = tuple(Asset(ref=one.asset, kind="picture") for one in items)
    expires = Instant.from_ms(MORNING.ms + 90 * 24 * HOUR_MS)
    return SignedContent(version=1, expires=expires, assets=assets, items=tuple(items))


def may_stand(item: ProgrammeItem, assets: dict[str, Asset], now: Instant, local: datetime) -> bool:
    asset = assets.get(item.asset)
    if asset is None or item.cls not in asset.uses or (item.groups and not {"all", "b", "city"} & set(item.groups)):
        return False
    first, last = DAYPARTS[item.daypart]
    return (
        (item.start is None or item.start <= now)
        and (item.until is None or now < item.until)
        and first <= local.hour * 60 + local.minute < last
    )


def naive(content: SignedContent, hours: Hours, now: Instant) -> Instant:
    """Filter, sort, lay the hour's turns one after another, and find the one that stands: until when it does."""
    local = now.astimezone(hours.zone)
    assets = {asset.ref: asset for asset in content.assets}
    live = [item for item in content.items if may_stand(item, assets, now, local)]
    ranks = {"house": 0, "advertisement": 1, "campaign": 2, "notice": 3, "emergency": 4}
    live.sort(key=lambda item: (-ranks[item.cls], item.id))
    best = [item for item in live if item.cls == live[0].cls]
    end = now.ms - now.ms % HOUR_MS
    for length in turns(best, now.ms // HOUR_MS):
        end += length
        if now.ms < end:
            break
    edges = [one.ms for item in content.items for one in (item.start, item.until) if one is not None and one > now]
    minutes = [minute for span in DAYPARTS.values() for minute in span if minute > local.hour * 60 + local.minute]
    midnight = now.ms - (local.hour * 60 + local.minute) * 60_000 - now.ms % 60_000
    return Instant.from_ms(min([end, *edges, *(midnight + minute * 60_000 for minute in minutes)]))


def turns(best: list[ProgrammeItem], hour: int) -> Iterator[int]:
    """Lengths: by what each has had too little of since the hour began, as long as it has a share at all."""
    whole = sum(item.share for item in best)
    owed = [
        (HOUR_MS * item.share / whole + (hour * 7919 + at) % 97, item.seconds * 1000) for at, item in enumerate(best)
    ]
    owed.sort(reverse=True)
    while True:
        for share, seconds in owed:
            yield round(min(share, seconds)) or 1


def walked(work: Callable[[Instant], Instant]) -> tuple[Taken, Taken, Taken]:
    """(the first of all, the first of each later hour, the others), from change to change."""
    cold, hour, others = Taken(), Taken(), Taken()
    now, seen = MORNING, {MORNING.ms // HOUR_MS}
    cold.call(work, now)
    for _ in range(PICTURES):
        taken = others if now.ms // HOUR_MS in seen else hour
        seen.add(now.ms // HOUR_MS)
        until = taken.call(work, now)
        now = until if until.ms < MORNING.ms + DAY_MS else MORNING
    return cold, hour, others


def measured(size: int, hours: Hours) -> None:
    content = programme(size)

    def compiled(now: Instant) -> Instant:
        return scene(STATE, content, hours, WALL, now).until or now

    cold, hour, others = walked(compiled)
    whole = Taken(hour.wall + others.wall, hour.cpu + others.cpu)
    for what, taken in (("cold", cold), ("hour", hour), ("walk", whole)):
        taken.tell(size, what)
    draw = random.Random(1)
    instants = [Instant.from_ms(MORNING.ms + draw.randrange(DAY_MS)) for _ in range(PICTURES)]
    drawn, plain = Taken(), Taken()
    for now in instants:
        drawn.call(compiled, now)
    for now in instants[:NAIVE_PICTURES]:
        plain.call(lambda moment: naive(content, hours, moment), now)
    drawn.tell(size, "random")
    hidden = Taken()
    for now in instants[:HIDDEN_PICTURES]:
        hidden.call(lambda moment: scene(SUSPENDED, content, hours, WALL, moment).until or moment, now)
    hidden.tell(size, "hidden")
    plain.tell(size, "naive")


def main() -> None:
    hours = read_hours(PLAN)
    for size in SIZES:
        measured(size, hours)


if __name__ == "__main__":
    main()
