"""Scenes against an oracle that walks time second by second, and 1 ms before and at every edge (`oracle_scene`).

CASES random publications (30 unless the environment says otherwise) from SEED. Run with -s to see seed, count and rate.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from random import Random
from time import perf_counter

import pytest

from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.items import MediaItem, WordsItem
from signage.core.model import ScreenEntry
from signage.core.programme import ItemClass, ProgrammeItem, SignedContent
from signage.core.scene import Scene, scene
from tests.unit.core.branches import NOON, WALL, branch, later
from tests.unit.core.oracle_scene import allowances, entitled, holds, touching
from tests.unit.core.plans import plan
from tests.unit.core.programmes import item, published

CASES = int(os.environ.get("CASES", "30"))
SEED = int(os.environ.get("SEED", "20261125"))
WALK_S = 180
HOUR_MS = 3_600_000
CLASSES: tuple[ItemClass, ...] = ("house", "advertisement", "advertisement", "campaign", "notice", "emergency")
DAYPARTS = ("", "", "", "12:58-13:01", "12:59-13:30", "Sa")
OPEN = branch(plan=plan("24/7"))
HOURS = read_hours(OPEN.hours)
OTHER = ScreenEntry(name="other", kind="wall")
EDGE = NOON.ms + HOUR_MS  # the walks go over this full hour


def show(content: SignedContent, ms: int, screen: ScreenEntry = WALL) -> Scene:
    return scene(OPEN, content, HOURS, screen, Instant.from_ms(ms))


def standing(shown: Scene) -> dict[str, str]:
    """Zone to item, of what is signed."""
    return {zone.name: zone.item.id for zone in shown.zones if isinstance(zone.item, MediaItem | WordsItem)}


def draw_programme(random: Random, start: int) -> SignedContent:
    """Few items, most of them with an edge within the walk, on the second or beside it by any number of ms."""

    def edge() -> Instant | None:
        ms = start + random.choice((random.randrange(WALK_S) * 1000, random.randrange(WALK_S * 1000)))
        return random.choice((None, None, Instant.from_ms(ms)))

    items = [
        item(
            str(number),
            random.choice(CLASSES),
            zone=random.choice(("main", "main", "main", "side")),
            seconds=random.choice((0, 3, 7, 10, 15, 60, 900)),
            share=random.choice((1, 500, 1000, 1000, 3000)),
            start=edge(),
            until=edge(),
            daypart=random.choice(DAYPARTS),
            playlist=random.choice(("", "", "", "p")),
            tags=random.choice(((), ("loan",), ("fund",))),
            apart=random.choice(((), (), ("loan",), ("fund",))),
        )
        for number in range(random.randrange(8))
    ]
    return published(*items, *draw_required(random), expires=(EDGE - NOON.ms) / 1000 + random.randrange(-60, 600))


def draw_required(random: Random) -> list[ProgrammeItem]:
    """Together they stand no longer than a third of the shortest `every_s`."""
    shortest = random.choice((30, 45, 60, 120))
    count = random.choice((0, 1, 1, 2, 3))
    return [
        item(f"r{at}", "house", every_s=shortest * random.choice((1, 1, 2)), seconds=max(3, shortest // 3 // count))
        for at in range(min(count, shortest // 9))
    ]


def check_instant(content: SignedContent, shown: Scene, ms: int) -> None:
    """Whatever stands may; an emergency stands alone; no promotion is over its end in any zone."""
    now = Instant.from_ms(ms)
    share, required = entitled(content, OPEN.hours, now)
    found = standing(shown)
    by_id = {one.id: one for one in content.items}
    emergency = any(by_id[one].cls == "emergency" for one in share)
    main = found.get("main")
    assert main in share | required or (main is None and not emergency), (main, share, required, str(now))
    assert not emergency or set(found) == {"main"}
    for name in found.values():
        one = by_id[name]
        assert name == main or holds(content, one, OPEN.hours, now, zone="side")
        assert one.cls not in {"advertisement", "campaign"} or now < content.expires
    assert standing(show(content, ms, OTHER)) == found


def walk(content: SignedContent, start: int) -> list[tuple[int, str | None]]:
    """Second by second; `until` is the first change, to the millisecond. (ms, who took the main zone)."""
    told = show(content, start)
    taken = [(start, standing(told).get("main"))]
    check_instant(content, told, start)
    for ms in range(start, start + WALK_S * 1000, 1000):
        while told.until is not None and told.until.ms <= ms:
            edge = told.until.ms
            before, after = show(content, edge - 1), show(content, edge)
            assert (before.zones, before.until) == (told.zones, told.until)
            check_instant(content, before, edge - 1)
            check_instant(content, after, edge)
            assert (after.name, after.zones) != (told.name, told.zones), "until is a change"
            told = after
            taken.append((edge, standing(told).get("main")))
        again = show(content, ms)
        assert (again.name, again.zones, again.until) == (told.name, told.zones, told.until), (
            "until is the first change"
        )
        check_instant(content, again, ms)
    return taken


def check_required(content: SignedContent, taken: Sequence[tuple[int, str | None]], start: int) -> int:
    """None is away for longer than its `every_s`, but for the time of an emergency. How many gaps were looked at."""
    emergencies = {one.id for one in content.items if one.cls == "emergency"}
    spans = list(zip(taken, [*(ms for ms, _ in taken[1:]), start + WALK_S * 1000], strict=True))
    gaps = 0
    for one in (each for each in content.items if each.every_s):
        since = start
        for (begins, who), ends in spans:
            if who == one.id or who in emergencies:
                since = ends
            assert ends - since <= one.every_s * 1000, (one.id, begins)
            gaps += 1
    return gaps


@pytest.mark.untraced
def test_time_walked_second_by_second() -> None:
    random, began, seconds, gaps = Random(SEED), perf_counter(), 0, 0
    for _ in range(CASES):
        start = EDGE - random.randrange(WALK_S) * 1000
        content = draw_programme(random, start)
        taken = walk(content, start)
        assert touching(content, [who for _, who in taken]) == []
        gaps += check_required(content, taken, start)
        seconds += WALK_S
    took = perf_counter() - began
    print(
        f"\nseed {SEED}: {CASES} publications, {seconds} s walked, {gaps} gaps of required items, {CASES / took:.1f}/s"
    )


def hour_of(content: SignedContent, start: int) -> dict[str | None, list[int]]:
    """Each one's turns of an hour. House slides in a row are one."""
    stood: dict[str | None, list[int]] = defaultdict(list)
    now = start
    while now < start + HOUR_MS:
        told = show(content, now)
        assert told.until is not None
        end = min(told.until.ms, start + HOUR_MS)
        stood[standing(told).get("main")].append(end - now)
        now = end
    return stood


