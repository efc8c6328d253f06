"""What one answer says besides open or closed: its note, where it ends on the days that are easy to miss, and what is kept."""

from datetime import date, timedelta

import pytest

from signage.core.hours import HORIZON_DAYS, Hours, HoursState, read_hours
from signage.core.instants import Instant
from signage.core.model import Day, Text
from tests.unit.core.plans import plan

TUESDAY = date(2026, 11, 24)
NOTE: Text = {"zh": "今日有话"}


def noted(rule: str, zone: str = "Asia/Shanghai") -> Hours:
    return read_hours(plan(rule, zone, days=(Day(date=str(TUESDAY), type="workday", note=NOTE),)))


def asked(hours: Hours, text: str) -> HoursState:
    """At this wall time on TUESDAY."""
    hour, minute = map(int, text.split(":"))
    return hours.at("personal", Instant.of(hours.midnight(TUESDAY) + timedelta(hours=hour, minutes=minute)))


@pytest.mark.parametrize(
    ("rule", "is_open", "until"),
    [
        ("Tu 09:00-17:00", True, "17:00"),
        ("Tu 09:00-12:00,13:00-17:00", True, "12:00"),
        ("Tu 13:00-17:00", False, "13:00"),
        ("24/7", True, None),
        ("off", False, None),
    ],
)
def test_the_note_of_the_date_stands_in_every_answer(rule: str, is_open: bool, until: str | None) -> None:
    hours = noted(rule)
    state = asked(hours, "10:00")
    end = None if until is None or state.until is None else state.until.astimezone(hours.zone).strftime("%H:%M")
    assert (state.open, end, state.note) == (is_open, until, NOTE)


def test_a_note_ends_with_its_date_though_the_branch_stays_as_it_is() -> None:
    for rule in ("24/7", "off"):
        hours = noted(rule)
        assert asked(hours, "23:59").note == NOTE
        assert hours.at("personal", hours.midnight(date(2026, 11, 25))).note == {}


def test_the_last_day_a_branch_is_ever_open_has_an_end() -> None:
    hours = read_hours(plan("2026 Nov 24 09:00-17:00"))
    assert asked(hours, "10:00").until == Instant.parse("2026-11-24T09:00:00Z")


@pytest.mark.parametrize(("ahead", "is_told"), [(HORIZON_DAYS - 1, True), (HORIZON_DAYS, False)])
def test_an_end_is_told_if_it_lies_within_the_horizon(ahead: int, is_told: bool) -> None:
    last = TUESDAY + timedelta(days=ahead)
    hours = read_hours(plan(f"24/7; {last.strftime('%Y %b %d')} off"))
    state = asked(hours, "10:00")
    assert (state.open, state.until) == (True, hours.midnight(last) if is_told else None)


def test_an_opening_is_told_if_it_lies_within_the_horizon() -> None:
    for ahead, is_told in ((HORIZON_DAYS - 1, True), (HORIZON_DAYS, False)):
        only = TUESDAY + timedelta(days=ahead)
        hours = read_hours(plan(f"{only.strftime('%Y %b %d')} 09:00-17:00"))
        assert (asked(hours, "10:00").next_open is not None) == is_told


def test_the_end_of_a_skipped_hour_is_found_to_the_millisecond() -> None:
    """Half an hour, at Lord Howe; the bisection starts from a length that is no power of two."""
    howe = read_hours(plan("02:07-05:00", "Australia/Lord_Howe"))
    assert howe.spans("personal", date(2026, 10, 4))[0][0] == Instant.parse("2026-10-03T15:30:00Z")


def test_a_date_is_compiled_once_until_four_thousand_are_kept() -> None:
    hours = read_hours(plan("09:00-17:00"))
    first = hours.spans("personal", date(2020, 1, 1))
    assert hours.spans("personal", date(2020, 1, 1)) is first
    for ahead in range(4000):
        assert hours.spans("personal", date(2020, 1, 1) + timedelta(days=ahead))
    assert len(hours._cache) == 4000
    assert hours.spans("personal", date(2020, 1, 1)) is first
    hours.spans("personal", date(2031, 1, 1))
    assert len(hours._cache) == 1
