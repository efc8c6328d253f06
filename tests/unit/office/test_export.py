import csv
import io
import json
from typing import Any
from uuid import UUID

from signage.core.instants import Instant
from signage.link.sealer import Sealer
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.office.export import Format, Selection, Subject, export
from signage.wire.sealing import public_of
from tests.unit.office.outboxes import NOW, OutboxByHand


def exported(store: Store, selection: Selection, form: Format = Format.JSONL) -> str:
    out = io.StringIO()
    export(store, selection, form, out)
    return out.getvalue()


def objects(store: Store, selection: Selection) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(store, selection).splitlines()]


def fill(store: Store) -> None:
    outbox = (
        OutboxByHand()
        .add(data={"counter": "1", "stars": 5, "press": {"boot": 3, "n": 9}, "reasons": ["快", "a,b"]})
        .add(kind="suspension", data={"scope": "branch", "on": True})
        .add(data={"counter": "2", "stars": 1, "comment": "=cmd()\n等了很久"}, at="2026-11-25T00:00:00.000Z")
    )
    outbox.events.append({"id": 7})
    custody = OfficeCustody(store)
    custody.accept(outbox.batch(), NOW)
    other = OutboxByHand(node="nb-1").add(id="other", kind="case", data={"case": "c", "action": "opened"})
    custody.accept(other.batch(), NOW)


def test_rows_are_as_the_contract_says(store: Store) -> None:
    fill(store)
    first, second = objects(store, Selection(Subject.RATINGS))
    keys = ["branch", "received_at", "id", "at", "kind", "origin", "origin_epoch", "origin_seq", "data"]
    assert list(first) == keys
    assert first["data"] == {"counter": "1", "stars": 5, "press": {"boot": 3, "n": 9}, "reasons": ["快", "a,b"]}
    assert (second["branch"], second["received_at"], second["at"]) == ("hz-1", str(NOW), "2026-11-25T00:00:00.000Z")
    assert [row["kind"] for row in objects(store, Selection(Subject.SUSPENSIONS))] == ["suspension"]
    assert [row["branch"] for row in objects(store, Selection(Subject.CASES))] == ["nb-1"]
    assert objects(store, Selection(Subject.PLAYS)) == []
    everything = objects(store, Selection(Subject.EVENTS))
    assert len(everything) == 5
    assert "raw" not in everything[3]  # it might hold a customer's words
    assert objects(store, Selection(Subject.EVENTS, unsealed=True))[3]["raw"] == '{"id":7}'
    assert everything[3]["id"] is None


def test_filters(store: Store) -> None:
    fill(store)
    day = Instant.parse("2026-11-25T00:00:00.000Z")
    assert len(objects(store, Selection(Subject.RATINGS, first=day))) == 1
    assert len(objects(store, Selection(Subject.RATINGS, end=day))) == 1
    assert len(objects(store, Selection(Subject.EVENTS, branch="nb-1"))) == 1
    assert objects(store, Selection(Subject.EVENTS, branch="x")) == []


def test_csv_flattens_with_dots(store: Store) -> None:
    fill(store)
    first, second = csv.DictReader(io.StringIO(exported(store, Selection(Subject.RATINGS), Format.CSV)))
    assert (first["data.press.boot"], first["data.stars"], first["data.reasons"]) == ("3", "5", '["快", "a,b"]')
    assert second["data.press.boot"] == ""
    assert "data.comment" not in second
    told = exported(store, Selection(Subject.RATINGS, unsealed=True), Format.CSV)
    assert list(csv.DictReader(io.StringIO(told)))[1]["data.comment"] == "'=cmd()\n等了很久"
    assert exported(store, Selection(Subject.PLAYS), Format.CSV).count("\n") == 1


def test_words_and_numbers_are_told_when_asked_for_and_sealed_ones_with_the_key(store: Store) -> None:
    said = {"comment": "等了很久", "contact": "13800138000"}
    sealed = Sealer((public_of(bytes(32)),)).sealed("rating", str(UUID(int=1)), {"stars": 1, **said})
    outbox = OutboxByHand().add(data=sealed).add(data={"stars": 2, **said}).add(kind="rating", at="then", data=said)
    outbox.add(kind="notice", at="then", data={"text": {"zh": "停电"}})
    OfficeCustody(store).accept(outbox.batch(), NOW)
    for form in Format:
        told = exported(store, Selection(Subject.EVENTS), form)
        assert not any(word in told for word in (*said.values(), "sealed", sealed["sealed"]["body"]))
        assert "停电" in told
    opened = objects(store, Selection(Subject.EVENTS, unsealed=True, private=bytes(32)))
    assert [row["data"].get("contact") for row in opened] == ["13800138000", "13800138000", None, None]
    assert "13800138000" in opened[2]["raw"]
    others = objects(store, Selection(Subject.EVENTS, unsealed=True, private=bytes(31) + b"1"))
    without = objects(store, Selection(Subject.EVENTS, unsealed=True))
    assert [rows[0]["data"]["sealed"] for rows in (others, without)] == [
        "it is not sealed for this key",
        "wanted the private key that opens it",
    ]
