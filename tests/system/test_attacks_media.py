"""What the verifier cannot see: blobs that are not what was signed, pictures that should not have been, time that passes.

As in `test_attacks`: the last good content stands on the glass, the attack arrives, is told and changes nothing there;
then its twin, which differs only in the attack, is taken and drawn.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from signage.content import minting
from signage.content.bundle import pack
from signage.content.keys import public_hex
from signage.content.refusal import Code
from signage.core.instants import Instant
from signage.core.programme import OperationsKey, ProgrammeItem
from signage.office.commanding import signed
from signage.wire.codec import encode
from signage.wire.messages import Command
from tests.attacks.blobs import BLOBS, BlobAttack
from tests.attacks.small_office import AD, NOW, SmallOffice, key, picture, plays
from tests.system.siege import Siege
from tests.system.siege_moves import LINKS, refuse, show
from tests.system.siege_parts import TABLE, Row, colour, repacked, tell_table, version_of
from tests.system.watch_box import screen_of

pytestmark = pytest.mark.system
EVERY = os.environ.get("ATTACKS") == "all"
BENT = [blob for blob in BLOBS if blob.refusal is Code.BLOB]
HOSTILE = [blob for blob in BLOBS if blob.refusal is Code.PICTURE]
USUAL = ("decompression bomb", "hostile container: a playlist")
GREEN = (11, 107, 87)  # of a blob attack's good twin
DAY = timedelta(days=1)
MEMORY_MB = 700  # of a wall and its decoder at their highest; the bomb would be that much for itself


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    with ExitStack() as stack:
        made = Siege(tmp_path_factory.mktemp("siege"), stack)
        made.open()
        yield made
    tell_table()


def two(siege: Siege) -> tuple[bytes, bytes]:
    """A publication, and the one after it."""
    with siege.era():
        return pack(SmallOffice(version=0).publish()), pack(SmallOffice(version=1).publish())


# ---- blobs that are not what was signed ------------------------------------------------------------------------------


def bend(siege: Siege, blob: BlobAttack, bundle: bytes, who: str, kept: int) -> str:
    """Serve a publication's picture bent, until it is told; then as it was signed. What was told."""
    version = version_of(bundle)
    signed = siege.paint(version)
    name = hashlib.sha256(signed).hexdigest()
    assert blob.bend is not None
    siege.bent[name] = blob.bend(signed)
    siege.hand_on(bundle, version, LINKS[who])
    siege.until(f"{who} tells", lambda: name[:12] in (siege.fault(who, "content-blob") or ""), 40)
    text = siege.fault(who, "content-blob") or ""
    assert siege.drawn(kept)
    siege.bent.clear()
    siege.until("the twin drawn", lambda: siege.drawn(version), 60)
    siege.until("no fault", lambda: siege.fault(who, "content-blob") is None)
    return text


def test_blobs_through_the_controller(siege: Siege) -> None:
    for blob in BENT if EVERY else BENT[:2]:
        good, new = two(siege)
        kept = show(siege, good)
        text = bend(siege, blob, new, "controller", kept)
        print(f"{blob.name}: {text}")
        TABLE.append(Row(blob.name, "content-blob", "(absent)", f"version {kept}, its pixels", "the same, drawn"))


def test_blobs_straight_at_the_wall(siege: Siege) -> None:
    """The controller is gone, and somebody else serves in its place."""
    kept = show(siege, two(siege)[0])
    siege.end("controller")
    siege.taken_over = True
    for blob in BENT if EVERY else BENT[:1]:
        _, new = two(siege)
        text = bend(siege, blob, new, "wall", kept)
        print(f"{blob.name}: {text}")
        TABLE.append(Row(blob.name, "(gone)", "content-blob", f"version {kept}, its pixels", "the same, drawn"))
        kept = version_of(new)
    siege.taken_over = False
    siege.start_controller()


