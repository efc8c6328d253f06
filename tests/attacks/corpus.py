"""The attacks by name, each with an accepted twin that differs in the attack alone. No test framework: anybody may drive them.

`ATTACKS`: bundles, for the verifier. `BLOBS`: bytes, for whoever stores or decodes them.
"""

import base64
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from msgspec.structs import replace

from signage.content import minting, names
from signage.content.bundle import pack
from signage.content.refusal import Code
from signage.content.trust import Held, Verified, verify
from signage.core.instants import Instant
from tests.attacks.small_office import AD, NOW, SmallOffice, ad_bin, key, picture, plays

DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Delivery:
    """What one node holds, what arrives there, and what its clock says."""

    bundle: bytes
    held: Held = field(default_factory=Held)
    now: Instant = NOW


@dataclass(frozen=True)
class Pair:
    """`twin` is accepted, `attack` is refused; both begin at the root `pinned`."""

    pinned: bytes
    twin: Delivery
    attack: Delivery


@dataclass(frozen=True)
class Attack:
    name: str
    refusal: Code
    build: Callable[[], Pair]


def _pair(good: Mapping[str, bytes], bad: Mapping[str, bytes], pinned: bytes | None = None, **both: Any) -> Pair:
    return Pair(pinned or SmallOffice().root(), Delivery(pack(good), **both), Delivery(pack(bad), **both))


def taken(files: Mapping[str, bytes], held: Held | None = None, now: Instant = NOW) -> Held:
    """What a node holds after an honest publication."""
    verdict = verify(SmallOffice().root(), held or Held(), files, now)
    assert isinstance(verdict, Verified), verdict
    return verdict.held


def tampered(file: bytes) -> bytes:
    """One digit of the signed part is another: still a document, no longer the signed one."""
    where = file.index(b'"expires":"20') + len(b'"expires":"20')
    digit = b"3" if file[where : where + 1] == b"2" else b"2"
    return file[:where] + digit + file[where + 1 :]


def _tampered(role: str) -> Callable[[], Pair]:
    def build() -> Pair:
        good = {**SmallOffice().publish(), **SmallOffice().chain(2)}
        file = "2.root.json" if role == names.ROOT else names.role_file(role)
        return _pair(good, {**good, file: tampered(good[file])})

    return build


def _bent(role: str, bend: Callable[[Any], None], **office: Any) -> Callable[[], Pair]:
    return lambda: _pair(SmallOffice().publish(), SmallOffice(**office).publish(bend={role: bend}))


def _office(**office: Any) -> Callable[[], Pair]:
    """The attack is a publication of an office that works otherwise."""
    return lambda: _pair(SmallOffice().publish(), SmallOffice(**office).publish())


def _missing() -> Pair:
    good = SmallOffice().publish()
    return _pair(good, {name: data for name, data in good.items() if name != names.role_file(ad_bin())})


