"""A head office in memory: keys, one or two pictures, a programme; every document can be made wrong on purpose."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from msgspec.structs import replace
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Root, Targets

from signage.content import minting, names
from signage.content.signed import Declarations, Timetable
from signage.core.instants import Instant
from signage.core.programme import Asset, OperationsKey, ProgrammeItem, Rendition

NOW = Instant.parse("2026-12-01T09:00:00Z")
LIFE = timedelta(days=400)
BITS = 2


@cache
def key(name: str) -> CryptoSigner:
    """One key for each name, the same in every case: making keys is slow."""
    del name
    return CryptoSigner.generate_ed25519()


def publics(*people: str) -> list[Any]:
    return [key(name).public_key for name in people]


def picture(ref: str, content: bytes = b"picture", **more: Any) -> Asset:
    """A signed picture, of these bytes whatever they are."""
    digest = hashlib.sha256(content).hexdigest()
    rendition = Rendition(sha256=digest, size=len(content), width=64, height=64, media="image/png")
    return Asset(ref=ref, kind="picture", renditions=(rendition,), **more)


def plays(ref: str, **more: Any) -> ProgrammeItem:
    return ProgrammeItem(id=f"1-{ref}", asset=ref, cls=more.pop("cls", "advertisement"), **more)


AD = picture("ad.png", until=Instant.parse("2027-06-01T00:00:00Z"))
_UNPAINTED = AD.renditions


@dataclass(frozen=True)
class Era:
    """What all that is published goes by: versions count on from `before`; version n's pictures are the bytes `paint(n)`."""

    before: int = 0
    paint: Callable[[int], bytes] | None = None

    def dressed(self, asset: Asset, version: int) -> Asset:
        if self.paint is None or asset.renditions != _UNPAINTED:
            return asset
        return replace(asset, renditions=picture(asset.ref, self.paint(version)).renditions)


_PLAIN = Era()
_ERA = ContextVar[Era]("_ERA")


@contextmanager
def era(before: int, paint: Callable[[int], bytes]) -> Iterator[None]:
    """Publish inside for a node that has trusted all versions up to `before` already, with pictures that can be told apart."""
    token = _ERA.set(Era(before, paint))
    try:
        yield
    finally:
        _ERA.reset(token)


@dataclass
class SmallOffice:
    """`publish` signs a whole publication. The fields may be bent before it."""

    people: tuple[str, ...] = ("alice", "bob")
    signers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # role → who signs it really
    assets: Sequence[Asset] = (AD,)
    items: Sequence[ProgrammeItem] = (plays("ad.png"),)
    operations: Sequence[OperationsKey] = ()
    version: int = 1
    life: timedelta = LIFE
    timestamp_key: str = "timestamp"

    def root(self, version: int = 1, bend: Any = None, **who: Sequence[str]) -> bytes:
        """`bend` changes the unsigned root; `by`: who signs it."""
        document: Root = minting.root(
            version, Instant.of(NOW + self.life), publics("root-1", "root-2", "root-3"), publics(*self.people),
            key("snapshot").public_key, key(self.timestamp_key).public_key,
        )  # fmt: skip
        if bend is not None:
            bend(document)
        return minting.sign(document, [key(name) for name in who.get("by", ("root-1", "root-2"))])

    def chain(self, newest: int) -> dict[str, bytes]:
        """The roots after the first, up to `newest`."""
        return {names.root_file(version): self.root(version) for version in range(2, newest + 1)}

    def publish(self, at: Instant = NOW, bend: Mapping[str, Any] | None = None) -> dict[str, bytes]:
        """All files of one publication. `bend`: role → what changes its document before it is signed."""
        bent = dict(bend or {})
        expires = Instant.of(at + self.life)
        present = _ERA.get(_PLAIN)
        version = present.before + self.version
        assets = [present.dressed(asset, version) for asset in self.assets]
        people = publics(*self.people)
        declared = Declarations(operations=tuple(self.operations))
        documents: dict[str, Targets] = {
            names.TARGETS: minting.targets(version, expires, people, key("scheduler").public_key, declared),
            names.MEDIA: minting.media(version, expires, people, BITS),
            names.PROGRAMME: minting.programme(version, expires, Timetable(items=tuple(self.items))),
        }
        for name in minting.bin_names(BITS):
            mine = [asset for asset in assets if minting.bin_of(asset.ref, BITS) == name]
            documents[name] = minting.media_bin(version, expires, mine)
        files = {}
        for role, document in documents.items():
            if role in bent:
                bent[role](document)
            default = ("scheduler",) if role == names.PROGRAMME else self.people[:2]
            files[names.role_file(role)] = minting.sign(document, self._of(role, default))
        versions = {role: document.version for role, document in documents.items()}
        snapshot = minting.snapshot(version, expires, versions)
        timestamp = minting.timestamp(version, expires, version, at)
        for name, online in ((names.SNAPSHOT, snapshot), (names.TIMESTAMP, timestamp)):
            if name in bent:
                bent[name](online)
        files["snapshot.json"] = minting.sign(snapshot, self._of("snapshot", ("snapshot",)))
        files["timestamp.json"] = minting.sign(timestamp, self._of("timestamp", (self.timestamp_key,)))
        return files

    def _of(self, role: str, default: Sequence[str]) -> list[CryptoSigner]:
        return [key(name) for name in self.signers.get(role, default)]


def ad_bin() -> str:
    """The role that signs `ad.png`."""
    return minting.bin_of("ad.png", BITS)
