"""ff68's golden frames, whole, cut, flipped and shortened: what a one-byte sum cannot see is counted and listed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.ff68 import codec
from firmware_bridge.ff68.codec import COMPLETE_WITHIN, Discard, Frame, Reader, encode
from signage.core.instants import Instant
from tests.unit.firmware_bridge.pads import START, after

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("pad-frames.json").read_text())["ff68"]
FRAMES = {one["name"]: Frame(one["address"], one["function"], bytes(one["data"])) for one in VECTORS["frames"]}
WIRES = {one["name"]: bytes.fromhex(one["wire"]) for one in VECTORS["frames"]}
NEXT = Frame(3, 0x11, b"\x02")
frames = st.builds(Frame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=30))


def read(data: bytes, reader: Reader | None = None) -> list[Frame]:
    """All frames in `data`, the last of it long past."""
    reader = reader or Reader()
    found = reader.feed(data, START)
    while (due := reader.deadline()) is not None:
        found += reader.tick(due)
    return found


@pytest.mark.parametrize("name", FRAMES)
def test_each_vector_is_written_and_read(name: str) -> None:
    assert encode(FRAMES[name]) == WIRES[name]
    assert read(WIRES[name]) == [FRAMES[name]]


@pytest.mark.parametrize("stream", VECTORS["streams"], ids=lambda one: one["name"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_each_stream_whole_and_in_pieces(stream: dict[str, Any], size: int) -> None:
    data = bytes.fromhex(stream["bytes"])
    reader = Reader()
    found = []
    for at in range(0, len(data), size):
        found += reader.feed(data[at : at + size], START)
    assert found == [FRAMES[name] for name in stream["frames"]]
    good = sum(len(encode(frame)) for frame in found)
    assert sum(reader.discarded.values()) + good == len(data)


def sums_agree(wire: bytes, frame: Frame) -> bool:
    """Whether the frame stands in the bytes with a right sum: then nobody could see that it was never sent."""
    return encode(frame) in wire


def test_prefixes_flipped_bits_and_missing_bytes() -> None:
    unseen = []
    tried = 0
    for name, wire in WIRES.items():
        spoilt = [(f"{name}: first {n} bytes", wire[:n]) for n in range(len(wire))]
        spoilt += [(f"{name}: without byte {n}", wire[:n] + wire[n + 1 :]) for n in range(len(wire))]
        for bit in range(len(wire) * 8):
            flipped = bytearray(wire)
            flipped[bit // 8] ^= 1 << bit % 8
            spoilt.append((f"{name}: bit {bit % 8} of byte {bit // 8}", bytes(flipped)))
        for what, data in spoilt:
            tried += 1
            found = read(data + encode(NEXT))
            assert found[-1:] == [NEXT], what  # a good frame straight after is never lost
            for frame in found[:-1]:
                assert sums_agree(data + encode(NEXT), frame), what
                unseen.append(f"{what}: read as {frame}")
    print(f"\nff68: {tried} spoilt frames, {len(unseen)} that a one-byte sum cannot see")
    for one in unseen:
        print(f"  {one}")
    assert not unseen  # none of the vectors spoilt by one bit or one byte passes for another


def test_two_flipped_bits_that_a_sum_cannot_see_are_listed() -> None:
    """The same bit of two bytes, one up, one down: a sum is blind to it, and only to such."""
    unseen = 0
    tried = 0
    for wire in WIRES.values():
        for first in range(len(wire) * 8):
            for second in range(first):
                tried += 1
                flipped = bytearray(wire)
                flipped[first // 8] ^= 1 << first % 8
                flipped[second // 8] ^= 1 << second % 8
                for frame in read(bytes(flipped)):
                    unseen += 1
                    assert sums_agree(bytes(flipped), frame)
                    assert first % 8 == second % 8 or {first % 8, second % 8} == {0, 7}
    print(f"\nff68: {tried} frames with two flipped bits, {unseen} that a one-byte sum cannot see")
    assert 0 < unseen < tried / 50


def test_an_incomplete_frame_is_garbage_after_200_ms() -> None:
    wire = WIRES["very-satisfied-1"]
    reader = Reader()
    assert reader.feed(wire[:6], START) == []
    assert reader.deadline() == after(0.2)
    assert reader.tick(after(0.199)) == []
    assert reader.feed(wire[6:], after(0.199)) == [FRAMES["very-satisfied-1"]]
    assert reader.deadline() is None
    reader.feed(wire[:6], START)
    assert reader.feed(wire, after(0.2)) == [FRAMES["very-satisfied-1"]]
    assert reader.discarded == {Discard.TAIL: 1, Discard.NOISE: 5}


def test_a_frame_hidden_in_an_unfinished_one_comes_out_late() -> None:
    reader = Reader()
    claims = bytes.fromhex("ff68202068")  # 32 bytes to come, and a frame stands among them
    assert reader.feed(claims + WIRES["beep-5"], START) == []
    assert reader.tick(after(0.2)) == [FRAMES["beep-5"]]
    assert reader.discarded == {Discard.TAIL: 1, Discard.NOISE: 4}
    assert reader.feed(b"\xff", after(1)) == []
    assert reader.tick(after(1.1)) == []
    assert reader.tick(after(1.2)) == []
    assert reader.discarded == {Discard.TAIL: 1, Discard.NOISE: 5}


def test_every_reason_is_counted() -> None:
    reader = Reader()
    wire = WIRES["very-satisfied-1"]
    read(wire[:-1] + b"\x17", reader)
    assert reader.discarded == {Discard.TAIL: 1, Discard.NOISE: 9}
    read(b"\xff\x68\x03\x03\x69", reader)
    assert reader.discarded == {Discard.TAIL: 1, Discard.NOISE: 13, Discard.LENGTH: 1}
    reader.feed(wire[:4], START)
    reader.restart()
    assert reader.feed(wire, START) == [FRAMES["very-satisfied-1"]]
    assert reader.discarded[Discard.NOISE] == 17


@given(st.lists(frames, max_size=5), st.lists(st.integers(1, 20), min_size=1), st.integers(0, 100))
def test_frames_come_through_however_they_are_cut(sent: list[Frame], cuts: list[int], ms: int) -> None:
    data = b"".join(map(encode, sent))
    reader = Reader()
    found = []
    at = 0
    for step in range(len(data)):
        size = cuts[step % len(cuts)]
        found += reader.feed(data[at : at + size], Instant.from_ms(START.ms + ms))
        at += size
    assert found == sent
    assert not reader.discarded


@given(st.binary(max_size=300), frames, st.integers(0, 400))
def test_no_garbage_raises_grows_or_hides_the_frame_behind_it(garbage: bytes, frame: Frame, gap_ms: int) -> None:
    reader = Reader()
    later = Instant.from_ms(START.ms + gap_ms)
    found = reader.feed(garbage, START)
    found += reader.feed(encode(frame), later)
    found += reader.tick(Instant.of(later + COMPLETE_WITHIN))
    while (due := reader.deadline()) is not None:
        found += reader.tick(due)
    assert sum(reader.discarded.values()) + sum(len(encode(one)) for one in found) == len(garbage + encode(frame))
    if not any(encode(one) in garbage for one in found) and garbage.find(b"\xff") < 0:
        assert found == [frame]


def test_what_a_pad_shows() -> None:
    assert codec.stars(5, 5) == FRAMES["five-stars-5"]
    assert codec.waiting(5, 12, None) == FRAMES["twelve-waiting-5"]
    assert codec.waiting(5, 1234, 7) == Frame(5, 2, bytes((2, 3, 4, 0, 0, 7)))
