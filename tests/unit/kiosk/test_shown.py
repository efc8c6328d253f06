"""What of suspensions and notices stands on a screen, and how long it took."""

from dataclasses import replace as replaced
from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.view.home import HomeView
from kiosk.view.letter_views import StillView
from kiosk.view.opinion_pages import Opinion
from kiosk.view.pages import Counters, Home, Keypad, Page, Panel, Rating, Staff, Tab, Touch, Week
from kiosk.view.shown import Told, after_ms, told
from kiosk.view.signed import with_alarm, with_halt
from kiosk.view.touch import AlarmView, Known, TouchView, touch_view
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import NoticeMain
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState, ScreenEntry
from signage.core.scene import scene
from signage.link.catalogues import load_catalogues

CATALOGUES = load_catalogues()
NOW = samples.AFTERNOON
TOUCH = ScreenEntry(name="t", kind="touch")
WALL = ScreenEntry(name="w", kind="wall")
FASCIA = ScreenEntry(name="door", kind="fascia")
STRIP = ScreenEntry(name="strip-1", kind="strip", counter="1")
FIRST = ScreenEntry(name="counter-1", kind="counter", counter="1")
THIRD = ScreenEntry(name="counter-3", kind="counter", counter="3")
NOTICE = Told("notice", "n-1", NOW)


def seen(state: BranchState, screen: ScreenEntry, now: Instant = NOW, touch: TouchView | None = None) -> set[Told]:
    """What the screen tells of once its scene stands on it."""
    return set(told(scene(state, None, None, screen, now), state, screen, now, touch))


def at(state: BranchState, touch: Touch) -> TouchView:
    """What a touch screen draws."""
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="t")
    view = touch_view(known, touch, CATALOGUES, NOW)
    return with_alarm(view, scene(state, None, None, TOUCH, NOW), NOW, Voice.of(CATALOGUES, "zh"))


def at_home(state: BranchState) -> TouchView:
    return at(state, Touch())


@pytest.mark.parametrize(
    ("scope", "screen", "shown"),
    [
        ("branch", FIRST, True),
        ("counter:3", FIRST, False),
        ("counter:3", THIRD, True),
        ("counter:3", TOUCH, True),
        ("device:t", TOUCH, True),
        ("device:t", FIRST, False),
    ],
)
def test_a_screen_tells_of_what_is_its_own_and_the_hall_of_every_counter(
    scope: str, screen: ScreenEntry, shown: bool
) -> None:
    expected = {Told("suspension", "s-1", NOW)} if shown else set()
    assert seen(samples.suspended(scope, "fault"), screen) == expected


STAFF = Staff("7", "lobby-manager", "x", Instant.of(NOW + timedelta(minutes=9)), "王芳")
EVERY = ("branch", "counter:3", "device:t")


def page_of(state: BranchState, page: Page) -> TouchView:
    """What stands on the touch screen, staff signed in or nobody."""
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="t")
    return touch_view(known, Touch(page, staff=STAFF if isinstance(page, Panel) else None), CATALOGUES, NOW)


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (Home(), {"branch", "counter:3"}),
        (Counters(), {"branch", "counter:3"}),
        (Week(), {"branch"}),
        (Rating("e", NOW, 4), {"branch"}),
        (Opinion(), {"branch"}),
        (Panel(), {"branch", "counter:3"}),
        (Panel(Tab.DEVICES), set()),
        (Keypad(), set()),
    ],
)
def test_a_touch_screen_tells_of_what_can_be_read_from_the_page_that_stands_on_it(page: Page, read: set[str]) -> None:
    states = {scope: samples.suspended(scope, "fault") for scope in EVERY}
    assert {scope for scope, state in states.items() if seen(state, TOUCH, touch=page_of(state, page))} == read


def test_what_covers_a_page_covers_what_it_tells() -> None:
    branch, own = samples.suspended("branch", "fault"), samples.suspended("device:t", "fault")
    week = page_of(branch, Week())
    asked = replaced(week, still=StillView(Pair(""), "", Pair("")))
    alarmed = replaced(week, page=AlarmView(NoticeMain(Pair(""), Pair(""), Pair(""), emergency=True)))
    assert seen(branch, TOUCH, touch=asked) == seen(branch, TOUCH, touch=alarmed) == set()
    halted = with_halt(page_of(own, Week()), scene(own, None, None, TOUCH, NOW), Voice.of(CATALOGUES, "zh"))
    assert seen(own, TOUCH, touch=halted) == {Told("suspension", "s-1", NOW)}


