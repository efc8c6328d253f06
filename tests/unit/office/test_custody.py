import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select, text

from signage.core.exits import Exit, Refusal
from signage.office.custody import GatheringCustody, OfficeCustody
from signage.office.database import DatabaseAway, Store
from signage.office.event_rows import event_row
from signage.office.tables import events, findings, marks
from signage.office.writing import claim, put_events
from signage.wire.codec import Malformed
from signage.wire.custody import NewEpoch, read_all
from signage.wire.messages import Batch
from tests.unit.office.outboxes import EPOCH, NOW, OutboxByHand


def rows(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(events).order_by(events.c.key)))


def count(store: Store, table: Any) -> int:
    with store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_batch_becomes_rows_and_a_receipt_that_is_final(store: Store) -> None:
    accepted = OfficeCustody(store).accept(OutboxByHand().add().add(data={"stars": 1}).batch(), NOW)
    assert (accepted.receipt.upto, accepted.receipt.final, accepted.receipt.epoch) == (2, 2, EPOCH)
    first, second = rows(store)
    assert (first.branch, first.kind, first.origin_seq, first.seq, first.broken) == ("hz-1", "rating", 1, 1, False)
    assert (second.data, second.received_at) == ('{"stars":1}', str(NOW))


def test_a_batch_again_stores_nothing_new(store: Store) -> None:
    custody = OfficeCustody(store)
    outbox = OutboxByHand().add().add().add()
    custody.accept(outbox.batch(last=2), NOW)
    again = custody.accept(outbox.batch(), NOW)
    assert (len(again.new), again.receipt.upto) == (1, 3)
    assert custody.accept(outbox.batch(), NOW).new == ()
    assert len(rows(store)) == 3
    assert custody.receipt("hz-1", EPOCH).upto == 3
    assert custody.receipt("hz-1", "unknown").upto == 0
    assert custody.finals() == ()


def test_what_is_missing_is_asked_for(store: Store) -> None:
    custody = OfficeCustody(store)
    outbox = OutboxByHand().add().add().add()
    assert custody.accept(outbox.batch(first=3), NOW).receipt.upto == 0
    assert rows(store) == []


def test_what_is_lost_for_ever_is_a_gap(store: Store) -> None:
    outbox = OutboxByHand().add().add().add()
    assert OfficeCustody(store).accept(outbox.batch(first=3, oldest=3), NOW).receipt.upto == 3
    with store.read() as connection:
        gap = connection.execute(select(findings)).one()
    assert (gap.kind, gap.first, gap.last) == ("gap", 1, 2)


def test_a_new_epoch_with_the_same_events_adds_none(store: Store) -> None:
    custody = OfficeCustody(store)
    custody.accept(OutboxByHand().add().add().batch(), NOW)
    other = OutboxByHand(epoch="33333333-3333-4333-8333-333333333333").add().add().add()
    accepted = custody.accept(other.batch(), NOW)
    assert (len(accepted.new), accepted.receipt.upto) == (1, 3)
    assert len(rows(store)) == 3
    assert count(store, marks) == 2


def test_a_disk_that_was_replaced_is_marked_once(store: Store) -> None:
    custody = OfficeCustody(store)
    custody.accept(OutboxByHand().add().batch(), NOW)
    other = OutboxByHand(epoch="33333333-3333-4333-8333-333333333333").add(id="a").add(id="b")
    accepted = custody.accept(other.batch(last=1), NOW + timedelta(seconds=1))
    assert accepted.findings == (NewEpoch(EPOCH),)
    assert custody.accept(other.batch(), NOW + timedelta(seconds=2)).findings == ()
    assert custody.accept(OutboxByHand(node="nb-1", epoch="x").add(id="c").batch(), NOW).findings == ()
    with store.read() as connection:
        found = connection.execute(select(findings.c.node, findings.c.kind, findings.c.problem)).one()
    assert tuple(found) == ("hz-1", "epoch", f"follows the epoch {EPOCH}")


