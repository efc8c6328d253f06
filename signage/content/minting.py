"""Signed documents out of content and keys: pure, the counterpart of `walk`. Versions and expiries are the caller's."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Role,
    Root,
    Snapshot,
    SuccinctRoles,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.metadata import (
    Key as TufKey,
)
from tuf.api.serialization.json import JSONSerializer

from signage.content import names
from signage.content.policy import PUBLISHERS, ROOT_SIGNATURES
from signage.content.signed import CUSTOM, SIGNED_AT, Declarations, Timetable, written
from signage.core.instants import Instant
from signage.core.programme import Asset

NOTHING_SHA256: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of no bytes at all
Document = TypeVar("Document", Root, Timestamp, Snapshot, Targets)
_COMPACT: Final = JSONSerializer(compact=True)


def sign(document: Document, signers: Sequence[CryptoSigner]) -> bytes:
    """The document as a file, with everybody's signature."""
    metadata: Metadata[Document] = Metadata(document)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes(_COMPACT)


def countersign(file: bytes, signer: CryptoSigner) -> bytes:
    """The same file with one more signature."""
    metadata = Metadata[Any].from_bytes(file)
    metadata.sign(signer, append=True)
    return metadata.to_bytes(_COMPACT)


def root(
    version: int,
    expires: Instant,
    root_keys: Sequence[Key],
    publishers: Sequence[Key],
    snapshot: Key,
    timestamp: Key,
) -> Root:
    """Who may sign what. Root and targets take two."""
    roles = {
        names.ROOT: Role([key.keyid for key in root_keys], ROOT_SIGNATURES),
        names.TARGETS: Role([key.keyid for key in publishers], PUBLISHERS),
        names.SNAPSHOT: Role([snapshot.keyid], 1),
        names.TIMESTAMP: Role([timestamp.keyid], 1),
    }
    return Root(version, expires=expires, keys=_by_id([*root_keys, *publishers, snapshot, timestamp]), roles=roles)


def targets(
    version: int, expires: Instant, publishers: Sequence[Key], scheduler: Key, declarations: Declarations
) -> Targets:
    """Media to the publishers, the programme to the scheduler, and what is declared beside them."""
    roles = {
        names.MEDIA: DelegatedRole(
            names.MEDIA, [key.keyid for key in publishers], PUBLISHERS, terminating=True, paths=[names.MEDIA_PATH + "*"]
        ),
        names.PROGRAMME: DelegatedRole(
            names.PROGRAMME, [scheduler.keyid], 1, terminating=True, paths=[names.PROGRAMME_PATH + "*"]
        ),
    }
    delegations = Delegations(_by_id([*publishers, scheduler]), roles)
    custom = {CUSTOM: written(declarations)}
    return Targets(version, expires=expires, targets={}, delegations=delegations, unrecognized_fields=custom)


def media(version: int, expires: Instant, publishers: Sequence[Key], bits: int) -> Targets:
    """All assets, divided among 2 ** `bits` bins by the hash of their path."""
    bins = SuccinctRoles([key.keyid for key in publishers], PUBLISHERS, bits, names.MEDIA)
    return Targets(
        version, expires=expires, targets={}, delegations=Delegations(_by_id(publishers), succinct_roles=bins)
    )


def bin_names(bits: int) -> list[str]:
    """The names of all bins."""
    return list(SuccinctRoles([], 1, bits, names.MEDIA).get_roles())


def bin_of(ref: str, bits: int) -> str:
    """The bin that signs an asset."""
    return SuccinctRoles([], 1, bits, names.MEDIA).get_role_for_target(names.MEDIA_PATH + ref)


def media_bin(version: int, expires: Instant, assets: Sequence[Asset]) -> Targets:
    """One bin."""
    signed = {names.MEDIA_PATH + asset.ref: _target(asset) for asset in assets}
    return Targets(version, expires=expires, targets=signed)


def programme(version: int, expires: Instant, timetable: Timetable) -> Targets:
    """What plays where and when."""
    return Targets(version, expires=expires, targets={}, unrecognized_fields={CUSTOM: written(timetable)})


def snapshot(version: int, expires: Instant, roles: Mapping[str, int]) -> Snapshot:
    """Which versions of all roles belong together. Its version is the content's."""
    return Snapshot(
        version, expires=expires, meta={names.role_file(role): MetaFile(roles[role]) for role in sorted(roles)}
    )


def timestamp(version: int, expires: Instant, snapshot_version: int, at: Instant) -> Timestamp:
    """That a snapshot is the newest of its line, as of `at`."""
    return Timestamp(
        version,
        expires=expires,
        snapshot_meta=MetaFile(snapshot_version),
        unrecognized_fields={CUSTOM: {SIGNED_AT: str(at)}},
    )


def _target(asset: Asset) -> TargetFile:
    master = asset.renditions[0] if asset.renditions else None
    length, digest = (master.size, master.sha256) if master is not None else (0, NOTHING_SHA256)
    return TargetFile(
        length, {"sha256": digest}, names.MEDIA_PATH + asset.ref, unrecognized_fields={CUSTOM: written(asset)}
    )


def _by_id(keys: Sequence[Key]) -> dict[str, TufKey]:
    return {key.keyid: key for key in keys}
