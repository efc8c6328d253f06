import json
from typing import Any

import msgspec
import pytest

from signage.core.instants import Instant
from signage.link.database import Database
from signage.link.inbox import Inbox, Upstream
from signage.link.outbox import Outbox
from signage.wire.chain import GENESIS, link_hash
from signage.wire.codec import Malformed
from signage.wire.custody import ChainBreak, Gap
from signage.wire.messages import Batch, Receipt

NOON = Instant.parse("2026-11-24T04:00:00Z")


def chain(count: int, name: str = "p") -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        prev = link_hash(events[-1]) if events else GENESIS
        events.append(
            {
                "id": f"{name}{number}",
                "at": str(NOON),
                "kind": "rating",
                "origin": "bridge-1",
                "origin_epoch": "e",
                "origin_seq": number,
                "prev": prev,
                "data": {"stars": 5},
            }
        )
    return events


def batch(first: int, events: list[dict[str, Any]], oldest: int = 1, node: str = "bridge-1", epoch: str = "e") -> Batch:
    raws = tuple(msgspec.Raw(json.dumps(event).encode()) for event in events)
    return Batch(node=node, epoch=epoch, oldest=oldest, first=first, events=raws, v=1)


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database, "hz-1")


@pytest.fixture
def inbox(database: Database, outbox: Outbox) -> Inbox:
    return Inbox(database, outbox, Upstream.HEAD_OFFICE)


def kinds(outbox: Outbox) -> list[str]:
    sent = outbox.batch(1)
    return [] if sent is None else [json.loads(bytes(raw))["kind"] for raw in sent.events]


def confirm(outbox: Outbox, final: int) -> None:
    outbox.confirm(Receipt(epoch=outbox.epoch, upto=final, final=final, v=1))


def test_stores_and_hands_on_each_event_once(inbox: Inbox, outbox: Outbox) -> None:
    first = inbox.accept(batch(1, chain(3)), NOON)
    assert [taken.id for taken in first.new] == ["p1", "p2", "p3"]
    assert (first.receipt.upto, first.receipt.final) == (3, 0)
    again = inbox.accept(batch(1, chain(4)), NOON)
    assert [taken.id for taken in again.new] == ["p4"]
    assert outbox.last == 4


def test_an_id_that_came_another_way_is_receipted_and_not_new(inbox: Inbox, outbox: Outbox) -> None:
    inbox.accept(batch(1, chain(3)), NOON)
    renamed = inbox.accept(batch(1, chain(3), epoch="new"), NOON)
    assert renamed.new == ()
    assert renamed.receipt == Receipt(epoch="new", upto=3, final=0, v=1)
    assert outbox.last == 3
    confirm(outbox, 3)
    assert inbox.receipt("bridge-1", "new").final == 3
    late = inbox.accept(batch(1, chain(3), epoch="third"), NOON)
    assert (late.new, late.receipt.final) == ((), 3)


def test_final_is_what_head_office_has_without_a_hole(inbox: Inbox, outbox: Outbox) -> None:
    inbox.accept(batch(1, chain(2, "a"), node="a"), NOON)
    inbox.accept(batch(1, chain(2, "b"), node="b"), NOON)
    inbox.accept(batch(3, chain(4, "a")[2:], node="a"), NOON)
    confirm(outbox, 5)
    assert inbox.receipt("a", "e") == Receipt(epoch="e", upto=4, final=3, v=1)
    assert inbox.receipt("b", "e") == Receipt(epoch="e", upto=2, final=2, v=1)


def test_a_new_epoch_of_the_own_outbox_keeps_what_is_not_final(inbox: Inbox, outbox: Outbox) -> None:
    inbox.accept(batch(1, chain(3)), NOON)
    confirm(outbox, 1)
    outbox.renumber()
    assert inbox.receipt("bridge-1", "e").final == 1
    confirm(outbox, 2)
    assert inbox.receipt("bridge-1", "e").final == 3


def test_tells_of_finals_once_and_only_where_they_moved(inbox: Inbox, outbox: Outbox) -> None:
    inbox.accept(batch(1, chain(2, "a"), node="a"), NOON)
    inbox.accept(batch(1, chain(2, "b"), node="b"), NOON)
    assert inbox.finals() == ()
    confirm(outbox, 2)
    assert inbox.finals() == (("a", Receipt(epoch="e", upto=2, final=2, v=1)),)
    assert inbox.finals() == ()
    confirm(outbox, 4)
    assert [node for node, _ in inbox.finals()] == ["b"]


def test_a_branch_that_stands_alone_is_final_itself(database: Database, outbox: Outbox) -> None:
    alone = Inbox(database, outbox, Upstream.NONE)
    assert alone.accept(batch(1, chain(3)), NOON).receipt.final == 3
    assert database.execute("SELECT * FROM inbox_pending") == []


def test_an_unknown_epoch_has_a_receipt_of_nothing(inbox: Inbox) -> None:
    assert inbox.receipt("nobody", "x") == Receipt(epoch="x", upto=0, final=0, v=1)


def test_a_gap_is_a_finding_and_a_fault_for_head_office_once(inbox: Inbox, outbox: Outbox) -> None:
    accepted = inbox.accept(batch(3, chain(4)[2:], oldest=3), NOON)
    assert accepted.findings == (Gap(1, 2),)
    assert accepted.receipt.upto == 4
    assert kinds(outbox) == ["rating", "rating", "fault"]
    sent = outbox.batch(3)
    assert sent is not None
    fault = json.loads(bytes(sent.events[0]))["data"]
    assert fault | {"text": ""} == {"device": "bridge-1", "code": "events-missing", "on": True, "text": ""}
    assert "1 to 2" in fault["text"]


def test_a_break_in_the_chain_is_a_finding_and_a_fault(inbox: Inbox, outbox: Outbox) -> None:
    events = chain(2)
    events[1]["prev"] = "1" * 64
    assert inbox.accept(batch(1, events), NOON).findings == (ChainBreak(2),)
    assert kinds(outbox) == ["rating", "rating", "fault"]


def test_an_unreadable_event_is_handed_on_and_raises_no_fault(inbox: Inbox, outbox: Outbox) -> None:
    events = [{"id": "odd", "kind": "dance", "prev": GENESIS}]
    accepted = inbox.accept(batch(1, events), NOON)
    assert accepted.new[0].problem is not None
    assert kinds(outbox) == ["dance"]


def test_numbers_without_sense_change_nothing(inbox: Inbox, outbox: Outbox) -> None:
    with pytest.raises(Malformed):
        inbox.accept(batch(0, chain(1)), NOON)
    assert outbox.last == 0


def test_what_the_owner_does_beside_it_stands_or_falls_with_it(
    inbox: Inbox, outbox: Outbox, database: Database
) -> None:
    def work() -> None:
        inbox.accept(batch(1, chain(3)), NOON)
        raise LookupError

    with pytest.raises(LookupError):
        database.run(work)
    assert outbox.last == 0
    assert inbox.receipt("bridge-1", "e").upto == 0
    assert len(inbox.accept(batch(1, chain(3)), NOON).new) == 3
