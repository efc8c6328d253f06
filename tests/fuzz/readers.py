"""Every reader of bytes from outside, as one function each: it raises when the reader breaks a promise.

A reader never raises anything but its own refusal, never holds more than its limit, and finds the same whether bytes come
at once or one by one. Where a checksum guards what lies behind it, the first byte of the input chooses whether the rest is
taken as it is or put into good frames: random bytes would never come past the checksum.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from firmware_bridge.drivers import Recalled, session_of
from firmware_bridge.ff68 import codec as ff68
from firmware_bridge.lines import codec as lines
from firmware_bridge.padlink import codec as padlink
from firmware_bridge.padlink import frames as f
from firmware_bridge.sessions import Keypad, Knock, Press, Session
from firmware_bridge.settings import PadSettings
from firmware_bridge.sniffing import EARS, recorded, replayed
from firmware_bridge.strip_at import codec as strip
from signage.content import bundle
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.reading import read_down
from signage.wire import messages as m
from signage.wire.codec import Malformed, decode, encode
from signage.wire.custody import Mark, accept
from signage.wire.sealing import Unopened, public_of, recipient_name, seal, unseal
from signage.wire.topics import Topics
from tests.fuzz.framing import SERIAL, ff68_bytes, padlink_bytes
from tests.fuzz.simulated import read_simulated_pad, read_simulated_plain

NOON: Final = Instant.parse("2026-11-24T04:00:00Z")
TOPICS: Final = Topics("bank/v1")
_NAME: Final = recipient_name(public_of(bytes(32)))
_MESSAGES: Final[tuple[type[Any], ...]] = (
    m.Status, m.Event, m.Batch, m.Receipt, m.Alive, m.Sync, m.Command, m.Reply, m.LocalState, m.Content,
    m.BlobRequest, BranchState,
)  # fmt: skip


def read_padlink(data: bytes) -> None:
    received = padlink_bytes(data)
    for sender in f.Sender:
        whole, single = padlink.Reader(sender), padlink.Reader(sender)
        found = whole.feed(received)
        assert found == [one for byte in received for one in single.feed(bytes((byte,)))]
        assert whole.discarded == single.discarded
        for numbered in found:
            again = padlink.Reader(sender).feed(padlink.encode(numbered.frame, numbered.seq))
            assert again == [numbered]


def read_ff68(data: bytes) -> None:
    received = ff68_bytes(data)
    whole, single = ff68.Reader(), ff68.Reader()
    found = whole.feed(received, NOON)
    assert found == [one for byte in received for one in single.feed(bytes((byte,)), NOON)]
    assert whole.discarded == single.discarded
    late = Instant.from_ms(NOON.ms + 300)
    assert whole.tick(late) == single.tick(late)
    for frame in found:
        assert ff68.Reader().feed(ff68.encode(frame), NOON) == [frame]


def _through_session(session: Session, chunks: list[bytes]) -> None:
    """As a bridge does it: what is asked for is let in and stored; 70 ms pass between chunks."""
    now = NOON
    session.opened(now)
    for chunk in chunks:
        now = Instant.from_ms(now.ms + 70)
        for turn in (session.received(chunk, now), session.tick(now)):
            for outcome in turn.outcomes:
                if isinstance(outcome, Knock):
                    session.admit(outcome, now)
                elif isinstance(outcome, Press | Keypad):
                    session.stored(outcome, now)
    session.closed(now)


def sit_padlink(data: bytes) -> None:
    hello = padlink.encode(f.Hello(1, SERIAL, 1, (1, 0, 0), 5, f.Caps(15)), 0)
    pads = (PadSettings("1", "padlink", "loop://"),)
    _through_session(session_of(pads, (), Recalled()), [hello, *_cut(padlink_bytes(data))])


def sit_ff68(data: bytes) -> None:
    pads = tuple(PadSettings(str(one), "ff68", "loop://", 9600, "b", address=one) for one in (1, 2))
    _through_session(session_of(pads, (), Recalled()), _cut(ff68_bytes(data)))


def sit_lines(data: bytes) -> None:
    pads = (
        PadSettings(
            "1", "lines", "loop://", 9600, "b", stars={"1": 1, "5": 5}, pattern="KEY (?P<key>.*)", reply="OK {key}\\r"
        ),
    )
    _through_session(session_of(pads, (), Recalled()), _cut(data))


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + 24] for at in range(0, len(data), 24)]


def read_lines(data: bytes) -> None:
    whole, single = lines.Reader(), lines.Reader()
    found = whole.feed(data)
    assert found == [one for byte in data for one in single.feed(bytes((byte,)))]
    assert whole.discarded == single.discarded
    assert all(len(text.encode()) <= lines.LIMIT_BYTES for text in found)


def read_strip(data: bytes) -> None:
    whole, single = strip.Reader(), strip.Reader()
    assert whole.feed(data) == [one for byte in data for one in single.feed(bytes((byte,)))]


def read_bundle(data: bytes) -> None:
    """A first byte below 80: the rest is packed well, so that what lies behind the packing is read too."""

    bundle.unpack(zlib.compress(data[1:], 1) if data[:1] < b"\x80" else data[1:])


def read_messages(data: bytes) -> None:
    """As the first byte says: one kind of message, which goes out again as it came in; from E0 a topic and what it carries."""
    if data[:1] >= b"\xe0":
        topic, _, payload = data[1:].partition(b"\n")
        with suppress(Malformed):
            read_down(TOPICS, "lobby", topic.decode(errors="replace"), payload)
        return
    kind = _MESSAGES[data[0] % len(_MESSAGES)] if data else _MESSAGES[0]
    try:
        message = decode(data[1:], kind)
    except Malformed:
        return
    assert decode(encode(message), kind) == message
    if isinstance(message, m.Batch):
        try:
            accept(Mark(), message)
        except Malformed:
            return


def read_recording(data: bytes) -> None:
    """A support case's file. A first byte below 80: the rest is what a pad has said, which is recorded and read again."""
    if data[:1] < b"\x80":
        for driver, make in EARS.items():
            text = "\n".join(recorded(piece, NOON) for piece in _cut(data[1:]))
            pieces = list(replayed(text))
            assert [piece for _, piece in pieces] == _cut(data[1:]), driver
            ears = make()
            for now, piece in pieces:
                ears(piece, now)
        return
    try:
        for _ in replayed(data[1:].decode()):
            pass
    except ValueError:  # names the line; a text that is no UTF-8 is one too
        return


