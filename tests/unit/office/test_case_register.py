"""Cases out of events: whatever the order, the same rows; and none that no rule and nobody makes."""

import json
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from signage.core.case_rules import DEFAULT_RULES, CaseRule
from signage.core.timelies import Timely
from signage.office.cases.acting import act, told_of
from signage.office.cases.listing import Wanted, gravest_first
from signage.office.cases.reading import matter_of
from signage.office.cases.register import Register
from signage.office.cases.surroundings import Played, Surroundings, Suspended, surroundings
from signage.office.database import Store
from signage.office.tables import events, findings
from signage.office.tables_cases import case_events
from tests.unit.office.case_desk import TUESDAY, Branches, derived, later, local

LOW: dict[str, Any] = {"counter": "2", "stars": 1, "channel": "touch", "teller": "8807"}


def a_day(branches: Branches) -> Branches:
    """Two branches' Tuesday: cases of every kind, and much that is none."""
    low = branches.event("rating", TUESDAY, LOW)
    branches.event(
        "case", later(0.1), {"case": low, "action": "opened", "source": "rating", "counter": "2", "stars": 1}
    )
    branches.event("rating", later(1), {"counter": "2", "stars": 5})
    branches.event("rating", later(2), {"counter": "2", "stars": 1, "flags": ["repeat"]})
    branches.event("rating", later(3), {"counter": "3", "stars": 4, "consent": str(later(3))})
    branches.event("case", later(4), {"case": "op", "action": "opened", "source": "opinion", "subject": "waiting"})
    branches.event("case", later(30), {"case": low, "action": "assigned", "actor": "wang"})
    branches.event("case", later(90), {"case": low, "action": "investigated", "actor": "wang"})
    branches.event("case", later(300), {"case": low, "action": "handled", "actor": "wang", "complicated": "legal"})
    branches.event("call", later(5), {"device": "lobby", "on": True})
    branches.event("call", later(9), {"device": "lobby", "on": False, "actor": "wang"})
    branches.event("call", later(40), {"device": "bridge-1", "counter": "1", "on": True})
    branches.event("call", later(43), {"device": "bridge-1", "counter": "1", "on": True})
    branches.event("call", later(55), {"device": "bridge-1", "counter": "1", "on": False, "actor": "wang"})
    branches.event("call", later(40), {"device": "bridge-1", "counter": "1", "on": True}, branch="nb-1")
    branches.event("rating", later(6), LOW, branch="nb-1")
    branches.event("rating", later(7), {"stars": "many"})
    branches.event("case", later(8), {"case": "", "action": "opened"})
    return branches


def test_what_becomes_a_case_and_what_does_not(store: Store) -> None:
    found = a_day(Branches(store)).arrive().cases()
    told = [(case.branch, case.row["source"], case.row["rule"], case.row["counter"]) for case in found]
    assert told == [
        ("hz-1", "rating", "low-rating", "2"),
        ("hz-1", "rating", "call-back", "3"),
        ("hz-1", "opinion", "opinion", None),
        ("nb-1", "rating", "low-rating", "2"),
        ("hz-1", "call", "unanswered-call", "1"),
        ("nb-1", "call", "unanswered-call", "1"),
    ]
    first = found[0].row
    assert (first["teller"], first["stars"], first["owner"], first["action"]) == ("8807", 1, "wang", "handled")
    assert (first["opened_at"], first["investigated_at"], first["handled_at"]) == (
        str(TUESDAY),
        str(later(90)),
        str(later(300)),
    )
    assert (first["complicated"], first["at_branch"]) == ("legal", True)
    assert (found[1].row["callback"], found[1].row["at_branch"], found[3].row["at_branch"]) == (True, False, False)
    assert found[4].opened == later(50)
    assert len(first["number"]) == 8


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_arrival_changes_no_row(store: Store, seed: int) -> None:
    branches = a_day(Branches(store)).arrive(seed)
    branches.cases()
    shuffled = derived(store)
    assert len(shuffled[1]) == 6
    assert Register(store).rebuild() > 0
    assert derived(store) == shuffled


def test_following_step_by_step_ends_where_rebuilding_does(store: Store) -> None:
    branches = a_day(Branches(store))
    made = branches._made
    branches._made = []
    for one in reversed(made):
        branches._made = [one]
        branches.arrive().cases()
    at_last = derived(store)
    Register(store).rebuild()
    assert derived(store) == at_last
    assert Register(store).follow() == 0


def test_a_call_that_waits_is_no_case_yet_and_none_if_the_answer_was_only_late_to_arrive(store: Store) -> None:
    branches = Branches(store)
    branches.event("call", TUESDAY, {"device": "lobby", "on": True})
    branches.arrive()
    assert branches.cases(later(9.99)) == ()
    assert len(branches.cases(later(10))) == 1
    branches.event("call", later(2), {"device": "lobby", "on": False, "actor": "wang"})
    assert branches.arrive().cases() == ()


