from typing import Any

import pytest

from signage.branch.facts import Change, Facts, Refused
from signage.branch.local import consider, local_intention, wanted
from signage.branch.suspending import Lifter, resume
from signage.core.model import Suspension
from signage.wire.messages import LocalState
from tests.unit.branch.ground import NINE, after, settings


def intend(facts: Facts, at_s: float = -10, **changed: Any) -> Change:
    given = {"screen": "lobby", "at": after(at_s), "actor": "wang", "scope": "branch", "on": True, "reason": "power"}
    return local_intention(facts, LocalState(v=1, **{**given, **changed}), settings(), NINE, "s-1")


def code(facts: Facts, **changed: Any) -> str:
    with pytest.raises(Refused) as refused:
        intend(facts, **changed)
    return refused.value.code


def test_what_was_done_without_us_holds() -> None:
    facts = intend(Facts()).facts
    assert (facts.suspensions[0].since, facts.suspensions[0].actor) == (after(-10), "wang")
    assert intend(facts, at_s=-5, on=False).facts.suspensions == ()
    assert intend(Facts(), reason="flood").facts.suspensions[0].reason == "other"


def test_the_later_intention_wins() -> None:
    later = Suspension(id="x", scope="branch", reason="break", source="manager", since=after(-5))
    assert code(Facts(suspensions=(later,)), on=False) == "outdone"
    rule = Suspension(id="x", scope="branch", reason="power", source="rule", since=after(-5), rule="mains>branch")
    assert len(intend(Facts(suspensions=(rule,))).facts.suspensions) == 2


def test_not_every_screen_and_not_every_time() -> None:
    assert code(Facts(), screen="wall-1") == "not-permitted"
    assert code(Facts(), scope="counter:9") == "unknown-scope"
    assert code(Facts(), at_s=-90_000) == "expired"
    assert code(Facts(), on=False) == "not-suspended"


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
    assert code(lifted, at_s=-1) == "outdone"
    assert local_intention(lifted, local(1), settings(), after(2), "s-2").facts.suspensions
