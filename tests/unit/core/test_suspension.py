"""Suspensions: which wins, when service is back, who may lift whose, and where to go instead."""

from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.counters import CounterView, counter_held, counter_views, nearest
from signage.core.model import Source, Suspension
from signage.core.suspension import (
    LIFTS,
    branch_held,
    counter_scope,
    device_scope,
    held,
    holds,
    known_suspensions,
    may_lift,
    next_change,
    suspended,
)
from tests.unit.core.branches import CORPORATE, HOURS, NOON, branch, counter, later, suspension

HERE = ("branch", "counter:2")


@pytest.mark.parametrize(
    ("by", "lifts"),
    [
        ("head-office", {"head-office", "manager", "rule", "teller"}),
        ("manager", {"manager", "rule", "teller"}),
        ("rule", {"rule"}),
        ("teller", {"teller"}),
    ],
)
def test_who_may_lift_whose(by: Source, lifts: set[str]) -> None:
    assert {source for source in get_args(Source) if may_lift(suspension(source=source), by)} == lifts


def test_every_source_stands_in_the_table() -> None:
    assert set(LIFTS) == set(get_args(Source))


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (suspension("branch", source="teller"), suspension("counter:2", source="head-office")),
        (suspension(source="head-office", until=5), suspension(source="manager")),
        (suspension(source="manager", until=5), suspension(source="rule")),
        (suspension(source="rule", until=5), suspension(source="teller")),
        (suspension(), suspension(until=600)),
        (suspension(until=600), suspension(until=300)),
        (suspension(since=-90, id="a"), suspension(since=-30, id="b")),
        (suspension(id="a"), suspension(id="b")),
    ],
)
def test_the_winning_one(winner: Suspension, loser: Suspension) -> None:
    for order in permutations((winner, loser)):
        found = held(order, HERE, NOON)
        assert found is not None
        assert found.suspension is winner


def test_service_is_back_when_the_last_of_them_has_ended() -> None:
    both = (suspension(source="manager", until=60), suspension(source="rule", until=300))
    found = held(both, HERE, NOON)
    assert found is not None
    assert (found.suspension.source, found.resumes) == ("manager", later(300))
    endless = held((*both, suspension("counter:2", source="teller")), HERE, NOON)
    assert endless is not None
    assert endless.resumes is None


def test_each_has_its_own_life() -> None:
    both = (suspension(source="manager", until=60, id="m"), suspension("counter:2", source="rule", until=300, id="r"))
    state = branch(suspensions=both)
    seen = [(suspended(state, HERE, later(s)), next_change(both, later(s))) for s in (59.999, 60, 299.999, 300)]
    assert [one and one.id for one, _ in seen] == ["m", "r", "r", None]
    assert [change for _, change in seen] == [later(60), later(300), later(300), None]


def test_a_screen_whose_clock_lags_shows_it_all_the_same() -> None:
    ahead = suspension(since=2)
    assert suspended(branch(suspensions=(ahead,)), HERE, NOON) is ahead


def test_the_winner_alone_is_enough_where_the_state_names_no_others() -> None:
    one, other = suspension(id="one"), suspension(id="other")
    assert known_suspensions(branch(suspension=one)) == (one,)
    assert known_suspensions(branch(suspension=one, suspensions=(other,))) == (other,)
    assert known_suspensions(branch()) == ()


def test_scopes() -> None:
    state = branch(suspensions=(suspension("counter:1"), suspension("device:lobby")))
    assert branch_held(state, NOON) is None
    until_one = branch(suspensions=(suspension(until=60),))
    assert branch_held(until_one, later(59.999)) is not None
    assert branch_held(until_one, later(60)) is None
    assert counter_held(state, "2", NOON) is None
    assert counter_held(state, "1", NOON) is not None
    assert suspended(state, ("branch", device_scope("lobby")), NOON) is not None
    assert counter_scope("1") == "counter:1"


@given(st.lists(st.tuples(st.sampled_from(get_args(Source)), st.none() | st.integers(-5, 5)), max_size=6))
def test_somebody_wins_exactly_while_one_holds(drawn: list[tuple[Source, int | None]]) -> None:
    every = [suspension(source=source, until=until, id=str(index)) for index, (source, until) in enumerate(drawn)]
    for tenth in range(-60, 61):
        now = later(tenth / 10)
        standing = [one for one in every if holds(one, now)]
        found = held(every, ("branch",), now)
        assert (found is not None) == any(until is None or tenth < until * 10 for _, until in drawn)
        if found is not None:
            assert found.suspension in standing
            order = ("teller", "rule", "manager", "head-office")
            assert order.index(found.suspension.source) == max(order.index(one.source) for one in standing)


