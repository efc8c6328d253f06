"""Until closing: the end of the day's business, whatever breaks it has."""

import pytest

from kiosk.view.pages import Expected, SuspendForm
from kiosk.view.terms import closing, complete
from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan

TUESDAY = "2026-11-24"


def hours(**rules: str) -> Hours:
    return read_hours(HoursPlan(timezone="Asia/Shanghai", rules=rules))


def at(wall: str, day: str = TUESDAY) -> Instant:
    return Instant.parse(f"{day}T{wall}:00+08:00")


@pytest.mark.parametrize("wall", ["08:00", "09:00", "11:59", "12:00", "13:00", "13:30", "16:59"])
def test_it_is_not_the_end_of_the_morning(wall: str) -> None:
    assert closing(hours(personal="Mo-Fr 09:00-12:00,13:30-17:00"), at(wall)) == at("17:00")


def test_after_the_last_span_and_on_a_day_off_nothing_closes_any_more() -> None:
    workdays = hours(personal="Mo-Fr 09:00-12:00,13:30-17:00")
    assert closing(workdays, at("17:00")) is None
    assert closing(workdays, at("10:00", "2026-11-28")) is None


def test_of_several_services_the_last_one_counts_and_one_that_never_closes_does_not() -> None:
    several = hours(personal="Mo-Fr 09:00-17:00", corporate="Mo-Fr 09:00-11:30,13:30-16:30", machines="24/7")
    assert closing(several, at("10:00")) == at("17:00")
    assert closing(several, at("20:00")) is None


def test_an_evening_that_lasts_past_midnight_ends_then() -> None:
    late = hours(personal="Mo-Fr 09:00-12:00,20:00-02:00")
    assert closing(late, at("21:00")) == at("02:00", "2026-11-25")
    assert closing(late, at("01:00", "2026-11-25")) == at("02:00", "2026-11-25")
    assert closing(late, at("02:00", "2026-11-25")) == at("02:00", "2026-11-26")


def test_a_form_that_waits_for_a_closing_that_is_past_is_not_complete() -> None:
    form = SuspendForm("counter:2", "fault", Expected.CLOSING)
    assert complete(form, at("17:00"))
    assert not complete(form, None)
    assert complete(SuspendForm("counter:2", "fault", Expected.UNKNOWN), None)
    assert not complete(SuspendForm("counter:2", "fault"), at("17:00"))
