"""A programme on a wall, walked through against the oracle: exact shares, required items in time, nothing that may not."""

import os
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.items import MediaItem
from signage.core.programme import ItemClass, SignedContent
from signage.core.scene import scene
from signage.core.slots import HOUR_MS
from tests.unit.core.branches import NOON, WALL, branch, later
from tests.unit.core.oracle_scene import entitled, longest_gaps, times
from tests.unit.core.plans import plan
from tests.unit.core.programmes import item, published

CASES = int(os.environ.get("CASES", "25"))
OPEN = branch(plan=plan("24/7"))
ALL_DAY = read_hours(OPEN.hours)
HOUR = NOON  # a full hour
Shown = list[tuple[str | None, int]]


def walk(content: SignedContent, start: Instant, ms: int) -> Shown:
    """From scene to scene: (item, ms), None for what is the house's."""
    shown: Shown = []
    now, end = start, Instant.from_ms(start.ms + ms)
    while now < end:
        told = scene(OPEN, content, ALL_DAY, WALL, now)
        assert told.until is not None
        until = min(told.until, end)
        main = next(zone.item for zone in told.zones if zone.name == "main")
        shown.append((main.id if isinstance(main, MediaItem) else None, until.ms - now.ms))
        now = until
    return shown


SECONDS = st.integers(-5, 90) | st.sampled_from([0, 3, 10, 15, 900])
SHARES = st.integers(1, 3000) | st.just(1000)


@st.composite
def steady(draw: st.DrawFn) -> SignedContent:
    """Items each of which has its time in every hour."""
    return published(
        *(
            item(str(number), seconds=draw(st.integers(3, 30)), share=draw(st.integers(500, 2000)))
            for number in range(draw(st.integers(1, 12)))
        )
    )


@pytest.mark.untraced
@settings(max_examples=CASES, deadline=None)
@given(steady(), st.integers(0, 400))
def test_shares_are_exact_to_the_millisecond_over_every_full_hour(content: SignedContent, hour: int) -> None:
    shown = times(walk(content, later(3600 * hour), HOUR_MS))
    whole = sum(one.share for one in content.items)
    for one in content.items:
        assert abs(shown[one.id] - HOUR_MS * one.share / whole) < 1
    assert sum(shown.values()) == HOUR_MS


@st.composite
def anything(draw: st.DrawFn) -> SignedContent:
    classes: list[ItemClass] = ["house", "advertisement", "campaign", "notice", "emergency"]
    edges = (
        st.none() | st.integers(-30, 600).map(later) | st.integers(-30_000, 600_000).map(lambda ms: later(ms / 1000))
    )
    return published(
        *(
            item(
                str(number),
                draw(st.sampled_from(classes)),
                seconds=draw(SECONDS),
                share=draw(SHARES),
                start=draw(edges),
                until=draw(edges),
                daypart=draw(st.sampled_from(["", "", "12:03-12:07", "12:00-12:05", "Sa", "nonsense"])),
                playlist=draw(st.sampled_from(["", "", "a"])),
                tags=draw(st.sampled_from([(), ("loan",), ("fund",)])),
                apart=draw(st.sampled_from([(), (), ("loan",), ("fund", "loan")])),
                every_s=draw(st.sampled_from([0, 0, 0, 60, 300])),
            )
            for number in range(draw(st.integers(0, 6)))
        ),
        expires=draw(st.integers(-10, 500)),
    )


@pytest.mark.untraced
@settings(max_examples=CASES, deadline=None)
@given(anything())
def test_nothing_stands_that_may_not_and_until_is_the_first_change(content: SignedContent) -> None:
    apart = {one.id: one for one in content.items}
    shown: list[str | None] = []
    now, end = HOUR, later(600)
    while now < end:
        told = scene(OPEN, content, ALL_DAY, WALL, now)
        assert told.until is not None
        assert told.until > now
        share, required = _readable(content, now)
        main = next(zone.item for zone in told.zones if zone.name == "main")
        name = main.id if isinstance(main, MediaItem) else None
        assert name in share | required or (name is None and not _alone(content, share))
        for ms in {now.ms, (now.ms + told.until.ms) // 2, told.until.ms - 1}:
            there = Instant.from_ms(ms)
            again = scene(OPEN, content, ALL_DAY, WALL, there)
            assert (again.name, again.zones, again.until) == (told.name, told.zones, told.until)
            assert name is None or name in set.union(*_readable(content, there))
        after = scene(OPEN, content, ALL_DAY, WALL, told.until)
        assert (after.name, after.zones) != (told.name, told.zones)
        shown.append(name)
        now = told.until
    for one, other in pairwise(shown):
        if (
            one is not None
            and other is not None
            and one != other
            and not apart[one].every_s
            and not apart[other].every_s
        ):
            assert not set(apart[one].apart) & set(apart[other].tags)
            assert not set(apart[other].apart) & set(apart[one].tags)


def _readable(content: SignedContent, now: Instant) -> tuple[set[str], set[str]]:
    readable = tuple(one for one in content.items if one.daypart != "nonsense")
    return entitled(
        SignedContent(version=1, expires=content.expires, assets=content.assets, items=readable), OPEN.hours, now
    )


def _alone(content: SignedContent, share: set[str]) -> bool:
    return any(one.id in share and one.cls == "emergency" for one in content.items)


@pytest.mark.untraced
@settings(max_examples=CASES, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([300, 600, 900, 1000]), st.integers(3, 15)), min_size=1, max_size=3),
    st.lists(SECONDS, max_size=6),
    st.integers(0, 3600),
)
def test_required_items_are_always_in_time(required: list[tuple[int, int]], others: list[int], since: int) -> None:
    items = [item(f"r{at}", "house", every_s=every, seconds=s) for at, (every, s) in enumerate(required)]
    ads = [item(f"a{at}", seconds=s) for at, s in enumerate(others)]
    gone = item("gone", until=later(since + 2000))
    shown = walk(published(*items, *ads, gone), later(since), 2 * HOUR_MS)
    for one in items:
        assert longest_gaps(shown, one.id) <= one.every_s * 1000


def test_the_hours_are_the_same_on_every_wall() -> None:
    content = published(*(item(str(number)) for number in range(5)))
    other = type(WALL)(name="other", kind="wall")
    for seconds in range(0, 120, 7):
        one, two = (scene(OPEN, content, ALL_DAY, screen, later(seconds)) for screen in (WALL, other))
        assert (one.zones, one.until) == (two.zones, two.until)
