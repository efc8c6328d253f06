"""Private keys as files, one for each person or machine: for a trial. In earnest each lies with its person (docs/content-night.md)."""

import re
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner, SSlibKey

from signage.content.files import PRIVATE, read_file, write_file
from signage.core.exits import Exit, Refusal

ROOT_KEYS: Final = ("root-1", "root-2", "root-3")
ONLINE_KEYS: Final = ("scheduler", "snapshot", "timestamp")
OPERATIONS: Final = "operations-"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class Keys:
    """The key files of one directory, by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where a key lies. Raises Refusal (2) for a name that is none."""
        if not _NAME.fullmatch(name):
            raise Refusal(Exit.WRONG_USE, f"{name!r} is no name for a key; wanted a-z, 0-9 and -, at most 32")
        return self.folder / f"{name}.pem"

    def has(self, name: str) -> bool:
        """Whether that key lies here."""
        return self.path(name).exists()

    def make(self, name: str) -> CryptoSigner:
        """A new key, in a file that only its owner reads. One of the same name is put aside, never overwritten."""
        path = self.path(name)
        if path.exists():
            path.replace(_aside(path))
        signer = CryptoSigner.generate_ed25519()
        write_file(path, signer.private_bytes, PRIVATE)
        return signer

    def signer(self, name: str) -> CryptoSigner:
        """The key of that name. Raises Refusal (77) if it is not here, or others may read it."""
        path = self.path(name)
        if not path.exists():
            raise Refusal(Exit.NOT_PERMITTED, f"{path}: {name} has no key here; sign where that key is")
        if path.stat().st_mode & 0o077:
            raise Refusal(
                Exit.NOT_PERMITTED, f"{path}: others may read this key; chmod 600 it, and think of replacing it"
            )
        try:
            key = load_pem_private_key(read_file(path, "make it readable for its owner"), None)
        except ValueError:
            raise Refusal(Exit.BAD_DATA, f"{path}: not a private key in PEM; restore it from its copy") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise Refusal(Exit.BAD_DATA, f"{path}: not an Ed25519 key; make one with `signage content rotate`")
        return CryptoSigner(key)


def public_hex(signer: CryptoSigner) -> str:
    """A key's public half, as the signed content names it."""
    key = signer.public_key
    assert isinstance(key, SSlibKey)
    return str(key.keyval["public"])


def _aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.old-{number}.pem")).exists():
        number += 1
    return aside
