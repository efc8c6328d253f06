from signage.branch.adoption import adopt, plausible
from signage.branch.document import branch_state, branch_status
from signage.branch.facts import Facts, next_revision
from signage.core.hours import read_hours
from signage.core.model import BranchState, Call, Notice, Prompt, Suspension, Thanks
from signage.wire.codec import decode, encode
from tests.unit.branch.ground import NINE, after, settings

BRANCH = settings()
POWER = Suspension(id="s", scope="branch", reason="power", source="manager", since=NINE, until=after(600))
FULL = Facts(
    revision=7,
    suspensions=(POWER, Suspension(id="t", scope="counter:2", reason="break", source="teller", since=NINE)),
    notices=(
        Notice(id="low", text={"zh": "一"}, start=NINE, until=after(60)),
        Notice(id="high", text={"zh": "二"}, start=NINE, until=after(60), priority=20),
    ),
    calls=(Call(id="c", kind="fault", at=NINE, counter="1"),),
    prompts={"1": Prompt(id="p", until=after(9))},
    thanks={"3": Thanks(until=after(6))},
    tellers={"1": "8807"},
    pads={"1": "online", "3": "lost"},
    transactions={"2": NINE},
)


def test_the_document_says_what_screens_need_and_survives_the_wire() -> None:
    state = branch_state(FULL, BRANCH, NINE)
    assert decode(encode(state), BranchState) == state
    first, second, third = state.counters
    assert (first.state, first.reason, first.until, first.teller, first.pad) == (
        "suspended",
        "power",
        after(600),
        "8807",
        "online",
    )
    assert (second.until, second.pad) == (None, "absent")
    assert third.thanks is not None
    assert (first.serving, second.serving) == (None, NINE)
    assert first.prompt is not None
    assert state.suspension == POWER
    assert [notice.id for notice in state.notices] == ["high", "low"]
    assert [screen.name for screen in state.screens] == ["lobby", "wall-1", "counter-1"]
    assert branch_state(FULL, BRANCH, after(600)).suspension is None


def test_head_office_sees_open_suspended_closed_and_lost() -> None:
    hours = read_hours(BRANCH.hours)
    assert branch_status(FULL, BRANCH, hours, 3, NINE).state == "suspended"
    facts = Facts(pads={"1": "lost", "2": "online"})
    status = branch_status(facts, BRANCH, hours, 0, NINE)
    assert (status.state, status.counters) == ("open", {"1": "lost", "2": "open", "3": "open"})
    night = branch_status(facts, BRANCH, hours, 0, after(-60))
    assert (night.state, set(night.counters.values())) == ("closed", {"closed"})
    assert branch_status(FULL, BRANCH, hours, 3, NINE).counters["1"] == "suspended"


def test_a_revision_never_goes_back() -> None:
    assert next_revision(0, NINE) == NINE.ms
    assert next_revision(NINE.ms + 5, NINE) == NINE.ms + 6
    assert plausible(NINE.ms + 1000, NINE)
    assert not plausible(2**62, NINE)
    assert not plausible(-1, NINE)


def test_what_the_branch_still_shows_is_taken_over() -> None:
    state = branch_state(FULL, BRANCH, NINE)
    taken = adopt(Facts(), state, BRANCH, after(30))
    assert (taken.revision, len(taken.suspensions), len(taken.notices), taken.tellers) == (7, 2, 2, {"1": "8807"})
    assert adopt(taken, state, BRANCH, after(30)) == taken
    late = adopt(Facts(), state, settings(counters=()), after(600))
    assert (late.suspensions, late.notices, len(late.calls)) == ((), (), 1)
