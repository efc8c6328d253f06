"""Opinions and low ratings at a branch with a real database: what every screen reads, and what only staff do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Raw
from msgspec.structs import replace

from signage.branch.cases import LONGEST_NAME, follows, opened_by, take_in
from signage.branch.custody import BranchCustody
from signage.branch.desk import Desk
from signage.branch.document import branch_state
from signage.branch.doorkeeper import Doorkeeper
from signage.branch.facts import ANSWERS_KEPT, CASES_KEPT, Facts
from signage.branch.ledger import Ledger
from signage.branch.relay import Relay
from signage.branch.settings import ControllerSettings
from signage.branch.staff import Person
from signage.branch.store import Store, open_store
from signage.core.cases import ANSWERS, SUBJECTS, case_number
from signage.core.model import Case
from signage.core.phrases import Catalogue
from signage.link.database import Database
from signage.link.inbox import Inbox, Upstream
from signage.link.outbox import Outbox
from signage.wire.chain import GENESIS, link_hash
from signage.wire.codec import decode, encode
from signage.wire.messages import Batch, Event, Reply
from tests.unit.branch.ground import MANAGER, NINE, TELLER, after, command, event, settings

WORDS = {
    locale: Catalogue(locale, {f"opinion.answer.{name}": f"{locale} {name}" for name in ANSWERS})
    for locale in ("zh", "en")
}
BRANCH = settings(catalogues=WORDS)
SAID = {"text": "等了很久", "contact": "13800138000", "consent": str(NINE), "strokes": {"width": 9, "lines": [[1, 2]]}}
LETTER = {**SAID, "phrases": ["long-wait"]}


def opinion(case: str = "case-1", **data: Any) -> Event:
    given = {"case": case, "action": "opened", "source": "opinion", "subject": "waiting", "phrases": ["long-wait"]}
    return event("case", identity=case, **{**given, **SAID, **data})


class Branch:
    """Devices' events in, screens' document and replies out."""

    def __init__(self, database: Database, told: ControllerSettings = BRANCH) -> None:
        self.database = database
        self.settings = told
        self.replies: list[tuple[Reply, bool]] = []
        store = Store(database)
        outbox = Outbox(database, "hz-1")
        self.ledger = Ledger(store, outbox, store.facts() or Facts(), lambda _facts, _now: None, told.sealer)
        self.custody = BranchCustody(Inbox(database, outbox, Upstream.NONE), self.ledger, store, told)
        self.doorkeeper = Doorkeeper(store, None, frozenset({"lobby"}))
        self.desk = self._desk(private=True)
        self._sent = 0
        self._head = GENESIS

    def _desk(self, *, private: bool) -> Desk:
        relay = Relay("hz-1", lambda: "id", lambda _command: True)
        return Desk(
            self.settings, self.ledger, Store(self.database), self.doorkeeper, relay, self, private, lambda: "id"
        )

    def overheard(self) -> None:
        self.desk = self._desk(private=False)

    def send_reply(self, node: str, reply: Reply, *, keep: bool = True) -> bool:
        assert node == "lobby"
        self.replies.append((reply, keep))
        return True

    def arrives(self, *events: Event) -> None:
        raws = []
        first = self._sent + 1
        for one in events:
            self._sent += 1
            raws.append(encode(replace(one, origin_epoch="x", origin_seq=self._sent, prev=self._head)))
            self._head = link_hash(json.loads(raws[-1]))
        batch = Batch(v=1, node="bridge-1", epoch="x", oldest=1, first=first, events=tuple(map(Raw, raws)))
        self.custody.accept(batch, NINE)

    def asks(self, name: str, person: Person | None = MANAGER, **args: Any) -> Reply:
        """By somebody signed in at the lobby's screen, or by nobody."""
        given = command(name, f"c-{len(self.replies)}", **args)
        if person is not None:
            token, _ = self.doorkeeper.badges.issue(person, "lobby", NINE)
            given = replace(given, actor=person.id, token=token)
        self.desk.take("lobby", given, after(1), 0.0)
        return self.replies[-1][0]

    def refusal(self, name: str, person: Person | None = MANAGER, **args: Any) -> str:
        error = self.asks(name, person, **args).error
        assert error is not None
        return error.code

    @property
    def cases(self) -> tuple[Case, ...]:
        return branch_state(self.ledger.facts, BRANCH, NINE).cases

    def events(self, kind: str) -> list[dict[str, Any]]:
        told = [decode(raw, Event) for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]
        return [one.data for one in told if one.kind == kind]

    def letters(self) -> int:
        return int(self.database.execute("SELECT count(*) FROM letters")[0][0])


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    database = open_store(tmp_path)
    yield Branch(database)
    database.close()


