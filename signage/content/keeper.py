"""Binds what may be believed to where it is kept: a bundle in, trusted content or a reason out. Kept before it is used."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import structlog

from signage.content.bundle import pack, unpack
from signage.content.pinned import Pinned, read_pinned
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


@dataclass(frozen=True)
class Recollected:
    """What was kept, verified again (None: there was nothing), by the root that was given by hand."""

    pinned: Pinned
    found: Verified | Refused | None


Examine = Callable[[bytes, Held, bytes, Instant], Examined]


class Keeper:
    """Owned by the main loop. Without a pinned root nothing is accepted, which is said once."""

    def __init__(self, pinned: Pinned, vault: Vault, examine_afar: Examine | None = None) -> None:
        """`examine_afar`: examines bundles in another process, for a program that spares itself the libraries."""
        self.content: SignedContent | None = None
        self.refused: Refused | None = None  # why the newest bundle was not trusted; None once one was
        self.held = Held()
        self._packed: bytes | None = None  # what is held, as it is handed on
        self._vault = vault
        self._afar = examine_afar is not None
        self._examine = examine_afar or examine
        self._log = structlog.get_logger("content")
        self._pin(pinned)

    def _pin(self, pinned: Pinned) -> None:
        self.trouble, self._pinned = pinned.trouble, pinned.root
        self._no_root = _NO_ROOT if pinned.trouble is None else Refused(Code.UNSIGNED_ROOT, pinned.trouble)

    @property
    def version(self) -> int:
        """Of the verified content; 0: none."""
        return self.content.version if self.content is not None else 0

    def recall(self, now: Instant) -> None:
        """Verify what was kept, after a start. Raises the vault's errors.

        What can no longer be verified is dropped, the floors are not: everything is asked for anew, nothing older taken.
        """
        if self._pinned is None:
            self._say_no_root()
            return
        self._take_up(_recalled(self._pinned, self.kept(), now))

    def kept(self) -> Held:
        """What was kept, for `recollect` elsewhere; its outcome is for `recollected`. Raises the vault's errors."""
        kept = self._vault.load()
        self.held = Held(kept.files, kept.floors, kept.time_floor)
        return self.held

    def recollected(self, outcome: Recollected) -> None:
        """As `recall`, of what was verified elsewhere."""
        self._pin(outcome.pinned)
        if self._pinned is None:
            self._say_no_root()
        self._take_up(outcome.found)

    def _say_no_root(self) -> None:
        self._log.log(logging.INFO if self.trouble is None else logging.ERROR, self._no_root.text)

    def _take_up(self, found: Verified | Refused | None) -> None:
        if isinstance(found, Refused):
            self._refuse(found)
            self.held = Held({}, self.held.floors, self.held.time_floor)
        elif found is not None:
            self.held, self.content = found.held, without_ended(found.content, found.held.time_floor)

    def offer(self, bundle: bytes, now: Instant) -> SignedContent | Refused | None:
        """An arrived bundle: adopted content, a refusal, or None if it says nothing new. Raises the vault's errors.

        A newer timestamp over the same content is adopted too: it says how long the content holds.
        """
        if self._pinned is None:
            return self._refuse(self._no_root)
        return self.settle(self._examine(self._pinned, self.held, bundle, now))

    def heavy(self, bundle: bytes) -> bool:
        """Whether examining it takes longer than a main loop has (50 ms): it goes by the bytes to be read and verified."""
        if self._afar:
            return self._pinned is not None
        inflated = _INFLATES * len(bundle)
        return self._pinned is not None and max(inflated, sum(map(len, self.held.files.values()))) > _HEAVY

    def examination(self, bundle: bytes, now: Instant) -> Callable[[], Examined]:
        """What `offer` would find, as work for a thread: pure. Hand its result to `settle`."""
        pinned, held = self._pinned, self.held
        if pinned is None:
            return lambda: Examined(self._no_root)

        def work() -> Examined:
            examined = self._examine(pinned, held, bundle, now)
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


def examine(pinned: bytes, held: Held, bundle: bytes, now: Instant) -> Examined:
    """What becomes of a bundle on top of what is held. Pure."""
    files = unpack(bundle)
    return Examined(files if isinstance(files, Refused) else verify(pinned, held, files, now))


def recollect(trusted_root: Path | None, held: Held) -> Recollected:
    """What `Keeper.recall` finds, in one go with the root's file. Pure but for reading that."""
    pinned = read_pinned(trusted_root)
    return Recollected(pinned, _recalled(pinned.root, held, held.time_floor) if pinned.root is not None else None)


def _recalled(pinned: bytes, held: Held, now: Instant) -> Verified | Refused | None:
    return recall(pinned, held, now) if held.files else None
