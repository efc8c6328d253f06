"""Head office's commands at a branch with a real database: done once, told, recorded, answered."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from signage.branch.facts import Change, Facts
from signage.branch.ledger import Ledger
from signage.branch.office_desk import OfficeDesk
from signage.branch.store import Store, open_store
from signage.core.model import Case
from signage.core.phrases import Catalogue
from signage.core.programme import SignedContent
from signage.link.database import Database, StorageFull
from signage.link.outbox import Outbox
from signage.wire.codec import decode
from signage.wire.messages import Event, Reply
from tests.unit.branch.ground import NINE, after
from tests.unit.branch.test_head_office import GOOD, SETTINGS, content, key, signed, unsigned

WORDS = {"zh": Catalogue("zh", {"opinion.answer.mended": "zh mended"})}
WORDED = dataclasses.replace(SETTINGS, catalogues=WORDS)


class Branch:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.replies: list[Reply] = []
        self.known: SignedContent | None = content(key())
        self.told: list[Facts] = []
        store = Store(database)
        self.ledger = Ledger(store, Outbox(database, "hz-1"), Facts(), lambda facts, _now: self.told.append(facts))
        self.desk = OfficeDesk(WORDED, self.ledger, store, lambda: self.known, self._answer)

    def _answer(self, reply: Reply) -> bool:
        self.replies.append(reply)
        return True

    def events(self, kind: str) -> list[dict[str, Any]]:
        rows = self.database.execute("SELECT raw FROM outbox ORDER BY seq")
        told = [decode(raw, Event) for (raw,) in rows]
        return [event.data for event in told if event.kind == kind]

    def audit(self) -> list[tuple[Any, ...]]:
        return self.database.execute("SELECT actor, action, detail FROM audit ORDER BY number")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    database = open_store(tmp_path)
    yield Branch(database)
    database.close()


def test_it_is_done_told_recorded_and_answered(branch: Branch) -> None:
    branch.desk.take(GOOD, NINE)
    (reply,) = branch.replies
    assert (reply.id, reply.ok, reply.result) == (
        "c-1", True, {"revision": branch.ledger.facts.revision, "suspension": "c-1"},
    )  # fmt: skip
    assert branch.told[-1].suspensions[0].source == "head-office"
    assert branch.events("audit") == [
        {"actor": "head-office:0a0a0a0a0a0a/li", "action": "suspend",
         "detail": '{"scope":"branch","reason":"disaster"}'}
    ]  # fmt: skip
    assert branch.audit() == [("head-office:0a0a0a0a0a0a/li", "suspend", '{"scope":"branch","reason":"disaster"}')]
    branch.desk.take(signed("resume", scope="branch"), after(1))
    assert branch.replies[-1].result == {"revision": branch.ledger.facts.revision}


def test_a_refusal_changes_nothing_and_is_recorded(branch: Branch) -> None:
    branch.known = content(key(commands=()))
    branch.desk.take(GOOD, NINE)
    assert branch.ledger.facts == Facts()
    (reply,) = branch.replies
    assert reply.error is not None
    assert reply.error.code == "not-permitted"
    assert branch.events("audit") == [
        {"actor": "head-office:0a0a0a0a0a0a", "action": "suspend", "detail": "refused, not-permitted"}
    ]


def test_junk_fills_neither_the_audit_nor_the_outbox(branch: Branch) -> None:
    for number in range(50):
        branch.desk.take(unsigned(GOOD), after(number))
    branch.desk.take(unsigned(GOOD), after(60))
    assert len(branch.replies) == 51
    assert [one["detail"] for one in branch.events("audit")] == [
        "refused, unsigned", "refused, unsigned, and 49 more since the last",
    ]  # fmt: skip


def test_a_disk_that_takes_nothing_is_said_so(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageFull(branch.database.path, "full")

    monkeypatch.setattr(Store, "audit", full)
    branch.desk.take(GOOD, NINE)
    assert branch.replies[0].error is not None
    assert branch.replies[0].error.code == "storage"
    assert branch.ledger.facts == Facts()


def test_head_office_follows_up_a_case_and_answers_from_the_closed_list(branch: Branch) -> None:
    branch.known = content(key(commands=("case.update",)))
    opened = Case(id="case-1", at=NINE, source="opinion", subject="waiting")
    branch.ledger.change(lambda facts: Change(replace(facts, cases=(opened,))), NINE)
    branch.desk.take(signed("case.update", case="case-1", action="fed-back", released={"zh": "自由文字"}), NINE)
    error = branch.replies[-1].error
    assert error is not None
    assert error.code == "two-signatures"
    branch.desk.take(signed("case.update", case="case-1", action="fed-back", answer="mended"), NINE)
    assert branch.ledger.facts.answers[0].text["zh"] == "zh mended"
    assert branch.events("case")[-1]["actor"] == "head-office:0a0a0a0a0a0a/li"