@pytest.mark.untraced
def test_the_shares_of_an_hour() -> None:
    """Exact to the millisecond; an item too small for every hour is never more than its one turn away."""
    random, began = Random(SEED + 1), perf_counter()
    cases = max(10, CASES // 10)
    for _ in range(cases):
        turns = random.choice(((3, 10, 15, 60), (10,), (3, 600)))
        kinds = [
            (random.choice((1, 10, 1000, random.randint(1, 3000))), random.choice(turns) * 1000)
            for _ in range(random.choice((1, 2, 3, 10, 50, 700)))
        ]
        content = published(*(item(str(at), seconds=s // 1000, share=w) for at, (w, s) in enumerate(kinds)))
        stood = hour_of(content, later(3600 * random.randrange(500)).ms)
        assert sum(map(sum, stood.values())) == HOUR_MS
        for at, allowed in enumerate(allowances(kinds, HOUR_MS)):
            assert allowed.kept(stood[str(at)]), (at, kinds[at], allowed, stood[str(at)])
    print(f"\nseed {SEED + 1}: {cases} hours shared, {cases / (perf_counter() - began):.1f}/s")


@pytest.mark.untraced
def test_what_is_too_small_for_every_hour_comes_up_as_often_as_it_is_due() -> None:
    kinds = [(1, 10_000)] * 6 + [(3, 15_000)] * 3 + [(4000, 60_000)]
    content = published(*(item(str(at), seconds=s // 1000, share=w) for at, (w, s) in enumerate(kinds)))
    hours = 60
    ups = [hour_of(content, later(3600 * number).ms) for number in range(hours)]
    whole = sum(weight for weight, _ in kinds)
    for at, (weight, turn) in enumerate(kinds[:-1]):
        due = hours * HOUR_MS * weight / whole / turn
        assert abs(sum(len(stood[str(at)]) for stood in ups) - due) < 2