def test_an_opinion_is_a_case_on_every_screen_without_a_word_of_the_customers(branch: Branch) -> None:
    branch.arrives(opinion())
    (case,) = branch.cases
    known = Case(id="case-1", at=NINE, source="opinion", subject="waiting", callback=True)
    assert replace(case, step=None, remind=None, due=None) == known
    shown = encode(branch_state(branch.ledger.facts, BRANCH, NINE)).decode()
    assert not [word for word in ("等了很久", "13800138000", "lines", "long-wait") if word in shown]
    assert len(branch.events("case")) == 1, "it is passed on as it came"


@pytest.mark.parametrize(("given", "kept"), [("en", "en"), ("zh-HK", "zh-HK"), ("<b>", None), ("", None)])
def test_the_language_in_which_it_was_written_is_kept(branch: Branch, given: str, kept: str | None) -> None:
    branch.arrives(opinion(locale=given))
    assert branch.cases[0].locale == kept


def test_the_customers_words_are_told_to_who_has_signed_in_and_kept_nowhere(branch: Branch) -> None:
    branch.arrives(opinion())
    assert branch.asks("case.read", case="case-1").result == LETTER
    assert branch.replies[-1][1] is False
    assert branch.events("audit")[-1] == {"actor": "wang", "action": "case.read", "detail": '{"case":"case-1"}'}


def test_nobody_else_reads_them(branch: Branch) -> None:
    branch.arrives(opinion())
    assert branch.refusal("case.read", None, case="case-1") == "not-signed-in"
    assert branch.refusal("case.read", TELLER, case="case-1") == "not-permitted"
    assert branch.refusal("case.update", TELLER, case="case-1", action="assigned") == "not-permitted"
    assert branch.refusal("case.read", case="case-2") == "unknown-case"
    branch.overheard()
    assert branch.refusal("case.read", case="case-1") == "not-private"


def test_a_case_is_taken_followed_up_answered_and_closed(branch: Branch) -> None:
    branch.arrives(opinion())
    assert branch.asks("case.update", case="case-1", action="assigned").ok
    assert (branch.cases[0].action, branch.cases[0].owner) == ("assigned", "wang")
    assert branch.asks("case.update", case="case-1", action="handled", text="他说了 13800138000").ok
    assert branch.asks("case.update", case="case-1", action="fed-back", answer="mended").ok
    (answer,) = branch.ledger.facts.answers
    assert (answer.id, answer.text, answer.subject) == ("case-1", {"zh": "zh mended", "en": "en mended"}, "waiting")
    assert answer.phrases == ("long-wait",)
    assert branch.letters() == 1
    assert branch.asks("case.update", case="case-1", action="closed").ok
    assert (branch.cases, branch.letters(), len(branch.ledger.facts.answers)) == ((), 0, 1)
    steps = [data["action"] for data in branch.events("case")]
    assert steps == ["opened", "assigned", "handled", "fed-back", "closed"]
    assert branch.events("case")[2]["text"] == "他说了 13800138000"
    assert not [data for data in branch.events("audit") if "13800138000" in data["detail"]]


def test_an_answer_in_own_words_can_be_taken_down_even_when_the_case_is_closed(branch: Branch) -> None:
    branch.arrives(opinion())
    branch.asks("case.update", case="case-1", action="fed-back", released={"zh": "已加开窗口"})
    assert branch.ledger.facts.answers[0].text == {"zh": "已加开窗口"}
    branch.asks("case.update", case="case-1", action="fed-back", released={})
    assert branch.ledger.facts.answers == ()
    branch.asks("case.update", case="case-1", action="fed-back", released={"zh": "又一次"})
    branch.asks("case.update", case="case-1", action="closed")
    assert branch.refusal("case.update", case="case-1", action="closed") == "unknown-case"
    assert branch.asks("case.update", case="case-1", action="fed-back", released={}).ok
    assert branch.ledger.facts.answers == ()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"action": "opened"}, "not-permitted"),
        ({"action": "handled", "reminder": "escalated"}, "not-permitted"),
        ({"action": "handled", "complicated": "laziness"}, "bad-args"),
        ({"action": "handled", "answer": "thanks"}, "bad-args"),
        ({"action": "fed-back", "answer": "thanks", "released": {"zh": "一"}}, "bad-args"),
        ({"action": "fed-back", "answer": "whatever"}, "unknown-answer"),
        ({"action": "fed-back", "released": {"zh": ""}}, "bad-args"),
        ({"action": "assigned", "text": "长" * 501}, "bad-args"),
    ],
)
def test_what_makes_no_sense_is_refused(branch: Branch, args: dict[str, Any], code: str) -> None:
    branch.arrives(opinion())
    assert branch.refusal("case.update", case="case-1", **args) == code
    assert branch.cases[0].action == "opened"


