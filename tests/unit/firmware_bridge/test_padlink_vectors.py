"""Every golden frame and stream, whole and byte by byte, and every small damage to each of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from firmware_bridge.identity import press_event_id
from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.body import write_body
from firmware_bridge.padlink.codec import Reader, crc16, encode
from firmware_bridge.simulator import wire

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "pad-frames.json").read_text())["padlink"]
FRAMES: list[dict[str, Any]] = VECTORS["frames"]
STREAMS: list[dict[str, Any]] = VECTORS["streams"]


def expected(fields: dict[str, Any]) -> f.Frame:  # noqa: PLR0911 - one return for each of the contract's types
    """The vector's fields as our values, field by field."""
    get = fields.__getitem__
    match fields["type"]:
        case "HELLO":
            firmware = tuple(get("firmware"))
            assert len(firmware) == 3
            serial = bytes.fromhex(get("serial"))
            return f.Hello(get("version"), serial, get("boot"), firmware, get("keys"), f.Caps(get("caps")))
        case "PRESS":
            age = None if get("age") == 0xFFFFFFFF else get("age")
            return f.PressFrame(get("boot"), get("n"), get("prompt"), get("key"), age)
        case "BEAT":
            return f.Beat(get("uptime"), f.BeatFlags(get("flags")), get("pending"))
        case "LAPSE":
            return f.LapseFrame(get("prompt"))
        case "WELCOME":
            return f.Welcome(bytes.fromhex(get("serial")), get("boot"))
        case "ACK":
            return f.Ack(get("boot"), get("n"))
        case "STATE":
            return f.State(f.PadState(get("state")), get("level"))
        case "PROMPT":
            return f.PromptFrame(get("prompt"), get("timeout"))
        case "CANCEL":
            return f.Cancel(get("prompt"))
        case "SHOW":
            return f.Show(get("line"), get("text"))
        case "SOUND":
            return f.Sound(f.Clip(get("clip")))
        case other:
            assert other == "IDENTIFY"
            return f.Identify()


def named(name: str) -> f.Frame:
    return next(expected(vector["fields"]) for vector in FRAMES if vector["name"] == name)


def read(reader: Reader, data: bytes) -> list[f.Frame]:
    return [numbered.frame for numbered in reader.feed(data)]


def read_bytewise(reader: Reader, data: bytes) -> list[f.Frame]:
    return [frame for byte in data for frame in read(reader, bytes((byte,)))]


def test_the_checksum_is_the_named_one() -> None:
    check = VECTORS["crc_check"]
    assert crc16(bytes.fromhex(check["input"])) == int(check["crc"], 16)
    assert wire.checksum(bytes.fromhex(check["input"])) == int(check["crc"], 16)


def test_a_press_has_one_name_for_ever() -> None:
    vector = VECTORS["event_id"]
    assert press_event_id(vector["serial"], vector["boot"], vector["n"]) == vector["id"]


@pytest.mark.parametrize("vector", FRAMES, ids=lambda vector: vector["name"])
def test_each_frame_is_read_and_written(vector: dict[str, Any]) -> None:
    encoded, body, frame = bytes.fromhex(vector["wire"]), bytes.fromhex(vector["body"]), expected(vector["fields"])
    sender = f.Sender(vector["direction"])
    assert Reader(sender).feed(encoded) == [f.Numbered(body[1], frame)]
    assert read_bytewise(Reader(sender), encoded) == [frame]
    if "tail" not in vector["name"]:  # what a newer pad adds is read past, not kept
        assert write_body(frame, body[1]) == body
        assert encode(frame, body[1]) == encoded
    assert wire.frame(body[0], body[1], body[2:]) == encoded
    assert wire.Ears().feed(encoded) == [(body[0], body[2:])]


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream["name"])
def test_each_stream_is_read_whole_split_and_byte_by_byte(stream: dict[str, Any]) -> None:
    data = bytes.fromhex(stream["bytes"])
    wanted = [named(name) for name in stream["frames"]]
    cuts = {0, len(data), stream.get("split_at", 0)}
    for cut in sorted(cuts):
        reader = Reader(f.Sender.PAD)
        assert read(reader, data[:cut]) + read(reader, data[cut:]) == wanted
        assert reader.discarded == stream["discarded"]
    reader = Reader(f.Sender.PAD)
    assert read_bytewise(reader, data) == wanted
    assert reader.discarded == stream["discarded"]


