"""A branch whose screens seal: its database holds no word, and who has signed in reads all the same."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from signage.branch.store import FILE, open_store
from signage.link.sealer import Reader, Sealer
from signage.wire.messages import Event
from signage.wire.sealing import SEALED, public_of, unseal
from tests.unit.branch.ground import event, settings
from tests.unit.branch.test_cases import LETTER, SAID, WORDS, Branch, opinion

OFFICE, DESK = bytes(range(32)), bytes(range(1, 33))
SEALER = Sealer((public_of(OFFICE), public_of(DESK)))
NOTE = "客户姓张, 已回电"
PLANTED = (SAID["text"], SAID["contact"], NOTE)


def sealed(one: Event) -> Event:
    """As a screen with the keys sends it."""
    return replace(one, data=SEALER.sealed(one.kind, one.id, one.data))


@pytest.fixture(params=[DESK, None], ids=["with a desk", "without one"])
def branch(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Branch]:
    database = open_store(tmp_path)
    yield Branch(database, settings(catalogues=WORDS, sealer=SEALER, desk_key=request.param))
    database.close()


def in_files(folder: Path) -> list[str]:
    """What of the planted words stands in any file there."""
    every = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [word for word in map(str, PLANTED) if word.encode() in every]


def test_the_answer_is_for_the_one_who_asked(branch: Branch) -> None:
    branch.arrives(sealed(opinion()))
    assert branch.cases[0].callback
    reader = Reader()
    if branch.settings.desk_key is None:
        assert branch.refusal("case.read", case="case-1", reader=reader.public) == "sealed"
        return
    result = branch.asks("case.read", case="case-1", reader=reader.public).result
    assert result is not None
    assert set(result) == {"case", SEALED}
    assert reader.read(result) == LETTER
    assert not any(reader.public in told["detail"] for told in branch.events("audit"))
    assert branch.refusal("case.read", case="case-1", reader="AAAA") == "bad-args"
    assert branch.refusal("case.read", case="case-1", reader="!") == "bad-args"


def test_a_ratings_comment_is_read_as_an_opinions_text(branch: Branch) -> None:
    said: dict[str, Any] = {"comment": SAID["text"], "contact": SAID["contact"], "consent": SAID["consent"]}
    branch.arrives(sealed(event("rating", identity="r-1", stars=3, counter="2", **said)))
    if branch.settings.desk_key is not None:
        result = branch.asks("case.read", case="r-1").result
        assert result == {"text": SAID["text"], "contact": SAID["contact"], "consent": SAID["consent"], "phrases": []}


def test_no_word_lies_in_the_controllers_files(branch: Branch, tmp_path: Path) -> None:
    rating = event("rating", identity="r-1", stars=1, counter="2", comment=SAID["text"], contact=SAID["contact"])
    branch.arrives(sealed(opinion()), sealed(rating))
    assert branch.asks("case.update", case="case-1", action="handled", text=NOTE).ok
    assert [case.id for case in branch.cases] == ["case-1", "r-1"]
    branch.database.execute("SELECT 1")
    sqlite3.connect(tmp_path / FILE).execute("PRAGMA wal_checkpoint").fetchall()
    assert in_files(tmp_path) == []
    handled = branch.events("case")[-1]
    assert unseal(handled[SEALED], OFFICE, "case-1") == {"text": NOTE}
    assert handled["action"] == "handled"


def test_a_note_that_head_office_has_sealed_is_passed_on(branch: Branch) -> None:
    branch.arrives(sealed(opinion()))
    envelope: dict[str, Any] = {"v": 1, "sender": "", "to": {}, "body": ""}
    assert branch.asks("case.update", case="case-1", action="handled", sealed=envelope).ok
    assert branch.events("case")[-1][SEALED] == envelope


def test_what_was_changed_on_the_way_is_not_read(branch: Branch) -> None:
    envelope = sealed(opinion()).data[SEALED]
    branch.arrives(opinion(text=None, contact=None, strokes=None, sealed={**envelope, "body": envelope["sender"]}))
    assert branch.refusal("case.read", case="case-1") == "sealed"
