"""What of suspensions and notices stands on a screen, and how long it took."""

from dataclasses import replace as replaced
from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.view.letter_views import StillView
from kiosk.view.opinion_pages import Opinion
from kiosk.view.pages import Counters, Home, Keypad, Page, Panel, Rating, Staff, Tab, Touch, Week
from kiosk.view.shown import Told, after_ms, told
from kiosk.view.signed import with_halt
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
FIRST = ScreenEntry(name="counter-1", kind="counter", counter="1")
THIRD = ScreenEntry(name="counter-3", kind="counter", counter="3")


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
    assert told(samples.suspended(scope, "fault"), screen, NOW) == expected


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
    assert {scope for scope, state in states.items() if told(state, TOUCH, NOW, page_of(state, page))} == read


def test_what_covers_a_page_covers_what_it_tells() -> None:
    branch, own = samples.suspended("branch", "fault"), samples.suspended("device:t", "fault")
    week = page_of(branch, Week())
    asked = replaced(week, still=StillView(Pair(""), "", Pair("")))
    alarmed = replaced(week, page=AlarmView(NoticeMain(Pair(""), Pair(""), Pair(""), emergency=True)))
    assert told(branch, TOUCH, NOW, asked) == told(branch, TOUCH, NOW, alarmed) == frozenset()
    halted = with_halt(page_of(own, Week()), scene(own, None, None, TOUCH, NOW), Voice.of(CATALOGUES, "zh"))
    assert told(own, TOUCH, NOW, halted) == {Told("suspension", "s-1", NOW)}


def test_what_is_over_or_placed_elsewhere_is_not_told() -> None:
    over = samples.suspended("branch", "fault", "15:00")
    assert told(over, TOUCH, Instant.parse("2026-11-24T15:00:00+08:00")) == frozenset()
    noticed = samples.noticed({"zh": "x"}, 0, "touch")
    assert told(noticed, TOUCH, NOW) == {Told("notice", "n-1", NOW)}
    assert told(replace(noticed, notices=()), TOUCH, NOW) == frozenset()
    assert told(noticed, FIRST, NOW) == frozenset()


def test_the_time_counts_from_when_it_was_true_or_could_be_known() -> None:
    one = Told("notice", "n", NOW)
    drawn = Instant.of(NOW + timedelta(milliseconds=250))
    assert after_ms(one, Instant.of(NOW - timedelta(hours=1)), drawn) == 250
    assert after_ms(one, Instant.of(NOW + timedelta(milliseconds=200)), drawn) == 50
    assert after_ms(one, NOW, Instant.of(NOW - timedelta(seconds=1))) == 0
