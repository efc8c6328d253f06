"""One verification: root, timestamp, snapshot, targets, media and its bins, programme, each by what was trusted before it."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tuf.api import exceptions as tuf_errors
from tuf.api.metadata import Root, Signed, Targets
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from signage.content import names, policy
from signage.content.limits import NEW_ROOTS, ROLE_BYTES
from signage.content.refusal import Code, RefusedError
from signage.content.signed import CUSTOM, read_declarations, read_signed_at, read_timetable
from signage.core.instants import Instant
from signage.core.programme import Asset, SignedContent

_LONG_AGO: Final = Instant.from_ms(0)
# What python-tuf and the documents inside may raise over bytes that somebody made up.
_READING: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError, RuntimeError, OverflowError)


@dataclass(frozen=True)
class Found:
    """All that was verified. `files`: what to keep; `floors`: versions by role and keys."""

    files: dict[str, bytes]
    floors: dict[str, int]
    signed_at: Instant
    content: SignedContent


class Walk:
    """`at`: when it is, None: expiry does not count (what is held already was fresh once)."""

    def __init__(
        self,
        pinned: bytes,
        held: Mapping[str, bytes],
        arrived: Mapping[str, bytes],
        floors: Mapping[str, int],
        at: Instant | None,
    ) -> None:
        self._pinned = pinned
        self._held = held
        self._arrived = arrived
        self._floors = floors
        self._at = at
        self._kept: dict[str, bytes] = {}
        self._versions: dict[str, int] = {}
        self._expiries: list[Instant] = []
        self._trusted: TrustedMetadataSet

    def run(self) -> Found:
        """Raises RefusedError."""
        for name, data in self._arrived.items():
            if not names.is_file_name(name):
                raise RefusedError(Code.NAME, f"{name[:60]!r} is no file of a publication")
            if len(data) > ROLE_BYTES:
                raise RefusedError(Code.TOO_LARGE, f"{name}: {len(data)} bytes, at most {ROLE_BYTES} are read")
        with _reading("root", Code.UNSIGNED_ROOT):
            self._trusted = TrustedMetadataSet(self._pinned, EnvelopeType.METADATA)
        self._trusted.reference_time = self._at or _LONG_AGO
        self._roots()
        signed_at = self._timestamp()
        self._snapshot()
        content = self._content()
        if signed_at >= min(self._expiries):
            raise RefusedError(Code.EXPIRED, f"it was signed at {signed_at}, when a part of it had expired")
        return Found(self._kept, self._versions, signed_at, content)

    def _roots(self) -> None:
        """From the pinned root on, one after the other: those that are held, then those that arrived."""
        new = [version for name in self._arrived if (version := names.root_version(name)) is not None]
        if len(new) > NEW_ROOTS:
            raise RefusedError(Code.ROOT_CHAIN, f"{len(new)} new roots at once, at most {NEW_ROOTS} are read")
        while True:
            name = names.root_file(self._trusted.root.version + 1)
            if self._try_held_root(name):
                continue
            if name not in self._arrived:
                break
            with _reading(name, Code.UNSIGNED_ROOT):
                self._trusted.update_root(self._arrived[name])
            self._kept[name] = self._arrived[name]
        root = self._trusted.root
        if max(new, default=0) > root.version:
            raise RefusedError(Code.TRUNCATED, f"root {root.version + 1} is missing before root {max(new)}")
        policy_checked(lambda: policy.check_root(root), "root")
        self._count(names.ROOT, root, "")
        self._fresh(names.ROOT, root)

    def _try_held_root(self, name: str) -> bool:
        if name not in self._held:
            return False
        try:
            self._trusted.update_root(self._held[name])
        except (tuf_errors.RepositoryError, *_READING):  # torn: one that arrives may stand in for it
            return False
        self._kept[name] = self._held[name]
        return True

    def _timestamp(self) -> Instant:
        name = names.role_file(names.TIMESTAMP)
        if name in self._held:
            # One that is torn, expired or of keys since replaced only fails to protect; the floors still do.
            with contextlib.suppress(tuf_errors.RepositoryError, *_READING):
                self._trusted.update_timestamp(self._held[name])
            if self._trusted.get(names.TIMESTAMP) is not None:
                self._kept[name] = self._held[name]
        if name in self._arrived:
            with contextlib.suppress(tuf_errors.EqualVersionNumberError), _reading(name):
                self._trusted.update_timestamp(self._arrived[name])
                self._kept[name] = self._arrived[name]
        if name not in self._kept:
            raise RefusedError(Code.TRUNCATED, f"{name} is missing")
        timestamp = self._trusted.timestamp
        self._count(names.TIMESTAMP, timestamp, _keys_of(self._trusted.root, names.TIMESTAMP))
        self._fresh(names.TIMESTAMP, timestamp)
        return read_signed_at(timestamp.unrecognized_fields.get(CUSTOM))

    def _snapshot(self) -> None:
        name = names.role_file(names.SNAPSHOT)
        wanted = self._trusted.timestamp.snapshot_meta.version
        if name in self._held:
            # Of an older version it is loaded all the same, and no role may then be older than it says.
            with contextlib.suppress(tuf_errors.RepositoryError, *_READING):
                self._trusted.update_snapshot(self._held[name], trusted=True)
                self._kept[name] = self._held[name]
        if self._trusted.get(names.SNAPSHOT) is None or self._trusted.snapshot.version != wanted:
            if name not in self._arrived:
                raise RefusedError(Code.TRUNCATED, f"{name} of version {wanted} is missing")
            with _reading(name):
                self._trusted.update_snapshot(self._arrived[name])
            self._kept[name] = self._arrived[name]
        snapshot = self._trusted.snapshot
        self._count(names.SNAPSHOT, snapshot, _keys_of(self._trusted.root, names.SNAPSHOT))
        self._fresh(names.SNAPSHOT, snapshot)

    def _content(self) -> SignedContent:
        targets = self._role(names.TARGETS, names.ROOT)
        policy_checked(lambda: policy.check_targets(targets), names.TARGETS)
        media = self._role(names.MEDIA, names.TARGETS)
        policy_checked(lambda: policy.check_media(media), names.MEDIA)
        programme = self._role(names.PROGRAMME, names.TARGETS)
        policy.check_leaf(names.PROGRAMME, programme)
        timetable = read_timetable(programme.unrecognized_fields.get(CUSTOM))
        declared = read_declarations(targets.unrecognized_fields.get(CUSTOM))
        assets = self._assets(media, {item.asset for item in timetable.items})
        policy.check_programme(timetable, assets)
        return SignedContent(
            version=self._trusted.snapshot.version,
            expires=min(self._expiries),
            assets=tuple(assets[ref] for ref in sorted(assets)),
            items=timetable.items,
            templates=declared.templates,
            operations=declared.operations,
            days=declared.days,
            exceptions=declared.exceptions,
            checklists=policy.checked_lists(declared.checklists),
        )

    def _assets(self, media: Targets, wanted: set[str]) -> dict[str, Asset]:
        """The assets that the programme names. Other bins that arrived are verified too, and not kept.

        Nobody sends a node the later versions of a bin that it does not need, so that one kept would stand in the way of
        whoever gets the whole from here.
        """
        assert media.delegations is not None
        bins = media.delegations.succinct_roles
        assert bins is not None
        needed = {bins.get_role_for_target(names.MEDIA_PATH + ref) for ref in wanted if names.is_ref(ref)}
        assets: dict[str, Asset] = {}
        for name in bins.get_roles():
            file = names.role_file(name)
            if file not in self._trusted.snapshot.meta:
                continue
            if name in needed:
                assets.update(self._bin(name, media, counts=True))
            elif file in self._arrived:
                self._spare_bin(name, media)
        return {ref: asset for ref, asset in assets.items() if ref in wanted}

    def _bin(self, name: str, media: Targets, *, counts: bool) -> dict[str, Asset]:
        found = self._role(name, names.MEDIA, counts=counts)
        policy.check_leaf(name, found)
        assets: dict[str, Asset] = policy_checked(lambda: policy.assets_of(found, name, media), name)
        return assets

    def _spare_bin(self, name: str, media: Targets) -> None:
        """One that the programme does not name. An expired one shows nothing, and harms nothing."""
        try:
            self._bin(name, media, counts=False)
        except RefusedError as error:
            if error.refused.code is not Code.EXPIRED:
                raise

    def _role(self, role: str, delegator: str, *, counts: bool = True) -> Targets:
        """A role as the snapshot wants it: what arrived of it, else what is held if it is that version."""
        file = names.role_file(role)
        data = self._arrived.get(file, self._held.get(file))
        if data is None:
            raise RefusedError(Code.TRUNCATED, f"{file} is missing")
        try:
            with _reading(file, delegated=True):
                signed = self._trusted.update_delegated_targets(data, role, delegator)
        except RefusedError as error:
            if file in self._arrived or error.refused.code is Code.EXPIRED:
                raise
            raise RefusedError(Code.TRUNCATED, f"{file} is missing; the one held: {error.refused.text}") from None
        self._count(role, signed, _keys_of(self._trusted[delegator], role))
        if counts:
            self._kept[file] = data
            self._expiries.append(Instant.of(signed.expires))
        return signed

    def _count(self, role: str, signed: Signed, keys: str) -> None:
        """Hold the floor. It belongs to the role's keys: new keys, signed by those above, begin anew."""
        key = f"{role}@{keys}" if keys else role
        if signed.version < self._floors.get(key, 0):
            raise RefusedError(
                Code.ROLLBACK, f"{role}: version {signed.version}, {self._floors[key]} was already trusted here"
            )
        self._versions[key] = signed.version

    def _fresh(self, role: str, signed: Signed) -> None:
        self._expiries.append(Instant.of(signed.expires))
        if self._at is not None and signed.is_expired(self._at):
            raise RefusedError(Code.EXPIRED, f"{role}: expired at {Instant.of(signed.expires)}, it is {self._at}")


