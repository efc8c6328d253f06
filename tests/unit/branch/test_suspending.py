"""Suspensions against a model that knows only a table of places: who suspended what, and until when."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.branch import suspending
from signage.branch.facts import SUSPENSIONS_KEPT, Facts, Refused
from signage.branch.suspending import Lifter
from signage.core.model import Source, Suspension
from tests.unit.branch.ground import NINE, after, told

STRONGER = {  # written down from the contract's sense, not taken from the code: who may lift whose
    "teller": {"teller"},
    "rule": {"rule"},
    "manager": {"teller", "rule", "manager"},
    "head-office": {"teller", "rule", "manager", "head-office"},
}
SCOPES = st.sampled_from(["branch", "counter:1", "counter:2"])
PEOPLE: st.SearchStrategy[Source] = st.sampled_from(["teller", "manager", "head-office"])


@dataclass(frozen=True)
class Suspend:
    scope: str
    source: Source
    lasts_s: int | None


@dataclass(frozen=True)
class Resume:
    scope: str
    source: Source


@dataclass(frozen=True)
class Wait:
    seconds: int


LIVES = st.one_of(st.none(), st.sampled_from([1, 5, 10, 60]))
STEPS = st.lists(
    st.one_of(
        st.builds(Suspend, SCOPES, PEOPLE, LIVES),
        st.builds(Resume, SCOPES, PEOPLE),
        st.builds(Wait, st.sampled_from([1, 4, 5, 6, 60])),
    ),
    max_size=30,
)


@given(STEPS)
def test_any_life_of_a_branch_agrees_with_a_table_of_places(steps: list[Suspend | Resume | Wait]) -> None:
    facts, clock, table = Facts(), 0, {}
    on, off = 0, 0
    for number, step in enumerate(steps):
        now = after(clock)
        match step:
            case Suspend(scope, source, lasts_s):
                until = None if lasts_s is None else after(clock + lasts_s)
                on += (scope, source) not in table
                table[scope, source] = None if lasts_s is None else clock + lasts_s
                one = Suspension(
                    id=f"s-{number}", scope=scope, reason="break", source=source, since=now, until=until, actor="x"
                )
                facts = suspending.suspend(facts, one, now).facts
            case Resume(scope, source):
                liftable = [key for key in table if key[0] == scope and key[1] in STRONGER[source]]
                if liftable:
                    change = suspending.resume(facts, scope, Lifter(source, "x"), now)
                    facts, off = change.facts, off + len(told(change, "suspension"))
                    for key in liftable:
                        del table[key]
                else:
                    with pytest.raises(Refused):
                        suspending.resume(facts, scope, Lifter(source, "x"), now)
            case Wait(seconds):
                clock += seconds
                change = suspending.expire(facts, after(clock))
                facts, off = change.facts, off + len(told(change, "suspension"))
                table = {key: end for key, end in table.items() if end is None or end > clock}
        assert {(one.scope, one.source) for one in facts.suspensions} == set(table)
        assert on - off == len(table)


def one(scope: str = "branch", source: Source = "manager", until_s: float | None = None, **more: Any) -> Suspension:
    until = None if until_s is None else after(until_s)
    return Suspension(id="s", scope=scope, reason="power", source=source, since=NINE, until=until, **more)


def test_the_event_carries_who_what_and_until_when() -> None:
    change = suspending.suspend(Facts(), one("counter:2", until_s=60, actor="wang"), NINE)
    assert told(change, "suspension") == [
        {
            "scope": "counter:2",
            "on": True,
            "reason": "power",
            "source": "manager",
            "actor": "wang",
            "until": "2026-11-24T01:01:00.000Z",
            "suspension": "s",
        }
    ]


def test_what_has_ended_by_itself_can_neither_be_made_nor_lifted() -> None:
    with pytest.raises(Refused, match=r"^bad-args: until lies in the past$"):
        suspending.suspend(Facts(), one(until_s=0), NINE)
    facts = suspending.suspend(Facts(), one(until_s=5), NINE).facts
    with pytest.raises(Refused) as refused:
        suspending.resume(facts, "branch", Lifter("manager"), after(5))
    assert refused.value.code == "not-suspended"


def test_a_teller_does_not_lift_a_managers() -> None:
    facts = suspending.suspend(Facts(), one(), NINE).facts
    with pytest.raises(Refused) as refused:
        suspending.resume(facts, "branch", Lifter("teller"), NINE)
    assert str(refused.value) == "not-permitted: branch was suspended by manager, which teller may not lift"


def test_a_rule_lifts_its_own_only() -> None:
    facts = Facts(suspensions=(one(source="rule", rule="mains>branch"), one(source="rule", rule="net>branch"), one()))
    change = suspending.lift_rule(facts, "mains>branch")
    assert [known.rule for known in change.facts.suspensions] == ["net>branch", None]
    (event,) = told(change, "suspension")
    assert (event["source"], event["rule"], "actor" in event) == ("rule", "mains>branch", False)


def test_what_ends_by_itself_is_told_as_what_it_was() -> None:
    over = one("counter:2", "teller", until_s=60, actor="li")
    change = suspending.expire(Facts(suspensions=(over, one())), after(60))
    assert change.facts.suspensions == (one(),)
    (event,) = told(change, "suspension")
    assert (event["on"], event["scope"], event["source"], event["actor"]) == (False, "counter:2", "teller", "li")


def test_no_more_suspensions_than_a_document_can_carry() -> None:
    facts = Facts(suspensions=tuple(one(f"device:d{number}") for number in range(SUSPENSIONS_KEPT)))
    with pytest.raises(Refused, match=f"^too-many: {SUSPENSIONS_KEPT} suspensions are in force$"):
        suspending.suspend(facts, one(), NINE)
    assert len(suspending.suspend(facts, one("device:d0"), NINE).facts.suspensions) == SUSPENSIONS_KEPT


def test_a_counter_is_held_by_its_own_or_by_the_branchs() -> None:
    facts = Facts(suspensions=(one("counter:1"),))
    assert suspending.at_counter(facts, "1", NINE) is not None
    assert suspending.at_counter(facts, "2", NINE) is None
    assert suspending.at_counter(Facts(suspensions=(one(),)), "2", NINE) is not None
    assert suspending.at_counter(Facts(suspensions=(one(until_s=60),)), "2", after(60)) is None


def test_lifting_ones_own_leaves_a_stronger_one_in_force() -> None:
    facts = Facts(suspensions=(one(), one(source="teller")))
    change = suspending.resume(facts, "branch", Lifter("teller", "li"), NINE)
    assert [known.source for known in change.facts.suspensions] == ["manager"]
    assert [data["actor"] for data in told(change, "suspension")] == ["li"]
