"""Lit or dark by the clock, awake for who needs it, and the picture that wanders."""

from datetime import timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.power import Power
from kiosk.view.power import ALWAYS, AWAKE, LIT_BY_HAND, Lit, by_hours, by_rule, woken
from kiosk.view.shift import STEP, most_px, shift
from signage.core.dayparts import Dayparts
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan

PLAN = HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00", "corporate": "Mo-Fr 10:00-12:00"})
E = timedelta(milliseconds=1)


def at(text: str) -> Instant:
    """A Tuesday."""
    return Instant.parse(f"2026-11-24T{text}+08:00")


@pytest.mark.parametrize(
    ("text", "on", "until"),
    [
        ("08:29:59", False, "08:30:00"),
        ("08:30:00", True, "09:00:00"),
        ("12:00:00", True, None),
        ("17:00:00", True, "17:30:00"),
        ("17:29:59", True, "17:30:00"),
        ("17:30:00", False, None),
    ],
)
def test_following_the_branch_it_is_lit_from_half_an_hour_before_to_half_an_hour_after(
    text: str, on: bool, until: str | None
) -> None:
    lit = by_hours(read_hours(PLAN), at(text))
    assert lit.on is on
    assert lit.until is not None
    assert lit.until > at(text)
    if until is not None:
        assert lit.until == at(until)


def test_between_two_looks_that_it_asks_for_nothing_changes() -> None:
    """The oracle asks every minute of a week."""
    hours, now, end = read_hours(PLAN), at("00:00:00"), Instant.of(at("00:00:00") + timedelta(days=7))
    lit = by_hours(hours, now)
    minute = now
    while minute < end:
        if lit.until is not None and minute >= lit.until:
            lit = by_hours(hours, minute)
        assert by_hours(hours, minute).on is lit.on
        minute = Instant.of(minute + timedelta(minutes=1))


def test_a_branch_whose_hours_are_not_known_stays_lit_and_so_does_a_rule_that_cannot_be_read() -> None:
    assert by_rule("whenever", Dayparts(PLAN, ("whenever",)), at("03:00:00")) == ALWAYS
    for rule in (None, "hours", "Mo-Fr 08:00-18:00"):
        assert Power(rule).lit(None, None, at("03:00:00"), needed=False) == ALWAYS
    assert by_hours(read_hours(HoursPlan(timezone="Asia/Shanghai", rules={})), at("12:00:00")).until is None


def test_a_rule_of_its_own_lights_it_by_its_own_calendar() -> None:
    power = Power("Mo-Fr 08:00-18:00")
    hours = read_hours(PLAN)
    assert not power.lit(PLAN, hours, at("07:59:59"), needed=False).on
    assert power.lit(PLAN, hours, at("07:59:59"), needed=False).until == at("08:00:00")
    assert power.lit(PLAN, hours, at("08:00:00"), needed=False).on
    closed = replace(PLAN, rules={"personal": "off"})
    assert power.lit(closed, read_hours(closed), at("08:00:00"), needed=False).on
    assert not Power("hours").lit(closed, read_hours(closed), at("08:00:00"), needed=False).on


NIGHT, TILL = at("03:00:00"), at("08:30:00")


@pytest.mark.parametrize(
    ("lit", "awake_until", "needed", "expected"),
    [
        (Lit(False, TILL), None, False, Lit(False, TILL)),
        (Lit(False, TILL), None, True, Lit(True, TILL)),
        (Lit(True, TILL), None, False, Lit(True, TILL)),
        (Lit(False, TILL), NIGHT, False, Lit(False, TILL)),
        (Lit(False, TILL), Instant.of(NIGHT + E), False, Lit(True, Instant.of(NIGHT + E))),
        (Lit(False, None), Instant.of(NIGHT + E), False, Lit(True, Instant.of(NIGHT + E))),
        (Lit(False, TILL), at("09:00:00"), False, Lit(True, TILL)),
    ],
)
def test_what_is_needed_is_lit_and_a_while_after(
    lit: Lit, awake_until: Instant | None, needed: bool, expected: Lit
) -> None:
    assert woken(lit, NIGHT, awake_until, needed=needed) == expected


def test_a_touch_wakes_for_two_minutes_and_a_shorter_stay_never_ends_a_longer_one() -> None:
    power, hours = Power("off"), read_hours(PLAN)
    assert not power.lit(PLAN, hours, NIGHT, needed=False).on
    power.touched(NIGHT)
    assert power.lit(PLAN, hours, Instant.of(NIGHT + AWAKE - E), needed=False).on
    assert not power.lit(PLAN, hours, Instant.of(NIGHT + AWAKE), needed=False).on
    power.switched_on(NIGHT)
    power.touched(NIGHT)
    assert power.lit(PLAN, hours, Instant.of(NIGHT + LIT_BY_HAND - E), needed=False).on
    later = at("04:00:00")
    assert power.lit(PLAN, hours, later, needed=True).on
    assert power.lit(PLAN, hours, Instant.of(later + AWAKE - E), needed=False).on


def test_a_clock_that_was_put_back_keeps_no_screen_awake_for_as_long_as_that() -> None:
    power, hours = Power("off"), read_hours(PLAN)
    power.touched(at("04:00:00"))
    assert not power.lit(PLAN, hours, NIGHT, needed=False).on
    power.touched(NIGHT)
    assert power.lit(PLAN, hours, Instant.of(NIGHT + AWAKE - E), needed=False).on
    assert not power.lit(PLAN, hours, Instant.of(NIGHT + AWAKE), needed=False).on


@pytest.mark.parametrize("most", [0, 1, 4])
def test_the_picture_goes_through_every_place_a_pixel_at_a_time_and_comes_back(most: int) -> None:
    side = 2 * most + 1
    steps = [Instant.of(samples.AFTERNOON + STEP * number) for number in range(2 * side * side + 1)]
    places = [shift(step, most) for step in steps]
    assert set(places) == {(x, y) for x in range(-most, most + 1) for y in range(-most, most + 1)}
    assert all(abs(a - c) + abs(b - d) <= 1 for (a, b), (c, d) in pairwise(places))
    assert places[0] == places[-1]
    assert all(places.count(place) >= 2 for place in set(places))


def test_it_moves_on_the_quarter_and_never_further_than_a_margin_allows() -> None:
    quarter = at("14:15:00")
    assert shift(quarter, 4) != shift(Instant.of(quarter - E), 4)
    assert shift(Instant.of(quarter + STEP - E), 4) == shift(quarter, 4)
    assert [most_px(4, unit) for unit in (1.0, 0.2, 0.05)] == [4, 2, 0]
    assert most_px(16, 1.0) == 12
