"""The edge of sealing: key files, and an answer for one reader alone."""

import os
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from signage.wire.sealing import (
    ENTROPY_BYTES,
    SEALED,
    seal,
)


class KeyUnreadable(Exception):  # noqa: N818 - names the state of the file
    """A key file that is missing or holds no X25519 key. `str`: the path and the reason, on one line."""


def seal_for(reader: str, case: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """A result that only `reader` (a public key in base64) opens. Raises ValueError."""
    public = b64decode(reader, validate=True)
    X25519PublicKey.from_public_bytes(public)
    return {"case": case, SEALED: seal(content, (public,), case, os.urandom(ENTROPY_BYTES))}


def read_public(path: Path) -> bytes:
    """A public key file (PEM). Raises KeyUnreadable."""
    key = _loaded(path, load_pem_public_key, "public")
    if not isinstance(key, X25519PublicKey):
        raise KeyUnreadable(f"{path}: holds no X25519 public key; make one with `signage privacy key`")
    return key.public_bytes_raw()


def read_private(path: Path) -> bytes:
    """A private key file (PEM, not encrypted) that only its owner reads. Raises KeyUnreadable."""
    if path.is_file() and path.stat().st_mode & 0o077:
        raise KeyUnreadable(f"{path}: others may read this key; chmod 600 it, and think of replacing it")
    key = _loaded(path, lambda text: load_pem_private_key(text, None), "private")
    if not isinstance(key, X25519PrivateKey):
        raise KeyUnreadable(f"{path}: holds no X25519 private key; make one with `signage privacy key`")
    return key.private_bytes_raw()


def new_pair() -> tuple[str, str]:
    """A private and its public key, as PEM texts."""
    private = X25519PrivateKey.generate()
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return secret.decode(), public.decode()


def _loaded(path: Path, load: Any, which: str) -> Any:
    try:
        return load(path.read_bytes())
    except FileNotFoundError:
        raise KeyUnreadable(
            f"{path}: there is no such file; put the {which} key there, made by `signage privacy key`"
        ) from None
    except OSError as error:
        raise KeyUnreadable(f"{path}: cannot be read: {error.strerror}; make it readable") from None
    except (ValueError, TypeError):
        raise KeyUnreadable(f"{path}: holds no {which} key in PEM; make one with `signage privacy key`") from None