def test_what_is_over_or_placed_elsewhere_is_not_told() -> None:
    over = samples.suspended("branch", "fault", "15:00")
    assert seen(over, TOUCH, Instant.parse("2026-11-24T15:00:00+08:00")) == set()
    noticed = samples.noticed({"zh": "x"}, 0, "touch")
    assert seen(noticed, TOUCH, touch=at_home(noticed)) == {NOTICE}
    asked = replaced(at_home(noticed), still=StillView(Pair(""), "", Pair("")))
    assert seen(noticed, TOUCH, touch=asked) == set()
    none = replace(noticed, notices=())
    assert seen(none, TOUCH, touch=at_home(none)) == set()
    assert seen(noticed, FIRST) == set()


def test_a_notice_for_every_screen_is_told_where_its_words_stand() -> None:
    state = samples.noticed({"zh": "x"}, 0, "")
    for screen in (WALL, FASCIA, STRIP, FIRST, THIRD):
        assert seen(state, screen) == {NOTICE}, screen
    for kind in ("counter", "strip"):
        assert seen(samples.noticed({"zh": "x"}, 0, kind), ScreenEntry(name="x", kind=kind, counter="1")) == {NOTICE}
    asked = replace(samples.prompted(), notices=state.notices)
    assert seen(asked, replace(STRIP, counter="3")) == set()
    assert seen(asked, THIRD) == {NOTICE}
    unknown = replace(FIRST, counter="9")
    assert seen(state, unknown) == set()


def test_what_a_screen_leaves_out_is_not_told() -> None:
    noticed = samples.noticed({"zh": "x"}, 0, "")
    held = replace(samples.suspended("branch", "fault"), notices=noticed.notices)
    own = Told("suspension", "s-1", NOW)
    assert (seen(held, WALL), seen(held, FIRST)) == ({own, NOTICE}, {own, NOTICE})
    assert (seen(held, FASCIA), seen(held, STRIP)) == ({own}, {own})
    assert seen(held, TOUCH, touch=at_home(held)) == {own}
    several = tuple(replace(noticed.notices[0], id=f"n-{number}", priority=9 - number) for number in range(1, 5))
    many = replace(noticed, notices=several)
    for screen, count in ((WALL, 4), (FASCIA, 3), (STRIP, 3)):
        assert {one.ref for one in seen(many, screen)} == {f"n-{number + 1}" for number in range(count)}, screen
    turns = [seen(many, FIRST, Instant.of(NOW + timedelta(seconds=10 * turn))) for turn in range(4)]
    assert [len(turn) for turn in turns] == [1] * 4, "a counter's display tells of the one whose turn it is"
    assert {one.ref for turn in turns for one in turn} == {"n-1", "n-2", "n-3", "n-4"}


def test_a_touch_screen_tells_of_what_stands_on_its_page() -> None:
    state = samples.noticed({"zh": "x"}, 0, "")
    assert isinstance(at_home(state).page, HomeView)
    assert seen(state, TOUCH, touch=at_home(state)) == {NOTICE}
    assert seen(state, TOUCH, touch=at(state, Touch(page=Week()))) == set()
    assert seen(state, TOUCH, touch=at(state, Touch(elder=True))) == {NOTICE}


def test_beside_an_emergency_nothing_else_is_told_of() -> None:
    noticed, alarm = samples.noticed({"zh": "x"}, 0, ""), samples.noticed({"zh": "y"}, 100, "")
    state = replace(noticed, notices=(*noticed.notices, replace(alarm.notices[0], id="e-1")))
    for screen in (WALL, FASCIA, STRIP, FIRST):
        assert seen(state, screen) == {Told("notice", "e-1", NOW)}, screen
    for page in (Touch(), Touch(page=Week())):
        assert seen(state, TOUCH, touch=at(state, page)) == {Told("notice", "e-1", NOW)}


def test_the_time_counts_from_when_it_was_true_or_could_be_known() -> None:
    one = Told("notice", "n", NOW)
    drawn = Instant.of(NOW + timedelta(milliseconds=250))
    assert after_ms(one, Instant.of(NOW - timedelta(hours=1)), drawn) == 250
    assert after_ms(one, Instant.of(NOW + timedelta(milliseconds=200)), drawn) == 50
    assert after_ms(one, NOW, Instant.of(NOW - timedelta(seconds=1))) == 0
