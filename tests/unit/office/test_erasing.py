"""Erasure: no byte of the words is left in the database's files, and the chain still holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from signage.core.instants import Instant
from signage.link.sealer import Sealer
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.office.erasing import ERASED, Erasure, count, erase
from signage.office.tables import commands, events
from signage.wire.chain import link_hash
from signage.wire.sealing import SEALED, public_of
from tests.unit.office.case_desk import TUESDAY, Branches, later
from tests.unit.office.outboxes import OutboxByHand

OPEN = {"stars": 1, "comment": "等了四十分钟", "contact": "13800138000", "consent": "2026-11-24T02:00:00.000Z"}
SEALED_RATING = Sealer((public_of(bytes(32)),)).sealed("rating", "r", OPEN)


def rows(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(events).order_by(events.c.key)).all())


def filled(store: Store) -> Branches:
    branches = Branches(store)
    branches.event("rating", TUESDAY, OPEN, id="open")
    branches.event("rating", later(1), SEALED_RATING, id="r")
    branches.event("case", later(2), {"case": "r", "action": "handled", "text": "客户姓张", "actor": "wang"})
    branches.event("rating", later(3), {"stars": 5}, id="plain")
    branches.event("notice", later(4), {"notice": "n", "action": "posted", "text": {"zh": "停电"}})
    branches.event("rating", later(60 * 24), OPEN, id="new")
    return branches.arrive()


def test_by_date_and_the_hash_stands_for_what_is_gone(store: Store) -> None:
    filled(store)
    before = {row.id: row for row in rows(store)}
    wanted = Erasure(before=later(60))
    assert count(store, wanted) == 3
    assert erase(store, wanted, later(99)) == 3
    assert erase(store, wanted, later(100)) == count(store, wanted) == 0
    after = {row.id: row for row in rows(store)}
    for identity in ("open", "r"):
        data = json.loads(after[identity].data)
        assert data == {"stars": 1, "consent": OPEN["consent"], ERASED: str(later(99))}
        raw = json.loads(after[identity].raw)
        assert raw["sha256"] == link_hash(json.loads(before[identity].raw))
        assert (raw["id"], raw["at"], raw["data"]) == (
            identity,
            before[identity].at,
            {"stars": 1, "consent": OPEN["consent"]},
        )
    assert json.loads(after["r"].raw)["sha256"] == json.loads(rows(store)[2].raw)["prev"]
    for identity in ("plain", "new"):
        assert after[identity] == before[identity]
    assert [row.kind for row in rows(store)][4] == "notice"
    assert rows(store)[4].data == before[rows(store)[4].id].data


def test_one_case_on_request(store: Store) -> None:
    filled(store)
    assert erase(store, Erasure(case="r", branch="hz-1"), later(9)) == 2
    told = {row.id: json.loads(row.data) for row in rows(store)}
    assert ERASED in told["r"]
    assert SEALED not in told["r"]
    assert "contact" in told["open"]
    assert erase(store, Erasure(case="r", branch="nb-1"), later(9)) == 0


def test_an_event_that_could_not_be_read_is_erased_as_a_whole(store: Store) -> None:
    outbox = OutboxByHand().add(kind="rating", at="yesterday", data=OPEN)
    outbox.events += [{"kind": 7, "text": OPEN["contact"]}, {"id": "f", "kind": "fault", "text": "x"}]
    OfficeCustody(store).accept(outbox.batch(), TUESDAY)
    assert erase(store, Erasure(before=later(1)), later(9)) == 2
    assert erase(store, Erasure(before=later(1)), later(9)) == 0
    first, second, fault = rows(store)
    assert OPEN["contact"] not in first.raw.decode() + first.data + second.raw.decode() + second.data
    assert [json.loads(row.raw)["sha256"] for row in (first, second)] == [link_hash(one) for one in outbox.events[:2]]
    assert json.loads(fault.raw) == outbox.events[2]


def test_notes_in_commands_that_have_long_expired_go_too(store: Store) -> None:
    document = json.dumps({"args": {"sealed": {}}})
    with store.begin() as connection:
        for name, expires in (("old", TUESDAY), ("new", later(120))):
            row = {"id": name, "target": "hz-1", "expires_at": str(expires), "document": document}
            connection.execute(insert(commands).values(row))
    erase(store, Erasure(before=later(60)), later(99))
    with store.read() as connection:
        assert list(connection.execute(select(commands.c.id)).scalars()) == ["new"]


@pytest.mark.parametrize("sealed", [False, True])
def test_not_a_byte_is_left_in_the_files(tmp_path: Path, sealed: bool) -> None:
    store = Store(f"sqlite:///{tmp_path}/office.db")
    store.prepare()
    branches = Branches(store)
    data = SEALED_RATING if sealed else OPEN
    words = [SEALED_RATING[SEALED]["body"][:60]] if sealed else [str(OPEN["comment"]), str(OPEN["contact"])]
    for number in range(50):
        branches.event("rating", later(number), data, id=f"r-{number}")
    branches.arrive()
    assert all(word.encode() in everything(tmp_path) for word in words)
    assert erase(store, Erasure(before=Instant.parse("2027-01-01T00:00:00Z")), TUESDAY) == 50
    assert not any(word.encode() in everything(tmp_path) for word in words)
    store.close()


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