def read_envelope(data: bytes) -> None:
    """Whatever stands in a case's `sealed`: it opens, or is refused without a word of it."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = {"v": 1, "sender": data[:44].decode(errors="replace"), "to": {_NAME: "AA=="}, "body": data.hex()}
    with suppress(Unopened):
        assert isinstance(unseal(value, bytes(32), "case"), dict)


READERS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "envelope": read_envelope,
    "padlink": read_padlink,
    "ff68": read_ff68,
    "lines": read_lines,
    "strip-at": read_strip,
    "simulated-pad": read_simulated_pad,
    "simulated-plain": read_simulated_plain,
    "recording": read_recording,
    "bundle": read_bundle,
    "messages": read_messages,
    "padlink-session": sit_padlink,
    "ff68-session": sit_ff68,
    "lines-session": sit_lines,
}
SEEDS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "envelope": (json.dumps(seal({"text": "x"}, (public_of(bytes(32)),), "case", bytes(range(64)))).encode(),),
    "padlink": (b"\x00\x0d\x01\x00\x01" + SERIAL, b"\x00\x11\x02\x01" + bytes(13), b"\x00\x09\x86\x05\x01" + "暂停".encode()),
    "ff68": (b"\x00\x03\x01\x11\x03", b"\xff\xff\x68\x03\x03\x68\x01\x11\x03\x15\x16"),
    "lines": (b"KEY 5\r\n", b"3\r4\n"),
    "strip-at": ("@01请稍候\r".encode("gbk"),),
    "simulated-pad": (b"\x00\x04\x83\x02\x02\x04", b"\x00\x05\x84\x03\x02\x01\x0f"),
    "simulated-plain": (
        b"\x00\x00\x03\x01\x02\x03\x08\x02\x02\x01\x02\x03\x0a\x0a\x0a", b"\x01OK 5\r\n", b"\x02@01" + "请稍候\r".encode("gbk"),
    ),
    "bundle": (bundle.pack({"timestamp.json": b"{}"}), b"\x00{}"),
    "messages": tuple(
        bytes((number,)) + text
        for number, text in (
            (3, b'{"epoch":"e","upto":1,"final":1,"v":1}'),
            (4, b'{"session":"s","at":"2026-11-24T04:00:00Z","v":1}'),
            (2, b'{"node":"n","epoch":"e","oldest":1,"first":1,"events":[{"id":"a","prev":"0"}],"v":1}'),
            (6, (b'{"id":"a","issuer":"i","target":"t","issued_at":"2026-11-24T04:00:00Z",'
                b'"expires_at":"2026-11-24T05:00:00Z","name":"prompt","args":{},"v":1}')),
            (5, b'{"session":"s","revision":1,"content":2,"epoch":"e","sent":3,"commands_since":"2026-11-24T04:00:00Z","v":1}'),
            (8, (b'{"screen":"lobby","at":"2026-11-24T04:00:00Z","actor":"a","scope":"counter:1","on":true,"reason":"r",'
                b'"until":"2026-11-24T05:00:00Z","v":1}')),
            (9, b'{"version":1,"sha256":"' + b"0" * 64 + b'","size":2,"inline":"e30=","v":1}'),
            (10, b'{"sha256":"' + b"0" * 64 + b'","size":9,"offset":0,"count":2,"chunk":4,"v":1}'),
            (255, b'bank/v1/all/down/content\n{"version":1,"sha256":"0","size":2,"v":1}'),
            (255, b"bank/v1/lobby/down/blob/0/16\nbytes"),
            (255, b"bank/v1/bridge-1/up/events\n{}"),
        )
    ),
    "recording": (b"\x00KEY 5\r\n", b"\x80" + recorded(b"KEY 5\r\n", NOON).encode(), b'\x80{"at":5,"bytes":[]}', b"\x80" + b"[" * 1500),
    "padlink-session": (b"\x00\x11\x02\x01\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00",),
    "ff68-session": (b"\x00\x03\x01\x11\x03\x03\x02\x01\x0b",),
    "lines-session": (b"KEY 5\r\nKEY 1\nKEY x\r",),
}  # fmt: skip
