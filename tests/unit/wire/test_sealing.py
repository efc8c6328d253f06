"""Envelopes: who opens them, who does not, and that nothing of the content stands outside."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256, sha512
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from signage.wire.sealing import (
    PERSONAL,
    SEALED,
    Unopened,
    public_of,
    recipient_name,
    seal,
    sealed_data,
    unseal,
    unsealed_data,
    without_personal,
)


def key(name: str) -> bytes:
    return sha256(name.encode()).digest()


def entropy(name: str = "once") -> bytes:
    return sha512(name.encode()).digest()


OFFICE, DESK, STRANGER = key("office"), key("desk"), key("stranger")
BOTH = (public_of(OFFICE), public_of(DESK))
SAID = {"comment": "等了很久", "contact": "13800138000"}


def test_each_recipient_opens_it_and_nobody_else() -> None:
    envelope = seal(SAID, BOTH, "case-1", entropy())
    assert unseal(envelope, OFFICE, "case-1") == unseal(envelope, DESK, "case-1") == SAID
    with pytest.raises(Unopened, match="not sealed for this key"):
        unseal(envelope, STRANGER, "case-1")


def test_it_opens_for_its_own_case_only() -> None:
    with pytest.raises(Unopened, match="another case"):
        unseal(seal(SAID, BOTH, "case-1", entropy()), OFFICE, "case-2")


def test_nothing_of_the_content_stands_outside() -> None:
    told = json.dumps(seal(SAID, BOTH, "case-1", entropy()), ensure_ascii=False)
    assert not any(word in told for word in SAID.values())
    assert seal(SAID, BOTH, "case-1", entropy("a"))["body"] != seal(SAID, BOTH, "case-1", entropy("b"))["body"]


def test_the_form_is_what_the_docstring_says() -> None:
    """Opened by hand, from the description alone: another program can."""
    envelope = seal(SAID, BOTH, "case-1", entropy())
    assert envelope["v"] == 1
    public = X25519PrivateKey.from_private_bytes(DESK).public_key().public_bytes_raw()
    sender = b64decode(envelope["sender"])
    shared = X25519PrivateKey.from_private_bytes(DESK).exchange(X25519PublicKey.from_public_bytes(sender))
    info = b"signage sealing 1" + sender + public
    wrapping = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)
    wrapped = b64decode(envelope["to"][sha256(public).hexdigest()[:16]])
    content_key = ChaCha20Poly1305(wrapping).decrypt(bytes(12), wrapped, b"case-1")
    body = ChaCha20Poly1305(content_key).decrypt(bytes(12), b64decode(envelope["body"]), b"case-1")
    assert json.loads(body) == SAID


def _flipped(text: str) -> str:
    raw = bytearray(b64decode(text))
    raw[0] ^= 1
    return b64encode(bytes(raw)).decode()


@pytest.mark.parametrize("part", ["sender", "body", "to"])
def test_a_changed_byte_opens_nothing(part: str) -> None:
    envelope: dict[str, Any] = seal(SAID, BOTH, "case-1", entropy())
    if part == "to":
        envelope["to"] = {name: _flipped(wrapped) for name, wrapped in envelope["to"].items()}
    else:
        envelope[part] = _flipped(envelope[part])
    with pytest.raises(Unopened):
        unseal(envelope, OFFICE, "case-1")


@pytest.mark.parametrize(
    "envelope",
    [
        None,
        7,
        {},
        {"v": 2, "sender": "", "to": {}, "body": ""},
        {"v": 1, "sender": "", "to": {recipient_name(public_of(OFFICE)): ""}, "body": ""},
        {"v": 1, "sender": "é", "to": {recipient_name(public_of(OFFICE)): "AA=="}, "body": "!"},
        {"v": 1, "sender": "AA==", "to": {recipient_name(public_of(OFFICE)): "AA=="}, "body": "AA=="},
        {"v": 1, "sender": b64encode(bytes(32)).decode(), "to": {recipient_name(public_of(OFFICE)): ""}, "body": ""},
    ],
)
def test_what_is_no_envelope_opens_nothing(envelope: Any) -> None:
    with pytest.raises(Unopened):
        unseal(envelope, OFFICE, "case-1")


def test_an_envelope_around_no_object_opens_nothing() -> None:
    """Whoever holds the public key can seal anything."""
    private = X25519PrivateKey.from_private_bytes(entropy()[:32])
    sender = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(public_of(OFFICE)))
    info = b"signage sealing 1" + sender + public_of(OFFICE)
    wrapping = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), bytes(32), b"c")
    body = ChaCha20Poly1305(bytes(32)).encrypt(bytes(12), b"[1]", b"c")
    parts = {"sender": sender, "body": body}
    envelope = {"v": 1, "to": {recipient_name(public_of(OFFICE)): b64encode(wrapped).decode()}}
    with pytest.raises(Unopened, match="no object"):
        unseal(envelope | {name: b64encode(raw).decode() for name, raw in parts.items()}, OFFICE, "c")


def test_of_an_event_what_is_personal_is_sealed_and_the_rest_stays() -> None:
    data = {"stars": 1, "counter": "2", "consent": "2026-11-24T01:00:00.000Z", "phrases": ["long-wait"], **SAID}
    made = sealed_data("rating", "e1", data, BOTH, entropy())
    assert {name: value for name, value in made.items() if name != SEALED} == {
        name: value for name, value in data.items() if name not in SAID
    }
    assert unsealed_data("rating", "e1", made, OFFICE) == data
    assert sealed_data("rating", "e1", made, BOTH, entropy()) == made  # a draft that was sealed before
    assert without_personal("rating", made) == without_personal("rating", data)
    assert SEALED not in without_personal("rating", made)


def test_a_cases_envelope_is_about_its_case() -> None:
    data = {"case": "c", "action": "opened", "text": "x", "strokes": None}
    made = sealed_data("case", "e1", data, BOTH, entropy())
    assert unseal(made[SEALED], OFFICE, "c") == {"text": "x"}
    assert made["strokes"] is None
    assert unsealed_data("case", "e1", made, OFFICE)["text"] == "x"


def test_where_there_is_nothing_to_seal_or_nobody_to_seal_for_it_stays() -> None:
    assert sealed_data("rating", "e1", {"stars": 5}, BOTH, entropy()) == {"stars": 5}
    assert sealed_data("rating", "e1", SAID, (), entropy()) == SAID
    assert sealed_data("notice", "e1", {"text": {"zh": "x"}}, BOTH, entropy()) == {"text": {"zh": "x"}}
    assert unsealed_data("rating", "e1", {"stars": 5}, OFFICE) == {"stars": 5}
    assert without_personal("notice", {"text": {"zh": "x"}}) == {"text": {"zh": "x"}}
    assert set(PERSONAL) == {"rating", "case"}


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(-(2**53), 2**53), max_size=4),
    st.binary(min_size=64, max_size=64),
)
def test_whatever_is_sealed_is_what_is_opened(content: dict[str, Any], random: bytes) -> None:
    assert unseal(seal(content, BOTH[:1], "案", random), OFFICE, "案") == content
