"""What head office does about a branch's cases, and the deadlines that its own screens show."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from signage.branch import case_desk
from signage.branch.document import branch_state
from signage.branch.facts import Change, Facts, Refused
from signage.branch.head_office import Allowed
from signage.branch.store import Store, open_store
from signage.core.instants import Instant
from signage.core.model import Case
from signage.core.programme import SignedContent
from signage.core.timelies import Clocked
from tests.unit.branch.ground import NINE, after, command, settings
from tests.unit.branch.test_cases import WORDS

BRANCH = settings(catalogues=WORDS)
KNOWN = Case(id="k", at=NINE, source="opinion", action="assigned", owner="wang")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_store(tmp_path)
    yield Store(database)
    database.close()


def told(store: Store, facts: Facts, **args: Any) -> Change:
    allowed = Allowed(
        command("case.update", **args), "head-office:key/zhao", SignedContent(version=1, expires=after(86400))
    )
    return case_desk.update_from_afar(facts, allowed, store, WORDS, after(60))


def test_a_call_that_nobody_answered_stands_on_the_panel_once(store: Store) -> None:
    args = {"case": "c", "action": "opened", "source": "call", "counter": "3", "at": str(NINE), "subject": "gossip"}
    change = told(store, Facts(), **args)
    assert change.facts.cases == (Case(id="c", at=NINE, source="call", counter="3"),)
    (event,) = change.events
    assert event.data == {
        "case": "c",
        "action": "opened",
        "actor": "head-office:key/zhao",
        "source": "call",
        "counter": "3",
    }
    with pytest.raises(Refused, match="known-case"):
        told(store, change.facts, **args)
    assert told(store, Facts(), case="d", action="opened").facts.cases[0].at == after(60)


def test_head_office_urges_the_next_step_until_it_is_done(store: Store) -> None:
    facts = Facts(cases=(KNOWN,))
    urged = told(store, facts, case="k", action="assigned", owner="wang", reminder="escalated").facts
    assert urged.cases == (replace(KNOWN, urged=True),)
    again = told(store, urged, case="k", action="assigned", owner="li").facts
    assert (again.cases[0].urged, again.cases[0].owner) == (True, "li")
    done = told(store, urged, case="k", action="investigated").facts
    assert (done.cases[0].urged, done.cases[0].investigated_at, done.cases[0].handled_at) == (False, after(60), None)


def test_a_step_has_its_time_once_and_reaches_the_earlier_ones(store: Store) -> None:
    facts = told(store, Facts(cases=(KNOWN,)), case="k", action="handled").facts
    (case,) = facts.cases
    assert (case.investigated_at, case.handled_at, case.fed_back_at) == (after(60), after(60), None)
    earlier = replace(case, investigated_at=NINE)
    facts = told(store, Facts(cases=(earlier,)), case="k", action="fed-back").facts
    assert (facts.cases[0].investigated_at, facts.cases[0].fed_back_at) == (NINE, after(60))
    handed_over = told(store, facts, case="k", action="assigned", owner="li").facts
    assert (handed_over.cases[0].action, handed_over.cases[0].owner) == ("fed-back", "li")


def test_the_document_says_which_step_falls_due_and_when(store: Store) -> None:
    def next_of(facts: Facts) -> tuple[str | None, Instant | None]:
        (case,) = branch_state(facts, BRANCH, NINE).cases
        return case.step, case.due

    facts = Facts(cases=(KNOWN,))
    first = next_of(facts)
    assert first[0] == Clocked.INVESTIGATED
    facts = told(store, facts, case="k", action="handled", complicated="legal").facts
    assert facts.cases[0].complicated == "legal"
    assert next_of(facts)[0] == Clocked.FED_BACK
    facts = told(store, facts, case="k", action="fed-back").facts
    assert next_of(facts) == (None, None)
    unfinished = replace(facts.cases[0], fed_back_at=None, handled_at=after(86400 * 29))
    step, due = next_of(Facts(cases=(unfinished,)))
    assert due is not None
    assert due - NINE > timedelta(days=29)
    assert step is not None
    assert branch_state(Facts(), BRANCH, NINE).cases == ()


def test_what_was_given_as_complicated_first_stays(store: Store) -> None:
    facts = told(store, Facts(cases=(KNOWN,)), case="k", action="assigned", complicated="legal").facts
    facts = told(store, facts, case="k", action="assigned", complicated="other").facts
    assert facts.cases[0].complicated == "legal"
