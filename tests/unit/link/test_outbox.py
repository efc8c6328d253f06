import json
from datetime import timedelta
from typing import Any

import pytest

from signage.core.instants import Instant
from signage.link.database import Database
from signage.link.outbox import BATCH_LIMIT_BYTES, EVENT_LIMIT_BYTES, EventTooLarge, Outbox
from signage.wire.chain import GENESIS, NotCanonical, link_hash
from signage.wire.codec import MESSAGE_LIMIT_BYTES, encode
from signage.wire.custody import Mark, accept, read
from signage.wire.messages import Receipt

NOON = Instant.parse("2026-11-24T04:00:00Z")


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database, "bridge-1")


def fill(outbox: Outbox, count: int) -> list[str | None]:
    return [outbox.append("rating", {"stars": 5}, NOON).id for _ in range(count)]


def events(outbox: Outbox, first: int = 1) -> list[dict[str, Any]]:
    batch = outbox.batch(first)
    return [] if batch is None else [json.loads(bytes(raw)) for raw in batch.events]


def receipt(outbox: Outbox, upto: int, final: int) -> Receipt:
    return Receipt(epoch=outbox.epoch, upto=upto, final=final, v=1)


def test_a_new_outbox_is_empty_and_has_an_epoch_of_its_own(outbox: Outbox) -> None:
    assert (outbox.last, outbox.oldest, outbox.backlog, outbox.sent, outbox.fresh) == (0, 1, 0, 0, True)
    assert len(outbox.epoch) == 36
    assert outbox.batch(1) is None


def test_numbers_and_chains_its_events(outbox: Outbox) -> None:
    ids = fill(outbox, 3)
    stored = events(outbox)
    assert [event["id"] for event in stored] == ids
    assert [event["origin_seq"] for event in stored] == [1, 2, 3]
    assert {(event["origin"], event["origin_epoch"]) for event in stored} == {("bridge-1", outbox.epoch)}
    assert [event["prev"] for event in stored] == [GENESIS, link_hash(stored[0]), link_hash(stored[1])]
    assert stored[0]["at"] == "2026-11-24T04:00:00.000Z"


def test_goes_on_where_it_was_after_a_restart(outbox: Outbox, database: Database) -> None:
    fill(outbox, 2)
    again = Outbox(database, "bridge-1")
    assert (again.epoch, again.last, again.fresh) == (outbox.epoch, 2, False)
    fill(again, 1)
    assert events(again)[2]["prev"] == link_hash(events(again)[1])


def test_takes_an_id_once_even_when_its_event_is_long_gone(outbox: Outbox) -> None:
    first = outbox.append("rating", {"stars": 5}, NOON, "press-1")
    again = outbox.append("rating", {"stars": 1}, NOON, "press-1")
    assert (first.new, again.new, again.key) == (True, False, first.key)
    outbox.confirm(receipt(outbox, 1, 1))
    assert not outbox.append("rating", {"stars": 1}, NOON, "press-1").new
    assert outbox.last == 1


def test_keeps_ids_for_30_days_and_those_of_held_events_for_longer(outbox: Outbox) -> None:
    outbox.append("rating", {}, NOON, "final")
    outbox.append("rating", {}, NOON, "held")
    outbox.confirm(receipt(outbox, 1, 1))
    outbox.prune(Instant.of(NOON + timedelta(days=30)))
    assert not outbox.append("rating", {}, NOON, "final").new
    outbox.prune(Instant.of(NOON + timedelta(days=30, milliseconds=1)))
    assert not outbox.append("rating", {}, NOON, "held").new
    assert outbox.append("rating", {}, NOON, "final").new


def test_a_clock_that_was_at_1970_does_not_age_an_id(outbox: Outbox) -> None:
    outbox.append("rating", {}, NOON, "a")
    outbox.append("rating", {}, Instant.from_ms(0), "b")
    outbox.confirm(receipt(outbox, 2, 2))
    outbox.prune(Instant.of(NOON + timedelta(days=29)))
    assert not outbox.append("rating", {}, NOON, "b").new


def test_data_may_hold_instants(outbox: Outbox) -> None:
    outbox.append("suspension", {"until": NOON, "scope": "branch"}, NOON)
    assert events(outbox)[0]["data"] == {"until": "2026-11-24T04:00:00.000Z", "scope": "branch"}


def test_refuses_what_is_too_large_or_has_fractions_and_stores_nothing(outbox: Outbox) -> None:
    with pytest.raises(EventTooLarge):
        outbox.append("rating", {"comment": "x" * EVENT_LIMIT_BYTES}, NOON)
    with pytest.raises(NotCanonical):
        outbox.append("rating", {"stars": 4.5}, NOON)
    assert outbox.last == 0


def test_the_largest_event_fits(outbox: Outbox) -> None:
    room = EVENT_LIMIT_BYTES - len(json.dumps(events_form("")))
    outbox.append("rating", {"comment": "x" * (room - 100)}, NOON)
    assert len(bytes(outbox.batch(1).events[0])) <= EVENT_LIMIT_BYTES  # type: ignore[union-attr]  # it is there


def events_form(comment: str) -> dict[str, Any]:
    return {
        "id": "0" * 36,
        "at": str(NOON),
        "kind": "rating",
        "origin": "bridge-1",
        "origin_epoch": "0" * 36,
        "origin_seq": 2**53,
        "prev": GENESIS,
        "data": {"comment": comment},
    }