def _cut() -> Pair:
    whole = pack(SmallOffice().publish())
    return Pair(SmallOffice().root(), Delivery(whole), Delivery(whole[: len(whole) * 2 // 3]))


def _replayed(torn: tuple[str, ...]) -> Callable[[], Pair]:
    def build() -> Pair:
        held = taken(SmallOffice(version=5).publish())
        files = {name: (b"" if name in torn else data) for name, data in held.files.items()}
        kept = Held({} if torn == ("*",) else files, held.floors, held.time_floor)
        old, new = SmallOffice(version=4).publish(), SmallOffice(version=6).publish()
        return _pair(new, old, held=kept)

    return build


def _old_part(role: str) -> Callable[[], Pair]:
    """The new publication with one role of an older one."""

    def build() -> Pair:
        old, new = SmallOffice(version=5).publish(), SmallOffice(version=6).publish()
        file = names.role_file(role)
        return _pair(new, {**new, file: old[file]}, held=taken(old))

    return build


def _expired_at(later: timedelta) -> Callable[[], Pair]:
    def build() -> Pair:
        bundle = pack(SmallOffice().publish())
        return Pair(SmallOffice().root(), Delivery(bundle), Delivery(bundle, now=Instant.of(NOW + later)))

    return build


def _clock_back(now: Instant) -> Callable[[], Pair]:
    """An expired publication, and a clock that stands where it was not yet: the time last told decides."""

    def build() -> Pair:
        later = taken(SmallOffice(version=1, life=timedelta(days=500)).publish(Instant.of(NOW + 60 * DAY)))
        fresh = SmallOffice(version=2).publish(Instant.of(NOW + 30 * DAY))
        stale = SmallOffice(version=2, life=timedelta(days=20)).publish(Instant.of(NOW + 30 * DAY))
        return _pair(fresh, stale, held=later, now=now)

    return build


def _signed_when_expired() -> Pair:
    """A thief of the timestamp key tells a far time, to make everything else look expired for ever."""

    def far(document: Any) -> None:
        document.unrecognized_fields["custom"]["signed_at"] = "2999-01-01T00:00:00.000Z"

    return _pair(SmallOffice().publish(), SmallOffice().publish(bend={names.TIMESTAMP: far}))


def _bomb() -> Pair:
    good = pack(SmallOffice().publish())
    return Pair(SmallOffice().root(), Delivery(good), Delivery(zlib.compress(b" " * (64 * 1024 * 1024), 9)))


def _oversized() -> Pair:
    good = SmallOffice().publish()
    return _pair(good, {**good, "targets.json": good["targets.json"] + b" " * (1024 * 1024)})


def _named(name: str) -> Callable[[], Pair]:
    def build() -> Pair:
        good = SmallOffice().publish()
        texts = {one: base64.b64encode(data).decode() for one, data in {**good, name: b"{}"}.items()}
        bad = zlib.compress(json.dumps({"v": 1, "files": texts}).encode())
        return Pair(SmallOffice().root(), Delivery(pack(good)), Delivery(bad))

    return build


def _chain(length: int) -> Callable[[], Pair]:
    def build() -> Pair:
        good = SmallOffice().publish()
        return _pair({**good, **SmallOffice().chain(21)}, {**good, **SmallOffice().chain(length + 1)})

    return build


def _root_by(*who: str) -> Callable[[], Pair]:
    def build() -> Pair:
        good = SmallOffice().publish()
        next_root = {names.root_file(2): SmallOffice().root(2)}
        return _pair({**good, **next_root}, {**good, names.root_file(2): SmallOffice().root(2, by=who)})

    return build


def _revoked() -> Pair:
    """Root 2 takes bob's key away; who holds it signs on."""
    after = SmallOffice(people=("alice", "carol"), version=2)
    roots = {names.root_file(2): after.root(2)}
    stolen = {"targets": ("alice", "bob")}
    bad = SmallOffice(people=("alice", "carol"), version=2, signers=stolen)
    return _pair({**after.publish(), **roots}, {**bad.publish(), **roots}, held=taken(SmallOffice().publish()))


def _one_key_twice() -> Pair:
    """Root names alice's key under two ids: TUF counts two signatures, we count keys."""

    def bend(root: Any) -> None:
        twice = root.roles[names.TARGETS]
        original = root.keys[key("alice").public_key.keyid]
        root.keys["f" * 64] = type(original)("f" * 64, original.keytype, original.scheme, original.keyval)
        twice.keyids = [original.keyid, "f" * 64]

    good = SmallOffice().publish()
    return _pair(
        {**good, names.root_file(2): SmallOffice().root(2)}, {**good, names.root_file(2): SmallOffice().root(2, bend)}
    )


def _one_is_enough() -> Pair:
    """A root signed by two says that one publisher is enough."""

    def bend(root: Any) -> None:
        root.roles[names.TARGETS].threshold = 1

    good = SmallOffice().publish()
    return _pair(
        {**good, names.root_file(2): SmallOffice().root(2)}, {**good, names.root_file(2): SmallOffice().root(2, bend)}
    )


def _other_bank() -> Pair:
    """A pinned root that was never signed by those whom it names."""
    bundle = pack(SmallOffice().publish())
    good = SmallOffice().root()
    held = Held()
    twin = Delivery(bundle, held)
    forged = {names.root_file(2): SmallOffice().root(2, by=("mallory", "eve"))}
    return Pair(good, twin, Delivery(pack({**SmallOffice().publish(), **forged}), held))


def _programme(asset: Any = AD, **bad: Any) -> Callable[[], Pair]:
    """Both sign the same asset; the programme's one item differs."""

    def build() -> Pair:
        good = SmallOffice(assets=(asset,))
        return _pair(good.publish(), SmallOffice(assets=(asset,), items=(plays(**{"ref": "ad.png", **bad}),)).publish())

    return build


def _ref(name: str) -> Callable[[], Pair]:
    return lambda: _pair(SmallOffice().publish(), SmallOffice(assets=(AD, picture(name))).publish())


def _float(document: Any) -> None:
    document.unrecognized_fields["custom"]["items"][0]["seconds"] = "10"


def _lower_threshold(document: Any) -> None:
    document.delegations.roles[names.MEDIA].threshold = 1


def _own_targets(document: Any) -> None:
    document.targets["programme/evil.png"] = minting.media_bin(1, NOW, [AD]).targets["media/ad.png"]


_ROLES: Final = (names.ROOT, names.TIMESTAMP, names.SNAPSHOT, names.TARGETS, names.MEDIA, names.PROGRAMME, ad_bin())
_DATED: Final = replace(AD, start=Instant.parse("2026-12-01T00:00:00Z"))

ATTACKS: Final = (
    *(
        Attack(f"tampered {role}", Code.UNSIGNED_ROOT if role == names.ROOT else Code.SIGNATURE, _tampered(role))
        for role in _ROLES
    ),
    Attack("a role is missing", Code.TRUNCATED, _missing),
    Attack("truncated", Code.TRUNCATED, _cut),
    Attack("old bundle replayed", Code.ROLLBACK, _replayed(())),
    Attack("old bundle replayed, timestamp torn", Code.ROLLBACK, _replayed(("timestamp.json",))),
    Attack("old bundle replayed, timestamp and snapshot torn", Code.ROLLBACK,
           _replayed(("timestamp.json", "snapshot.json"))),
    Attack("old bundle replayed, everything lost but the floors", Code.ROLLBACK, _replayed(("*",))),
    Attack("clock 5 years on", Code.EXPIRED, _expired_at(5 * 365 * DAY)),
    Attack("clock 1970", Code.EXPIRED, _clock_back(Instant.from_ms(0))),
    Attack("clock 30 days back", Code.EXPIRED, _clock_back(Instant.of(NOW - 30 * DAY))),
    Attack("timestamp tells a far time", Code.EXPIRED, _signed_when_expired),
    Attack("mix and match: old snapshot", Code.MIX_AND_MATCH, _old_part(names.SNAPSHOT)),
    Attack("mix and match: old targets", Code.MIX_AND_MATCH, _old_part(names.TARGETS)),
    Attack("mix and match: old programme", Code.MIX_AND_MATCH, _old_part(names.PROGRAMME)),
    Attack("mix and match: old bin", Code.MIX_AND_MATCH, _old_part(ad_bin())),
    Attack("endless data: inflate bomb", Code.TOO_LARGE, _bomb),
    Attack("endless data: oversized role", Code.TOO_LARGE, _oversized),
    Attack("one signature on targets", Code.SIGNATURE, _office(signers={"targets": ("alice",)})),
    Attack("one signature on media", Code.SIGNATURE, _office(signers={"media": ("alice",)})),
    Attack("one signature on a bin", Code.SIGNATURE, _office(signers={ad_bin(): ("bob",)})),
    Attack("author = approver: signed twice", Code.SIGNATURE, _office(signers={ad_bin(): ("alice", "alice")})),
    Attack("author = approver: one key, two ids", Code.POLICY, _one_key_twice),
    Attack("one publisher is enough", Code.POLICY, _one_is_enough),
    Attack("one publisher is enough for media", Code.POLICY, _bent(names.TARGETS, _lower_threshold)),
    Attack("scheduler signs media", Code.SIGNATURE, _office(signers={ad_bin(): ("alice", "scheduler")})),
    Attack("scheduler names a target of its own", Code.POLICY, _bent(names.PROGRAMME, _own_targets)),
    Attack("a revoked key", Code.SIGNATURE, _revoked),
    Attack("programme names unsigned media", Code.PROGRAMME, _programme(ref="evil.png")),
    Attack("programme widens use", Code.PROGRAMME, _programme(cls="emergency")),
    Attack("programme lengthens validity", Code.PROGRAMME, _programme(until=Instant.parse("2028-01-01T00:00:00Z"))),
    Attack("programme advances validity", Code.PROGRAMME,
           _programme(_DATED, start=Instant.parse("2026-11-01T00:00:00Z"))),
    Attack("programme is no programme", Code.POLICY, _bent(names.PROGRAMME, _float)),
    Attack("path trick: ../ in a file's name", Code.NAME, _named("../../etc/cron.d/x")),
    Attack("path trick: absolute file", Code.NAME, _named("/etc/passwd")),
    Attack("path trick: another role's name", Code.NAME, _named("media-00/../targets.json")),
    Attack("path trick: ../ in an asset's name", Code.NAME, _ref("../ad.png")),
    Attack("path trick: NUL in an asset's name", Code.NAME, _ref("ad\x00.png")),
    Attack("a root chain of 40", Code.ROOT_CHAIN, _chain(40)),  # its twin is a chain of 20
    Attack("an unsigned root", Code.UNSIGNED_ROOT, _root_by()),
    Attack("a root by one key", Code.UNSIGNED_ROOT, _root_by("root-1")),
    Attack("a root by strangers", Code.UNSIGNED_ROOT, _other_bank),
)  # fmt: skip
