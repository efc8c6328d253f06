"""Announced changes, counters with rules of their own, signed days, the year's table."""

from datetime import date

import pytest
from msgspec.structs import replace

from signage.core.hours import read_hours
from signage.core.hours_merge import merged
from signage.core.hours_weeks import announcements, next_announcement, service_name, usual_week, wall_words
from signage.core.hours_year import is_special, year_table
from signage.core.instants import Instant
from signage.core.model import Day, HoursChange, HoursException
from signage.core.phrases import Phrase
from signage.core.timetable import is_own_service, own_service
from signage.link.catalogues import load_catalogues
from tests.unit.core.plans import CHANGING, SHANGHAI, plan
from tests.unit.core.test_hours import wall

CATALOGUES = load_catalogues()
HOURS = read_hours(CHANGING)


def zh(phrase: Phrase) -> str:
    return CATALOGUES["zh"].render(phrase)


@pytest.mark.parametrize(
    ("day", "personal", "corporate", "counter"),
    [
        ("2026-11-30", "09:00-17:00", "09:00-17:00", "09:00-12:00"),
        ("2026-12-01", "09:00-17:00", "09:00-17:00", "10:00-11:00"),
        ("2026-12-06", "09:30-16:00", "off", "10:00-11:00"),
        ("2026-12-07", "08:30-17:30", "09:00-17:00", "10:00-11:00"),
        ("2026-12-12", "off", "off", "10:00-11:00"),
    ],
)
def test_a_change_holds_from_its_date_on(day: str, personal: str, corporate: str, counter: str) -> None:
    assert (wall(HOURS, "personal", day), wall(HOURS, "corporate", day)) == (personal, corporate)
    assert wall(HOURS, "counter:5", day) == counter
    assert HOURS.services == ("personal", "corporate")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-23T15:59:59.999Z", []),
        ("2026-11-23T16:00:00Z", ["自12月1日起：5 号窗口 每日 10:00–11:00"]),
        (
            "2026-11-29T16:00:00Z",
            [
                "自12月1日起：5 号窗口 每日 10:00–11:00",
                "自12月7日起（冬令）：个人业务 周一至周五 08:30–17:30、周六至周日 休息",
            ],
        ),
        ("2026-11-30T16:00:00Z", ["自12月7日起（冬令）：个人业务 周一至周五 08:30–17:30、周六至周日 休息"]),
        ("2026-12-06T15:59:59.999Z", ["自12月7日起（冬令）：个人业务 周一至周五 08:30–17:30、周六至周日 休息"]),
        ("2026-12-06T16:00:00Z", []),
    ],
)
def test_it_is_announced_for_the_seven_days_before(at: str, told: list[str]) -> None:
    now = Instant.parse(at)
    assert [zh(one.words) for one in announcements(read_hours(CHANGING), now)] == told


def test_what_is_announced_changes_at_the_edges_that_are_told() -> None:
    edges = [Instant.parse("2026-11-01T00:00:00Z")]
    while (edge := next_announcement(HOURS, edges[-1])) is not None:
        edges.append(edge)
    assert [str(edge)[:10] for edge in edges[1:]] == ["2026-11-23", "2026-11-29", "2026-11-30", "2026-12-06"]


def test_later_changes_win_and_of_one_date_the_later_in_the_list() -> None:
    changes = (
        HoursChange(first="2026-05-01", rules={"personal": "10:00-12:00"}),
        HoursChange(first="2026-04-01", rules={"personal": "11:00-12:00"}),
        HoursChange(first="2026-05-01", rules={"personal": "08:00-12:00"}),
    )
    hours = read_hours(plan("09:00-12:00", changes=changes))
    spans = [wall(hours, "personal", day) for day in ("2026-03-31", "2026-04-01", "2026-05-01")]
    assert spans == ["09:00-12:00", "11:00-12:00", "08:00-12:00"]


def test_a_wrong_change_names_its_place() -> None:
    with pytest.raises(ValueError, match="change from 2026-05-01, personal: 'x' is no opening_hours rule"):
        read_hours(plan("off", changes=(HoursChange(first="2026-05-01", rules={"personal": "x"}),)))


# --- exceptions, service by service


def excepted(*exceptions: dict[str, str]) -> list[str]:
    one_day = tuple(HoursException(first="2026-11-30", last="2026-11-30", rules=rules) for rules in exceptions)
    hours = read_hours(replace(CHANGING, exceptions=one_day))
    return [wall(hours, service, "2026-11-30") for service in ("personal", "corporate", "counter:5")]


def test_a_closed_branch_closes_counters_with_rules_of_their_own() -> None:
    assert excepted({"personal": "off", "corporate": "closed"}) == ["off", "off", "off"]
    assert excepted({"personal": "off"}) == ["off", "09:00-17:00", "09:00-12:00"]
    assert excepted({"personal": "off", "corporate": "off", "counter:5": "10:00-11:00"})[2] == "10:00-11:00"
    assert excepted({"counter:5": "off"}) == ["09:00-17:00", "09:00-17:00", "off"]
    assert excepted({"personal": "off"}, {"corporate": "10:00-12:00"})[:2] == ["off", "10:00-12:00"]
    lonely = read_hours(plan("off", exceptions=(HoursException(first="2026-11-30", last="2026-11-30", rules={}),)))
    assert wall(lonely, "counter:1", "2026-11-30") == "off"


