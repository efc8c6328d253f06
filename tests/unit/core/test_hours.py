"""Opening hours: tables of dates and instants, edges to the millisecond, zones, and plans that are wrong."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from signage.core.hours import HORIZON_DAYS, Hours, hours_or_none_known, read_hours
from signage.core.instants import Instant
from signage.core.model import Day, HoursException, HoursPlan
from signage.core.rules import _reason
from signage.core.timetable import Timetable
from tests.unit.core.plans import HEBEI, SHANGHAI, plan

MS = timedelta(milliseconds=1)


def at(text: str) -> Instant:
    return Instant.parse(text)


def wall(hours: Hours, service: str, day: str) -> str:
    """The day's spans as its wall clock reads, such as ``09:00-17:00``."""
    spans = hours.spans(service, date.fromisoformat(day))
    return (
        " ".join("-".join(moment.astimezone(hours.zone).strftime("%H:%M") for moment in span) for span in spans)
        or "off"
    )


@pytest.mark.parametrize(
    ("day", "personal", "corporate", "why"),
    [
        ("2025-01-24", "09:00-17:00", "09:00-17:00", "a Friday"),
        ("2025-01-25", "09:30-16:00", "off", "a Saturday"),
        ("2025-01-26", "09:00-17:00", "09:00-17:00", "a Sunday worked for Spring Festival"),
        ("2025-01-28", "09:30-16:00", "off", "New Year's Eve, a Tuesday"),
        ("2025-02-04", "09:30-16:00", "off", "the holiday's last day"),
        ("2025-02-05", "09:00-17:00", "09:00-17:00", "the first workday after it"),
        ("2025-02-08", "09:00-17:00", "09:00-17:00", "a worked Saturday"),
        ("2025-04-06", "09:30-16:00", "off", "Qingming's Sunday"),
        ("2025-04-27", "09:00-17:00", "09:00-17:00", "a Sunday worked for Labour Day"),
        ("2025-10-06", "09:30-16:00", "off", "Mid-Autumn within the National Day week"),
        ("2025-10-11", "09:00-17:00", "09:00-17:00", "a worked Saturday"),
        ("2026-01-02", "09:30-16:00", "off", "a Friday inside an arrangement of three days"),
        ("2026-01-04", "09:00-17:00", "09:00-17:00", "a worked Sunday"),
        ("2026-02-14", "09:00-17:00", "09:00-17:00", "a worked Saturday"),
        ("2026-02-23", "09:30-16:00", "off", "the ninth day of Spring Festival, a Monday"),
        ("2026-02-28", "09:00-17:00", "09:00-17:00", "a worked Saturday, the month's last day"),
        ("2026-06-19", "09:30-16:00", "off", "Dragon Boat, a Friday"),
        ("2026-09-20", "09:00-17:00", "09:00-17:00", "a Sunday worked for National Day"),
        ("2026-10-07", "09:30-16:00", "off", "the week's last day, a Wednesday"),
        ("2026-10-08", "09:00-17:00", "09:00-17:00", "the first workday"),
        ("2026-10-10", "09:00-17:00", "09:00-17:00", "a worked Saturday"),
        ("2026-12-25", "09:00-17:00", "09:00-17:00", "no holiday here, though the library's lands have it"),
    ],
)
def test_official_arrangements(day: str, personal: str, corporate: str, why: str) -> None:
    hours = read_hours(SHANGHAI)
    assert (wall(hours, "personal", day), wall(hours, "corporate", day)) == (personal, corporate), why


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        ("2026-02-13", "09:00-17:00"),
        ("2026-02-14", "09:00-17:00"),  # worked
        ("2026-02-15", "10:00-15:00"),
        ("2026-02-16", "off"),
        ("2026-02-18", "off"),
        ("2026-02-19", "10:00-15:00"),
        ("2026-02-23", "10:00-15:00"),
        ("2026-02-24", "09:00-17:00"),
        ("2026-03-01", "09:30-16:30"),
        ("2026-05-03", "09:30-16:30"),
    ],
)
def test_the_hebei_pact(day: str, spans: str) -> None:
    hours = read_hours(HEBEI)
    assert wall(hours, "personal", day) == spans


