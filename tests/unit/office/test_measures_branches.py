"""Suspended minutes, three timelies, support and display out of both databases, and all of them as one month."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlalchemy import insert

from signage.core.counting import RatingRules
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import Day, HoursPlan
from signage.core.required_display import Required
from signage.core.score import Figure
from signage.core.timelies import Clocked
from signage.office.database import Store
from signage.office.measures import (
    Cases,
    Displayed,
    Month,
    Period,
    Profile,
    Profiles,
    Suspended,
    Timeliness,
    cases,
    display,
    month,
    support,
    suspended,
)
from signage.office.tables_fleet import acknowledgements
from signage.office.tables_imports import transaction_counts
from tests.unit.office.planted import Field, plant

ZONE = ZoneInfo("Asia/Shanghai")
TUESDAY = Period.dates(date(2026, 11, 24), date(2026, 11, 25), ZONE)
NOVEMBER = Period.month("2026-11", ZONE)
OPENING = Instant.parse("2026-11-24T01:00:00Z")  # 09:00
MINUTE = 60_000
HOURS = read_hours(
    HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00", "corporate": "Mo-Fr 10:00-12:00"})
)
HZ_1 = Profile(
    hours=HOURS,
    counters={"1": "personal", "2": "corporate"},
    screens={"wall": "wall", "door": "fascia", "touch": "touch"},
)
REQUIRED = (Required("hours", ("hours", "hours-en"), ("wall", "door"), 10, 300), Required("hotline", ("hotline",)))
KNOWN = Profiles({"hz-1": HZ_1}, REQUIRED)


def pause(
    field: Field, minute: float, *, on: bool, scope: str = "counter:1", reason: str = "break", **more: object
) -> None:
    field.add(
        "suspension", minute, {"scope": scope, "on": on, "reason": reason, "source": "manager", "actor": "w"} | more
    )


def test_minutes_count_inside_announced_hours_for_the_reason_that_was_told(store: Store) -> None:
    field = Field(OPENING)
    pause(field, -60, on=True)  # from 08:00
    pause(field, 30, on=False)
    pause(field, 60, on=True, scope="branch", reason="power")  # 10:00
    pause(field, 75, on=True)
    pause(field, 90, on=False, scope="branch", reason="power")
    pause(field, 100, on=False)
    pause(field, 470, on=True, until=str(Instant.from_ms(OPENING.ms + 1000 * MINUTE)))  # to the end
    pause(field, 0, on=True, scope="counter:9")
    for bent in ({"scope": 1}, {"on": "yes"}, {"source": "nobody"}):
        field.add("suspension", 1, {"scope": "counter:1", "on": True, "reason": "x", "source": "manager"} | bent)
    plant(store, field.grown)
    with store.read() as connection:
        found = suspended(connection, TUESDAY, KNOWN)
        assert suspended(connection, TUESDAY, Profiles()) == {}
        half = suspended(connection, TUESDAY.upto(Instant.parse("2026-11-24T02:00:00Z")), KNOWN)["hz-1"]["1"]
    assert found == {
        "hz-1": {
            "1": Suspended(480 * MINUTE, {"break": 50 * MINUTE, "power": 30 * MINUTE}),
            "2": Suspended(120 * MINUTE, {"power": 30 * MINUTE}),
        }
    }
    assert half == Suspended(60 * MINUTE, {"break": 30 * MINUTE})
    both = found["hz-1"]["1"] + found["hz-1"]["2"]
    assert both == Suspended(600 * MINUTE, {"break": 50 * MINUTE, "power": 60 * MINUTE})
    assert (both.rate, both.share("power"), both.share("fault")) == (110 / 600, 0.1, 0.0)
    assert Suspended().rate is None


def test_what_began_in_an_earlier_month_goes_on(store: Store) -> None:
    field = Field(OPENING)
    pause(field, -60 * 24 * 40, on=True, scope="branch", reason="disaster")
    plant(store, field.grown)
    with store.read() as connection:
        assert suspended(connection, TUESDAY, KNOWN)["hz-1"]["2"] == Suspended(120 * MINUTE, {"disaster": 120 * MINUTE})


def step(field: Field, day: float, case: str, action: str, **more: object) -> None:
    field.add("case", day * 24 * 60, {"case": case, "action": action} | more)


def test_each_clock_counts_where_it_falls_due(store: Store) -> None:
    field = Field(Instant.parse("2026-11-02T02:00:00Z"))  # a Monday
    step(field, 0, "a", "opened", source="opinion")
    step(field, 1, "a", "investigated")  # in time
    step(field, 2, "a", "handled")  # in time
    step(field, 5, "a", "fed-back")  # too late: due on Thursday
    step(field, 0, "b", "opened", source="rating")
    step(field, 2, "b", "investigated")  # too late
    step(field, 25, "c", "opened", source="opinion", phrases=["praise", "well-done"])  # due in December, but for one
    step(field, 25, "d", "opened", source="hotline", phrases=["praise", "long-wait"])
    step(field, -30, "e", "opened", source="opinion")  # its whole was due in October
    step(field, 3, "f", "assigned", source="opinion")  # its opening is lost
    field.add("case", 0, {"case": 7, "action": "opened"})
    plant(store, field.grown)
    with store.read() as connection:
        found = cases(connection, NOVEMBER, Profiles())["hz-1"]
        in_december = cases(connection, Period.month("2026-12", ZONE), KNOWN)["hz-1"]
    assert found.opened == {"": 1, "hotline": 1, "opinion": 2, "rating": 1}
    assert (found.n, found.complaints, found.answered, found.answer_rate) == (5, 3, 1, 0.5)
    assert found.clocks == {
        Clocked.INVESTIGATED: Timeliness(3, 1),
        Clocked.HANDLED: Timeliness(3, 1),
        Clocked.FED_BACK: Timeliness(1, 0),
        Clocked.WHOLE: Timeliness(3, 1),
    }
    assert found.timely == Timeliness(7, 2)
    assert found.clocks[Clocked.INVESTIGATED].rate == 1 / 3
    assert in_december.clocks[Clocked.INVESTIGATED] == Timeliness(2, 0)
    assert in_december.opened == {}


def test_a_branchs_holidays_are_no_working_days(store: Store) -> None:
    field = Field(Instant.parse("2026-09-30T02:00:00Z"))
    step(field, 0, "a", "opened", source="opinion")
    step(field, 8, "a", "investigated")
    plant(store, field.grown)
    october = Period.month("2026-10", ZONE)
    days = tuple(Day(date=f"2026-10-0{day}", type="holiday") for day in range(1, 8))
    plan = HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00"})
    golden = replace(plan, days=days)
    with store.read() as connection:
        strict = cases(connection, october, Profiles())["hz-1"].clocks[Clocked.INVESTIGATED]
        golden_week = cases(connection, october, Profiles({"hz-1": Profile(hours=read_hours(golden))}))["hz-1"]
    assert strict == Timeliness(1, 0)
    assert golden_week.clocks[Clocked.INVESTIGATED] == Timeliness(1, 1)


def test_support_is_measured_from_raised_to_acknowledged_and_to_cleared(store: Store) -> None:
    field = Field(OPENING)

    def fault(minute: float, *, on: object, device: str = "pad-1") -> None:
        field.add("fault", minute, {"device": device, "code": "pad-lost", "on": on, "text": ""})

    def call(minute: float, **data: object) -> None:
        field.add("call", minute, {"device": "pad-1", "on": False, "actor": "wang"} | data)

    fault(-60 * 24 * 2, on=True, device="old")
    fault(5, on=True, device="old")
    fault(0, on=True)
    call(1, about="call")
    call(1, on=True)
    call(1, actor=None)
    call(2, device="pad-2")
    call(3, about="fault", code="clock")
    call(4, about="fault", code="pad-lost")
    call(5)
    fault(10, on=False)
    fault(20, on=True)
    call(22)
    fault(40, on="off")
    fault(50, on=False)
    fault(60, on=True, device="pad-3")
    plant(store, field.grown)
    taken = {"branch": "hz-1", "device": "pad-3", "code": "pad-lost", "raised_at": "", "actor": "zhao", "note": None}
    with store.begin() as connection:
        connection.execute(
            insert(acknowledgements).values(taken | {"at": str(Instant.from_ms(OPENING.ms + 67 * MINUTE))})
        )
    with store.read() as connection:
        found = support(connection, TUESDAY)["hz-1"]
        assert "hz-1" not in support(connection, Period.month("2026-10", ZONE))
    assert [(one.device, one.raised.ms - OPENING.ms) for one in found.faults] == [
        ("pad-1", 0), ("pad-1", 20 * MINUTE), ("pad-3", 60 * MINUTE),
    ]  # fmt: skip
    assert (found.minutes_to_acknowledge, found.minutes_to_clear) == (4.0, 20.0)
    assert (found.faults[2].actor, found.faults[2].cleared) == ("zhao", None)


def play(field: Field, minute: float, screen: str, *items: tuple[str, int], **more: object) -> None:
    begun = Instant.from_ms(field.since.ms + round(minute * MINUTE))
    shown = [{"ref": ref, "count": 1, "seconds": seconds} for ref, seconds in items]
    field.add("play", minute + 5, {"screen": screen, "items": shown, "from": str(begun), "to": ""} | more)


def test_display_is_owed_by_the_hour_and_no_hour_makes_up_for_another(store: Store) -> None:
    field = Field(OPENING)
    play(field, 0, "wall", ("hours", 60), ("ad", 200))
    play(field, 55, "wall", ("hours-en", 30), ("hotline", 10))
    play(field, 60, "wall", ("hours", 3600))
    play(field, 61, "door", ("hours", 50), ("hotline", 50))
    play(field, 62, "touch", ("hours", 50))
    play(field, 63, "unknown", ("hours", 50))
    play(field, -70, "wall", ("hours", 100))
    play(field, 64, "wall", ("hotline", 1), **{"from": "noon"})
    field.add("play", 65, {"screen": "wall", "from": str(OPENING), "items": [{"ref": 1}]})
    field.add("play", 65, {"screen": "wall", "from": str(OPENING)})
    plant(store, field.grown)
    with store.read() as connection:
        found = display(connection, TUESDAY, KNOWN)
        assert display(connection, TUESDAY, Profiles({"hz-1": HZ_1})) == {}
        assert display(connection, TUESDAY, Profiles({"hz-2": Profile(hours=HOURS)}, REQUIRED)) == {}
    owed = 8 * 120_000
    assert found == {
        "hz-1": {"hours": Displayed(2 * owed, 90_000 + 120_000 + 50_000), "hotline": Displayed(owed, 10_000)}
    }
    assert found["hz-1"]["hotline"].rate == pytest.approx(10 / 960)


def of_november(store: Store) -> Month:
    with store.read() as connection:
        return month(connection, NOVEMBER, KNOWN)


def test_a_month_has_every_figure_of_every_branch(store: Store) -> None:
    quiet = of_november(store).branches
    assert list(quiet) == ["hz-1"]
    assert quiet["hz-1"].figures() == dict.fromkeys(Figure) | {
        Figure.SUSPENDED: 0.0, Figure.DISPLAY: 0.0, Figure.MEETINGS: 0.0,
    }  # fmt: skip
    field = Field(OPENING)
    for minute in range(5):
        field.rating(minute, stars=5 - minute, teller="7")
        field.prompt(minute, f"p{minute}")
        field.transaction(minute)
    step(field, 0, "a", "opened", source="hotline")
    field.add("checklist", 0, {"checklist": "monthly-meeting", "version": 1, "actor": "w", "steps": []})
    field.add("checklist", 0, {"checklist": "vault-keys", "version": 1, "actor": "w", "steps": []})
    stranger = Field(OPENING, "nb-1")
    stranger.rating(0)
    plant(store, [*field.grown, *stranger.grown])
    made = of_november(store)
    assert list(made.branches) == ["hz-1", "nb-1"]
    branch = made.branches["hz-1"]
    assert (branch.transactions, branch.meetings, branch.complaints_per_10k) == (5, 1, 2000.0)
    figures = branch.figures()
    assert figures[Figure.SATISFACTION] == 0.4
    assert figures[Figure.HAPPY_INDEX] == 50.0
    assert (figures[Figure.RESPONSE_RATE], figures[Figure.PROMPT_RATE]) == (1.0, 1.0)
    assert set(figures) == set(Figure)
    assert made.ratings.whole().tally.n == 6


def test_transactions_that_were_brought_in_are_the_branchs(store: Store) -> None:
    rows = [
        ("hz-1", "2026-11-01", 900),
        ("hz-1", "2026-11-30", 100),
        ("hz-1", "2026-12-01", 7),
        ("hz-2", "2026-10-31", 5),
    ]
    with store.begin() as connection:
        for branch, day, count in rows:
            connection.execute(
                insert(transaction_counts).values(branch=branch, day=day, counter="", teller="", count=count)
            )
    field = Field(OPENING)
    field.transaction(0)
    step(field, 0, "a", "opened", source="hotline")
    plant(store, field.grown)
    found = of_november(store).branches
    assert list(found) == ["hz-1"]
    assert found["hz-1"].transactions == 1000
    assert found["hz-1"].complaints_per_10k == 10.0


def test_rating_rules_are_the_branchs(store: Store) -> None:
    field = Field(OPENING)
    field.rating(0)
    field.rating(0.2)
    plant(store, field.grown)
    slow = Profiles({"hz-1": Profile(ratings=RatingRules(min_gap_ms=60_000))})
    with store.read() as connection:
        assert month(connection, NOVEMBER, slow).branches["hz-1"].ratings.tally.n == 1
        assert month(connection, NOVEMBER, Profiles()).branches["hz-1"].ratings.tally.n == 2
    assert Cases().n == 0
