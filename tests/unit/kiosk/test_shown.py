"""What of suspensions and notices stands on a screen, and how long it took."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.view.shown import Told, after_ms, told
from signage.core.instants import Instant
from signage.core.model import ScreenEntry

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
