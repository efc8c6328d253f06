"""Stand-ins: same month and weekday for every holiday, and never a holiday of the library's own making."""

from datetime import date, datetime, timedelta

import pytest
from opening_hours import OpeningHours

from signage.core.days import Calendar, StandIn
from signage.core.model import Day, DayType, HoursPlan


def calendar(day: date, kind: DayType, makeup_as: str = "Mo") -> Calendar:
    return Calendar(HoursPlan(timezone="UTC", rules={}, makeup_as=makeup_as, days=(Day(date=str(day), type=kind),)))


def test_every_date_of_three_years_has_a_holiday_like_it() -> None:
    for ahead in range(3 * 365):
        day = date(2025, 1, 1) + timedelta(days=ahead)
        stand_in = calendar(day, "holiday").stand_in(day)
        assert (stand_in.day.month, stand_in.day.weekday()) == (day.month, day.weekday())
        assert stand_in.country is not None
        noon = f"{stand_in.day} 12:00"
        assert OpeningHours("PH", country=stand_in.country).is_open(datetime.fromisoformat(noon))


@pytest.mark.parametrize("far", [date(1999, 5, 3), date(2055, 5, 3)])
def test_years_beyond_the_librarys_find_one_too(far: date) -> None:
    stand_in = calendar(far, "holiday").stand_in(far)
    assert (stand_in.day.month, stand_in.day.weekday()) == (far.month, far.weekday())


def test_makeup_days_stand_in_within_their_month() -> None:
    for ahead in range(366):
        day = date(2026, 1, 1) + timedelta(days=ahead)
        stand_in = calendar(day, "makeup", "We").stand_in(day)
        assert (stand_in.day.month, stand_in.day.weekday(), stand_in.country) == (day.month, 2, None)
        assert abs((stand_in.day - day).days) <= 6


def test_an_ordinary_date_stands_for_itself() -> None:
    plain = Calendar(HoursPlan(timezone="UTC", rules={}))
    for day in (date(2026, 10, 1), date(2026, 11, 28)):
        assert plain.stand_in(day) == StandIn(day)
    assert (plain.kind(date(2026, 10, 1)), plain.kind(date(2026, 11, 28))) == ("workday", "rest")


def test_the_nearest_is_taken() -> None:
    assert calendar(date(2026, 10, 1), "holiday").stand_in(date(2026, 10, 1)).day == date(2026, 10, 1)
    near = calendar(date(2026, 10, 8), "holiday").stand_in(date(2026, 10, 8)).day
    assert near == date(2026, 10, 1)
