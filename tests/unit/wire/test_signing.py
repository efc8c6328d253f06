"""Only the bytes that were signed are right, and only under the key that signed them."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from signage.core.instants import Instant
from signage.wire.chain import NotCanonical
from signage.wire.codec import decode, encode
from signage.wire.messages import Command, Signature
from signage.wire.signing import sign, signed_by, signed_bytes

NINE = Instant.parse("2026-11-24T01:00:00Z")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()


def command(**changes: Any) -> Command:
    values: dict[str, Any] = {
        "v": 1,
        "id": "c-1",
        "issuer": "night-desk",
        "target": "hz-1",
        "issued_at": NINE,
        "expires_at": Instant.of(NINE + timedelta(hours=1)),
        "name": "suspend",
        "args": {"scope": "branch", "reason": "power", "until": None, "zeit": "九点", "n": 3},
    }
    return Command(**values | changes)


def test_what_is_signed_is_canonical_json_without_the_signature() -> None:
    assert (
        signed_bytes(command(actor="li", args={"b": 1, "a": "九"}))
        == (
            '{"actor":"li","args":{"a":"九","b":1},"expires_at":"2026-11-24T02:00:00.000Z","id":"c-1",'
            '"issued_at":"2026-11-24T01:00:00.000Z","issuer":"night-desk","name":"suspend","target":"hz-1","v":1}'
        ).encode()
    )
    assert signed_bytes(sign(command(), "k", KEY)) == signed_bytes(command())


def test_a_signed_command_is_right_after_its_way_over_the_wire() -> None:
    sent = decode(encode(sign(command(), "k", KEY)), Command)
    assert sent.signature is not None
    assert sent.signature.keyid == "k"
    assert signed_by(sent, PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "c-2"},
        {"issuer": "x"},
        {"target": "all"},
        {"issued_at": Instant.of(NINE + timedelta(milliseconds=1))},
        {"expires_at": Instant.of(NINE + timedelta(hours=2))},
        {"name": "resume"},
        {"args": {"scope": "counter:1", "reason": "power"}},
        {"actor": "li"},
        {"token": "t"},
    ],
)
def test_whatever_is_changed_the_signature_is_wrong(change: dict[str, Any]) -> None:
    assert not signed_by(replace(sign(command(), "k", KEY), **change), PUBLIC)


def test_another_key_or_no_signature_or_no_key_is_wrong() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw().hex()
    signed = sign(command(), "k", KEY)
    assert signed.signature is not None
    cut = replace(signed, signature=Signature(keyid="k", sig=signed.signature.sig[:-2]))
    no_hex = replace(signed, signature=Signature(keyid="k", sig="zz"))
    assert not signed_by(command(), PUBLIC)
    assert not signed_by(cut, PUBLIC)
    assert not signed_by(no_hex, PUBLIC)
    for public in (other, "", PUBLIC[:-2], "zz" * 32):
        assert not signed_by(signed, public)


def test_what_has_no_canonical_form_is_not_signed_and_not_right() -> None:
    with pytest.raises(NotCanonical):
        sign(command(args={"n": 0.5}), "k", KEY)
    assert not signed_by(replace(sign(command(), "k", KEY), args={"n": 0.5}), PUBLIC)
