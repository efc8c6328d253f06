"""What the clock alone decides: the ten seconds, and which assets a screen will want next."""

from datetime import timedelta

import pytest

from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.schedule import next_turn, slide_index, turn, upcoming, upcoming_on_all
from tests.unit.core.branches import FASCIA, HOURS, NOON, TOUCH, WALL, branch, later
from tests.unit.core.plans import plan
from tests.unit.core.programmes import item, published, words

PAIR = published(item("a"), item("b"))


def wanted(seconds: float, horizon_s: float) -> list[str]:
    found = upcoming(PAIR, branch(), HOURS, WALL, later(seconds), timedelta(seconds=horizon_s))
    return [ref.removesuffix(".png") for ref in found]


def test_ten_seconds_are_a_turn_the_same_on_every_wall() -> None:
    start = Instant.from_ms(0)
    assert [turn(later(at, start)) for at in (0, 9.999, 10, 86_400)] == [0, 0, 1, 8_640]
    assert [slide_index(later(at, start), 3) for at in (0, 9.999, 10, 29.999, 30)] == [0, 0, 1, 2, 0]
    assert [next_turn(later(at)) for at in (0, 9.999, 10)] == [later(10), later(10), later(20)]


@pytest.mark.parametrize(
    ("seconds", "horizon", "refs"),
    [
        (0, 0.001, "a"),
        (5, 0, "a"),
        (0, 10, "a"),
        (0, 10.001, "ab"),
        (9.999, 0.001, "a"),
        (9.999, 1, "ab"),
        (10, 1, "b"),
        (10, 11, "ba"),
        (3590, 1, "b"),
        (3590, 10.001, "ba"),  # the next hour has it
        (3590, 9, "b"),
    ],
)
def test_what_stands_is_wanted_and_what_begins_within_the_horizon(seconds: float, horizon: float, refs: str) -> None:
    assert wanted(seconds, horizon) == list(refs)


def test_the_order_is_that_of_the_next_appearance_and_each_comes_once() -> None:
    content = published(
        item("z", seconds=20),
        item("m", zone="side", start=later(5)),
        item("b", start=later(30)),
        item("r", "house", every_s=3600, start=later(60)),
        item("late", start=later(3700)),
    )
    told = upcoming(content, branch(), HOURS, WALL, NOON, timedelta(hours=2))
    assert told == ("z.png", "m.png", "b.png", "r.png", "late.png")


def test_times_that_are_the_houses_want_nothing() -> None:
    content = published(item("a", start=later(600)))
    assert upcoming(content, branch(), HOURS, WALL, NOON, timedelta(seconds=600)) == ()
    assert upcoming(content, branch(), HOURS, WALL, NOON, timedelta(seconds=601)) == ("a.png",)


def test_dayparts_go_by_the_hours_that_were_read_else_by_the_states() -> None:
    """12:00 in Shanghai is 4:00 in London."""
    content = published(item("a", daypart="03:59-04:01"))
    london, hour = branch(plan=plan("24/7", "Europe/London")), timedelta(minutes=1)
    assert upcoming(content, london, None, WALL, NOON, hour) == ("a.png",)
    assert upcoming(content, branch(), None, WALL, NOON, hour) == ()
    assert upcoming(content, branch(), read_hours(london.hours), WALL, NOON, hour) == ("a.png",)
    assert upcoming(content, london, HOURS, WALL, NOON, hour) == ()
    assert upcoming_on_all(content, branch(), read_hours(london.hours), [WALL], NOON, hour) == ("a.png",)
    assert upcoming_on_all(content, london, None, [WALL], NOON, hour) == ("a.png",)


def test_a_branch_wants_what_any_of_its_screens_does_the_soonest_first() -> None:
    content = published(
        item("touch", screens=("touch",), start=later(20)),
        item("wall", screens=("wall",), start=later(10)),
        item("line", asset="line", screens=("fascia",)),
        assets=(words("line"),),
    )
    screens = (TOUCH, WALL, FASCIA)
    minute = timedelta(minutes=1)
    assert upcoming_on_all(content, branch(), HOURS, screens, NOON, minute) == ("line", "wall.png", "touch.png")
    assert upcoming_on_all(content, branch(), HOURS, screens, NOON, timedelta(seconds=20)) == ("line", "wall.png")
