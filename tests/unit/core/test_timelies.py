"""The clocks of cases: tables of named dates, and a walk from date to date that shares nothing with the code."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.days import Calendar
from signage.core.instants import Instant
from signage.core.model import Day, HoursPlan
from signage.core.timelies import Clocked, Progress, Terms, Timely, WorkingDays, clocks, next_clock
from tests.unit.core.plans import HOLIDAYS, MAKEUPS, SHANGHAI, dates

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = WorkingDays(Calendar(SHANGHAI), ZONE)
TERMS = Terms()
MS = timedelta(milliseconds=1)
FREE = {day for year in HOLIDAYS.values() for first, last in year for day in dates(first, last)}
WORKED = {day for year in MAKEUPS.values() for day in year}


def local(text: str, zone: ZoneInfo = ZONE) -> Instant:
    return Instant.of(datetime.fromisoformat(text).replace(tzinfo=zone))


def clock(what: Clocked, opened: str, handled: str | None = None, *, complicated: bool = False) -> tuple[str, str, str]:
    """When it is reminded of, too late and escalated, in local time."""
    done = None if handled is None else local(handled)
    progress = Progress(local(opened), handled=done, complicated=complicated)
    found = next(one for one in clocks(progress, DAYS, TERMS) if one.what is what)
    remind, due, escalate = (
        one.astimezone(ZONE).strftime("%m-%d %H:%M") for one in (found.remind, found.due, found.escalate)
    )
    return remind, due, escalate


@pytest.mark.parametrize(
    ("opened", "remind", "due", "escalate"),
    [
        ("2026-11-24T10:00", "11-25 09:00", "11-26 00:00", "11-26 09:00"),  # a Tuesday: by the end of Wednesday
        ("2026-11-24T00:00", "11-25 09:00", "11-26 00:00", "11-26 09:00"),
        ("2026-11-24T23:59:59.999", "11-25 09:00", "11-26 00:00", "11-26 09:00"),
        ("2026-11-25T00:00", "11-26 09:00", "11-27 00:00", "11-27 09:00"),
        ("2026-11-27T16:00", "11-30 09:00", "12-01 00:00", "12-01 09:00"),  # a Friday: Monday
        ("2026-11-28T11:00", "11-30 09:00", "12-01 00:00", "12-01 09:00"),  # a Saturday: Monday as well
        ("2026-02-13T16:00", "02-14 09:00", "02-15 00:00", "02-24 09:00"),  # Saturday is worked in exchange
        ("2026-02-14T16:00", "02-24 09:00", "02-25 00:00", "02-25 09:00"),  # then nine days of Spring Festival
        ("2026-09-18T10:00", "09-20 09:00", "09-21 00:00", "09-21 09:00"),  # a Sunday is worked
        ("2026-09-30T10:00", "10-08 09:00", "10-09 00:00", "10-09 09:00"),
    ],
)
def test_investigated_within_one_working_day(opened: str, remind: str, due: str, escalate: str) -> None:
    assert clock(Clocked.INVESTIGATED, opened) == (remind, due, escalate)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-11-23T10:00", "12-01 00:00"),  # Monday: Tuesday to Monday
        ("2026-02-12T10:00", "02-27 00:00"),  # Friday, the worked Saturday, and from the 24th on three more
        ("2026-10-08T10:00", "10-15 00:00"),  # 9, the worked 10th, 12, 13, 14
    ],
)
def test_handled_within_five_working_days(opened: str, due: str) -> None:
    assert clock(Clocked.HANDLED, opened)[1] == due


def test_feeding_back_begins_with_handling() -> None:
    running = clocks(Progress(local("2026-11-24T10:00")), DAYS, TERMS)
    assert [one.what for one in running] == [Clocked.INVESTIGATED, Clocked.HANDLED, Clocked.WHOLE]
    assert clock(Clocked.FED_BACK, "2026-11-24T10:00", "2026-11-27T17:00")[1] == "12-01 00:00"


@pytest.mark.parametrize(
    ("opened", "complicated", "remind", "due"),
    [
        ("2026-11-24T10:00", False, "12-09 09:00", "12-10 00:00"),
        ("2026-11-24T10:00", True, "12-24 09:00", "12-25 00:00"),
        ("2026-02-06T10:00", False, "02-14 09:00", "02-22 00:00"),  # the last working day before it is the worked 14th
    ],
)
def test_the_whole_within_calendar_days(opened: str, complicated: bool, remind: str, due: str) -> None:
    found = clock(Clocked.WHOLE, opened, complicated=complicated)
    assert found[:2] == (remind, due)


def test_where_a_clock_stands_on_and_next_to_every_edge() -> None:
    progress = Progress(local("2026-11-24T10:00"))
    running = clocks(progress, DAYS, TERMS)[0]
    edges = [(running.remind, Timely.RUNNING, Timely.DUE), (running.due, Timely.DUE, Timely.OVERDUE)]
    edges.append((running.escalate, Timely.OVERDUE, Timely.ESCALATED))
    for edge, before, after in edges:
        assert running.stands(Instant.of(edge - MS)) is before
        assert running.stands(edge) is after
        assert running.stands(Instant.of(edge + MS)) is after


def test_what_is_done_is_in_time_until_the_deadline_and_late_from_it_on() -> None:
    opened = local("2026-11-24T10:00")
    due = local("2026-11-26T00:00")
    for done, wanted in ((Instant.of(due - MS), Timely.IN_TIME), (due, Timely.LATE)):
        found = clocks(Progress(opened, investigated=done), DAYS, TERMS)[0]
        assert found.stands(local("2027-01-01T00:00")) is wanted


def test_the_next_clock_is_the_one_that_runs_out_first() -> None:
    opened = local("2026-11-24T10:00")
    found = next_clock(clocks(Progress(opened), DAYS, TERMS))
    assert found is not None
    assert found.what is Clocked.INVESTIGATED
    handled = local("2026-12-09T10:00")  # late: feeding back would be in time a day after the whole is not
    found = next_clock(clocks(Progress(opened, handled, handled), DAYS, TERMS))
    assert found is not None
    assert found.what is Clocked.WHOLE
    assert next_clock(clocks(Progress(opened, handled, handled, handled), DAYS, TERMS)) is None


def test_an_escalation_never_comes_before_the_deadline() -> None:
    at_once = Terms(escalate_after=0)
    found = clocks(Progress(local("2026-11-24T10:00")), DAYS, at_once)[0]
    assert found.escalate == found.due


def test_days_are_the_branchs_own() -> None:
    zone = ZoneInfo("America/New_York")
    days = WorkingDays(
        Calendar(HoursPlan(timezone=str(zone), rules={}, days=(Day(date="2026-03-07", type="makeup"),))), zone
    )
    found = clocks(Progress(local("2026-03-07T20:00", zone)), days, TERMS)[0]  # the clocks are put forward that night
    assert found.due == local("2026-03-10T00:00", zone)
    assert found.due - found.remind == timedelta(hours=15)


def worked(day: date) -> bool:
    """By the State Council's own lists."""
    return str(day) in WORKED or (day.weekday() < 5 and str(day) not in FREE)