# --- counters


def test_a_counter_is_what_its_hours_are() -> None:
    at_noon = counter_views(branch(), HOURS, NOON)
    assert [(view.condition, view.until) for view in at_noon] == [("open", later(5 * 3600))] * 4
    evening = counter_views(branch(), HOURS, later(5 * 3600))
    assert {(view.condition, view.until) for view in evening} == {("closed", later(21 * 3600))}
    saturday = counter_views(branch(), HOURS, later(4 * 86400))
    assert [view.condition for view in saturday] == ["open", "open", "open", "closed"]


def test_a_counter_nobody_serves_is_closed_and_nobody_knows_until_when() -> None:
    state = branch(counters=(counter("1", state="closed"),))
    assert [(view.condition, view.until) for view in counter_views(state, HOURS, NOON)] == [("closed", None)]
    assert counter_views(state, HOURS, later(5 * 3600))[0].until == later(21 * 3600)


def test_a_suspended_counter_says_why_until_when_and_where_to_go() -> None:
    state = branch(suspensions=(suspension("counter:2", until=600, reason="break"),))
    view = counter_views(state, HOURS, NOON)[1]
    assert (view.condition, view.reason, view.until, view.scope) == ("suspended", "break", later(600), "counter")
    assert view.alternatives == ("1", "3")
    assert counter_views(state, HOURS, later(600))[1].condition == "open"


def test_a_view_carries_what_is_known_of_a_counter() -> None:
    served = counter("2", CORPORATE, "corporate", level=4, teller="li", pad="ready")
    known = {"number": "2", "business": CORPORATE, "service": "corporate", "level": 4, "teller": "li", "pad": "ready"}
    state = branch(counters=(served,))
    assert counter_views(state, HOURS, NOON) == (CounterView(**known, condition="open", until=later(5 * 3600)),)  # type: ignore[arg-type] # fields by name
    why = {"reason": "break", "text": {"zh": "稍候"}, "until": later(600)}
    shut = suspension("counter:2", until=600, reason="break", text={"zh": "稍候"})
    by_hand = counter_views(branch(counters=(served,), suspensions=(shut,)), HOURS, NOON)
    wanted = CounterView(**known, **why, condition="suspended", scope="counter", since=later(-60))  # type: ignore[arg-type] # fields by name
    assert by_hand == (wanted,)


def test_the_branchs_suspension_is_every_counters() -> None:
    views = counter_views(branch(suspensions=(suspension(),)), HOURS, NOON)
    assert {(view.condition, view.scope, view.alternatives) for view in views} == {("suspended", "branch", ())}


def test_a_controller_that_names_only_the_counters_state_is_believed_until_its_end() -> None:
    state = branch(counters=(counter("1", state="suspended", reason="fault", until=later(60)), counter("2")))
    assert counter_views(state, HOURS, later(59.999))[0].condition == "suspended"
    view = counter_views(state, HOURS, later(59.999))[0]
    assert (view.reason, view.until, view.scope) == ("fault", later(60), "counter")
    assert counter_views(state, HOURS, later(60))[0].condition == "open"
    endless = branch(counters=(counter("1", state="suspended"),))
    assert counter_views(endless, HOURS, later(86400))[0].condition == "suspended"


@pytest.mark.parametrize(
    ("wanted", "suspended_ones", "expected"),
    [
        ("2", ["2"], ("1", "3")),
        ("1", ["1"], ("2", "3")),
        ("10", ["10"], ("3", "9")),
        ("2", ["2", "1", "3"], ("9", "10")),
        ("A", ["A"], ("B",)),
        ("4", ["4"], ()),
        ("B", ["A", "B"], ()),
    ],
)
def test_nearest_alternatives(wanted: str, suspended_ones: list[str], expected: tuple[str, ...]) -> None:
    wealth = {"zh": "贵宾理财"}
    counters = (
        *(counter(number) for number in ("1", "2", "3", "9", "10")),
        counter("4", CORPORATE, "corporate"),
        counter("5", {"zh": "外汇"}, "corporate"),
        counter("A", wealth, "corporate"),
        counter("B", wealth, "corporate"),
    )
    state = branch(counters=counters, suspensions=tuple(suspension(f"counter:{one}") for one in suspended_ones))
    views = counter_views(state, HOURS, NOON)
    found = next(view for view in views if view.number == wanted)
    assert nearest(found, views) == found.alternatives == expected