# --- signed days


def test_the_branchs_own_table_wins_over_the_signed_days_and_they_over_the_library() -> None:
    own = Day(date="2026-10-08", type="holiday", note={"zh": "本行"})
    base = replace(SHANGHAI, days=(*SHANGHAI.days, own), own_days=("2026-10-08",))
    signed = (
        Day(date="2026-10-08", type="workday"),
        Day(date="2026-10-07", type="workday"),
        Day(date="2026-10-12", type="holiday"),
        Day(date="2026-02-30", type="holiday"),
    )
    hours = read_hours(merged(base, signed, ()))
    kinds = [hours.kind(date(2026, 10, day)) for day in (6, 7, 8, 12)]
    assert kinds == ["holiday", "workday", "holiday", "holiday"]
    assert hours.note(date(2026, 10, 8)) == {"zh": "本行"}
    days = [day.date for day in hours.plan.days]
    assert days == sorted(days)
    assert len(days) == len(set(days))


def test_the_branchs_own_exceptions_win_over_the_signed_ones() -> None:
    ours = HoursException(first="2026-11-30", last="2026-11-30", rules={"personal": "10:00-12:00"})
    theirs = HoursException(first="2026-11-30", last="2026-12-01", rules={"personal": "off", "corporate": "off"})
    broken = HoursException(first="2026-11-30", last="2026-11-30", rules={"personal": "?"})
    hours = read_hours(merged(replace(SHANGHAI, exceptions=(ours,)), (), (broken, theirs)))
    assert [wall(hours, "personal", day) for day in ("2026-11-30", "2026-12-01")] == ["10:00-12:00", "off"]
    assert wall(hours, "corporate", "2026-11-30") == "off"


def test_nothing_signed_changes_nothing() -> None:
    assert merged(SHANGHAI, (), (HoursException(first="x", last="y", rules={}),)) is SHANGHAI


# --- weeks and years


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("Mo-Fr 09:00-17:00; Sa 10:00-12:00", "周一至周五 09:00–17:00、周六 10:00–12:00、周日 休息"),
        ("24/7", "每日 全天"),
        ("22:00-02:00", "每日 22:00–次日 02:00"),
        ("10:00-24:00", "每日 10:00–24:00"),
        ("Mo,We 09:00-10:05", "周一 09:00–10:05、周二 休息、周三 09:00–10:05、周四至周日 休息"),
    ],
)
def test_a_usual_week_in_words(rule: str, words: str) -> None:
    for since in (date(2026, 11, 24), date(2026, 11, 30)):
        assert zh(usual_week(read_hours(plan(rule)), "personal", since)) == words
    week = usual_week(read_hours(plan("Mo-Sa 09:00-17:00")), "personal", date(2026, 11, 30))
    assert CATALOGUES["en"].render(week) == "Monday to Saturday 09:00–17:00 and Sunday closed"


def test_names_of_services() -> None:
    assert own_service("5") == "counter:5"
    assert (is_own_service("counter:5"), is_own_service("personal")) == (True, False)
    assert [zh(service_name(name)) for name in ("corporate", "counter:A1", "gold")][:2] == ["对公业务", "A1 号窗口"]
    assert service_name("gold") == Phrase("service.other", {"name": "gold"})
    assert zh(wall_words([])) == "休息"


def test_a_year_has_its_weeks_and_its_special_dates() -> None:
    closed = HoursException(first="2026-12-30", last="2026-12-31", rules={"personal": "off"}, note={"zh": "盘点"})
    hours = read_hours(replace(CHANGING, exceptions=(closed,)))
    table = year_table(hours, 2026)
    assert [str(one.first) for one in table.usual] == ["2026-01-01", "2026-12-01", "2026-12-07"]
    assert table.known_until == date(2026, 12, 28)
    told = [(str(one.first)[5:], str(one.last)[5:], one.kind) for one in table.special]
    assert told[:3] == [
        ("01-01", "01-03", "holiday"),
        ("01-04", "01-04", "makeup"),
        ("02-14", "02-14", "makeup"),
    ]
    assert told[-1] == ("12-30", "12-31", "workday")
    assert [zh(words) for _, words in table.special[-1].hours] == ["休息", "09:00–17:00"]
    assert table.special[-1].note == {"zh": "盘点"}
    assert is_special(hours, date(2026, 12, 30))
    assert not is_special(hours, date(2026, 12, 29))


def test_an_ordinary_year_has_nothing_special_and_a_known_one_says_so() -> None:
    table = year_table(read_hours(replace(CHANGING, known_until="2027-12-31")), 2027)
    assert (table.special, table.known_until) == ((), None)
    assert year_table(read_hours(plan("off")), 2028).known_until is None
