"""The pure decision of a parent about one batch."""

import json
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from signage.core.instants import Instant
from signage.wire.chain import GENESIS, canonical, link_hash
from signage.wire.codec import Malformed, convert, decode
from signage.wire.custody import ChainBreak, Gap, Mark, Unreadable, accept, read_all
from signage.wire.messages import Batch, Event


def event(number: int, prev: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "at": "2026-11-24T01:00:00.000Z",
        "kind": "rating",
        "origin": "bridge-1",
        "origin_epoch": "e",
        "origin_seq": number,
        "prev": prev,
        "data": {"stars": 5},
    } | changes


def chain(count: int) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        events.append(event(number, link_hash(events[-1]) if events else GENESIS))
    return events


def batch(first: int, events: list[Any], oldest: int = 1, epoch: str = "e") -> Batch:
    raws = [part if isinstance(part, bytes) else json.dumps(part, ensure_ascii=False).encode() for part in events]
    return Batch(
        node="bridge-1", epoch=epoch, oldest=oldest, first=first, events=tuple(msgspec.Raw(raw) for raw in raws), v=1
    )


def test_takes_a_first_batch_whole() -> None:
    events = chain(3)
    decision = accept(Mark(), batch(1, events))
    assert [taken.seq for taken in decision.taken] == [1, 2, 3]
    assert decision.mark == Mark(3, link_hash(events[2]))
    assert decision.findings == ()
    first = decision.taken[0]
    assert (first.id, first.kind, first.problem, first.broken) == (events[0]["id"], "rating", None, False)
    assert first.value == events[0]
    assert first.event is not None


@pytest.mark.parametrize(("first", "new"), [(1, [3, 4]), (2, [3, 4]), (3, [3, 4])])
def test_takes_only_what_is_new(first: int, new: list[int]) -> None:
    events = chain(4)
    mark = accept(Mark(), batch(1, events[:2])).mark
    decision = accept(mark, batch(first, events[first - 1 :]))
    assert [taken.seq for taken in decision.taken] == new
    assert [taken.value for taken in decision.taken] == events[2:]
    assert decision.mark.last == 4
    assert decision.findings == ()


def test_takes_nothing_of_a_repeated_batch() -> None:
    events = chain(4)
    mark = accept(Mark(), batch(1, events)).mark
    assert accept(mark, batch(2, events[1:3])).taken == ()
    assert accept(mark, batch(2, events[1:3])).mark == mark


def test_leaves_a_batch_that_skips_what_the_node_still_holds() -> None:
    events = chain(9)
    mark = accept(Mark(), batch(1, events[:2])).mark
    for oldest in (1, 3, 4):
        decision = accept(mark, batch(5, events[4:], oldest=oldest))
        assert (decision.taken, decision.mark, decision.findings) == ((), mark, ())


def test_records_what_will_never_come() -> None:
    events = chain(9)
    mark = accept(Mark(), batch(1, events[:2])).mark
    decision = accept(mark, batch(5, events[4:], oldest=5))
    assert decision.findings == (Gap(3, 4),)
    assert [taken.seq for taken in decision.taken] == [5, 6, 7, 8, 9]
    assert not any(taken.broken for taken in decision.taken), "across a gap no chain can be checked"
    assert decision.mark == Mark(9, link_hash(events[8]))


def test_hears_of_a_gap_from_a_batch_of_no_events() -> None:
    decision = accept(Mark(2, "x"), batch(7, [], oldest=7))
    assert (decision.taken, decision.mark, decision.findings) == ((), Mark(6, None), (Gap(3, 6),))


def test_an_empty_batch_changes_nothing() -> None:
    assert accept(Mark(2, "x"), batch(3, [], oldest=1)).mark == Mark(2, "x")


def test_marks_a_break_and_goes_on_from_there() -> None:
    events = chain(4)
    events[1]["data"]["stars"] = 1
    decision = accept(Mark(), batch(1, events))
    assert decision.findings == (ChainBreak(3),)
    assert [taken.broken for taken in decision.taken] == [False, False, True, False]
    assert decision.mark == Mark(4, link_hash(events[3]))