def test_other_rules_make_other_cases(store: Store) -> None:
    rules = (
        CaseRule(name="angry", on="rating", stars_at_most=1),
        CaseRule(name="slow", on="opinion", subjects=("other",)),
    )
    branches = Branches(store, rules)
    branches.event("rating", TUESDAY, {"stars": 2})
    branches.event("case", TUESDAY, {"case": "op", "action": "opened", "source": "opinion", "subject": "waiting"})
    assert branches.arrive().cases() == ()
    branches.event("case", later(1), {"case": "op", "action": "assigned", "actor": "wang"})
    found = branches.arrive().cases()
    assert [(case.id, case.row["rule"], case.row["owner"]) for case in found] == [("op", "branch", "wang")]


def test_what_any_of_its_events_says_of_a_case_counts(store: Store) -> None:
    branches = Branches(store)
    low = branches.event("rating", TUESDAY, LOW | {"consent": str(TUESDAY)})
    branches.event("case", later(-1), {"case": low, "action": "opened", "source": "rating", "device": "lobby-2"})
    (case,) = branches.arrive().cases()
    assert (case.row["callback"], case.row["device"], case.row["teller"]) == (True, "lobby-2", "8807")
    assert case.opened == later(-1)


def test_where_only_asked_for_ratings_count_the_others_make_no_case(store: Store) -> None:
    branches = Branches(store)
    branches.event("rating", TUESDAY, LOW | {"flags": ["unprompted"]})
    branches.event("rating", TUESDAY, LOW | {"flags": ["unprompted"]}, branch="nb-1")
    branches.event("rating", later(1), LOW)
    branches.arrive()
    Register(store, prompted_only=lambda branch: branch == "hz-1").follow()
    assert [(case.branch, case.opened) for case in branches.cases()] == [("nb-1", TUESDAY), ("hz-1", later(1))]


def test_what_head_office_does_is_an_event_like_any_other(store: Store) -> None:
    branches = Branches(store)
    low = branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    data = {"case": low, "action": "assigned", "actor": "head-office:zhao", "owner": "wang", "source": "rating"}
    first = act(store, "hz-1", data, later(20))
    second = act(store, "hz-1", data | {"action": "handled", "complicated": "records"}, later(30))
    assert first != second
    (case,) = branches.cases()
    assert (case.row["action"], case.row["owner"], case.row["complicated"]) == ("handled", "wang", "records")
    assert case.row["at_branch"] is False
    with store.read() as connection:
        rows = connection.execute(select(events).where(events.c.origin == "head-office").order_by(events.c.seq)).all()
    assert [(row.branch, row.seq, row.broken, row.problem) for row in rows] == [
        ("hz-1", 1, False, None),
        ("hz-1", 2, False, None),
    ]
    with store.read() as connection:
        found = connection.execute(select(findings)).all()
    assert found == [], "the branch's disk is the same as before"
    assert told_of(data) == {"case": low, "action": "assigned", "owner": "wang"}


def test_cases_are_found_by_number_branch_owner_and_time(store: Store) -> None:
    branches = a_day(Branches(store)).arrive()
    (first, *_) = branches.cases()
    number = str(first.row["number"])
    for spoken in (number, f"{number[:4]} {number[4:]}", first.id):
        assert branches.cases(wanted=Wanted(number=spoken)) == (first,)
    assert {case.branch for case in branches.cases(wanted=Wanted(branch="nb-1"))} == {"nb-1"}
    assert [case.id for case in branches.cases(wanted=Wanted(owner="wang"))] == [first.id]
    assert len(branches.cases(wanted=Wanted(first=later(5)))) == 3
    act(store, "hz-1", {"case": first.id, "action": "closed", "actor": "x"}, later(600))
    assert first.id not in {case.id for case in branches.cases(wanted=Wanted())}
    assert len(branches.cases(wanted=Wanted(closed=True))) == 6


def test_the_gravest_come_first(store: Store) -> None:
    branches = a_day(Branches(store))
    branches.event("rating", later(30 * 60), LOW)
    branches.arrive()
    at = local("2026-11-26T10:00")
    ordered = gravest_first(branches.cases(at), at)
    assert [case.stands(at) for case in ordered] == [Timely.ESCALATED] * 6 + [Timely.DUE]
    dues = [case.next.due for case in ordered if case.next is not None]
    assert dues == sorted(dues)
    assert gravest_first((), at) == []