@pytest.mark.parametrize(
    ("moment", "is_open", "until"),
    [
        ("2026-11-24T00:59:59.999Z", False, "2026-11-24T01:00:00.000Z"),
        ("2026-11-24T01:00:00.000Z", True, "2026-11-24T09:00:00.000Z"),
        ("2026-11-24T01:00:00.001Z", True, "2026-11-24T09:00:00.000Z"),
        ("2026-11-24T08:59:59.999Z", True, "2026-11-24T09:00:00.000Z"),
        ("2026-11-24T09:00:00.000Z", False, "2026-11-25T01:00:00.000Z"),
        ("2026-11-24T09:00:00.001Z", False, "2026-11-25T01:00:00.000Z"),
        ("2026-02-15T07:00:00.000Z", False, "2026-02-19T02:00:00.000Z"),
    ],
)
def test_edges_to_the_millisecond(moment: str, is_open: bool, until: str) -> None:
    state = read_hours(HEBEI).at("personal", at(moment))
    assert (state.open, state.until) == (is_open, at(until))
    assert state.next_open == (None if is_open else at(until))


@pytest.mark.parametrize("rule", ["off", "24/7 off", "24/7 unknown", "2099 Mo-Su 09:00-17:00", "PH 09:00-10:00"])
def test_never_open_is_told_and_ends(rule: str) -> None:
    state = read_hours(plan(rule)).at("personal", at("2026-11-24T01:00:00Z"))
    assert (state.open, state.until, state.next_open) == (False, None, None)


def test_always_open_has_no_end() -> None:
    for rule in ("24/7", "00:00-24:00", "00:00-12:00,12:00-24:00"):
        state = read_hours(plan(rule)).at("personal", at("2026-11-24T01:00:00Z"))
        assert (state.open, state.until) == (True, None)


def test_a_service_without_a_rule_is_never_open() -> None:
    state = read_hours(SHANGHAI).at("safe-deposit", at("2026-11-24T02:00:00Z"))
    assert (state.open, state.until) == (False, None)


def test_spans_past_midnight_belong_to_the_day_they_began() -> None:
    hours = read_hours(plan("Mo-Fr 22:00-02:00"))
    assert wall(hours, "personal", "2026-11-27") == "22:00-02:00"  # a Friday
    assert wall(hours, "personal", "2026-11-28") == "off"
    assert hours.at("personal", at("2026-11-27T17:59:59.999Z")).open  # Saturday 01:59:59.999
    assert hours.at("personal", at("2026-11-27T17:59:59.999Z")).until == at("2026-11-27T18:00:00Z")
    assert not hours.at("personal", at("2026-11-27T18:00:00Z")).open


def test_the_night_before_a_holiday_ends_on_the_holiday_and_the_holiday_has_none() -> None:
    hours = read_hours(plan("22:00-02:00; PH off", days=(Day(date="2026-11-25", type="holiday"),)))
    assert wall(hours, "personal", "2026-11-24") == "22:00-02:00"
    assert wall(hours, "personal", "2026-11-25") == "off"
    assert wall(hours, "personal", "2026-11-26") == "22:00-02:00"
    assert hours.at("personal", at("2026-11-24T17:00:00Z")).open  # 01:00 on the holiday
    assert not hours.at("personal", at("2026-11-25T17:00:00Z")).open


def test_a_day_that_both_ends_and_begins_past_midnight_keeps_its_own_spans() -> None:
    hours = read_hours(plan("Mo 20:00-26:00; Tu 10:00-12:00,23:00-25:00; We off"))
    assert wall(hours, "personal", "2026-11-23") == "20:00-02:00"
    assert wall(hours, "personal", "2026-11-24") == "10:00-12:00 23:00-01:00"
    assert wall(hours, "personal", "2026-11-25") == "off"


def test_a_night_may_outlast_the_next_mornings_hours() -> None:
    hours = read_hours(plan("Mo 20:00-36:00; Tu 09:00-11:00"))
    assert hours.at("personal", at("2026-11-23T13:00:00Z")).until == at("2026-11-24T04:00:00Z")


