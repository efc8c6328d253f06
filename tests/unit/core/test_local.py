from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from signage.core.instants import Instant
from signage.core.local import settled, standing, with_local
from signage.core.model import BranchState, Intention, Suspension
from tests.unit.core.branches import NOON
from tests.unit.core.branches import branch as a_state


def at(seconds: float) -> Instant:
    return Instant.of(NOON + timedelta(seconds=seconds))


def meant(seconds: float = 0, **changed: Any) -> Intention:
    given = {"screen": "lobby", "at": at(seconds), "actor": "wang", "scope": "branch", "on": True, "reason": "power"}
    return Intention(**{**given, **changed})


def put_up(scope: str, source: Any = "manager", seconds: float = -60) -> Suspension:
    return Suspension(id=f"{scope}/{source}", scope=scope, reason="break", source=source, since=at(seconds))


def scopes(state: BranchState) -> list[tuple[str, str]]:
    return [(one.scope, one.reason) for one in state.suspensions]


def test_without_an_intention_the_state_is_the_controllers() -> None:
    state = a_state()
    assert with_local(state, (), NOON) is state
    assert with_local(replace(state, considered={"lobby": at(0)}), (meant(0),), at(1)).suspensions == ()


def test_a_suspension_stands_at_once_on_the_branch_and_on_every_counter() -> None:
    shown = with_local(a_state(), (meant(0, until=at(600)),), at(1))
    assert shown.suspension is not None
    assert (shown.suspension.actor, shown.suspension.since, shown.suspension.until) == ("wang", at(0), at(600))
    assert {(one.state, one.reason, one.until) for one in shown.counters} == {("suspended", "power", at(600))}


def test_of_one_counter_only_that_counter() -> None:
    shown = with_local(a_state(), (meant(0, scope="counter:2"),), at(1))
    assert [one.state for one in shown.counters] == ["open", "suspended", "open", "open"]
    assert shown.suspension is None


def test_resuming_takes_down_what_a_manager_may_lift() -> None:
    state = replace(
        a_state(),
        suspensions=(put_up("branch"), put_up("branch", "rule"), put_up("branch", "head-office"), put_up("counter:1")),
    )
    shown = with_local(state, (meant(0, on=False),), at(1))
    assert [(one.scope, one.source) for one in shown.suspensions] == [
        ("branch", "head-office"),
        ("counter:1", "manager"),
    ]


def test_a_counter_that_was_suspended_without_a_word_why_is_open_again() -> None:
    state = a_state()
    second = replace(state.counters[1], state="suspended", reason="break", until=at(900))
    state = replace(
        state, counters=(state.counters[0], second, *state.counters[2:]), suspensions=(put_up("counter:2"),)
    )
    shown = with_local(state, (meant(0, scope="counter:2", on=False),), at(1))
    assert [(one.state, one.reason, one.until) for one in shown.counters] == [("open", None, None)] * 4


def test_the_later_intention_wins_whoever_had_it() -> None:
    both = (meant(5, on=False), meant(0))
    assert scopes(with_local(a_state(), both, at(6))) == []
    assert scopes(with_local(a_state(), (meant(0), meant(5, reason="fault")), at(6))) == [("branch", "fault")]
    ordered_later = replace(a_state(), suspensions=(put_up("branch", seconds=10),))
    assert scopes(with_local(ordered_later, (meant(0, on=False),), at(11))) == [("branch", "break")]
    by_rule = replace(a_state(), suspensions=(put_up("branch", "rule", seconds=10),))
    assert scopes(with_local(by_rule, (meant(0),), at(11))) == [("branch", "break"), ("branch", "power")]


def test_at_the_same_instant_the_one_at_the_screen_stands() -> None:
    ordered_then = replace(a_state(), suspensions=(put_up("branch", seconds=0),))
    assert scopes(with_local(ordered_then, (meant(0),), at(1))) == [("branch", "power")]


def test_head_offices_later_word_stands_too() -> None:
    ordered_later = replace(a_state(), suspensions=(put_up("branch", "head-office", seconds=10),))
    assert with_local(ordered_later, (meant(0),), at(11)).suspensions == ordered_later.suspensions


def test_what_was_put_up_here_is_called_by_its_screen_and_time() -> None:
    shown = with_local(a_state(), (meant(2),), at(3))
    assert [one.id for one in shown.suspensions] == [f"local:lobby:{at(2).ms}"]


def test_it_stands_until_it_was_considered_and_no_longer_than_a_day() -> None:
    state = a_state()
    assert settled(meant(0), replace(state, considered={"lobby": at(0)}))
    assert not settled(meant(0), replace(state, considered={"lobby": at(-1), "other": at(9)}))
    day = 86_400
    assert standing((meant(0),), None, at(day - 1)) == (meant(0),)
    assert standing((meant(0),), state, at(day)) == ()
    assert standing((meant(0),), state, at(-day)) == (meant(0),)
    assert standing((meant(0),), state, at(-day - 1)) == ()
