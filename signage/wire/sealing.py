"""Envelopes for what customers write and for their numbers: sealed for the public keys of who may read it.

``{"v": 1, "sender": ephemeral public key, "to": {recipient's name: wrapped content key}, "body": sealed JSON}``, all in
base64. One random content key seals the canonical JSON with ChaCha20-Poly1305; for each recipient X25519 with the one
ephemeral key and HKDF-SHA256 make the key that wraps it. Every key is used once, so nonces are zero. `about` (the case's
id) is authenticated with both: an envelope that was moved to another case does not open.

Pure: `entropy` is an argument, and files and clocks are others' business.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from signage.wire.chain import canonical
from signage.wire.codec import Malformed, convert, plain
from signage.wire.messages import Message

KEY_BYTES: Final = 32
ENTROPY_BYTES: Final = 2 * KEY_BYTES  # an ephemeral key and a content key
SEALED: Final = "sealed"  # where an event's data, or a reply's result, carries the envelope
PERSONAL: Final[Mapping[str, tuple[str, ...]]] = {  # by an event's kind: what may name or reach a customer
    "rating": ("comment", "contact", "strokes"),
    "case": ("text", "contact", "strokes"),
}
_NONCE: Final = bytes(12)
_PURPOSE: Final = b"signage sealing 1"


class Unopened(Exception):  # noqa: N818 - an answer, not a failure of the program
    """The envelope does not open with that key, or is none. `str` is the reason; it repeats nothing of the content."""


class Envelope(Message, frozen=True, omit_defaults=True, kw_only=True):
    """As on the wire."""

    sender: str
    to: dict[str, str]
    body: str
    v: Literal[1]


def recipient_name(public: bytes) -> str:
    """What an envelope calls the holder of this public key."""
    return sha256(public).hexdigest()[:16]


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(content: Mapping[str, Any], recipients: Sequence[bytes], about: str, entropy: bytes) -> dict[str, Any]:
    """An envelope that each holder of a private half of `recipients` opens.

    `entropy`: 64 random bytes, never used twice. Raises NotCanonical for floating-point numbers.
    """
    ephemeral = X25519PrivateKey.from_private_bytes(entropy[:KEY_BYTES])
    key, sender, bound = entropy[KEY_BYTES:ENTROPY_BYTES], ephemeral.public_key().public_bytes_raw(), about.encode()
    to = {}
    for public in recipients:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
        wrapped = ChaCha20Poly1305(_wrapping(shared, sender, public)).encrypt(_NONCE, key, bound)
        to[recipient_name(public)] = b64encode(wrapped).decode()
    body = ChaCha20Poly1305(key).encrypt(_NONCE, canonical(plain(dict(content))), bound)
    return {"v": 1, "sender": b64encode(sender).decode(), "to": to, "body": b64encode(body).decode()}


def unseal(envelope: Any, private: bytes, about: str) -> dict[str, Any]:
    """What was sealed. Raises Unopened."""
    public = public_of(private)
    try:
        read = convert(envelope, Envelope, SEALED)
        wrapped, body = read.to.get(recipient_name(public)), b64decode(read.body, validate=True)
        if wrapped is None:
            raise Unopened("it is not sealed for this key")
        sender, bound = b64decode(read.sender, validate=True), about.encode()
        shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(sender))
        wrapping = ChaCha20Poly1305(_wrapping(shared, sender, public))
        key = wrapping.decrypt(_NONCE, b64decode(wrapped, validate=True), bound)
        content = json.loads(ChaCha20Poly1305(key).decrypt(_NONCE, body, bound))
    except InvalidTag:
        raise Unopened("it was changed, or is about another case") from None
    except (Malformed, ValueError):
        raise Unopened("it is no envelope that this program reads") from None
    if not isinstance(content, dict):
        raise Unopened("it holds no object")
    return content


def about(kind: str, event_id: str, data: Mapping[str, Any]) -> str:
    """The case's id: a rating's is its event's."""
    return str(data.get("case", event_id)) if kind == "case" else event_id


def sealed_data(
    kind: str, event_id: str, data: Mapping[str, Any], recipients: Sequence[bytes], entropy: bytes
) -> dict[str, Any]:
    """An event's data with what is personal in it sealed; the same if there is nothing, or nobody to seal it for."""
    personal = {key: data[key] for key in PERSONAL.get(kind, ()) if data.get(key) is not None}
    if not personal or not recipients:
        return dict(data)
    kept = {key: value for key, value in data.items() if key not in personal}
    return kept | {SEALED: seal(personal, recipients, about(kind, event_id, data), entropy)}


def unsealed_data(kind: str, event_id: str, data: Mapping[str, Any], private: bytes) -> dict[str, Any]:
    """The data as it was before `sealed_data`. Raises Unopened."""
    if SEALED not in data:
        return dict(data)
    opened = unseal(data[SEALED], private, about(kind, event_id, data))
    return {key: value for key, value in data.items() if key != SEALED} | opened


def without_personal(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What may be told to anybody: neither words nor numbers, sealed or not."""
    private = (*PERSONAL.get(kind, ()), SEALED)
    return {key: value for key, value in data.items() if key not in private}


def _wrapping(shared: bytes, sender: bytes, recipient: bytes) -> bytes:
    info = _PURPOSE + sender + recipient
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared)
