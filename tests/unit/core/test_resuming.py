"""What customers are told of a suspension's end: the moment from which somebody serves."""

import pytest

from signage.core import parts
from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.model import HoursChange, HoursException, HoursPlan
from signage.core.phrases import Phrase
from signage.core.resuming import service_back
from signage.core.situation import Situation
from tests.unit.core.branches import DISPLAY, NOON, TOUCH, WALL, branch, counter, later, suspension

ZONE = "Asia/Shanghai"
SERVICES = {"personal": "Mo-Fr 09:00-17:00", "corporate": "Mo-Fr 09:00-11:30,13:30-16:00"}
HOURS = read_hours(HoursPlan(timezone=ZONE, rules=SERVICES))
OFF = read_hours(HoursPlan(timezone=ZONE, rules=dict.fromkeys(SERVICES, "off")))
UNKNOWN = read_hours(HoursPlan(timezone=ZONE, rules={}))
FIVE = later(5 * 3600)


def local(text: str) -> Instant:
    return Instant.parse(f"{text}:00+08:00")


@pytest.mark.parametrize(
    ("service", "resumes", "back"),
    [
        ("personal", "2026-11-24T16:59", "2026-11-24T16:59"),
        ("personal", "2026-11-24T17:00", "2026-11-25T09:00"),
        ("personal", "2026-11-25T08:59", "2026-11-25T09:00"),
        ("personal", "2026-11-25T09:00", "2026-11-25T09:00"),
        ("personal", "2026-11-27T17:00", "2026-11-30T09:00"),
        ("corporate", "2026-11-24T11:30", "2026-11-24T13:30"),
        ("corporate", "2026-11-24T16:00", "2026-11-25T09:00"),
        (None, "2026-11-24T16:00", "2026-11-24T16:00"),
        (None, "2026-11-24T17:00", "2026-11-25T09:00"),
    ],
)
def test_service_is_back_when_somebody_serves(service: str | None, resumes: str, back: str) -> None:
    assert service_back(HOURS, service, local(resumes)) == local(back)


def test_a_place_of_several_services_is_back_with_the_first_of_them() -> None:
    early = read_hours(HoursPlan(timezone=ZONE, rules=SERVICES | {"night": "Mo-Su 07:30-08:00", "never": "off"}))
    assert service_back(early, None, FIVE) == local("2026-11-25T07:30")


def test_where_no_hours_are_known_it_is_back_when_the_suspension_ends() -> None:
    for service in (None, "personal"):
        assert service_back(UNKNOWN, service, FIVE) == FIVE
    assert service_back(HOURS, "counter:9", FIVE) == FIVE


def test_a_service_that_only_a_change_or_an_exception_names_is_known() -> None:
    changing = read_hours(
        HoursPlan(
            timezone=ZONE,
            rules=SERVICES,
            changes=(HoursChange(first="2026-12-01", rules={"counter:5": "10:00-11:00"}),),
            exceptions=(HoursException(first="2026-11-26", last="2026-11-26", rules={"counter:6": "08:00-09:00"}),),
        )
    )
    assert service_back(changing, "counter:5", FIVE) == local("2026-12-01T10:00")
    assert service_back(changing, "counter:6", FIVE) == local("2026-11-26T08:00")
    assert not changing.knows("counter:7")


@pytest.mark.parametrize("service", [None, "personal"])
def test_nothing_is_told_of_an_end_that_nobody_knows(service: str | None) -> None:
    assert service_back(HOURS, service, None) is None
    assert service_back(UNKNOWN, service, None) is None
    assert service_back(OFF, service, FIVE) is None


def test_what_is_asked_of_another_moment_leaves_the_present_as_it_is() -> None:
    before = HOURS.at("personal", NOON)
    assert HOURS.opening("personal", FIVE) == local("2026-11-25T09:00")
    assert HOURS.at("personal", NOON) is before


# --- as screens tell it: the edge stays where the suspension ends

TOMORROW = Phrase("suspended.expected", {"time": Phrase("time.tomorrow", {"time": "09:00"})})
NO_TIME = Phrase("suspended.no_time")


def held(scope: str, hours: Hours = HOURS) -> Situation:
    screen = {"branch": WALL, "device:lobby": TOUCH}.get(scope, DISPLAY)
    counters = (counter("1"), counter("2", hours="corporate"))
    return Situation(
        branch(counters=counters, suspensions=(suspension(scope, until=5 * 3600),)), hours, screen, NOON, heard=True
    )


@pytest.mark.parametrize("scope", ["branch", "device:lobby"])
def test_a_place_that_closes_meanwhile_is_told_to_be_back_when_it_opens(scope: str) -> None:
    item = parts.suspended_place(held(scope))
    assert (item.expected, item.resumes) == (TOMORROW, FIVE)
    assert parts.suspended_place(held(scope, OFF)).expected == NO_TIME


def test_so_is_a_counter_by_its_own_service() -> None:
    for hours, told, detail in ((HOURS, TOMORROW, TOMORROW), (OFF, NO_TIME, None)):
        here = held("counter:2", hours)
        view = here.counters[1]
        item = parts.suspended_counter(here, view)
        assert (item.expected, item.resumes, view.until) == (told, FIVE, FIVE)
        card = parts.counter_card(here, view)
        assert (card.detail, card.until) == (detail, FIVE)
