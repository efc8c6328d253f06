from datetime import date
from pathlib import Path

import chinese_calendar
import pytest

from signage.config.branch_file import BranchConfig
from signage.config.holidays import calendar_warning, hours_plan, known_until
from signage.config.load import load_branch
from signage.core.hours import read_hours
from signage.core.instants import Instant
from tests.unit.config.samples import BRANCH, changed


def branch(folder: Path, text: str = BRANCH) -> BranchConfig:
    file = folder / "branch.toml"
    file.write_text(text, encoding="utf-8")
    return load_branch(file)


def test_every_day_of_the_library_is_told_as_it_tells_it(tmp_path: Path) -> None:
    """The oracle is the library's own function; the plan is made from its tables."""
    plan = hours_plan(branch(tmp_path), date(2025, 1, 1))
    types = {day.date: day.type for day in plan.days}
    for day in chinese_calendar.get_dates(date(2025, 1, 1), date(2026, 12, 28)):
        weekend = day.weekday() >= 5
        told = types.get(day.isoformat())
        works = told in ("workday", "makeup") or (told is None and not weekend)
        assert works == chinese_calendar.is_workday(day), day


def test_configured_days_win_and_old_ones_are_left_out(tmp_path: Path) -> None:
    text = changed(BRANCH, 'date = "2027-02-06", type = "holiday"', 'date = "2026-10-01", type = "workday"')
    plan = hours_plan(branch(tmp_path, text), date(2026, 9, 30))
    assert {day.date: day.type for day in plan.days}["2026-10-01"] == "workday"
    assert min(day.date for day in plan.days) == "2026-10-01"


def test_hours_come_out_of_it(tmp_path: Path) -> None:
    hours = read_hours(hours_plan(branch(tmp_path), date(2026, 1, 1)))
    national_day = Instant.parse("2026-10-01T10:00:00+08:00")
    assert hours.at("personal", national_day).open
    assert not hours.at("corporate", national_day).open
    makeup = Instant.parse("2026-10-10T10:00:00+08:00")
    assert hours.at("corporate", makeup).open
    assert not hours.at("personal", Instant.parse("2027-02-06T10:00:00+08:00")).open


@pytest.mark.parametrize(("country", "until"), [("CN", date(2026, 12, 28)), (None, None)])
def test_how_far_the_calendar_is_known(tmp_path: Path, country: str | None, until: date | None) -> None:
    text = BRANCH if country else changed(BRANCH, 'country = "CN"', "")
    config = branch(tmp_path, text)
    assert known_until(config.hours, date(2026, 11, 24)) == until
    warning = calendar_warning("f", config.hours, date(2026, 11, 24))
    assert (warning is not None) == (country is not None)
    assert calendar_warning("f", config.hours, date(2026, 3, 1)) is None
    if country is None:
        assert all(day.date == "2027-02-06" for day in hours_plan(config, date(2020, 1, 1)).days)


def test_the_operators_word_carries_it_further(tmp_path: Path) -> None:
    text = changed(BRANCH, '# known_until = "2027-12-31"', 'known_until = "2027-12-31"')
    config = branch(tmp_path, text)
    assert known_until(config.hours, date(2026, 11, 1)) == date(2027, 12, 31)
    assert hours_plan(config, date(2026, 11, 1)).known_until == "2027-12-31"
