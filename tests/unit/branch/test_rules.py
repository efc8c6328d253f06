"""Rules against what a person with a stopwatch would say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.branch import rules, timers
from signage.branch.facts import Facts, RuleMemory
from signage.branch.rules import Action
from signage.branch.settings import RuleSettings
from signage.branch.verdicts import Verdict
from signage.core.instants import Instant
from signage.core.model import Suspension
from tests.unit.branch.ground import NINE, after, ids, settings, told

MAINS = RuleSettings(when="mains", suspend="branch", reason="power", for_s=5, clear_s=30)


@given(st.lists(st.tuples(st.integers(1, 160), st.sampled_from([*Verdict])), max_size=40))
def test_second_by_second_the_rule_agrees_with_the_last_seconds(edges: list[tuple[int, Verdict]]) -> None:
    """Oracle: it fires once the probe's last word has been "failed" for 5 seconds; it lifts when each of the last 30
    was seen to hold, or each of the last 120 if the last six changes of mind fell within five minutes."""
    said = [verdict for length, verdict in edges for _ in range(length)]
    memory, fired = RuleMemory(), False
    word, changed, changes, held = Verdict.HOLDS, 0, list[int](), 0
    for second, verdict in enumerate(said):
        if verdict not in {Verdict.UNKNOWN, word}:
            word, changed = verdict, second
            changes.append(second)
        held = held + 1 if verdict is Verdict.HOLDS else 0
        flapping = len(changes) >= 6 and changes[-1] - changes[-6] <= 300
        wants = None
        if not fired and word is Verdict.FAILED and second - changed >= 5:
            wants = Action.SUSPEND
        if fired and word is Verdict.HOLDS and held > 30 and (not flapping or second - changed >= 120):
            wants = Action.LIFT
        memory = rules.observe(memory, verdict=verdict, now=after(second))
        memory, action = rules.act(memory, MAINS, after(second))
        assert action is wants
        fired = fired if action is None else not fired
        assert memory.fired == fired
        assert memory.flapping == (flapping and second - changed < 120)


def test_a_probe_that_flaps_is_reported_once_and_again_when_it_is_calm() -> None:
    branch, fresh = settings(rules=(MAINS,)), ids()
    facts, news = Facts(), list[dict[str, object]]()
    for second in range(0, 60, 10):
        facts = probe(facts, after(second), failed=second % 20 == 0)
        change = timers.pass_time(facts, branch, after(second + 6), fresh)
        facts, news = change.facts, [*news, *told(change, "fault")]
    assert [(data["code"], data["on"]) for data in news] == [("flapping-mains", True)]
    assert facts.suspensions
    calm = after(50 + 120)
    assert timers.next_due(facts, branch) == calm
    change = timers.pass_time(facts, branch, calm, fresh)
    assert not change.facts.suspensions
    assert [data["on"] for data in told(change, "fault")] == [False]


def test_a_flapping_probe_that_ends_in_failure_still_becomes_calm() -> None:
    memory = RuleMemory()
    for second in range(7):
        memory = rules.observe(memory, verdict=Verdict.HOLDS if second % 2 else Verdict.FAILED, now=after(second))
        memory, _ = rules.act(memory, RuleSettings(when="mains", suspend="branch", reason="power"), after(second))
    assert memory.flapping
    assert rules.due(memory, MAINS) == after(6 + 120)
    assert not rules.act(memory, MAINS, after(126))[0].flapping


@pytest.mark.parametrize(("seconds", "flaps"), [(300, True), (300.001, False), (0, True)])
def test_six_changes_within_five_minutes_are_flapping(seconds: float, flaps: bool) -> None:
    memory = RuleMemory()
    for number, at in enumerate((0, 0, 0, 0, 0, seconds)):
        memory = rules.observe(memory, verdict=Verdict.HOLDS if number % 2 else Verdict.FAILED, now=after(at))
    assert rules.flaps(memory, after(seconds)) is flaps


def test_a_probe_that_flaps_suspends_no_later_for_it() -> None:
    failing = RuleMemory(failed=True, since=after(50), flapping=True, changes=tuple(after(n * 10) for n in range(6)))
    assert rules.due(failing, MAINS) == after(55)


def test_what_no_change_is_known_of_is_calm_at_once() -> None:
    assert rules.due(RuleMemory(flapping=True), MAINS) == Instant.from_ms(0)


def test_a_change_of_mind_is_remembered_whole() -> None:
    memory = rules.observe(RuleMemory(unsure=True), verdict=Verdict.FAILED, now=NINE)
    assert memory == RuleMemory(failed=True, since=NINE, changes=(NINE,))


def test_a_probe_that_cannot_tell_lifts_nothing_and_counts_anew() -> None:
    memory = rules.observe(RuleMemory(fired=True, failed=True), verdict=Verdict.HOLDS, now=NINE)
    assert rules.due(memory, MAINS) == after(30)
    memory = rules.observe(memory, verdict=Verdict.UNKNOWN, now=after(20))
    assert rules.due(memory, MAINS) is None
    memory = rules.observe(memory, verdict=Verdict.HOLDS, now=after(25))
    assert rules.due(memory, MAINS) == after(55)


def test_what_was_seen_to_fail_suspends_even_if_nobody_can_tell_any_more() -> None:
    memory = rules.observe(RuleMemory(), verdict=Verdict.FAILED, now=NINE)
    memory = rules.observe(memory, verdict=Verdict.UNKNOWN, now=after(1))
    assert rules.act(memory, MAINS, after(5))[1] is Action.SUSPEND
    assert rules.observe(memory, verdict=Verdict.FAILED, now=after(3)).since == NINE


def test_a_probe_that_can_tell_for_the_first_time_has_no_change_to_count_from() -> None:
    memory = rules.observe(RuleMemory(unsure=True), verdict=Verdict.HOLDS, now=NINE)
    assert (memory.since, memory.unsure) == (None, False)


def test_a_rule_without_delay_acts_at_once() -> None:
    rule = RuleSettings(when="pad", suspend="counter:3", reason="fault")
    memory = rules.observe(RuleMemory(), verdict=Verdict.FAILED, now=NINE)
    assert rules.due(memory, rule) == NINE
    assert rules.act(memory, rule, NINE)[1] is Action.SUSPEND


def test_a_clock_that_was_set_back_delays_once_and_not_for_years() -> None:
    memory = rules.observe(RuleMemory(), verdict=Verdict.FAILED, now=after(10_000))
    memory, action = rules.act(memory, MAINS, NINE)
    assert (action, memory) == (None, RuleMemory(failed=True, since=NINE))
    assert rules.due(memory, MAINS) == after(5)


def probe(facts: Facts, now: Instant, *, failed: bool) -> Facts:
    verdict = Verdict.FAILED if failed else Verdict.HOLDS
    return timers.probe_says(facts, settings(rules=(MAINS,)), "mains", verdict, now)


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
