"""Properties of scenes: total, the same every time, and exact about when they end."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.hours import hours_or_none_known
from signage.core.instants import Instant
from signage.core.model import BranchState, Prompt, ScreenEntry, Suspension, Thanks
from signage.core.playbill import playbill
from signage.core.programme import ItemClass, SignedContent
from signage.core.scene import Scene, scene
from signage.core.slots import HOUR_MS
from tests.unit.core.branches import CORPORATE, NOON, SCREENS, branch, counter, later, notice
from tests.unit.core.plans import HEBEI, SHANGHAI, plan
from tests.unit.core.programmes import item, published, words

WALK_S = 90
LAST = Instant.parse("2999-12-31T23:59:59.999-12:00")  # the last that can be read
PLANS = (
    SHANGHAI,
    HEBEI,
    plan("24/7"),
    plan("off"),
    plan("?"),
    plan("12:00-12:01,12:02-12:03"),
    plan("11:59-12:31"),  # closing is near within the walk
    plan("22:00-12:01", "Mars/Olympus"),
    plan("Mo-Su 03:59-04:01", "UTC"),
    plan("00:00-00:01", "Etc/GMT+4"),
)
SECONDS = st.integers(-30, WALK_S + 30)
PLACES = st.sampled_from([(), ("wall",), ("counter", "hall"), ("lobby", "strip"), ("nowhere",)])


@st.composite
def states(draw: st.DrawFn) -> BranchState:
    counters = [
        counter(
            number,
            CORPORATE if number == "3" else {"zh": "个人业务"},
            draw(st.sampled_from(["personal", "corporate", "unknown"])),
            state=draw(st.sampled_from(["open", "open", "suspended", "closed"])),
            reason=draw(st.sampled_from([None, "power", "new-reason"])),
            until=draw(st.none() | SECONDS.map(later) | st.just(LAST)),
            prompt=draw(st.none() | SECONDS.map(lambda s: Prompt(id="p", until=later(s)))),
            thanks=draw(st.none() | SECONDS.map(lambda s: Thanks(until=later(s)))),
        )
        for number in draw(st.sampled_from([(), ("1", "2"), ("1", "2", "3", "A")]))
    ]
    suspensions = [
        Suspension(
            id=str(index),
            scope=draw(st.sampled_from(["branch", "counter:1", "counter:2", "counter:9", "device:lobby", "device:x"])),
            reason=draw(st.sampled_from(["power", "new-reason"])),
            source=draw(st.sampled_from(["manager", "teller", "rule", "head-office"])),
            since=later(draw(SECONDS)),
            until=draw(st.none() | SECONDS.map(later) | st.just(LAST)),
        )
        for index in range(draw(st.integers(0, 3)))
    ]
    notices = [
        notice(str(index), draw(SECONDS), draw(SECONDS), draw(st.sampled_from([0, 0, 10, 100])), draw(PLACES))
        for index in range(draw(st.integers(0, 3)))
    ]
    return branch(
        counters=tuple(counters),
        suspensions=tuple(suspensions),
        suspension=suspensions[0] if suspensions else None,
        notices=tuple(notices),
        plan=draw(st.sampled_from(PLANS)),
    )


@pytest.mark.untraced
@settings(max_examples=50, deadline=None)
@given(states(), st.sampled_from(SCREENS), st.booleans())
def test_a_scene_ends_exactly_when_the_picture_changes(state: BranchState, screen: ScreenEntry, heard: bool) -> None:
    hours = hours_or_none_known(state.hours)
    told = scene(state, None, hours, screen, NOON, heard)
    for second in range(WALK_S):
        now = later(second)
        if told.until is not None and now >= told.until:
            assert now == told.until, "every edge drawn here falls on a whole second"
            before = scene(state, None, hours, screen, Instant.of(now - timedelta(milliseconds=1)), heard)
            assert (before.name, before.zones) == (told.name, told.zones)
            changed = scene(state, None, hours, screen, now, heard)
            midnight = now == hours.midnight(hours.local_date(now))
            assert midnight or (changed.name, changed.zones) != (told.name, told.zones)
            told = changed
        shown = scene(state, None, hours, screen, now, heard)
        assert (shown.name, shown.zones, shown.until) == (told.name, told.zones, told.until)


@settings(max_examples=50, deadline=None)
@given(
    states(),
    st.sampled_from(
        [*SCREENS, ScreenEntry(name="lone", kind="counter"), ScreenEntry(name="x", kind="strip", counter="9")]
    ),
    st.integers(0, 32_503_680_000_000 - 1),
)
def test_total_and_the_same_every_time(state: BranchState, screen: ScreenEntry, ms: int) -> None:
    now = Instant.from_ms(ms)
    shown = scene(state, None, None, screen, now)
    assert shown == scene(state, None, hours_or_none_known(state.hours), screen, now)
    assert shown.until is not None
    assert shown.until > now
    assert sum(why.won for why in shown.why) == 1
    assert all(why.reason for why in shown.why)
    assert len({one.name for one in shown.zones}) == len(shown.zones)


KINDS: tuple[ItemClass, ...] = ("house", "advertisement", "advertisement", "campaign", "notice", "emergency")


@st.composite
def programmes(draw: st.DrawFn) -> SignedContent:
    return published(
        *(
            item(
                str(number),
                draw(st.sampled_from(KINDS)),
                asset=draw(st.sampled_from(["picture", "words"])),
                zone=draw(st.sampled_from(["main", "main", "side", "ticker"])),
                screens=draw(st.sampled_from([(), ("wall",), ("touch", "counter", "fascia", "strip")])),
                seconds=draw(st.sampled_from([3, 7, 60])),
                every_s=draw(st.sampled_from([0, 0, 60])),
                start=draw(st.none() | SECONDS.map(later)),
                until=draw(st.none() | SECONDS.map(later) | st.just(LAST)),
            )
            for number in range(draw(st.integers(1, 4)))
        ),
        assets=(words("words"),),
    )


@pytest.mark.untraced
@settings(max_examples=50, deadline=None)
@given(
    states(),
    programmes(),
    st.sampled_from(SCREENS),
    st.sampled_from([frozenset[str](), frozenset({"picture"}), frozenset({"words"})]),
    st.booleans(),
)
def test_no_turn_of_the_programme_before_the_end_makes_another_picture(
    state: BranchState, content: SignedContent, screen: ScreenEntry, absent: frozenset[str], promotions: bool
) -> None:
    """Hidden turns are not looked at one by one; so here they are."""
    hours = hours_or_none_known(state.hours)

    def show(ms: int) -> Scene:
        return scene(state, content, hours, screen, Instant.from_ms(ms), absent=absent, promotions=promotions)

    told = show(NOON.ms)
    assert told.until is not None
    end = told.until.ms
    numbers = range(NOON.ms // HOUR_MS, (end - 1) // HOUR_MS + 1)
    bill = playbill(content, state.branch, screen, hours.plan)
    edges = {turn.start for reel in bill.reels.values() for number in numbers for turn in reel.hour(number)}
    within = sorted(edge for edge in edges if NOON.ms < edge < end)
    for ms in [*within[:12], *within[:: len(within) // 12 + 1], end - 1]:
        again = show(ms)
        assert (again.name, again.zones, again.until) == (told.name, told.zones, told.until)
    changed, midnight = show(end), hours.midnight(hours.local_date(told.until))
    assert told.until == midnight or (changed.name, changed.zones) != (told.name, told.zones)