def test_several_batches_are_one_transaction_and_one_answer_for_each_outbox(store: Store) -> None:
    custody = GatheringCustody(store)
    outbox, other = OutboxByHand().add().add().add(), OutboxByHand(node="nb-1").add(id="other").add(id=str(UUID(int=1)))
    for batch in (outbox.batch(last=2), other.batch(), outbox.batch(first=3), outbox.batch(last=1), other.batch()):
        custody.accept(batch, NOW)
    assert custody.waiting == 8
    assert rows(store) == []
    answers = {one.node: one for one in custody.commit(NOW)}
    assert {node: (one.receipt.upto, len(one.new)) for node, one in answers.items()} == {"hz-1": (3, 3), "nb-1": (2, 1)}
    assert [row.seq for row in rows(store)] == [1, 2, 1, 3]
    assert (custody.waiting, custody.commit(NOW)) == (0, [])


def test_a_batch_that_makes_no_sense_spoils_no_other(store: Store) -> None:
    custody = GatheringCustody(store)
    custody.accept(OutboxByHand().add().batch(), NOW)
    with pytest.raises(Malformed):
        custody.accept(replace(OutboxByHand(node="nb-1").add().batch(), first=0), NOW)
    assert [one.node for one in custody.commit(NOW)] == ["hz-1"]


def test_what_could_not_be_stored_is_held_no_longer(store: Store) -> None:
    custody = GatheringCustody(store)
    custody.accept(OutboxByHand().add().batch(), NOW)
    with store.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE marks RENAME TO elsewhere")
    with pytest.raises(DatabaseAway):
        custody.commit(NOW)
    with store.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO marks")
    assert (custody.waiting, rows(store)) == (0, [])
    custody.accept(OutboxByHand().add().batch(), NOW + timedelta(seconds=3))
    assert [one.receipt.upto for one in custody.commit(NOW + timedelta(seconds=3))] == [1]


def test_one_id_twice_in_a_batch_is_one_row(store: Store) -> None:
    outbox = OutboxByHand().add(id="same").add(id="same")
    assert OfficeCustody(store).accept(outbox.batch(), NOW).receipt.upto == 2
    assert len(rows(store)) == 1