def test_a_batch_has_at_most_200_events(outbox: Outbox, database: Database) -> None:
    database.run(lambda: fill(outbox, 205))
    first = outbox.batch(1)
    assert first is not None
    assert (first.first, first.oldest, len(first.events)) == (1, 1, 200)
    second = outbox.batch(201)
    assert second is not None
    assert (second.first, len(second.events)) == (201, 5)
    assert outbox.batch(206) is None
    assert len(outbox.batch(1, ceiling=3).events) == 3  # type: ignore[union-attr]  # it is there


def test_a_batch_has_at_most_128_kib(outbox: Outbox) -> None:
    for _ in range(5):
        outbox.append("rating", {"comment": "好" * 15_000}, NOON)
    batch = outbox.batch(1)
    assert batch is not None
    assert len(batch.events) == 2
    assert len(encode(batch)) <= BATCH_LIMIT_BYTES


def test_deletes_only_what_is_final(outbox: Outbox) -> None:
    fill(outbox, 5)
    assert not outbox.confirm(receipt(outbox, 4, 0))
    assert (outbox.oldest, outbox.backlog, outbox.upto) == (1, 1, 4)
    assert outbox.confirm(receipt(outbox, 4, 2))
    assert (outbox.oldest, outbox.final, outbox.last) == (3, 2, 5)
    batch = outbox.batch(3)
    assert batch is not None
    assert batch.oldest == 3


def test_final_counts_no_further_than_upto_and_never_goes_back(outbox: Outbox) -> None:
    fill(outbox, 5)
    outbox.confirm(receipt(outbox, 2, 5))
    assert (outbox.final, outbox.oldest) == (2, 3)
    assert not outbox.confirm(receipt(outbox, 0, 0))
    assert (outbox.final, outbox.upto, outbox.backlog) == (2, 0, 5)


def test_all_final_leaves_the_next_number(outbox: Outbox) -> None:
    fill(outbox, 2)
    outbox.confirm(receipt(outbox, 2, 2))
    assert (outbox.oldest, outbox.last) == (3, 2)
    fill(outbox, 1)
    assert events(outbox, 3)[0]["origin_seq"] == 3


def test_a_receipt_of_another_epoch_changes_nothing(outbox: Outbox) -> None:
    fill(outbox, 2)
    assert not outbox.confirm(Receipt(epoch="another", upto=2, final=2, v=1))
    assert (outbox.upto, outbox.oldest) == (0, 1)


def test_a_new_epoch_has_all_that_is_held_under_new_numbers(outbox: Outbox) -> None:
    ids = fill(outbox, 5)
    before = events(outbox)
    outbox.confirm(receipt(outbox, 3, 2))
    old = outbox.epoch
    outbox.sending(5)
    outbox.renumber()
    assert outbox.epoch != old
    assert (outbox.oldest, outbox.last, outbox.upto, outbox.final, outbox.sent) == (1, 3, 0, 0, 0)
    held = events(outbox)
    assert [event["id"] for event in held] == ids[2:]
    assert [event | {"prev": ""} for event in held] == [event | {"prev": ""} for event in before[2:]]
    assert [event["prev"] for event in held] == [GENESIS, link_hash(held[0]), link_hash(held[1])]
    fill(outbox, 1)
    assert events(outbox)[3]["prev"] == link_hash(held[2])


def test_sent_only_grows(outbox: Outbox) -> None:
    outbox.sending(5)
    outbox.sending(3)
    assert outbox.sent == 5


def test_passes_on_everything_as_received_but_prev(outbox: Outbox) -> None:
    fill(outbox, 1)
    raw = b'{ "data": {"b":1,"a":"\\u597d"}, "id":"x", "prev":"0", "unknown": [null] }'
    assert outbox.pass_on(read(9, raw, None), NOON).new
    own = events(outbox)
    assert own[1] == {"data": {"a": "好", "b": 1}, "id": "x", "prev": link_hash(own[0]), "unknown": [None]}
    assert not outbox.pass_on(read(9, raw, None), NOON).new


@pytest.mark.parametrize("raw", [b'{"id":"x","data":4.5}', b'"text"', b"[1,2]", b"1e400"])
def test_passes_on_what_cannot_be_read_byte_by_byte_and_the_chain_holds(outbox: Outbox, raw: bytes) -> None:
    fill(outbox, 1)
    outbox.pass_on(read(9, raw, None), NOON)
    fill(outbox, 1)
    batch = outbox.batch(1)
    assert batch is not None
    assert bytes(batch.events[1]) == raw
    decision = accept(Mark(), batch)
    assert [taken.broken for taken in decision.taken] == [False, False, False]
    outbox.confirm(receipt(outbox, 1, 1))
    outbox.renumber()
    again = outbox.batch(1)
    assert again is not None
    assert [taken.broken for taken in accept(Mark(), again).taken] == [False, False]


@pytest.mark.parametrize("raw", [b'"' + b"x" * 250_000 + b'"', b'{"id":"x","data":"' + b"x" * 250_000 + b'"}'])
def test_what_would_not_fit_into_a_message_is_named_instead(outbox: Outbox, raw: bytes) -> None:
    """Four times what an event may have: its node breaks the contract, but nobody behind it is to wait."""
    outbox.pass_on(read(1, raw, None), NOON)
    (stub,) = events(outbox)
    assert stub["oversized"] == len(raw)
    batch = outbox.batch(1)
    assert batch is not None
    assert len(encode(batch)) < MESSAGE_LIMIT_BYTES