def test_a_case_does_not_go_back_but_may_change_hands(branch: Branch) -> None:
    branch.arrives(opinion())
    branch.asks("case.update", case="case-1", action="handled")
    assert branch.refusal("case.update", case="case-1", action="investigated") == "too-late"
    assert branch.asks("case.update", case="case-1", action="assigned", owner="zhao").ok
    assert branch.cases[0].owner == "zhao"


def test_a_low_rating_becomes_a_case_and_a_good_one_only_if_a_call_is_wanted(branch: Branch) -> None:
    branch.arrives(
        event("rating", identity="low", stars=2, counter="1", comment="慢", flags=[]),
        event("rating", identity="good", stars=5, counter="1"),
        event("rating", identity="call", stars=4, contact="13800138000"),
        event("rating", identity="test", stars=1, flags=["test"]),
        event("rating", identity="strange", stars=1, counter="99"),
        event("rating", identity="odd", stars="1"),
        event("rating", after(-86400), identity="late", stars=1),
    )
    assert [(case.id, case.stars, case.counter, case.callback) for case in branch.cases] == [
        ("low", 2, "1", False),
        ("call", 4, None, True),
        ("late", 1, None, False),
    ]
    assert branch.asks("case.read", case="low").result == {"text": "慢", "phrases": []}
    told = branch.events("case")
    assert told[0] == {"case": "low", "action": "opened", "source": "rating", "counter": "1", "stars": 2}
    assert len(told) == 3


def test_a_case_lives_through_a_restart_and_comes_once(branch: Branch) -> None:
    branch.arrives(opinion())
    branch.asks("case.update", case="case-1", action="assigned")
    again = Branch(branch.database)
    assert again.cases[0].action == "assigned"
    assert again.asks("case.read", case="case-1").result == LETTER
    assert take_in(again.ledger.facts, Case(id="case-1", at=NINE, source="opinion")) == again.ledger.facts


def test_what_the_controller_does_not_hold_is_said(branch: Branch) -> None:
    branch.arrives(opinion())
    branch.database.execute("DELETE FROM letters")
    assert branch.refusal("case.read", case="case-1") == "no-letter"


def test_no_more_cases_and_answers_than_a_state_can_carry(branch: Branch) -> None:
    branch.arrives(*(opinion(f"case-{number}") for number in range(CASES_KEPT + 2)))
    assert (len(branch.cases), branch.cases[0].id, branch.letters()) == (CASES_KEPT, "case-2", CASES_KEPT)
    for case in branch.cases[: ANSWERS_KEPT + 1]:
        branch.asks("case.update", case=case.id, action="fed-back", answer="thanks")
    answers = branch.ledger.facts.answers
    assert (len(answers), answers[0].id) == (ANSWERS_KEPT, f"case-{ANSWERS_KEPT + 2}")


@pytest.mark.parametrize(
    "data",
    [{"action": "closed"}, {"case": ""}, {"case": "x" * (LONGEST_NAME + 1)}, {"case": None}, {"strokes": "ink"}],
)
def test_an_event_that_opens_nothing_changes_nothing(data: dict[str, Any]) -> None:
    assert opened_by(opinion(**data)) is None


def test_what_is_not_on_the_lists_is_left_out() -> None:
    opened = opened_by(opinion(subject="weather", phrases=["long-wait", "rain"], counter="9" * 99))
    assert opened is not None
    assert (opened.case.subject, opened.letter.phrases, opened.case.counter) == (None, ("long-wait",), "9" * 20)
    assert follows(event("rating", stars="x"), low=True) is None
    assert follows(event("rating", stars=1, identity="y" * (LONGEST_NAME + 1)), low=True) is None


def test_a_case_number_is_eight_digits_that_say_nothing_else() -> None:
    numbers = {case_number(f"0b51f5f4-3f2e-4b63-9d2a-{number:012x}") for number in range(2000)}
    assert len(numbers) == 2000
    assert all(len(number) == 9 and number.replace(" ", "").isdigit() for number in numbers)
    assert all(len(phrases) == 4 for phrases in SUBJECTS.values())
