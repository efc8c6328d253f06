from typing import Any

import pytest
from msgspec.structs import replace

from signage.branch.facts import Change, Facts, Refused
from signage.branch.local import consider, local_intention, wanted
from signage.branch.suspending import Lifter, resume
from signage.core.model import Suspension
from signage.wire.messages import LocalState
from tests.unit.branch.ground import NINE, after, settings, told


def intend(facts: Facts, at_s: float = -10, **changed: Any) -> Change:
    given = {"screen": "lobby", "at": after(at_s), "actor": "wang", "scope": "branch", "on": True, "reason": "power"}
    return local_intention(facts, LocalState(v=1, **{**given, **changed}), settings(), NINE, "s-1")


def refusal(facts: Facts, **changed: Any) -> str:
    with pytest.raises(Refused) as refused:
        intend(facts, **changed)
    return str(refused.value)


def test_what_was_done_without_us_holds() -> None:
    facts = intend(Facts()).facts
    (put_up,) = facts.suspensions
    assert (put_up.id, put_up.since, put_up.actor, put_up.reason) == ("s-1", after(-10), "wang", "power")
    assert intend(Facts(), until=after(60)).facts.suspensions[0].until == after(60)
    resumed = intend(facts, at_s=-5, on=False)
    assert (resumed.facts.suspensions, resumed.facts.lifted) == ((), {"branch": NINE})
    assert [data["actor"] for data in told(resumed, "suspension")] == ["wang"]
    assert intend(Facts(), reason="flood").facts.suspensions[0].reason == "other"


def test_the_later_intention_wins() -> None:
    later = Suspension(id="x", scope="branch", reason="break", source="manager", since=after(-5))
    said = "outdone: branch has been suspended later by somebody else"
    assert refusal(Facts(suspensions=(later,)), on=False) == said
    assert refusal(Facts(suspensions=(replace(later, source="head-office"),)), on=False) == said
    assert intend(Facts(suspensions=(later,)), at_s=-5, on=False).facts.suspensions == ()
    rule = Suspension(id="x", scope="branch", reason="power", source="rule", since=after(-5), rule="mains>branch")
    assert len(intend(Facts(suspensions=(rule,))).facts.suspensions) == 2


def test_not_every_screen_and_not_every_time() -> None:
    assert refusal(Facts(), screen="wall-1") == "not-permitted: wall-1 is no touch screen of this branch"
    assert refusal(Facts(), scope="x" * 80) == f"unknown-scope: {'x' * 60!r} is no part of this branch"
    assert refusal(Facts(), at_s=-86_400.001) == "expired: the intention is not of today"
    assert intend(Facts(), at_s=-86_400).facts.suspensions
    assert refusal(Facts(), on=False) == "not-suspended: branch is not suspended"
    assert refusal(Facts(), until=NINE) == "bad-args: until lies in the past"


def test_what_was_ordered_and_then_done_without_us_too_is_one_suspension() -> None:
    order = Suspension(id="o", scope="branch", reason="power", source="manager", since=after(-9), actor="wang")
    assert refusal(Facts(suspensions=(order,))) == "outdone: branch has been suspended later by somebody else"
    (one,) = intend(Facts(suspensions=(order,)), at_s=-8).facts.suspensions
    assert (one.id, one.since, one.actor) == ("s-1", after(-8), "wang")


def local(at_s: float, screen: str = "lobby") -> LocalState:
    return LocalState(v=1, screen=screen, at=after(at_s), actor="wang", scope="branch", on=True, reason="power")


def test_each_is_considered_once_and_none_before_its_time() -> None:
    facts = consider(Facts(), local(-10), settings())
    assert facts.considered == {"lobby": after(-10)}
    assert [wanted(facts, local(seconds), NINE) for seconds in (-11, -10, -9, 30, 30.001)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert consider(facts, local(-5, "wall-1"), settings()) == facts


def test_what_was_resumed_later_stays_resumed() -> None:
    facts = intend(Facts()).facts
    lifted = resume(facts, "branch", Lifter("manager", "li"), NINE).facts
    assert refusal(lifted, at_s=-1) == "outdone: branch has been resumed later by somebody else"
    assert intend(lifted, at_s=0).facts.suspensions
    assert local_intention(lifted, local(1), settings(), after(2), "s-2").facts.suspensions
