"""Long closures and tables: what is told of them beside the words."""

from datetime import date

from msgspec.structs import replace

from signage.core.hours import read_hours
from signage.core.hours_weeks import announcements, usual_week
from signage.core.hours_words import day_hours, describe
from signage.core.hours_year import year_table
from signage.core.instants import Instant
from signage.core.model import Day, HoursException
from signage.link.catalogues import load_catalogues
from tests.unit.core.plans import CHANGING, plan

ZH = load_catalogues()["zh"]
OFF = HoursException(first="2026-11-25", last="2026-11-26", rules={"personal": "off"}, note={"zh": "系统升级"})


def test_a_closure_that_an_exception_explains_is_told_in_its_words() -> None:
    hours = read_hours(replace(plan("09:00-17:00"), exceptions=(OFF,)))
    for at in ("2026-11-24T10:00:00Z", "2026-11-25T02:00:00Z"):
        told = describe(hours, "personal", Instant.parse(at))
        assert (told.key, ZH.render(told)) == ("hours.closed_noted", "系统升级至11月26日，11月27日 09:00 开门")


def test_a_single_day_off_is_no_long_closure_though_the_branch_is_closed_for_the_night_before() -> None:
    holiday = Day(date="2026-11-25", type="holiday", note={"zh": "行庆"})
    hours = read_hours(plan("09:00-17:00; PH off", days=(holiday,)))
    for at in ("2026-11-24T10:00:00Z", "2026-11-25T02:00:00Z"):
        assert describe(hours, "personal", Instant.parse(at)).key == "hours.opens_at"


def test_a_table_names_its_dates_and_instants() -> None:
    told = day_hours(read_hours(plan("Tu 09:00-17:00")), "personal", date(2026, 11, 24))
    assert told.date == date(2026, 11, 24)
    assert told.spans == ((Instant.parse("2026-11-24T01:00:00Z"), Instant.parse("2026-11-24T09:00:00Z")),)


def test_an_announcement_names_its_date_its_weeks_and_its_note() -> None:
    (told,) = announcements(read_hours(CHANGING), Instant.parse("2026-12-02T00:00:00Z"))
    assert (told.first, told.note) == (date(2026, 12, 7), {"zh": "冬令"})
    weeks = [(service, ZH.render(words)) for service, words in told.weeks]
    assert weeks == [("personal", "周一至周五 08:30–17:30、周六至周日 休息")]


def test_a_usual_week_is_of_the_season_that_begins_with_it() -> None:
    hours = read_hours(plan("Mo-Fr 09:00-17:00; Jun-Aug Mo-Fr 09:00-18:00"))
    told = [ZH.render(usual_week(hours, "personal", date(2026, month, 1))) for month in (5, 6, 9)]
    usual, summer = "周一至周五 09:00–17:00、周六至周日 休息", "周一至周五 09:00–18:00、周六至周日 休息"
    assert told == [usual, summer, usual]


def test_a_years_usual_weeks_are_each_services_own_and_know_nothing_of_the_next_change() -> None:
    table = year_table(read_hours(CHANGING), 2026)
    assert table.year == 2026
    assert [[(service, ZH.render(words)) for service, words in one.weeks] for one in table.usual[1:]] == [
        [
            ("personal", "周一至周五 09:00–17:00、周六至周日 09:30–16:00"),
            ("corporate", "周一至周五 09:00–17:00、周六至周日 休息"),
        ],
        [
            ("personal", "周一至周五 08:30–17:30、周六至周日 休息"),
            ("corporate", "周一至周五 09:00–17:00、周六至周日 休息"),
        ],
    ]