def test_the_first_event_of_all_must_name_the_genesis() -> None:
    assert accept(Mark(), batch(1, [event(1, "1" * 64)])).findings == (ChainBreak(1),)


UNREADABLE: dict[str, Any] = {
    "no object": "text",
    "a number": 5,
    "null": None,
    "a list": [1],
    "a fraction": {"id": "a", "data": {"stars": 4.5}},
    "beyond every number": b'{"id":"a","data":1e400}',
    "a lone surrogate": b'{"id":"\\ud800"}',
    "no text": b'{"id":"\xff"}',
    "too deep": b"[" * 100_000 + b"]" * 100_000,
    "a very long number": b"1" * 5000,
    "nothing in it": {},
}


@pytest.mark.parametrize("broken", UNREADABLE.values(), ids=UNREADABLE)
def test_an_event_that_cannot_be_read_is_taken_and_never_blocks_the_next(broken: Any) -> None:
    message = batch(1, [broken])
    raw = bytes(message.events[0])
    decision = accept(Mark(), message)
    (taken,) = decision.taken
    assert taken.raw == raw
    assert taken.event is None
    assert taken.problem
    assert Unreadable(1, taken.problem) in decision.findings
    follower = event(2, taken.digest)
    after = accept(decision.mark, batch(2, [follower]))
    assert after.findings == ()
    assert after.mark.last == 2


def test_bytes_without_a_canonical_form_are_known_by_their_hash() -> None:
    raw = b'{"id":"a",  "data":4.5}'
    (taken,) = accept(Mark(), batch(1, [raw])).taken
    assert taken.digest == sha256(raw).hexdigest()
    assert (taken.value, taken.id, taken.kind, taken.broken) == (None, None, "", False)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"[1]", "not an object"),
        (b"{x", "no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b'{"a":\xff' + b" " * 99, "no JSON: 'utf-8' codec can't decode byte 0xff in position 5: invalid start byte"),
        (
            b"{" + b" " * 99_999 + b"x",
            "no JSON: Expecting property name enclosed in double quotes: line 1 column 100001 (char 10",
        ),
        (b"1.5", "no canonical form: floating-point number 1.5"),
    ],
)
def test_what_is_wrong_is_told(raw: bytes, problem: str) -> None:
    (taken,) = accept(Mark(), batch(1, [raw])).taken
    assert taken.problem == problem


def test_what_is_told_of_an_event_is_short() -> None:
    (taken,) = accept(Mark(), batch(1, [event(1, GENESIS, kind="k" * 50)])).taken
    assert taken.problem == f"unknown kind {'k' * 32!r}"
    (shapeless,) = accept(Mark(), batch(1, [{"id": "x"}])).taken
    assert (shapeless.id, shapeless.kind) == ("x", "")


def test_an_event_of_a_wrong_shape_keeps_what_can_be_read_of_it() -> None:
    (taken,) = accept(Mark(), batch(1, [event(1, GENESIS, at="yesterday")])).taken
    assert (taken.id, taken.kind, taken.event) == (event(1, "")["id"], "rating", None)
    assert taken.problem is not None
    assert taken.value is not None


@pytest.mark.parametrize("name", ["", "x" * 129, 5, None])
def test_an_id_of_no_use_is_none(name: Any) -> None:
    (taken,) = accept(Mark(), batch(1, [event(1, GENESIS, id=name)])).taken
    assert taken.id is None


def test_the_longest_id_is_kept() -> None:
    (taken,) = accept(Mark(), batch(1, [event(1, GENESIS, id="x" * 128)])).taken
    assert taken.id == "x" * 128


def test_an_unknown_kind_is_read_and_marked() -> None:
    decision = accept(Mark(), batch(1, [event(1, GENESIS, kind="dance", note="unknown field")]))
    (taken,) = decision.taken
    assert taken.event is not None
    assert taken.problem == "unknown kind 'dance'"
    assert taken.value == event(1, GENESIS, kind="dance", note="unknown field")
    assert decision.findings == (Unreadable(1, "unknown kind 'dance'"),)


