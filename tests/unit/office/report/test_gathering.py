"""A month's document out of both databases: ranked, scored, named; nothing counted anew."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from kiosk.view import rate
from signage.config.score_file import load_rules
from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.measures import Period, Profiles, answered
from signage.office.report.document import Own, of_branch
from signage.office.report.gathering import BLAME, PRAISE, Asked, Gathered, gather
from signage.office.roster import RosterBranch
from signage.office.tables_imports import outside_columns, tellers, transaction_counts
from tests.unit.office.planted import Field, plant

ZONE = ZoneInfo("Asia/Shanghai")
OPENING = Instant.parse("2026-11-24T01:00:00Z")
ASKED = Asked(
    month="2026-11",
    period=Period.month("2026-11", ZONE),
    bank={"zh": "示范银行", "en": "Model Bank"},
    rules=load_rules(Path(__file__).resolve().parents[4] / "config" / "branch-score.toml"),
    roster=(
        RosterBranch("hz-1", "高新支行", "浙江", ()),
        RosterBranch("hz-2", "滨江支行", "浙江", ()),
        RosterBranch("hz-3", "", "", ()),
    ),
)


def a_month() -> tuple[Field, Field]:
    """hz-1: forty five-star ratings of two tellers; hz-2: thirty-one of four stars and worse, with reasons."""
    one, two = Field(OPENING, "hz-1"), Field(OPENING, "hz-2")
    for minute in range(40):
        one.rating(minute, 5, teller="0007" if minute < 31 else "0008", reasons=["friendly"])
        one.prompt(minute, f"p{minute}", "rated" if minute % 2 else "unrated", teller="0007")
    for minute in range(31):
        two.rating(minute, 4 if minute else 1, teller="0001", reasons=["slow", "138 0000 0000"])
    for minute in range(12):
        two.add("call", minute * 10, {"device": "touch", "on": True})
        two.add("call", minute * 10 + 2, {"device": "touch", "on": False, "actor": "m1", "about": "call"})
    two.add("call", 300, {"device": "touch", "on": False, "actor": "m1", "about": "fault", "code": "pad-lost"})
    one.add("fault", 0, {"device": "bridge-1", "code": "pad-lost", "on": True, "text": ""})
    one.add("call", 5, {"device": "bridge-1", "on": False, "actor": "m2", "about": "fault", "code": "pad-lost"})
    one.add("fault", 45, {"device": "bridge-1", "code": "pad-lost", "on": False, "text": ""})
    one.add("fault", 60, {"device": "touch", "code": "clock", "on": True, "text": ""})
    for number in range(2):
        two.add(
            "case", number, {"case": f"c{number}", "action": "opened", "source": "opinion", "phrases": ["long-wait"]}
        )
    return one, two


@pytest.fixture
def gathered(store: Store) -> Gathered:
    plant(store, [event for field in a_month() for event in field.grown])
    with store.begin() as connection:
        connection.execute(insert(tellers).values(branch="hz-1", number="0007", name="王敏", role="teller"))
        connection.execute(insert(tellers).values(branch="hz-2", number="m1", name="李雷", role="lobby-manager"))
        counts = {"branch": "hz-2", "day": "2026-11-24", "counter": "", "teller": "", "count": 4000}
        connection.execute(insert(transaction_counts).values(**counts))
        column = {"branch": "hz-1", "month": "2026-11", "name": "off-counter-share", "value": "0.95"}
        connection.execute(insert(outside_columns).values(**column))
        connection.execute(insert(outside_columns).values(**(column | {"month": "2026-10", "value": "0.1"})))
    with store.read() as connection:
        return gather(connection, ASKED, Profiles())


def test_branches_are_ranked_named_and_scored(gathered: Gathered) -> None:
    first, second, third = gathered.document.branches
    assert [(one.id, one.name, one.rated.place) for one in (first, second, third)] == [
        ("hz-1", "高新支行", 1),
        ("hz-2", "滨江支行", 2),
        ("hz-3", "hz-3", None),
    ]
    assert first.rated.stars == (0, 0, 0, 0, 40)
    assert (first.rated.unrated, first.rated.figures.prompts.n) == (20, 40)
    assert gathered.document.ranked == 2
    points = dict(zip((one.figure for one in gathered.document.rules.parts), first.points, strict=True))
    assert points["satisfaction"] == 25
    assert points["off-counter-share"] == pytest.approx(5)
    assert points["complaints-per-10k"] is None
    assert (first.place, second.place, third.place) == (1, 2, None)
    assert third.score is not None  # a meeting that was not held is known; it makes nobody the best
    assert gathered.document.whole.tally.n == 71


def test_a_branch_above_the_threshold_is_asked_for_a_talk(gathered: Gathered) -> None:
    talks = {
        one.id: (one.complaints.cases, one.complaints.transactions, one.talk) for one in gathered.document.branches
    }
    assert talks == {"hz-1": (0, 0, False), "hz-2": (2, 4000, True), "hz-3": (0, 0, False)}


def test_tellers_are_ranked_among_all_and_named_by_the_roster(gathered: Gathered) -> None:
    found = [(one.branch_name, one.number, one.name, one.rated.place) for one in gathered.document.tellers]
    assert found == [("高新支行", "0007", "王敏", 1), ("滨江支行", "0001", "", 2), ("高新支行", "0008", "", None)]


def test_lobby_managers_by_how_soon_they_came(gathered: Gathered) -> None:
    (one,) = gathered.document.managers
    assert (one.branch, one.name, one.calls, one.median_s, one.place) == ("hz-2", "李雷", 12, 120.0, 1)


def test_too_few_answers_are_listed_without_a_place(store: Store) -> None:
    field = Field(OPENING, "hz-1")
    for minute in range(9):
        field.add("call", minute * 10, {"device": "touch", "on": True})
        field.add("call", minute * 10 + 1, {"device": "touch", "on": False, "actor": "m1"})
    field.add("call", 200, {"device": 7, "on": True})
    plant(store, field.grown)
    with store.read() as connection:
        (one,) = gather(connection, ASKED, Profiles()).document.managers
        ((key, found),) = answered(connection, ASKED.period).items()
    assert (one.calls, one.place) == (9, None)
    assert key == ("hz-1", "m1")
    assert found[0].seconds == 60.0


def test_faults_by_code_with_their_medians(gathered: Gathered) -> None:
    clock, pad = gathered.document.support
    assert (pad.code, pad.faults, pad.acknowledged, pad.acknowledge_median, pad.acknowledge_slow) == (
        "pad-lost",
        1,
        1,
        5,
        5,
    )
    assert (pad.cleared, pad.clear_median) == (1, 45)
    assert (clock.code, clock.acknowledged, clock.acknowledge_median, clock.clear_slow) == ("clock", 0, None, None)


def test_reasons_are_those_of_the_catalogue_and_nothing_a_customer_wrote(gathered: Gathered) -> None:
    assert [(one.name, one.count) for one in gathered.document.praise] == [("friendly", 40)]
    assert [(one.name, one.count) for one in gathered.document.complaint] == [("slow", 31)]
    assert gathered.document.unnamed_reasons == 31
    assert (frozenset(rate.PRAISE), frozenset(rate.BLAME)) == (PRAISE, BLAME)


def test_every_day_of_the_month_is_there(gathered: Gathered) -> None:
    assert [day.date for day in gathered.document.days] == [date(2026, 11, day).isoformat() for day in range(1, 31)]
    assert gathered.document.days[23].stars == (1, 0, 0, 30, 40)


def test_one_branch_alone_keeps_its_places_among_all(gathered: Gathered) -> None:
    alone = of_branch(gathered.document, "hz-2", gathered.own["hz-2"])
    assert [one.id for one in alone.branches] == ["hz-2"]
    assert (alone.branches[0].rated.place, alone.ranked) == (2, 2)
    assert [one.number for one in alone.tellers] == ["0001"]
    assert alone.days[23].stars == (1, 0, 0, 30, 0)
    assert (alone.praise, [one.name for one in alone.complaint], alone.unnamed_reasons) == ((), ["slow"], 31)
    assert alone.support == ()
    assert [one.code for one in gathered.own["hz-1"].support] == ["clock", "pad-lost"]
    assert [(one.name, one.count) for one in gathered.own["hz-1"].praise] == [("friendly", 40)]
    with pytest.raises(KeyError):
        of_branch(gathered.document, "hz-9", Own())
