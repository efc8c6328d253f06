"""Bytes and milliseconds of a publication with many media: ``python bench/bundles.py [1000 10000]``.

`update`: one picture replaced and the programme changed, on top of what a branch holds. `whole`: for a new branch.
"""

import sys
import time
from datetime import timedelta

from securesystemslib.signer import CryptoSigner

from signage.content import minting, names
from signage.content.bundle import pack, unpack
from signage.content.refusal import Refused
from signage.content.signed import Declarations, Timetable
from signage.content.trust import Held, Verified, recall, verify
from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem, Rendition

NOW = Instant.parse("2026-12-01T09:00:00Z")
LATE = Instant.of(NOW + timedelta(days=300))
BITS, PROGRAMMED, SIZES = 8, 50, ((1800, 1080), (1440, 864), (1080, 648), (1280, 768))
ALICE, BOB, SCHEDULER, SNAPSHOT, TIMESTAMP = (CryptoSigner.generate_ed25519() for _ in range(5))
ROOTS = [CryptoSigner.generate_ed25519() for _ in range(3)]
PEOPLE = [ALICE.public_key, BOB.public_key]


def asset(number: int, edition: int) -> Asset:
    renditions = tuple(
        Rendition(sha256=f"{number:032x}{edition:016x}{width:016x}", size=100_000 + number, width=width, height=height,
                  media="image/jpeg") for width, height in SIZES
    )  # fmt: skip
    return Asset(ref=f"ad-{number}.jpg", kind="picture", renditions=renditions, title={"zh": f"春季贷款第{number}期"},
                 risk={"zh": "贷款有风险,借款须谨慎"}, until=LATE)  # fmt: skip


def publication(count: int, edition: int) -> dict[str, bytes]:
    """All files; in edition 2 one picture and the programme have changed."""
    assets = [asset(number, edition if number == 0 else 1) for number in range(count)]
    bins: dict[str, list[Asset]] = {name: [] for name in minting.bin_names(BITS)}
    for one in assets:
        bins[minting.bin_of(one.ref, BITS)].append(one)
    changed = minting.bin_of("ad-0.jpg", BITS)
    items = tuple(ProgrammeItem(id=f"{n}", asset=f"ad-{n}.jpg", cls="advertisement", seconds=10 + edition)
                  for n in range(PROGRAMMED))  # fmt: skip
    versions = {names.TARGETS: 1, names.MEDIA: 1, names.PROGRAMME: edition, **dict.fromkeys(bins, 1), changed: edition}
    two = [ALICE, BOB]
    signed = {
        names.TARGETS: minting.sign(minting.targets(1, LATE, PEOPLE, SCHEDULER.public_key, Declarations()), two),
        names.MEDIA: minting.sign(minting.media(1, LATE, PEOPLE, BITS), two),
        names.PROGRAMME: minting.sign(minting.programme(edition, LATE, Timetable(items=items)), [SCHEDULER]),
        **{name: minting.sign(minting.media_bin(versions[name], LATE, found), two) for name, found in bins.items()},
        names.SNAPSHOT: minting.sign(minting.snapshot(edition, LATE, versions), [SNAPSHOT]),
        names.TIMESTAMP: minting.sign(minting.timestamp(edition, LATE, edition, NOW), [TIMESTAMP]),
    }
    return {names.role_file(role): data for role, data in signed.items()}


def accepted(pinned: bytes, held: Held, packed: bytes) -> tuple[Verified, float]:
    """The verdict, and milliseconds from packed bytes to it: the best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        files = unpack(packed)
        assert not isinstance(files, Refused), files
        verdict = verify(pinned, held, files, NOW)
        best = min(best, (time.perf_counter() - began) * 1000)
    assert isinstance(verdict, Verified), verdict
    return verdict, best


def main() -> None:
    root = minting.root(1, LATE, [one.public_key for one in ROOTS], PEOPLE, SNAPSHOT.public_key, TIMESTAMP.public_key)
    pinned = minting.sign(root, ROOTS[:2])
    for count in [int(word) for word in sys.argv[1:]] or [1000, 10_000]:
        first, second = publication(count, 1), publication(count, 2)
        needed = {f"{minting.bin_of(f'ad-{number}.jpg', BITS)}.json" for number in range(PROGRAMMED)}
        whole = pack({name: data for name, data in first.items() if not name.startswith("media-") or name in needed})
        update = pack({name: data for name, data in second.items() if first[name] != data})
        verdict, whole_ms = accepted(pinned, Held(), whole)
        _, update_ms = accepted(pinned, verdict.held, update)
        began = time.perf_counter()
        assert isinstance(recall(pinned, verdict.held, NOW), Verified)
        recall_ms = (time.perf_counter() - began) * 1000
        print(f"{count} media: whole {len(whole)} bytes, repository {sum(map(len, first.values()))}, {whole_ms:.1f} ms; "
              f"update {len(update)} bytes, {update_ms:.1f} ms; recall {recall_ms:.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