@pytest.mark.parametrize(("case", "lies"), [
    ("endless data: a bundle said to be 9 GiB", {"size": 9 << 30}),
    ("a bundle of other bytes than said", {"sha256": "0" * 64}),
])  # fmt: skip
def test_bundles_that_are_not_what_was_said(siege: Siege, case: str, lies: dict[str, object]) -> None:
    good, new = two(siege)
    kept = show(siege, good)
    for who, link in LINKS.items():
        siege.hand_on(new, version_of(new), link, **lies)
        siege.until(f"{who} tells", lambda who=who: siege.fault(who, "content-blob") is not None)  # type: ignore[misc]  # its default is bound on purpose
    assert siege.drawn(kept)
    taken = show(siege, new)
    for who in LINKS:
        siege.until("no fault", lambda who=who: siege.fault(who, "content-blob") is None)  # type: ignore[misc]  # its default is bound on purpose
    TABLE.append(Row(case, "content-blob", "content-blob", f"version {kept}, its pixels", f"version {taken}, drawn"))


# ---- signed by two, and hostile --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "blob", [one for one in HOSTILE if EVERY or one.name in USUAL], ids=lambda blob: blob.name
)  # fmt: skip
def test_pictures_that_should_not_have_been_signed(siege: Siege, blob: BlobAttack) -> None:
    """Decoded apart: its turns are house slides, everything else goes on."""

    def publication(version: int, content: bytes) -> bytes:
        assets = (AD, picture("bad.png", siege.serve(content)))
        return pack(SmallOffice(version=version, assets=assets, items=ITEMS).publish())

    with siege.era():
        good = pack(SmallOffice(version=0).publish())
        attack, twin = publication(1, blob.bad), publication(2, blob.good)
    show(siege, good)
    pid = screen_of(siege.cast["wall"].process.pid)
    version = version_of(attack)
    siege.hand_on(attack, version)
    siege.until("told", lambda: "bad.png" in (siege.fault("wall", "content-decode") or ""), 60)
    text = siege.fault("wall", "content-decode")
    siege.until("the other picture", lambda: siege.drawn(version))
    siege.until("a house slide in its turn", lambda: siege.pixel() not in {colour(version), (0, 0, 0)})
    assert screen_of(siege.cast["wall"].process.pid) == pid
    memory = siege.memory_mb("wall")
    print(f"{blob.name}: {text}; wall and decoder at most {memory:.0f} MB")
    assert memory < MEMORY_MB
    siege.hand_on(twin, version + 1)
    siege.until("the twin drawn", lambda: siege.pixel() == GREEN, 60)
    siege.until("no fault", lambda: siege.fault("wall", "content-decode") is None)
    stands = f"version {version}: its other picture, house slides"
    TABLE.append(Row(blob.name, "(not decoded)", "content-decode", stands, f"version {version + 1}, drawn"))


ITEMS: Sequence[ProgrammeItem] = (plays("ad.png", seconds=2), plays("bad.png", seconds=2))


# ---- time, gaps, and keys of one -------------------------------------------------------------------------------------


def test_an_old_bundle_by_its_own_name_is_not_even_read(siege: Siege) -> None:
    old, new = two(siege)
    kept = show(siege, new)
    for link in LINKS.values():
        siege.hand_on(old, version_of(old), link)
        siege.hand_on(b"", kept, link, size=0)  # what is told of this was heard after the other
    for who in LINKS:
        siege.until(f"{who} has heard", lambda who=who: siege.fault(who, "content-blob") is not None)  # type: ignore[misc]  # its default is bound on purpose
        assert siege.fault(who, "content-refused") is None
    assert siege.drawn(kept)
    TABLE.append(Row("old bundle by its own name", "(ignored)", "(ignored)", f"version {kept}, its pixels", "as above"))