HOSTILE: dict[str, dict[str, Any]] = {
    "NUL in the kind": {"kind": "rating\0"},
    "NUL in the id": {"id": "a\0b"},
    "NUL in the data": {"data": {"comment": "a\0b"}},
    "NUL in the origin": {"origin": "a\0"},
    "a huge id": {"id": "x" * 60_000},
    "a huge kind": {"kind": "k" * 60_000},
    "a huge origin": {"origin": "o" * 60_000},
    "a number beyond 64 bits": {"origin_seq": 2**70},
    "no time": {"at": "yesterday"},
    "data that is no object": {"data": [1]},
    "an unknown kind": {"kind": "weather"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_blocks_the_next_event(store: Store, name: str) -> None:
    """What an outbox holds is stored and receipted, whatever it is: the event after it is as good as ever."""
    outbox = OutboxByHand()
    outbox.events.append({"prev": "0" * 64, "id": "bent"} | OutboxByHand().add().events[0] | HOSTILE[name])
    outbox.events.append(OutboxByHand().add().add().events[1])
    batch = outbox.batch() if name != "a number beyond 64 bits" else _by_json(outbox)
    assert OfficeCustody(store).accept(batch, NOW).receipt.upto == 2
    stored = rows(store)
    assert len(stored) == 2
    assert stored[1].problem is None


def _by_json(outbox: OutboxByHand) -> Batch:
    import json  # noqa: PLC0415 - the other encoder takes no such numbers

    import msgspec  # noqa: PLC0415 - beside it

    batch = Batch(node="hz-1", epoch=EPOCH, oldest=1, first=1, events=(), v=1)
    return msgspec.structs.replace(batch, events=tuple(msgspec.Raw(json.dumps(one).encode()) for one in outbox.events))


def test_huge_numbers_in_data(store: Store) -> None:
    outbox = OutboxByHand()
    outbox.events.append(OutboxByHand().add().events[0] | {"data": {"n": 10**40}})
    assert OfficeCustody(store).accept(_by_json(outbox), NOW).receipt.upto == 1
    assert str(10**40) in rows(store)[0].data


def test_a_broken_chain_is_stored_and_marked(store: Store) -> None:
    outbox = OutboxByHand().add().add(prev="f" * 64).add()
    assert OfficeCustody(store).accept(outbox.batch(), NOW).receipt.upto == 3
    assert [row.broken for row in rows(store)] == [False, True, False]


def test_names_that_are_no_keys_are_refused(store: Store) -> None:
    for bent in (OutboxByHand(node="HZ 1"), OutboxByHand(epoch="e" * 65), OutboxByHand(epoch="a\0")):
        with pytest.raises(Malformed):
            OfficeCustody(store).accept(bent.add().batch(), NOW)


def test_a_newer_database_is_left_alone(store: Store) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('store_9999')")
    for attempt in (store.prepare, store.check):
        with pytest.raises(Refusal, match="install the newer program") as caught:
            attempt()
        assert caught.value.code is Exit.CONFIGURATION


def test_an_old_database_without_tables_gets_them_again(store: Store) -> None:
    store.prepare()
    store.check()
    assert count(store, events) == 0


def test_sqlite_is_durable(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/office.db")
    store.prepare()
    with store.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()


def test_nothing_is_receipted_while_the_database_is_locked_and_everything_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    store = Store(f"sqlite:///{file}?timeout=0.05")
    store.prepare()
    custody = OfficeCustody(store)
    batch = OutboxByHand().add().batch()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseAway):
        custody.accept(batch, NOW)
    other.execute("ROLLBACK")
    other.close()
    with pytest.raises(DatabaseAway, match="a moment ago"):
        custody.accept(batch, NOW + timedelta(seconds=1))
    assert custody.accept(batch, NOW + timedelta(seconds=3)).receipt.upto == 1
    store.close()


def test_a_server_that_is_away(tmp_path: Path) -> None:
    store = Store("postgresql+psycopg://office@127.0.0.1:9/postgres")
    with pytest.raises(DatabaseAway):
        store.prepare()
    with pytest.raises(Refusal) as caught:
        store.check()
    assert caught.value.code is Exit.UNREACHABLE
    with pytest.raises(Refusal, match="no such database yet"):
        Store(f"sqlite:///{tmp_path}/none.db").check()
    with pytest.raises(Refusal):
        Store("nonsense")
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal) as refused:
        Store(f"sqlite:///{tmp_path}/file/office.db").prepare()
    assert refused.value.code is Exit.CANNOT_WRITE


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_keys_grow_in_the_order_in_which_events_become_visible(store: Store) -> None:
    """Two collectors at once: the second group gets its keys only when the first is committed, so no follower skips it."""
    other = Store(store.url.render_as_string(hide_password=False))
    second = Thread(target=lambda: OfficeCustody(other).accept(OutboxByHand(node="nb-1").add(id="late").batch(), NOW))
    OfficeCustody(store).accept(OutboxByHand(node="wz-1").add(id="months are made").batch(), NOW)
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with store.begin() as connection:
        assert claim(connection, ["early"]) == {"early"}
        second.start()
        with store.read() as watching:
            for _ in range(2000):
                if watching.execute(text(waiting)).scalar_one():
                    break
                second.join(0.01)
            else:
                raise AssertionError("the second group did not wait for its turn")
        batch = OutboxByHand().add(id="early").batch()
        put_events(connection, [event_row(batch, read_all(batch)[0], "early", str(NOW))])
    second.join(30)
    other.close()
    assert [row.id for row in rows(store)] == ["months are made", "early", "late"]
