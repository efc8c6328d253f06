"""Binds what may be believed to where it is kept: a bundle in, trusted content or a reason out. Kept before it is used."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from signage.content.bundle import pack, unpack
from signage.content.pinned import Pinned
from signage.content.refusal import Code, Refused
from signage.content.trust import Held, Verified, recall, verify
from signage.core.instants import Instant
from signage.core.programme import SignedContent, without_ended

_NO_ROOT: Final = Refused(
    Code.UNSIGNED_ROOT, "no trusted_root is configured in [content], so nothing that head office sends is accepted"
)
_INFLATES: Final = 6  # signed documents: hexadecimal and repeated words
_HEAVY: Final = 200_000  # bytes of documents: 30 ms


class Kept(Protocol):
    """What was kept: see Held."""

    @property
    def files(self) -> Mapping[str, bytes]: ...
    @property
    def floors(self) -> Mapping[str, int]: ...
    @property
    def time_floor(self) -> Instant: ...


class Vault(Protocol):
    """Durable, in one transaction; floors in it only rise (`signage.link.floors`)."""

    def load(self) -> Kept: ...
    def keep(self, files: Mapping[str, bytes], floors: Mapping[str, int], time_floor: Instant) -> None: ...


@dataclass(frozen=True)
class Examined:
    """What became of a bundle, and what would be handed on (None: not packed yet)."""

    found: Verified | Refused
    packed: bytes | None = None


class Keeper:
    """Owned by the main loop. Without a pinned root nothing is accepted, which is said once."""

    def __init__(self, pinned: Pinned, vault: Vault) -> None:
        self.trouble = pinned.trouble
        self.content: SignedContent | None = None
        self.refused: Refused | None = None  # why the newest bundle was not trusted; None once one was
        self.held = Held()
        self._packed: bytes | None = None  # what is held, as it is handed on
        self._pinned = pinned.root
        self._no_root = _NO_ROOT if pinned.trouble is None else Refused(Code.UNSIGNED_ROOT, pinned.trouble)
        self._vault = vault
        self._log = structlog.get_logger("content")

    @property
    def version(self) -> int:
        """Of the verified content; 0: none."""
        return self.content.version if self.content is not None else 0

    def recall(self, now: Instant) -> None:
        """Verify what was kept, after a start. Raises the vault's errors.

        What can no longer be verified is dropped, the floors are not: everything is asked for anew, nothing older taken.
        """
        if self._pinned is None:
            self._log.log(logging.INFO if self.trouble is None else logging.ERROR, self._no_root.text)
            return
        kept = self._vault.load()
        self.held = Held(kept.files, kept.floors, kept.time_floor)
        if not kept.files:
            return
        found = recall(self._pinned, self.held, now)
        if isinstance(found, Refused):
            self._refuse(found)
            self.held = Held({}, kept.floors, kept.time_floor)
        else:
            self.held, self.content = found.held, without_ended(found.content, found.held.time_floor)

    def offer(self, bundle: bytes, now: Instant) -> SignedContent | Refused | None:
        """An arrived bundle: adopted content, a refusal, or None if it says nothing new. Raises the vault's errors.

        A newer timestamp over the same content is adopted too: it says how long the content holds.
        """
        if self._pinned is None:
            return self._refuse(self._no_root)
        return self.settle(_examined(self._pinned, self.held, bundle, now))

    def heavy(self, bundle: bytes) -> bool:
        """Whether examining it takes longer than a main loop has (50 ms): it goes by the bytes to be read and verified."""
        inflated = _INFLATES * len(bundle)
        return self._pinned is not None and max(inflated, sum(map(len, self.held.files.values()))) > _HEAVY

    def examination(self, bundle: bytes, now: Instant) -> Callable[[], Examined]:
        """What `offer` would find, as work for a thread: pure. Hand its result to `settle`."""
        pinned, held = self._pinned, self.held
        if pinned is None:
            return lambda: Examined(self._no_root)

        def work() -> Examined:
            examined = _examined(pinned, held, bundle, now)
            if isinstance(examined.found, Refused):
                return examined
            return Examined(examined.found, pack(examined.found.held.files))

        return work

    def settle(self, examined: Examined) -> SignedContent | Refused | None:
        """Act upon an examination of what is still held as it was then. As `offer`."""
        if isinstance(examined.found, Refused):
            return self._refuse(examined.found)
        return self._adopt(examined.found, examined.packed)

    def bundle(self) -> bytes:
        """Everything that is held, so that whoever has nothing but the pinned root can start from it."""
        if self._packed is None:
            self._packed = pack(self.held.files)
        return self._packed

    def _adopt(self, found: Verified, packed: bytes | None) -> SignedContent | None:
        self.refused = None
        if self.content is not None and found.held == self.held:
            return None
        self._vault.keep(found.held.files, found.held.floors, found.held.time_floor)
        self.content = without_ended(found.content, found.held.time_floor)
        self.held, self._packed = found.held, packed
        self._log.info("content verified", version=self.content.version, expires=str(self.content.expires))
        return self.content

    def _refuse(self, refused: Refused) -> Refused:
        if refused != self.refused:
            self._log.error("content refused", code=str(refused.code), reason=refused.text)
        self.refused = refused
        return refused


def _examined(pinned: bytes, held: Held, bundle: bytes, now: Instant) -> Examined:
    files = unpack(bundle)
    return Examined(files if isinstance(files, Refused) else verify(pinned, held, files, now))