def damages(encoded: bytes) -> list[bytes]:
    """Every prefix, every flipped bit, every deleted byte."""
    prefixes = [encoded[:cut] + b"\0" for cut in range(len(encoded) - 1)]
    flips = [
        encoded[:at] + bytes((encoded[at] ^ 1 << bit,)) + encoded[at + 1 :]
        for at in range(len(encoded))
        for bit in range(8)
    ]
    deletions = [encoded[:at] + encoded[at + 1 :] for at in range(len(encoded) - 1)]
    return prefixes + flips + deletions


@pytest.mark.parametrize("vector", FRAMES, ids=lambda vector: vector["name"])
def test_no_damage_ever_makes_another_frame(vector: dict[str, Any]) -> None:
    encoded, frame, sender = bytes.fromhex(vector["wire"]), expected(vector["fields"]), f.Sender(vector["direction"])
    for damaged in damages(encoded):
        reader = Reader(sender)
        found = read(reader, damaged)
        assert found == []
        after = read(reader, b"\0" + encoded)
        assert after == [frame], damaged.hex()  # the next whole frame survives
        assert wire.Ears().feed(damaged + b"\0") == []


def test_a_reader_takes_only_the_other_side() -> None:
    reader = Reader(f.Sender.PAD)
    assert reader.feed(encode(f.Identify(), 0)) == []
    assert reader.discarded == {"type": 1}


def test_a_reader_opened_anew_forgets_half_a_frame() -> None:
    reader = Reader(f.Sender.PAD)
    encoded = encode(f.LapseFrame(7), 0)
    assert reader.feed(encoded[:4]) == []
    reader.restart()
    assert read(reader, encoded) == [f.LapseFrame(7)]
    assert not reader.discarded


@pytest.mark.parametrize(("length", "reason"), [(128, "cobs"), (129, "overrun"), (100_000, "overrun")])
def test_the_longest_run_is_128_bytes_and_nothing_grows(length: int, reason: str) -> None:
    reader = Reader(f.Sender.PAD)
    assert reader.feed(b"\xff" * length) == []
    assert len(reader._held) <= 129
    reader.feed(b"\0")
    assert reader.discarded == {reason: 1}


def body_frame(body: str) -> bytes:
    raw = bytes.fromhex(body)
    return wire.frame(raw[0], raw[1], raw[2:])


@pytest.mark.parametrize(
    "body",
    [
        "010002a1b2c3d4e5f6071807000000020401050f00",  # HELLO of another version
        "010001a1b2c3d4e5f6071807000000020401010f00",  # one key
        "010001a1b2c3d4e5f60718070000000204010b0f00",  # eleven keys
        "04090000",  # LAPSE of prompt 0
    ],
)
def test_values_outside_the_contract_are_dropped(body: str) -> None:
    reader = Reader(f.Sender.PAD)
    assert reader.feed(body_frame(body)) == []
    assert reader.discarded == {"value": 1}


@pytest.mark.parametrize(
    "body", ["83020402", "83020206", "84030000ff", "85040000", "860501" + "41" * 65, "860501ff", "870600", "870605"]
)
def test_a_hosts_values_outside_the_contract_are_dropped(body: str) -> None:
    reader = Reader(f.Sender.HOST)
    assert reader.feed(body_frame(body)) == []
    assert reader.discarded == {"value": 1}


@pytest.mark.parametrize("inner", [b"", b"\x41"])
def test_what_is_too_short_for_a_checksum_is_short(inner: bytes) -> None:
    reader = Reader(f.Sender.PAD)
    reader.feed(wire.stuff(inner) + b"\0")
    assert reader.discarded == {"short": 1}


def test_a_text_is_cut_at_a_character() -> None:
    (numbered,) = Reader(f.Sender.HOST).feed(encode(f.Show(2, "暂" * 30), 9))
    assert numbered == f.Numbered(9, f.Show(2, "暂" * 21))