def test_what_was_around_the_customer_then(store: Store) -> None:
    branches = Branches(store)
    suspension = {"scope": "counter:1", "reason": "break", "source": "manager", "actor": "wang"}
    branches.event("suspension", later(-60), suspension | {"on": True, "suspension": "s-1"})
    branches.event("suspension", later(-50), suspension | {"on": True, "suspension": "s-2", "until": str(later(-1))})
    branches.event(
        "suspension",
        later(-40),
        {
            "scope": "branch",
            "reason": "power",
            "source": "rule",
            "rule": "mains>branch",
            "on": True,
            "suspension": "s-3",
        },
    )
    branches.event("suspension", later(-30), suspension | {"scope": "counter:3", "on": True, "suspension": "s-4"})
    branches.event("suspension", later(-20), suspension | {"scope": "counter:3", "on": False, "suspension": "s-4"})
    branches.event("suspension", later(1), suspension | {"scope": "counter:2", "on": True, "suspension": "s-5"})
    ends = {"scope": "counter:4", "on": True, "suspension": "s-6", "until": str(TUESDAY)}
    branches.event("suspension", later(-9), suspension | ends)
    for scope in ("counter:5", "counter:6"):  # from a controller that gave them no ids
        branches.event("suspension", later(-8), suspension | {"scope": scope, "on": True})
    branches.event("suspension", later(-7), suspension | {"scope": "counter:5", "on": False})
    play = {
        "screen": "wall",
        "items": [{"ref": "loan", "count": 3, "seconds": 45}, {"ref": "rates", "count": 1, "seconds": 9}],
    }
    branches.event("play", later(3), play | {"from": str(later(-2)), "to": str(later(3))})
    branches.event("play", later(-2), play | {"from": str(later(-7)), "to": str(later(-2.01))})
    branches.event("shown", later(-30), {"screen": "wall", "what": "notice", "ref": "n-1", "after_ms": 90})
    branches.event("shown", later(-30), {"screen": "wall", "what": "notice", "ref": "n-2", "after_ms": 90})
    branches.event("notice", later(-10), {"notice": "n-2", "action": "withdrawn", "actor": "wang", "text": {}})
    branches.event("transaction", later(-4), {"counter": "2", "teller": "8801", "phase": "start"})
    branches.event("transaction", later(-3), {"counter": "1", "teller": "8802", "phase": "start"})
    branches.arrive(seed=1)
    assert surroundings(store, "hz-1", TUESDAY, "2") == Surroundings(
        "8801",
        (
            Suspended("branch", "power", later(-40), "mains>branch"),
            Suspended("counter:6", "break", later(-8), "wang"),
        ),
        (Played("wall", "loan", 45), Played("wall", "rates", 9)),
        ("n-1",),
    )
    assert surroundings(store, "nb-1", TUESDAY, None) == Surroundings(None, (), (), ())


@pytest.mark.parametrize(
    ("given", "told"), [("zh-HK", "zh-HK"), (None, None), (7, None), ("\x1b[2J", None), ("x" * 400, "x" * 16)]
)
def test_the_language_in_which_a_customer_wrote_is_known(store: Store, given: object, told: str | None) -> None:
    branches = Branches(store)
    opened = {"case": "op", "action": "opened", "source": "opinion", "subject": "waiting"}
    branches.event("case", TUESDAY, opened | ({} if given is None else {"locale": given}), id="op")
    branches.arrive()
    assert surroundings(store, "hz-1", TUESDAY, None, "op").locale == told


def test_a_row_that_is_committed_late_is_not_passed_over(store: Store) -> None:
    """PostgreSQL gives keys before rows can be seen: the follower waits for who is writing."""
    if store.engine.name != "postgresql":
        return
    branches = Branches(store)
    low = branches.event("rating", TUESDAY, LOW)
    branches.arrive()
    with store.read() as connection:
        row = dict(connection.execute(select(events)).mappings().one())
    slow = store.engine.connect()
    held = slow.begin()
    slow.execute(
        insert(events), [{k: v for k, v in row.items() if k != "key"} | {"id": "slow", "seq": 99, "epoch": "z"}]
    )
    branches.event("rating", later(1), LOW)
    branches.arrive()  # a higher key, committed first
    following = threading.Thread(target=branches.register.follow)
    following.start()
    following.join(0.5)
    assert following.is_alive()
    held.commit()
    slow.close()
    following.join(10)
    assert {case.id for case in branches.cases()} >= {low, "slow"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "case",
    "action",
    "source",
    "stars",
    "flags",
    "on",
    "device",
    "counter",
    "teller",
    "owner",
    "consent",
    "subject",
)


@given(
    kind=st.sampled_from(("rating", "call", "case")),
    data=JSON | st.dictionaries(st.sampled_from(KEYS), JSON | st.just("opened") | st.just(True), max_size=8),
)
def test_no_event_stops_the_register(kind: str, data: Any) -> None:
    """Whatever a branch sends: a row of short texts and plain numbers, or nothing."""
    event = {
        "key": 1,
        "branch": "hz-1",
        "id": "e",
        "at": str(TUESDAY),
        "kind": kind,
        "origin": "lobby",
        "problem": None,
    }
    row = matter_of(event | {"data": json.dumps(data)}, DEFAULT_RULES)
    if row is not None:
        assert set(row) == {column.name for column in case_events.columns}
        texts = [value for value in row.values() if isinstance(value, str)]
        assert all(len(text) <= 300 and "\0" not in text for text in texts)
        assert row["stars"] in (None, 1, 2, 3, 4, 5)