def policy_checked(check: Callable[[], Any], place: str) -> Any:
    """Run a rule over verified metadata whose shape python-tuf did not check to the last field."""
    try:
        return check()
    except _READING as error:
        raise RefusedError(Code.POLICY, f"{place}: not as a publication is built: {error}") from None


def _keys_of(delegator: Any, role: str) -> str:
    """A short name of the keys that may sign `role`."""
    held: Root | Targets = delegator
    text = ",".join(sorted(held.get_delegated_role(role).keyids))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextlib.contextmanager
def _reading(file: str, unsigned: Code = Code.SIGNATURE, *, delegated: bool = False) -> Iterator[None]:
    """Turn whatever python-tuf says about made-up bytes into a typed refusal."""
    try:
        yield
    except tuf_errors.EqualVersionNumberError:
        raise
    except tuf_errors.UnsignedMetadataError as error:
        raise RefusedError(unsigned, f"{file}: {error}") from None
    except tuf_errors.BadVersionNumberError as error:
        raise RefusedError(Code.MIX_AND_MATCH if delegated else _stale(file, error), f"{file}: {error}") from None
    except tuf_errors.ExpiredMetadataError as error:
        raise RefusedError(Code.EXPIRED, f"{file}: {error}") from None
    except tuf_errors.LengthOrHashMismatchError as error:
        raise RefusedError(Code.MIX_AND_MATCH, f"{file}: {error}") from None
    except (tuf_errors.RepositoryError, *_READING) as error:
        raise RefusedError(Code.MALFORMED, f"{file}: {error}") from None


def _stale(file: str, error: Exception) -> Code:
    """A snapshot that is not the one its timestamp names was mixed in; anything else steps back."""
    return Code.MIX_AND_MATCH if file == "snapshot.json" and "Expected snapshot" in str(error) else Code.ROLLBACK