@pytest.mark.parametrize(
    ("rule", "day", "spans"),
    [
        ("Mo-Th 22:00-02:00; Fr 22:00-04:00", "2026-11-26", "22:00-02:00"),
        ("Mo-Th 22:00-02:00; Fr 22:00-04:00", "2026-11-27", "22:00-04:00"),
        ("20:00-23:00,22:00-02:00", "2026-11-26", "20:00-02:00"),
        ("Mo 00:00-24:00; Tu 22:00-02:00", "2026-11-23", "00:00-00:00"),
        ("Mo 00:00-24:00; Tu 22:00-02:00", "2026-11-24", "22:00-02:00"),
        ("22:00-02:00,23:00-01:00", "2026-11-24", "22:00-02:00"),
        ('12:00-14:00,23:00-23:30 "to 22:00-02:00 at times", 23:30-24:00', "2026-11-24", "12:00-14:00 23:00-00:00"),
        ("22:00-02:00; PH 23:00-01:00", "2026-10-07", "23:00-01:00"),
        ("22:00-22:00", "2026-11-24", "22:00-22:00"),
        ("20:00-24:00,22:00-02:00", "2026-11-24", "20:00-02:00"),  # one ends at midnight, and another does not
        ("Mo; Tu 22:00-02:00", "2026-11-23", "00:00-00:00"),  # a day without times is open to midnight, and no longer
        ("22:30-02:00", "2026-11-24", "22:30-02:00"),
        ("22:30-22:10", "2026-11-24", "22:30-22:10"),
        ("22:00-00:00", "2026-11-24", "22:00-00:00"),
        ('10:00-11:00 "not 23:00-01:00", 22:00-02:00', "2026-11-24", "10:00-11:00 22:00-02:00"),
        ('09:00-10:00 "cash", 10:00-11:00 "by appointment"', "2026-11-24", "09:00-11:00"),
        ('09:00-09:30,10:00-11:00 "cash", 11:00-12:00 "by appointment"', "2026-11-24", "09:00-09:30 10:00-12:00"),
    ],
)
def test_nights(rule: str, day: str, spans: str) -> None:
    assert wall(read_hours(plan(rule, days=SHANGHAI.days)), "personal", day) == spans


def test_a_times_comment_is_no_time() -> None:
    assert wall(read_hours(plan('00:00-24:00 "not 22:00-06:00"')), "personal", "2026-11-24") == "00:00-00:00"


def test_summer_time_skips_an_hour() -> None:
    berlin = read_hours(plan("02:30-04:00", "Europe/Berlin"))
    assert berlin.spans("personal", date(2026, 3, 29)) == ((at("2026-03-29T01:00:00Z"), at("2026-03-29T02:00:00Z")),)
    assert read_hours(plan("02:10-02:50", "Europe/Berlin")).spans("personal", date(2026, 3, 29)) == ()
    assert not berlin.at("personal", at("2026-03-29T00:59:59.999Z")).open
    assert berlin.at("personal", at("2026-03-29T01:00:00Z")).open


def test_winter_time_repeats_an_hour_and_the_first_counts() -> None:
    berlin = read_hours(plan("02:30-04:00", "Europe/Berlin"))
    assert berlin.spans("personal", date(2026, 10, 25)) == ((at("2026-10-25T00:30:00Z"), at("2026-10-25T03:00:00Z")),)
    night = read_hours(plan("24/7", "America/New_York"))
    assert night.at("personal", at("2026-11-01T05:30:00Z")).until is None


def test_a_date_the_wall_clock_never_had() -> None:
    apia = read_hours(plan("09:00-17:00", "Pacific/Apia"))  # went over the date line: no 30 December 2011
    assert apia.spans("personal", date(2011, 12, 30)) == ()
    assert apia.at("personal", at("2011-12-30T03:00:00Z")).next_open == at("2011-12-30T19:00:00Z")


@pytest.mark.parametrize(
    ("kind", "day", "spans"),
    [
        ("workday", "2026-11-28", "09:00-17:00"),  # a Saturday that is simply worked
        ("rest", "2026-11-25", "10:00-12:00"),  # a Wednesday that is not: like a Sunday
        ("rest", "2026-11-28", "11:00-12:00"),
        ("workday", "2026-11-25", "08:00-16:00"),
        ("makeup", "2026-11-29", "09:00-17:00"),
    ],
)
def test_named_kinds_of_days(kind: str, day: str, spans: str) -> None:
    rule = "Mo-Fr 09:00-17:00; We 08:00-16:00; Sa 11:00-12:00; Su 10:00-12:00"
    hours = read_hours(plan(rule, days=(Day(date=day, type=kind, note={"zh": "调整"}),)))  # type: ignore[arg-type] # from the table
    assert wall(hours, "personal", day) == spans
    assert hours.kind(date.fromisoformat(day)) == kind
    assert hours.note(date.fromisoformat(day)) == {"zh": "调整"}


