"""A suspension that outlasts what was hoped calls for the lobby manager: once, and for as long as it lasts."""

from signage.branch import timers
from signage.branch.calls import acknowledge
from signage.branch.facts import Facts
from signage.branch.reminding import next_reminder, remind
from signage.core.model import Suspension
from tests.unit.branch.ground import NINE, after, ids, settings


def suspended(identity: str, scope: str, expected: float | None, until: float | None = None) -> Suspension:
    return Suspension(
        id=identity,
        scope=scope,
        reason="fault",
        source="manager",
        since=NINE,
        expected=None if expected is None else after(expected),
        until=None if until is None else after(until),
    )


FACTS = Facts(
    suspensions=(suspended("a", "counter:1", 60), suspended("b", "device:atm-1", 30), suspended("c", "branch", None))
)


def test_it_calls_when_the_hoped_for_time_has_passed_and_not_before() -> None:
    assert next_reminder(FACTS) == timers.next_due(FACTS, settings()) == after(30)
    assert remind(FACTS, after(29.999)) is FACTS
    first = timers.pass_time(FACTS, settings(), after(30), ids()).facts
    assert [(call.id, call.kind, call.device, call.counter, call.code, call.at) for call in first.calls] == [
        ("overdue:b", "overdue", "atm-1", None, "fault", after(30))
    ]
    assert next_reminder(first) == after(60)
    second = remind(first, after(61))
    assert [call.counter for call in second.calls] == [None, "1"]
    assert remind(second, after(62)) is second
    assert next_reminder(second) is None


def test_what_was_taken_up_does_not_come_back() -> None:
    called = remind(FACTS, after(30))
    taken = acknowledge(called, "overdue:b", "wang").facts
    assert taken.calls == ()
    assert remind(taken, after(31)).calls == ()


def test_it_goes_with_its_cause() -> None:
    called = remind(FACTS, after(60))
    lifted = remind(Facts(suspensions=FACTS.suspensions[:1], calls=called.calls, reminded=called.reminded), after(61))
    assert [call.id for call in lifted.calls] == ["overdue:a"]
    assert lifted.reminded == ("a",)


def test_one_that_ends_by_itself_at_that_moment_needs_nobody() -> None:
    facts = Facts(suspensions=(suspended("a", "branch", 60, until=60),))
    assert timers.pass_time(facts, settings(), after(60), ids()).facts.calls == ()