def test_what_is_withheld_stops_and_a_renewal_of_the_same_version_brings_it_back(siege: Siege) -> None:
    """Freezing: nobody renews the timestamp, or somebody keeps the renewals away."""
    with siege.era():
        files = SmallOffice(version=0).publish()
    version, at = siege.base, Instant.of(NOW + 3 * DAY)
    short = minting.sign(minting.timestamp(version, Instant.of(NOW + 2 * DAY), version, NOW), [key("timestamp")])
    kept = show(siege, pack({**files, "timestamp.json": short}))
    siege.until("asked for everything", lambda: "content" not in siege.syncs[-1])
    siege.set_clock(at)
    siege.until("no advertisement", lambda: siege.pixel() != colour(kept))
    long = minting.timestamp(version + 1, Instant.of(NOW + 14 * DAY), version, at)
    siege.hand_on(pack({"timestamp.json": minting.sign(long, [key("timestamp")])}), version)
    siege.until("drawn again", lambda: siege.drawn(kept))
    siege.set_clock(NOW)
    TABLE.append(Row("freeze: renewals withheld", "(expired)", "(expired)", "a house slide", f"version {kept}, drawn"))


def test_a_gap_is_asked_for_and_filled(siege: Siege) -> None:
    good, new = two(siege)
    kept = show(siege, good)
    siege.syncs.clear()
    refuse(siege, new[: len(new) // 2], siege.base + 20, Code.TRUNCATED, "controller")
    siege.until("asked for everything", lambda: any("content" not in sync for sync in siege.syncs))
    assert siege.drawn(kept)
    siege.hand_on(repacked(good), kept)
    siege.until("no complaint", lambda: siege.fault("controller", "content-refused") is None)


# ---- operations keys: one signature, for little ----------------------------------------------------------------------

BEYOND: Sequence[tuple[str, str, dict[str, str], str]] = (
    ("an operations key beyond its commands", "few", {}, "not-permitted"),
    ("an operations key beyond its branches", "coast", {}, "not-permitted"),
    ("an operations key beyond its time", "late", {}, "key-expired"),
    ("a command replayed to another target", "night", {"target": "hz-1"}, "bad-signature"),
)


def operations() -> tuple[OperationsKey, ...]:
    """`night` may suspend here; the others each lack one thing."""

    def of(name: str, **limits: Any) -> OperationsKey:
        signer = key(name)
        given = {"commands": ("suspend", "resume"), "branches": ("all",)} | limits
        return OperationsKey(keyid=signer.public_key.keyid, public=public_hex(signer), **given)

    return (
        of("night"),
        of("few", commands=("resume",)),
        of("coast", branches=("group-coast",)),
        of("late", until=Instant.of(NOW - DAY)),
    )


def command(name: str, signer: str, at: Instant, target: str = "hz-1") -> Command:
    args = {"scope": "branch", "reason": "disaster"} if name == "suspend" else {"scope": "branch"}
    whole = Command(
        id=str(uuid4()), issuer="night-desk", target=target, issued_at=at, expires_at=Instant.of(at + DAY / 24),
        name=name, args=args, v=1,
    )  # fmt: skip
    return signed(whole, key(signer))


def test_operations_keys_beyond_what_they_may(siege: Siege) -> None:
    with siege.era():
        kept = show(siege, pack(SmallOffice(version=0, operations=operations()).publish()))
    for case, signer, change, code in BEYOND:
        attack = replace(command("suspend", signer, siege.time(), "all" if change else "hz-1"), **change)
        reply = siege.command("hz-1", encode(attack))
        assert (reply["ok"], reply["error"]["code"]) == (False, code)
        assert siege.drawn(kept)
        TABLE.append(Row(case, code, "(not reached)", f"version {kept}, its pixels", "suspended, resumed"))
    assert siege.command("hz-1", encode(command("suspend", "night", siege.time())))["ok"]
    siege.until("suspended", lambda: siege.wall["screen"]["scene"] == "suspended")
    assert siege.command("hz-1", encode(command("resume", "night", siege.time())))["ok"]
    siege.until("drawn again", lambda: siege.drawn(kept))
