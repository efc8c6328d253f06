"""Commands signed by head office's operations keys: Ed25519 over the canonical JSON without `signature` (contract: Command).

A key is named by whoever looks after it; nothing here knows which keys are trusted.
"""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec.structs import replace

from signage.wire.chain import NotCanonical, canonical
from signage.wire.codec import plain
from signage.wire.messages import Command, Signature

_PUBLIC_BYTES: Final = 32


def signed_bytes(command: Command) -> bytes:
    """What a signature of this command covers: everything but the signature. Raises NotCanonical."""
    return canonical(plain(replace(command, signature=None)))


def sign(command: Command, keyid: str, key: Ed25519PrivateKey) -> Command:
    """The same command, signed. Raises NotCanonical for arguments such as a floating-point number."""
    return replace(command, signature=Signature(keyid=keyid, sig=key.sign(signed_bytes(command)).hex()))


def signed_by(command: Command, public: str) -> bool:
    """Whether the command's signature is right under `public`, an Ed25519 key in hex. Anything unreadable is not."""
    if command.signature is None:
        return False
    try:
        raw = bytes.fromhex(public)
        if len(raw) != _PUBLIC_BYTES:
            return False
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes.fromhex(command.signature.sig), signed_bytes(command))
    except (ValueError, NotCanonical, InvalidSignature):
        return False
    return True
