from typing import Any

import pytest

from signage.branch.facts import Change, Facts, Refused
from signage.branch.orders import Order, carry_out
from signage.branch.settings import CounterSettings
from signage.branch.staff import Person
from signage.core.instants import Instant
from signage.core.model import Call, Suspension
from tests.unit.branch.ground import MANAGER, NINE, TELLER, after, command, event, order, settings, told

BRANCH = settings()


def do(name: str, facts: Facts | None = None, person: Person | None = MANAGER, **args: Any) -> Change:
    return carry_out(facts or Facts(), order(name, person, **args), BRANCH, NINE)


def refused(name: str, facts: Facts | None = None, person: Person | None = MANAGER, **args: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(name, facts, person, **args)
    return caught.value.code


def test_a_lobby_manager_suspends_the_branch_and_a_teller_a_counter() -> None:
    suspended = do("suspend", scope="branch", reason="power", until=str(after(600))).facts.suspensions[0]
    assert (suspended.source, suspended.actor, suspended.until) == ("manager", "wang", after(600))
    assert do("suspend", person=TELLER, scope="counter:2", reason="break").facts.suspensions[0].source == "teller"
    assert refused("suspend", person=TELLER, scope="branch", reason="break") == "not-permitted"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("suspend", {"scope": "branch", "reason": "power"}),
        ("resume", {"scope": "branch"}),
        ("notice.post", {"notice": "n", "template": "busy", "until": str(after(60))}),
        ("notice.withdraw", {"notice": "n"}),
        ("call.ack", {"call": "c"}),
    ],
)
def test_without_a_person_nothing_of_a_persons_is_done(name: str, args: dict[str, Any]) -> None:
    assert refused(name, person=None, **args) == "not-signed-in"


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("suspend", {"scope": "branch", "reason": "lunch"}, "bad-args"),
        ("suspend", {"scope": "branch"}, "bad-args"),
        ("suspend", {"scope": "counter:9", "reason": "power"}, "unknown-scope"),
        ("suspend", {"scope": "branch:1", "reason": "power"}, "unknown-scope"),
        ("suspend", {"scope": "device:x", "reason": "power"}, "unknown-scope"),
        ("suspend", {"scope": "branch", "reason": "power", "until": "soon"}, "bad-args"),
        ("suspend", {"scope": "branch", "reason": "power", "until": str(after(0))}, "bad-args"),
        ("suspend", {"scope": "branch", "reason": "power", "until": "2036-01-01T00:00:00Z"}, "bad-args"),
        ("resume", {"scope": "branch"}, "not-suspended"),
        ("notice.withdraw", {"notice": "n"}, "unknown-notice"),
        ("notice.post", {"notice": "n", "until": str(after(60))}, "bad-args"),
        ("notice.post", {"notice": "n", "until": str(after(60)), "text": {}}, "bad-args"),
        ("notice.post", {"notice": "n", "until": str(after(60)), "text": {"zh": "x" * 201}}, "bad-args"),
        ("notice.post", {"notice": "n", "until": str(after(60)), "text": {"zh": "x"}, "template": "busy"}, "bad-args"),
        ("notice.post", {"notice": "n", "until": str(after(60)), "template": "sale"}, "unknown-template"),
        ("notice.post", {"notice": "n", "until": str(after(60)), "template": "early-close"}, "bad-args"),
        ("notice.post", {"notice": "n", "until": str(after(-1)), "template": "busy"}, "bad-args"),
        (
            "notice.post",
            {"notice": "n", "until": str(after(60)), "template": "cash-service", "blanks": {"counter": "9"}},
            "unknown-counter",
        ),
        ("call.ack", {"call": "none"}, "unknown-call"),
        ("prompt", {"counter": "9"}, "unknown-counter"),
        ("prompt", {"counter": "1", "timeout_s": 0}, "bad-args"),
        ("transaction", {"counter": "1", "phase": "pause"}, "bad-args"),
        ("case.update", {}, "unknown-command"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(name: str, args: dict[str, Any], code: str) -> None:
    assert refused(name, **args) == code


def test_a_device_may_suspend_and_resume_by_its_scope() -> None:
    facts = do("suspend", scope="device:lobby", reason="fault").facts
    change = do("resume", facts, scope="device:lobby")
    assert change.facts.suspensions == ()
    assert told(change, "suspension")[0]["actor"] == "wang"


def test_a_notice_from_a_template_speaks_every_language() -> None:
    change = do(
        "notice.post",
        notice="n",
        template="cash-service",
        blanks={"counter": "2"},
        until=str(after(60)),
        places=["wall"],
    )
    notice = change.facts.notices[0]
    assert set(notice.text) == {"zh", "en"}
    assert (notice.priority, notice.places, notice.start) == (10, ("wall",), NINE)
    assert told(change, "notice")[0]["action"] == "posted"
    gone = do("notice.withdraw", change.facts, notice="n")
    assert told(gone, "notice") == [{"notice": "n", "action": "withdrawn", "actor": "wang", "text": dict(notice.text)}]


def test_a_notice_in_staff_words_can_begin_later() -> None:
    args: dict[str, Any] = {
        "notice": "n",
        "text": {"zh": "停电"},
        "from": str(after(60)),
        "until": str(after(120)),
        "priority": 3,
    }
    notice = carry_out(Facts(), order("notice.post", **args), BRANCH, NINE).facts.notices[0]
    assert (notice.start, notice.priority, notice.text) == (after(60), 3, {"zh": "停电"})


def test_a_notice_posted_again_under_its_name_replaces_itself_and_the_fifty_first_is_too_many() -> None:
    facts = Facts()
    for number in range(50):
        facts = do("notice.post", facts, notice=f"n{number}", template="busy", until=str(after(60))).facts
    assert refused("notice.post", facts, notice="one-more", template="busy", until=str(after(60))) == "too-many"
    assert len(do("notice.post", facts, notice="n7", template="busy", until=str(after(90))).facts.notices) == 50


def test_a_prompt_opens_for_its_time_and_knows_the_teller() -> None:
    facts = do("prompt", person=None, counter="1", teller="8807", timeout_s=20).facts
    assert (facts.prompts["1"].id, facts.prompts["1"].until, facts.tellers["1"]) == ("c-1", after(20), "8807")
    assert do("prompt", person=None, counter="1").facts.prompts["1"].until == after(15)


def test_no_prompt_at_a_suspended_counter() -> None:
    facts = do("suspend", scope="branch", reason="power").facts
    assert refused("prompt", facts, None, counter="1") == "suspended"
    ended = do("transaction", facts, None, counter="1", phase="end")
    assert ended.facts.prompts == {}
    assert told(ended, "transaction") == [{"counter": "1", "phase": "end"}]


def test_a_transaction_is_timed_and_ends_with_please_rate() -> None:
    facts = do("transaction", person=None, counter="1", phase="start", teller="8807").facts
    change = carry_out(facts, order("transaction", None, counter="1", phase="end"), BRANCH, after(95.9))
    assert told(change, "transaction") == [{"counter": "1", "teller": "8807", "phase": "end", "seconds": 95}]
    assert change.facts.prompts["1"].until == after(95.9 + 15)
    assert change.facts.transactions == {}
    next_one = carry_out(change.facts, order("transaction", None, counter="1", phase="start"), BRANCH, after(96))
    assert next_one.facts.prompts == {}


def test_a_call_is_acknowledged_by_name_and_a_fault_stays_until_it_is_over() -> None:
    facts = Facts(
        calls=(
            Call(id="a", kind="call", at=NINE, device="lobby"),
            Call(id="b", kind="fault", at=NINE, device="bridge-1", counter="1", code="pad-lost"),
        )
    )
    change = do("call.ack", do("call.ack", facts, call="a").facts, call="b")
    assert [(call.id, call.acknowledged_by) for call in change.facts.calls] == [("b", "wang")]
    said = {"counter": "1", "device": "bridge-1", "on": False, "actor": "wang", "about": "fault"}
    assert told(change, "call") == [said | {"code": "pad-lost"}]


def test_a_teller_cannot_lift_what_a_rule_has_suspended() -> None:
    rule = Suspension(id="s", scope="counter:1", reason="fault", source="rule", since=NINE, rule="pad>counter:1")
    assert refused("resume", Facts(suspensions=(rule,)), TELLER, scope="counter:1") == "not-permitted"
    assert do("resume", Facts(suspensions=(rule,)), MANAGER, scope="counter:1").facts.suspensions == ()


def keypad(name: str, facts: Facts | None = None, bridge: str = "bridge-1", **args: Any) -> Change:
    """Told by a bridge, with nobody signed in."""
    return carry_out(facts or Facts(), Order(command(name, **args), bridge, None), BRANCH, NINE)


def test_a_keypad_s_bridge_pauses_its_own_counter_and_the_next_call_resumes_it() -> None:
    paused = keypad("suspend", scope="counter:1", reason="break")
    (suspension,) = paused.facts.suspensions
    assert (suspension.source, suspension.actor, suspension.scope) == ("teller", "bridge-1", "counter:1")
    assert refused("prompt", paused.facts, None, counter="1") == "suspended"
    resumed = keypad("resume", paused.facts, scope="counter:1")
    assert resumed.facts.suspensions == ()
    asked = keypad("prompt", resumed.facts, counter="1", timeout_s=20)
    assert asked.facts.prompts["1"].until == after(20)


@pytest.mark.parametrize(
    ("name", "bridge", "args", "code"),
    [
        ("suspend", "bridge-2", {"scope": "counter:1", "reason": "break"}, "not-signed-in"),  # another bridge's counter
        ("suspend", "bridge-1", {"scope": "counter:1", "reason": "power"}, "not-signed-in"),  # a keypad has one reason
        ("suspend", "bridge-1", {"scope": "branch", "reason": "break"}, "not-signed-in"),
        ("suspend", "bridge-1", {"scope": "counter:9", "reason": "break"}, "unknown-scope"),
        ("resume", "bridge-1", {"scope": "counter:1"}, "not-suspended"),
        ("resume", "bridge-2", {"scope": "counter:1"}, "not-signed-in"),
    ],
)
def test_a_bridge_may_do_no_more_than_its_keypads(name: str, bridge: str, args: dict[str, Any], code: str) -> None:
    facts = do("suspend", person=TELLER, scope="counter:1", reason="break").facts  # a person's, not the keypad's
    with pytest.raises(Refused) as caught:
        keypad(name, facts, bridge, **args)
    assert caught.value.code == code


def test_the_ground_itself() -> None:
    assert event("x").kind == "x"


def test_a_counter_asks_as_long_as_its_pad_is_configured_to() -> None:
    slow = settings(
        counters=(CounterSettings("1", {"zh": "个人业务"}, prompt_s=25), CounterSettings("2", {"zh": "个人业务"}))
    )

    def asked_until(name: str, **args: Any) -> Instant:
        change = carry_out(Facts(), order(name, None, **args), slow, NINE)
        return change.facts.prompts[args["counter"]].until

    assert asked_until("prompt", counter="1") == after(25)
    assert asked_until("prompt", counter="1", timeout_s=9) == after(9)
    assert asked_until("prompt", counter="2") == after(15)
    assert asked_until("transaction", counter="1", phase="end") == after(25)