def test_an_unreadable_event_with_a_wrong_prev_is_both() -> None:
    findings = accept(Mark(), batch(1, [event(1, "1" * 64, kind="dance")])).findings
    assert findings == (ChainBreak(1), Unreadable(1, "unknown kind 'dance'"))


@pytest.mark.parametrize(("first", "oldest"), [(0, 1), (-1, 1), (1, 0), (1, -5), (2**53 + 1, 1), (1, 2**53 + 1)])
def test_numbers_that_make_no_sense_are_refused(first: int, oldest: int) -> None:
    with pytest.raises(Malformed, match=r"^batch: numbers first"):
        accept(Mark(), batch(first, [], oldest=oldest))


def test_the_highest_number_is_a_number() -> None:
    assert accept(Mark(), batch(2**53, [], oldest=2**53)).mark.last == 2**53 - 1


@pytest.mark.parametrize("epoch", ["", "x" * 65])
def test_an_epoch_that_is_none_is_refused(epoch: str) -> None:
    with pytest.raises(Malformed, match=r"^batch: an epoch of"):
        accept(Mark(), batch(1, [], epoch=epoch))
    assert accept(Mark(), batch(1, [], epoch="x" * 64)).mark == Mark()


@given(
    total=st.integers(1, 12),
    sends=st.lists(st.tuples(st.integers(1, 12), st.integers(0, 6)), max_size=12),
)
def test_stores_each_number_once_and_in_order_however_batches_come(total: int, sends: list[tuple[int, int]]) -> None:
    """Against a list that only ever grows by its next number."""
    events = chain(total)
    stored: list[int] = []
    mark = Mark()
    for first, count in sends:
        part = events[first - 1 : first - 1 + count]
        message = decode(msgspec.json.encode(batch(first, part)), Batch)
        decision = accept(mark, message)
        expected = list(stored)
        for number in range(first, first + len(part)):
            if number == len(expected) + 1:
                expected.append(number)
        stored += [taken.seq for taken in decision.taken]
        mark = decision.mark
        assert stored == expected
        assert decision.findings == ()
        assert mark.last == len(stored)


def test_what_was_read_before_is_decided_alike() -> None:
    """A collector reads a batch when it comes and decides about it later, beside others."""
    events = chain(6)
    events[3]["prev"] = "f" * 64
    sent = [*events[:5], b"no JSON"]
    for mark in (Mark(), accept(Mark(), batch(1, sent[:2])).mark, accept(Mark(), batch(1, sent)).mark):
        for first in (1, 3):
            whole = batch(first, sent[first - 1 :])
            assert accept(mark, whole, read_all(whole)) == accept(mark, whole)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"later": {"unknown": [1]}},
        {"at": "2026-11-24T09:00:00.5+08:00"},
        {"at": "2026-02-30T09:00:00.000Z"},
        {"origin_seq": "1"},
        {"data": [1]},
        {"data": {"text": "早上好", "b": 1, "a": {"z": None, "y": 2**60}}},
        {"kind": "news"},
        {"id": ""},
        {"prev": 7},
    ],
)
def test_an_event_means_the_same_in_whatever_bytes_it_comes(changes: dict[str, Any]) -> None:
    """Canonical bytes are read in a shorter way than others."""
    value = event(1, GENESIS) | changes
    short, long = read_all(batch(1, [canonical(value), json.dumps(value, indent=1).encode()]))
    assert replace(long, seq=1, raw=short.raw) == short
    assert short.value == long.value == value
    assert (short.event is None) == (long.event is None) == (short.problem is not None and changes != {"kind": "news"})
    if short.event is not None:
        assert short.event == convert(value, Event)
        assert short.written is not None
        assert Instant.is_written(short.written.at)
    assert accept(Mark(), batch(1, [canonical(value)])).taken[0].broken is (changes == {"prev": 7})
