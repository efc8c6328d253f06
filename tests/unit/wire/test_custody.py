"""What a parent takes over of a batch: each event once, in order, whatever it looks like."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.wire.chain import GENESIS, link_hash
from signage.wire.codec import Malformed
from signage.wire.custody import ChainBreak, Decision, Gap, Mark, Unreadable, accept, read
from signage.wire.messages import Batch


def chain(count: int) -> list[dict[str, Any]]:
    """An outbox's events from number 1."""
    events: list[dict[str, Any]] = []
    for seq in range(1, count + 1):
        events.append(
            {
                "id": f"id-{seq}",
                "at": "2026-11-24T04:00:00.000Z",
                "kind": "rating",
                "origin": "bridge-1",
                "origin_epoch": "e",
                "origin_seq": seq,
                "prev": link_hash(events[-1]) if events else GENESIS,
                "data": {"stars": 5},
                "of_a_newer_version": {"kept": True},
            }
        )
    return events


EVENTS = chain(9)


def batch(events: list[Any], first: int = 1, oldest: int = 1, epoch: str = "e") -> Batch:
    raw = tuple(msgspec.Raw(event if isinstance(event, bytes) else json.dumps(event).encode()) for event in events)
    return Batch(v=1, node="bridge-1", epoch=epoch, oldest=oldest, first=first, events=raw)


def after(count: int) -> Mark:
    return accept(Mark(), batch(EVENTS[:count])).mark


def seqs(decision: Decision) -> list[int]:
    return [taken.seq for taken in decision.taken]


def test_all_of_a_first_batch() -> None:
    decision = accept(Mark(), batch(EVENTS))
    assert (seqs(decision), decision.findings) == (list(range(1, 10)), ())
    assert decision.mark == Mark(9, link_hash(EVENTS[-1]))
    first = decision.taken[0]
    assert (first.id, first.kind, first.problem, first.broken, first.value) == (
        "id-1",
        "rating",
        None,
        False,
        EVENTS[0],
    )
    assert first.event is not None
    assert first.event.data == {"stars": 5}


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9))
def test_whatever_is_repeated_is_taken_once(stored: int, first: int, count: int) -> None:
    sent = EVENTS[first - 1 : first - 1 + count]
    decision = accept(after(stored), batch(sent, first=first))
    expected = range(stored + 1, first + len(sent)) if first <= stored + 1 else range(0)
    assert seqs(decision) == list(expected)
    assert decision.findings == ()
    assert decision.mark == (after(expected[-1]) if expected else after(stored))


def test_what_starts_too_high_waits_while_the_node_still_holds_the_rest() -> None:
    assert accept(after(2), batch(EVENTS[4:], first=5, oldest=2)) == Decision((), after(2), ())


def test_what_the_node_no_longer_holds_is_a_gap() -> None:
    decision = accept(after(2), batch(EVENTS[4:6], first=5, oldest=5))
    assert (seqs(decision), decision.findings) == ([5, 6], (Gap(3, 4),))
    assert decision.mark == after(6)
    assert not decision.taken[0].broken, "what came before it is not known"


def test_a_break_in_the_chain_is_taken_and_told() -> None:
    other = chain(1)[0] | {"id": "other"}
    decision = accept(Mark(), batch([other, *EVENTS[1:3]]))
    assert (seqs(decision), decision.findings) == ([1, 2, 3], (ChainBreak(2),))
    assert [taken.broken for taken in decision.taken] == [False, True, False]


@pytest.mark.parametrize(
    ("event", "problem", "identity", "kind"),
    [
        (b"17", "not an object", None, ""),
        (b"{", "no JSON", None, ""),
        (b"\xff", "no JSON", None, ""),
        (b"[" * 100_000, "no JSON", None, ""),
        (b'{"id":"x","kind":"rating","data":{"x":1.5}}', "no canonical form", None, ""),
        (b'{"id":"x","kind":"rating"}', "missing required field", "x", "rating"),
        (b'{"id":"","kind":7}', "Expected `str`", None, ""),
        (json.dumps({"id": "x" * 129, "kind": "rating"}).encode(), "missing required field", None, "rating"),
        (json.dumps(EVENTS[0] | {"kind": "weather"}).encode(), "unknown kind 'weather'", "id-1", "weather"),
    ],
)
def test_an_event_is_never_rejected(event: bytes, problem: str, identity: str | None, kind: str) -> None:
    taken = read(1, event, None)
    assert taken.problem is not None
    assert problem in taken.problem
    assert (taken.raw, taken.id, taken.kind, taken.broken) == (event, identity, kind, False)
    decision = accept(Mark(), batch([event, EVENTS[1]]))
    assert seqs(decision) == [1, 2]


def test_an_unreadable_event_does_not_block_the_next_and_is_told() -> None:
    odd = {"id": "odd", "prev": GENESIS}
    following = EVENTS[1] | {"prev": link_hash(odd)}
    decision = accept(Mark(), batch([odd, following]))
    assert seqs(decision) == [1, 2]
    assert [type(finding) for finding in decision.findings] == [Unreadable]
    assert isinstance(decision.findings[0], Unreadable)
    assert decision.findings[0].seq == 1


@pytest.mark.parametrize(
    "wrong",
    [
        batch(EVENTS, first=0),
        batch(EVENTS, oldest=0),
        batch(EVENTS, first=2**53 + 1),
        batch(EVENTS, oldest=2**53 + 1),
        batch(EVENTS, epoch=""),
        batch(EVENTS, epoch="e" * 65),
    ],
)
def test_numbers_that_make_no_sense_change_nothing(wrong: Batch) -> None:
    with pytest.raises(Malformed, match="batch: "):
        accept(Mark(), wrong)
