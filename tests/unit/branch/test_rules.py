"""Rules against what a person with a stopwatch would say."""

from hypothesis import given
from hypothesis import strategies as st

from signage.branch import rules, timers
from signage.branch.facts import Facts, RuleMemory
from signage.branch.rules import Action
from signage.branch.settings import RuleSettings
from signage.core.instants import Instant
from signage.core.model import Suspension
from tests.unit.branch.ground import NINE, after, ids, settings, told

MAINS = RuleSettings(when="mains", suspend="branch", reason="power", for_s=5, clear_s=30)


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=25))
def test_second_by_second_the_rule_agrees_with_the_last_seconds(edges: list[tuple[int, bool]]) -> None:
    """Oracle: it fires once the probe has failed in each of the last 5 seconds, and lifts likewise after 30."""
    said = [value for length, value in edges for _ in range(length)]
    memory, fired, unlike = RuleMemory(), False, 0
    for second, failed in enumerate(said):
        unlike = unlike + 1 if failed != fired else 0  # seconds in a row that speak against the present state
        memory = rules.observe(memory, failed=failed, now=after(second))
        memory, action = rules.act(memory, MAINS, after(second))
        limit = 30 if fired else 5
        if unlike > limit:
            assert action is (Action.LIFT if fired else Action.SUSPEND)
            fired, unlike = not fired, 0
        else:
            assert action is None
        assert memory.fired == fired


def test_a_rule_without_delay_acts_at_once() -> None:
    rule = RuleSettings(when="pad", suspend="counter:3", reason="fault")
    memory = rules.observe(RuleMemory(), failed=True, now=NINE)
    assert rules.due(memory, rule) == NINE
    assert rules.act(memory, rule, NINE)[1] is Action.SUSPEND


def test_a_clock_that_was_set_back_delays_once_and_not_for_years() -> None:
    memory = rules.observe(RuleMemory(), failed=True, now=after(10_000))
    memory, action = rules.act(memory, MAINS, NINE)
    assert action is None
    assert rules.due(memory, MAINS) == after(5)


def probe(facts: Facts, now: Instant, *, failed: bool) -> Facts:
    return timers.probe_says(facts, settings(rules=(MAINS,)), "mains", failed=failed, now=now)


def test_a_suspension_that_a_person_lifted_stays_lifted_until_the_probe_fails_anew() -> None:
    branch, fresh = settings(rules=(MAINS,)), ids()
    facts = timers.pass_time(probe(Facts(), NINE, failed=True), branch, after(5), fresh).facts
    assert facts.suspensions[0].rule == "mains>branch"
    lifted = Facts(rules=facts.rules)
    assert not timers.pass_time(lifted, branch, after(3600), fresh).facts.suspensions
    well = timers.pass_time(probe(lifted, after(3600), failed=False), branch, after(3630), fresh).facts
    again = timers.pass_time(probe(well, after(4000), failed=True), branch, after(4005), fresh).facts
    assert again.suspensions


def test_a_rule_that_is_no_longer_configured_lifts_what_it_suspended() -> None:
    branch = settings(rules=(MAINS,))
    facts = timers.pass_time(probe(Facts(), NINE, failed=True), branch, after(5), ids()).facts
    assert timers.forget_rules(facts, branch).facts == facts
    change = timers.forget_rules(facts, settings())
    assert (change.facts.suspensions, change.facts.rules) == ((), {})
    assert [data["on"] for data in told(change, "suspension")] == [False]


def test_a_full_table_of_suspensions_does_not_stop_the_clock() -> None:
    full = Facts(
        suspensions=tuple(
            Suspension(id=str(n), scope=f"device:{n}", reason="other", source="manager", since=NINE) for n in range(100)
        )
    )
    branch = settings(rules=(MAINS,))
    facts = timers.pass_time(probe(full, NINE, failed=True), branch, after(5), ids()).facts
    assert len(facts.suspensions) == 101