@given(
    opened=st.datetimes(datetime(2025, 1, 1), datetime(2026, 10, 31)),  # noqa: DTZ001 - local times, made aware below
    count=st.integers(0, 12),
    complicated=st.booleans(),
)
def test_a_walk_from_midnight_to_midnight_finds_the_same(opened: datetime, count: int, complicated: bool) -> None:
    """Midnights are passed one after the other; each that ends a working day after the first date takes one off."""
    arrived = Instant.of(opened.replace(tzinfo=ZONE))
    terms = Terms(investigated=count, escalate_after=count)
    found = {one.what: one for one in clocks(Progress(arrived, complicated=complicated), DAYS, terms)}
    left, midnight = count, datetime.combine(opened.date(), time()) + timedelta(days=1)
    while left:
        left -= worked(midnight.date())
        midnight += timedelta(days=1)
    assert found[Clocked.INVESTIGATED].due == Instant.of(midnight.replace(tzinfo=ZONE))
    whole = 31 if complicated else 16
    end = datetime.combine(opened.date(), time()) + timedelta(days=whole)
    assert found[Clocked.WHOLE].due == Instant.of(end.replace(tzinfo=ZONE))
    for one in found.values():
        assert one.remind < one.due <= one.escalate
        assert worked(one.remind.astimezone(ZONE).date())
