"""A round to its end, what it found, and who has seen it put right."""

from typing import Any

import pytest

from signage.branch.facts import Change, Facts, Refused
from signage.branch.orders import carry_out
from signage.branch.staff import Person, Role
from tests.unit.branch.ground import MANAGER, NINE, TELLER, after, order, settings, told

BRANCH = settings()
OTHER = Person("zhao", "赵", Role.BRANCH_MANAGER, "$argon2")
WRONG = {"step": "lights", "ok": False, "note": "有灯不亮", "phrase": "dark"}
RIGHT = {"step": "lights", "ok": True}


def walk(*steps: dict[str, Any], facts: Facts | None = None, seconds: float = 0, identity: str = "c-1") -> Change:
    asked = order("checklist.result", MANAGER, identity, checklist="daily", version=3, steps=list(steps))
    return carry_out(facts or Facts(), asked, BRANCH, after(seconds))


def follow(facts: Facts, action: str, person: Person = MANAGER, finding: str = "c-1/2") -> Change:
    return carry_out(facts, order("finding.update", person, finding=finding, action=action), BRANCH, NINE)


def refused(*args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        follow(*args, **more)
    return caught.value.code


def test_a_round_is_told_as_it_was_walked_and_what_it_found_stands() -> None:
    change = walk({"step": "door", "ok": True}, WRONG)
    assert told(change, "checklist") == [
        {"checklist": "daily", "version": 3, "actor": "wang", "steps": [{"step": "door", "ok": True}, WRONG]}
    ]
    (finding,) = change.facts.findings
    assert (finding.id, finding.step, finding.note, finding.phrase, finding.actor) == (
        "c-1/2", "lights", "有灯不亮", "dark", "wang",
    )  # fmt: skip
    (last,) = change.facts.rounds
    assert (last.checklist, last.version, last.at, last.actor, last.findings) == ("daily", 3, NINE, "wang", 1)


def test_the_next_round_settles_what_is_in_order_and_keeps_what_is_not() -> None:
    first = walk({"step": "door", "ok": True}, WRONG).facts
    again = walk(
        {"step": "door", "ok": True}, WRONG, facts=follow(first, "rectified").facts, seconds=60, identity="c-2"
    ).facts
    (finding,) = again.findings
    assert (finding.id, finding.at, finding.rectified_by) == ("c-1/2", NINE, None)  # it is the old one, and not mended
    assert [last.at for last in again.rounds] == [after(60)]
    assert walk(RIGHT, facts=again, identity="c-3").facts.findings == ()
    other = walk({"step": "elsewhere", "ok": True}, facts=again, identity="c-4").facts
    assert len(other.findings) == 1


def test_somebody_else_says_that_it_is_right() -> None:
    facts = walk({"step": "door", "ok": True}, WRONG).facts
    assert refused(facts, "verified") == "not-yours"
    change = follow(facts, "rectified")
    assert change.facts.findings[0].rectified_by == "wang"
    assert told(change, "checklist")[0] | {"steps": []} == {
        "checklist": "daily", "version": 3, "actor": "wang", "steps": [], "finding": "c-1/2", "action": "rectified",
    }  # fmt: skip
    assert refused(change.facts, "verified") == "not-yours"
    assert follow(change.facts, "verified", OTHER).facts.findings == ()
    assert refused(facts, "rectified", finding="gone") == "unknown-finding"


def test_findings_of_a_list_that_was_walked_by_nobody_here_have_no_version() -> None:
    lost = walk({"step": "door", "ok": True}, WRONG).facts
    bare = Facts(findings=lost.findings)
    assert told(follow(bare, "rectified"), "checklist")[0]["version"] == 0


@pytest.mark.parametrize("steps", [[], [{"step": "x", "ok": "yes"}], [{"step": "x", "ok": True, "note": "长" * 201}]])
def test_what_cannot_be_a_round_is_refused(steps: list[Any]) -> None:
    with pytest.raises(Refused, match="bad-args"):
        walk(*steps)


def test_a_teller_may_walk_rounds_and_a_stranger_not() -> None:
    asked: dict[str, Any] = {"checklist": "daily", "version": 1, "steps": [RIGHT]}
    assert carry_out(Facts(), order("checklist.result", TELLER, **asked), BRANCH, NINE).facts.rounds
    with pytest.raises(Refused, match="not-signed-in"):
        carry_out(Facts(), order("checklist.result", None, **asked), BRANCH, NINE)