def test_makeup_days_follow_the_weekday_that_is_configured() -> None:
    friday = plan("Mo 09:00-17:00; Fr 09:00-15:00", makeup_as="Fr", days=(Day(date="2026-02-01", type="makeup"),))
    assert wall(read_hours(friday), "personal", "2026-02-01") == "09:00-15:00"


def test_seasons_hold_for_holidays_and_makeup_days_too() -> None:
    days = tuple(Day(date=f"2026-{month:02}-07", type="holiday") for month in range(1, 13))
    hours = read_hours(plan("PH 10:00-12:00; Jun-Aug PH 09:00-11:00", days=days))
    for month in range(1, 13):
        assert wall(hours, "personal", f"2026-{month:02}-07") == (
            "09:00-11:00" if month in {6, 7, 8} else "10:00-12:00"
        )


def test_later_exceptions_win_and_a_service_they_do_not_name_keeps_its_rule() -> None:
    hours = read_hours(HEBEI)
    assert hours.note(date(2026, 2, 15)) == {"zh": "春节营业时间"}
    assert hours.note(date(2026, 2, 17)) == {"zh": "春节休业"}
    silent = HoursException(first="2026-05-01", last="2026-05-01", rules={"personal": "off"})
    both = read_hours(HoursPlan(timezone="UTC", rules=SHANGHAI.rules, days=SHANGHAI.days, exceptions=(silent,)))
    assert (wall(both, "personal", "2026-05-01"), wall(both, "corporate", "2026-05-01")) == ("off", "off")
    assert wall(both, "corporate", "2026-05-09") == "09:00-17:00"
    assert both.note(date(2026, 5, 1)) == {"zh": "法定节假日"}
    assert both.note(date(2026, 5, 6)) == {}
    assert both.services == ("personal", "corporate")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (plan("Mo-Fr 9 to 5"), "personal: 'Mo-Fr 9 to 5' is no opening_hours rule at character"),
        (plan("09:00-17:00", "Mars/Olympus"), "'Mars/Olympus' is no time zone"),
        (plan("09:00-17:00", "../etc"), "is no time zone"),
        (plan("09:00-17:00", makeup_as="Monday"), "makeup_as 'Monday' is none of Mo, Tu"),
        (plan("09:00-17:00", days=(Day(date="2026-02-30", type="rest"),)), "'2026-02-30' is no date"),
        (
            plan("off", exceptions=(HoursException(first="2026-02-02", last="2026-02-01", rules={}),)),
            "exception from 2026-02-02 to 2026-02-01: it ends before it begins",
        ),
        (
            plan("off", exceptions=(HoursException(first="2026-02-02", last="2026-02-03", rules={"personal": "?"}),)),
            "exception from 2026-02-02, personal: '\\?' is no opening_hours rule",
        ),
    ],
)
def test_a_wrong_plan_names_its_place(wrong: HoursPlan, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_hours(wrong)
    assert hours_or_none_known(wrong).services == ()


def test_an_error_without_a_place_is_told_without_one() -> None:
    assert _reason("Mo 9", "out of memory") == "'Mo 9' is no opening_hours rule"


def test_a_date_without_an_exception_has_no_note_of_one() -> None:
    assert Timetable(HEBEI).note(date(2026, 11, 24)) == {}


def test_what_cannot_be_read_keeps_its_zone_if_it_has_one() -> None:
    assert hours_or_none_known(plan("?")).zone == ZoneInfo("Asia/Shanghai")
    assert hours_or_none_known(plan("off", "Mars/Olympus")).zone == ZoneInfo("UTC")
    assert hours_or_none_known(SHANGHAI).services == ("personal", "corporate")


def test_a_date_is_gone_through_once_however_often_it_is_asked_for() -> None:
    hours = read_hours(plan("24/7"))
    start = at("2026-11-24T00:00:00Z")
    for second in range(0, 20_000, 100):
        hours.at("personal", Instant.of(start + timedelta(seconds=second)))
    dates = len(hours._cache)
    for second in range(20_000):
        hours.at("personal", Instant.of(start + timedelta(seconds=second)))
    assert 0 < len(hours._cache) == dates


def test_the_cache_of_dates_is_bounded() -> None:
    hours = read_hours(plan("09:00-17:00"))
    for ahead in range(12 * HORIZON_DAYS):
        hours.spans("personal", date(2020, 1, 1) + timedelta(days=ahead))
    assert len(hours._cache) <= 4000
