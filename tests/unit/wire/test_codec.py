"""Messages to bytes and back; whatever else arrives is Malformed, and nothing worse."""

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.wire.codec import MESSAGE_LIMIT_BYTES, Malformed, convert, decode, encode, plain
from signage.wire.messages import (
    Alive,
    Batch,
    BlobRequest,
    Command,
    Content,
    Event,
    Fault,
    Health,
    LocalState,
    PadStatus,
    Receipt,
    Reply,
    ReplyError,
    ScreenStatus,
    Signature,
    Status,
    Sync,
)
from signage.wire.will import Will
from tests.unit.core.branches import NOON, asked_and_thanked

STATUS = Status(
    v=1,
    node="lobby",
    session="s",
    online=True,
    at=NOON,
    started_at=NOON,
    software="0.1.0",
    role="screen",
    health=Health(cpu=1.5, memory_mb=90.0, disk_free_mb=1000.0),
    faults=(Fault(code="clock", since=NOON, text="3 s late"),),
    screen=ScreenStatus(scene="home", revision=1, content=0, frame_age_ms=5, fps=2.0, locale="zh", elder=False),
    pads=(PadStatus(counter="1", driver="padlink", port="/dev/x", state="lost", last_seen=None, discarded={"crc": 1}),),
)
MESSAGES = [
    STATUS,
    Batch(v=1, node="lobby", epoch="e", oldest=1, first=1, events=(msgspec.Raw(b'{"id":"x","unknown":[1]}'),)),
    Receipt(v=1, epoch="e", upto=4, final=3),
    Alive(v=1, session="s", at=NOON, revision=7),
    Sync(v=1, session="s", commands_since=NOON),
    Command(
        v=1,
        id="c",
        issuer="lobby",
        target="hz",
        issued_at=NOON,
        expires_at=NOON,
        name="suspend",
        args={"scope": "branch"},
        signature=Signature(keyid="k", sig="00"),
    ),
    Reply(v=1, id="c", ok=False, error=ReplyError(code="x", text="y")),
    LocalState(v=1, screen="lobby", at=NOON, actor="a", scope="branch", on=True, reason="power"),
    Content(v=1, version=3, sha256="00", size=4),
    BlobRequest(v=1, sha256="00", size=4, offset=0, count=1, chunk=4),
    asked_and_thanked(),
]
KINDS: list[type[Any]] = [type(message) for message in MESSAGES] + [Event]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_there_and_back(message: msgspec.Struct) -> None:
    payload = encode(message)
    assert decode(payload, type(message)) == message
    if not isinstance(message, Batch):  # its events are raw
        assert convert(plain(message), type(message)) == message
        assert plain(message)["v"] == 1


def test_times_are_written_with_milliseconds_and_z() -> None:
    assert b'"at":"2026-11-24T04:00:00.000Z"' in encode(Alive(v=1, session="s", at=NOON))


def test_what_is_at_its_default_is_not_written_and_unknown_fields_are_ignored() -> None:
    assert encode(Sync(v=1, session="s")) == b'{"session":"s","v":1}'
    assert decode(b'{"v":1,"session":"s","new":{"x":1}}', Sync) == Sync(v=1, session="s")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"v":2,"session":"s","at":"2026-11-24T04:00:00.000Z"}',
        b'{"session":"s","at":"2026-11-24T04:00:00.000Z"}',
        b'{"v":1,"session":5,"at":"2026-11-24T04:00:00.000Z"}',
        b'{"v":1,"session":"s","at":"yesterday"}',
        b'{"v":1,"session":"s","at":"0001-01-01T00:00:00+08:00"}',
        b'{"v":1,"session":"s","at":17}',
        b'{"v":1,"session":"s","at":null}',
        b'{"v":1,"session":"\xff"}',
        b'{"v":1,"session":"s"',
        b"[" * 5000,
        b'{"v":1,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed) as malformed:
        decode(payload, Alive, "bank/v1/all/down/alive")
    assert malformed.value.topic == "bank/v1/all/down/alive"
    assert malformed.value.reason


def test_size_is_bounded_before_reading() -> None:
    payload = b'{"v":1,"session":"s"}'
    assert decode(payload + b" " * (MESSAGE_LIMIT_BYTES - len(payload)), Sync) == Sync(v=1, session="s")
    with pytest.raises(Malformed, match=r"^message: 262145 bytes"):
        decode(payload + b" " * (MESSAGE_LIMIT_BYTES + 1 - len(payload)), Sync)


def test_a_type_that_was_never_read_before_is_read_and_refused_by_its_words() -> None:
    class Fresh(msgspec.Struct):
        at: Instant

    for _ in range(2):  # the second reading has its decoder already
        assert decode(b'{"at":"2026-11-24T04:00:00.000Z"}', Fresh) == Fresh(NOON)
        with pytest.raises(Malformed, match=r"^message: Expected `Instant`, got `int` - at `\$.at`$"):
            decode(b'{"at":3}', Fresh)
    with pytest.raises(Malformed, match=r"^message: Expected `Instant`, got `int` - at `\$.at`$"):
        convert({"at": 3}, Fresh)


def test_a_time_is_only_a_time_where_one_is_wanted() -> None:
    class Place:
        pass

    with pytest.raises(Malformed, match=r"^message: Expected `Place`, got `str`$"):
        decode(b'"2026-11-24T04:00:00.000Z"', Place)


def test_converting_refuses_as_decoding_does() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for wrong in ({"v": 1}, {"v": 1, "session": "s", "at": 3}, None, {"v": 1, "session": "s", "at": "x"}, deep):
        with pytest.raises(Malformed, match="place: "):
            convert(wrong, Alive, "place")


def test_only_what_has_a_wire_form_is_written() -> None:
    with pytest.raises(NotImplementedError, match="object"):
        plain({"x": object()})


@given(st.sampled_from(KINDS), st.binary(max_size=200) | st.text().map(str.encode))
def test_any_bytes_are_malformed_at_worst(kind: type[Any], payload: bytes) -> None:
    with pytest.raises(Malformed):
        decode(payload, kind)


@given(st.sampled_from(MESSAGES), st.data())
def test_a_damaged_message_is_a_message_or_malformed(message: msgspec.Struct, data: st.DataObject) -> None:
    payload = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 3))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Malformed):
        assert isinstance(decode(bytes(payload), type(message)), type(message))


def test_a_will_is_a_topic_and_its_bytes() -> None:
    assert Will("t", b"x").payload == b"x"
    assert isinstance(NOON, Instant)
    assert BranchState in KINDS
