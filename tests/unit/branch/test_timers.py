"""One deadline for everything that ends by itself."""

from hypothesis import given
from hypothesis import strategies as st

from signage.branch import timers
from signage.branch.facts import Facts, RuleMemory
from signage.branch.settings import RuleSettings
from signage.core.model import Call, Notice, Prompt, Suspension, Thanks
from tests.unit.branch.ground import NINE, after, ids, kinds, settings

RULE = RuleSettings(when="mains", suspend="branch", reason="power", for_s=10)
BRANCH = settings(rules=(RULE,))


@given(st.lists(st.integers(1, 10), min_size=6, max_size=6), st.integers(0, 12))
def test_before_the_deadline_nothing_changes_and_at_it_something_does(ends: list[int], wait: int) -> None:
    suspension, notice, prompt, thanks, failing, call = ends
    facts = Facts(
        suspensions=(
            Suspension(id="s", scope="branch", reason="break", source="manager", since=NINE, until=after(suspension)),
        ),
        notices=(Notice(id="n", text={"zh": "…"}, start=NINE, until=after(notice)),),
        prompts={"1": Prompt(id="p", until=after(prompt))},
        thanks={"1": Thanks(until=after(thanks))},
        rules={RULE.name: RuleMemory(failed=True, since=after(failing - 10))},
        calls=(Call(id="c", kind="call", at=after(call - 12 * 3600)),),
    )
    assert timers.next_due(facts, BRANCH) == after(min(ends))
    changed = timers.pass_time(facts, BRANCH, after(wait), ids()).facts != facts
    assert changed == (wait >= min(ends))


def test_each_end_is_told_once() -> None:
    facts = Facts(
        suspensions=(Suspension(id="s", scope="branch", reason="break", source="manager", since=NINE, until=after(1)),),
        notices=(Notice(id="n", text={"zh": "…"}, start=NINE, until=after(1)),),
    )
    change = timers.pass_time(facts, settings(), after(1), ids())
    assert kinds(change.events) == ["suspension", "notice"]
    assert timers.pass_time(change.facts, settings(), after(2), ids()).events == ()
    assert timers.next_due(change.facts, settings()) is None
    assert timers.next_due_s(change.facts, settings(), NINE) is None


def test_seconds_to_the_deadline_are_never_negative() -> None:
    facts = Facts(thanks={"1": Thanks(until=after(2))})
    assert timers.next_due_s(facts, settings(), NINE) == 2
    assert timers.next_due_s(facts, settings(), after(60)) == 0
