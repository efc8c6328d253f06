"""Frames to bodies and back: what stands between the framing and the checksum (contract: padlink, Body)."""

import struct
from collections.abc import Callable
from enum import StrEnum
from typing import Final, assert_never

from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.frames import Sender


class Discard(StrEnum):
    """Why a run of bytes was thrown away."""

    COBS = "cobs"
    CRC = "crc"
    SHORT = "short"
    TYPE = "type"
    LENGTH = "length"
    VALUE = "value"
    OVERRUN = "overrun"


_HELLO: Final = struct.Struct("<B8sI3BBH")
_PRESS: Final = struct.Struct("<IIHBI")
_BEAT: Final = struct.Struct("<IHB")
_NUMBER: Final = struct.Struct("<H")
_WELCOME: Final = struct.Struct("<8sI")
_ACK: Final = struct.Struct("<II")
_PAIR: Final = struct.Struct("<BB")
_PROMPT: Final = struct.Struct("<HB")
_BYTE: Final = struct.Struct("<B")
_NOTHING: Final = struct.Struct("")


class _Value(Exception):  # noqa: N818 - becomes a Discard, never leaves this file
    """A field is outside what the contract allows."""


def _within(value: int, lowest: int, highest: int) -> int:
    if not lowest <= value <= highest:
        raise _Value
    return value


def _hello(payload: bytes) -> f.Frame:
    version, serial, boot, major, minor, patch, keys, caps = _HELLO.unpack_from(payload)
    return f.Hello(
        version=_within(version, f.VERSION, f.VERSION),
        serial=serial,
        boot=boot,
        firmware=(major, minor, patch),
        keys=_within(keys, 2, 10),
        caps=f.Caps(caps),
    )


def _press(payload: bytes) -> f.Frame:
    boot, n, prompt, key, age = _PRESS.unpack_from(payload)
    return f.PressFrame(boot, n, prompt, _within(key, 1, 255), None if age == f.AGE_UNKNOWN else age)


def _beat(payload: bytes) -> f.Frame:
    uptime, flags, pending = _BEAT.unpack_from(payload)
    return f.Beat(uptime, f.BeatFlags(flags), pending)


def _lapse(payload: bytes) -> f.Frame:
    return f.LapseFrame(_within(_NUMBER.unpack_from(payload)[0], 1, 0xFFFF))


def _welcome(payload: bytes) -> f.Frame:
    return f.Welcome(*_WELCOME.unpack_from(payload))


def _ack(payload: bytes) -> f.Frame:
    return f.Ack(*_ACK.unpack_from(payload))


def _state(payload: bytes) -> f.Frame:
    state, level = _PAIR.unpack_from(payload)
    return f.State(f.PadState(_within(state, 0, 3)), _within(level, 0, 5))


def _prompt(payload: bytes) -> f.Frame:
    prompt, timeout = _PROMPT.unpack_from(payload)
    return f.PromptFrame(_within(prompt, 1, 0xFFFF), timeout)


def _cancel(payload: bytes) -> f.Frame:
    return f.Cancel(_within(_NUMBER.unpack_from(payload)[0], 1, 0xFFFF))


def _show(payload: bytes) -> f.Frame:
    _within(len(payload) - 1, 0, f.SHOW_LIMIT_BYTES)
    try:
        return f.Show(payload[0], payload[1:].decode())
    except UnicodeDecodeError as error:
        raise _Value from error


def _sound(payload: bytes) -> f.Frame:
    return f.Sound(f.Clip(_within(payload[0], 1, 4)))


def _identify(_payload: bytes) -> f.Frame:
    return f.Identify()


_READERS: Final[dict[Sender, dict[int, tuple[int, Callable[[bytes], f.Frame]]]]] = {
    Sender.PAD: {
        0x01: (_HELLO.size, _hello),
        0x02: (_PRESS.size, _press),
        0x03: (_BEAT.size, _beat),
        0x04: (_NUMBER.size, _lapse),
    },
    Sender.HOST: {
        0x81: (_WELCOME.size, _welcome),
        0x82: (_ACK.size, _ack),
        0x83: (_PAIR.size, _state),
        0x84: (_PROMPT.size, _prompt),
        0x85: (_NUMBER.size, _cancel),
        0x86: (_BYTE.size, _show),
        0x87: (_BYTE.size, _sound),
        0x88: (_NOTHING.size, _identify),
    },
}


def read_body(body: bytes, sender: Sender) -> f.Numbered | Discard:
    """A checked body to its frame. A payload longer than its type needs comes from a newer peer; the rest is ignored."""
    if len(body) < 2:
        return Discard.SHORT
    reader = _READERS[sender].get(body[0])
    if reader is None:
        return Discard.TYPE
    least, read = reader
    payload = body[2:]
    if len(payload) < least:
        return Discard.LENGTH
    try:
        return f.Numbered(body[1], read(payload))
    except _Value:
        return Discard.VALUE


def _cut(text: str) -> bytes:
    """At most 64 bytes of UTF-8, cut at a character boundary."""
    return text.encode()[: f.SHOW_LIMIT_BYTES].decode(errors="ignore").encode()


def _pad_body(frame: f.PadFrame) -> tuple[int, bytes]:
    match frame:
        case f.Hello():
            fixed = (frame.version, frame.serial, frame.boot, *frame.firmware, frame.keys, frame.caps)
            return 0x01, _HELLO.pack(*fixed)
        case f.PressFrame():
            age = f.AGE_UNKNOWN if frame.age_ms is None else frame.age_ms
            return 0x02, _PRESS.pack(frame.boot, frame.n, frame.prompt, frame.key, age)
        case f.Beat():
            return 0x03, _BEAT.pack(frame.uptime_s, frame.flags, frame.pending)
        case f.LapseFrame():
            return 0x04, _NUMBER.pack(frame.prompt)
        case _:
            assert_never(frame)


def _host_body(frame: f.HostFrame) -> tuple[int, bytes]:
    match frame:
        case f.Welcome():
            return 0x81, _WELCOME.pack(frame.serial, frame.boot)
        case f.Ack():
            return 0x82, _ACK.pack(frame.boot, frame.n)
        case f.State():
            return 0x83, _PAIR.pack(frame.state, frame.level)
        case f.PromptFrame():
            return 0x84, _PROMPT.pack(frame.prompt, frame.timeout_s)
        case f.Cancel():
            return 0x85, _NUMBER.pack(frame.prompt)
        case f.Show():
            return 0x86, _BYTE.pack(frame.line) + _cut(frame.text)
        case f.Sound():
            return 0x87, _BYTE.pack(frame.clip)
        case f.Identify():
            return 0x88, b""
        case _:
            assert_never(frame)


def write_body(frame: f.Frame, seq: int) -> bytes:
    """A frame to its body, without checksum and framing."""
    if isinstance(frame, f.PadFrame):
        kind, payload = _pad_body(frame)
    else:
        kind, payload = _host_body(frame)
    return bytes((kind, seq & 0xFF)) + payload
