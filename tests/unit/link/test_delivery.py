"""Content at one node by itself: bundles as blobs, large ones in a thread, room, doubt, and disks that take nothing."""

import base64
import hashlib
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from signage.content.refusal import Code, Refused
from signage.content.store import BlobStore
from signage.core.instants import Instant
from signage.core.programme import Asset, Rendition, SignedContent
from signage.link.checking import BlobChecked, CheckOrder
from signage.link.clock import Moment
from signage.link.database import StorageError
from signage.link.delivery import Delivery
from signage.link.node import LinkDown, LinkUp
from signage.link.reading import BlobChunk
from signage.link.serving import INLINE_LIMIT, as_content
from signage.wire.messages import BlobRequest, Content
from tests.attacks.small_office import NOW

LATER = Instant.parse("2027-12-01T00:00:00Z")
BODIES = tuple(Random(number).randbytes(10_000) for number in range(4))


def named(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def blob(body: bytes) -> Rendition:
    return Rendition(sha256=named(body), size=len(body), width=64, height=64, media="image/png")


@dataclass
class Believer:
    """A keeper that believes a bundle whose first byte is its version; 0 is refused. Large ones are heavy."""

    content: SignedContent | None = None
    refused: Refused | None = None
    trouble: str | None = None
    storage: StorageError | None = None
    examined: list[int] = field(default_factory=list)

    @property
    def version(self) -> int:
        return self.content.version if self.content is not None else 0

    def recall(self, _: Instant) -> None:
        if self.storage is not None:
            raise self.storage

    def heavy(self, bundle: bytes) -> bool:
        return len(bundle) > 100_000

    def examination(self, bundle: bytes, _: Instant) -> object:
        def work() -> int:
            self.examined.append(bundle[0])
            return bundle[0]

        return work

    def settle(self, version: int) -> None:
        if self.storage is not None:
            raise self.storage
        self.refused = Refused(Code.SIGNATURE, "one of two") if version == 0 else None
        if version > self.version:
            assets = (Asset(ref="a", kind="picture", renditions=tuple(map(blob, BODIES))),)
            self.content = SignedContent(version=version, expires=LATER, assets=assets)


class Bench:
    def __init__(self, folder: Path, limit: int = 10**9) -> None:
        self.mono = 100.0
        self.keeper = Believer()
        self.store = BlobStore(folder, limit)
        self.asked: list[BlobRequest] = []
        self.orders: list[CheckOrder] = []
        self.delivery = Delivery("wall-1", self.keeper, self.store, self._ask, self._check)  # type: ignore[arg-type]  # a believer
        self.delivery.recall(self.at)
        self.take(LinkUp("s"))

    @property
    def at(self) -> Moment:
        return Moment(NOW, self.mono)

    def _ask(self, request: BlobRequest) -> bool:
        self.asked.append(request)
        return True

    def _check(self, order: CheckOrder) -> bool:
        self.orders.append(order)
        return True

    def take(self, arrival: object) -> bool:
        return self.delivery.take(arrival, self.at)

    def offer(self, version: int, size: int = 10) -> bool:
        return self.take(as_content(version, bundle(version, size)))

    def later(self, seconds: float) -> None:
        self.mono += seconds
        self.delivery.tick(self.at)

    def checked(self) -> list[bool]:
        """The thread works; whether there was newer content, for each order."""
        orders, self.orders = self.orders, []
        return [self.take(BlobChecked(order.sha256, order.work(order.sha256))) for order in orders]

    def serve(self, *bodies: bytes, rounds: int = 50) -> None:
        """A parent that has `bodies` answers everything."""
        known = {named(body): body for body in bodies}
        for _ in range(rounds):
            self.later(1.0)
            asked, self.asked = self.asked, []
            for one in asked:
                body = known.get(one.sha256)
                end = min(one.size, one.offset + one.count * one.chunk)
                for at in range(one.offset, end, one.chunk):
                    part = None if body is None else body[at : min(at + one.chunk, end)]
                    self.take(BlobChunk(one.sha256, at, part))
            self.checked()

    def fault(self, code: str) -> str | None:
        return next((fault.text for fault in self.delivery.faults if fault.code == code), None)


def bundle(version: int, size: int) -> bytes:
    return bytes([version]) + Random(size).randbytes(size - 1)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "blobs")


def test_a_large_bundle_travels_as_a_blob_and_is_examined_in_the_thread(bench: Bench) -> None:
    size = 400_000
    hint = as_content(3, bundle(3, size))
    assert hint.inline is None
    assert 4 * size / 3 > INLINE_LIMIT
    assert not bench.take(hint)
    assert bench.delivery.offered == 3
    bench.later(3.0)
    assert bench.asked[0].sha256 == hint.sha256
    for _ in range(30):
        asked, bench.asked = bench.asked, []
        for one in asked:
            for number in range(one.count):
                at = one.offset + number * one.chunk
                bench.take(BlobChunk(one.sha256, at, bundle(3, size)[at : at + one.chunk]))
        bench.later(0.1)
    assert bench.keeper.examined == []
    assert not bench.take(hint)  # told again: it is known
    assert bench.checked() == [True]
    status = bench.delivery.status
    assert (status.received, status.verified) == (3, 3)
    assert {bench.delivery.offered} == {None}
    assert not (bench.store.names())  # a bundle is never a file


def test_what_arrives_while_one_is_examined_waits_and_the_newest_is_next(bench: Bench) -> None:
    bench.offer(2, 130_000)
    bench.offer(4)
    bench.offer(3)
    assert bench.delivery.version == 0
    bench.take(BlobChecked("f" * 64, whole=False))  # of somebody else
    assert bench.checked() == [True]
    assert bench.keeper.examined == [2, 4]
    assert bench.delivery.version == 4


def test_what_only_claims_to_be_newer_takes_no_place_from_what_is(bench: Bench) -> None:
    bench.offer(2, 130_000)
    bench.take(as_content(9, bundle(0, 10)))  # signed by nobody
    bench.offer(3)
    assert bench.checked() == [True]
    assert bench.keeper.examined == [2, 0, 3]
    assert bench.delivery.version == 3


def test_no_more_than_a_few_wait(bench: Bench) -> None:
    bench.offer(2, 130_000)
    for version in range(3, 9):
        bench.offer(version)
    assert bench.checked() == [True]
    assert bench.keeper.examined == [2, 5, 6, 7, 8]


def test_a_thread_that_has_enough_leaves_it_to_the_loop(bench: Bench) -> None:
    bench.delivery._examiner._check = lambda _: False
    assert bench.offer(2, 130_000)


def test_a_refused_version_is_said_and_tried_again_when_its_time_has_come(bench: Bench) -> None:
    hint = as_content(7, bundle(0, 10))
    for _ in range(5):
        bench.take(hint)
        bench.later(5)
    assert bench.keeper.examined == [0]
    assert bench.delivery.offered == 7
    assert bench.delivery.status.refused == "signature: one of two"
    assert bench.delivery.status.received == 7
    bench.take(as_content(7, bundle(0, 11)))  # the same version with another hash is looked at
    assert bench.keeper.examined == [0, 0]
    bench.later(300)
    bench.take(hint)
    assert bench.keeper.examined == [0, 0, 0]
    assert bench.offer(7)
    assert bench.delivery.status.refused is None


def test_the_same_version_with_another_hash_is_examined_and_an_older_one_not(bench: Bench) -> None:
    bench.offer(5, 10)
    assert not bench.offer(5, 11)
    assert not bench.offer(4, 12)
    assert bench.keeper.examined == [5, 5]


def test_inline_that_is_no_base64_is_told(bench: Bench) -> None:
    for inline in ("§", base64.b64encode(b"other").decode()):
        assert not bench.take(Content(version=2, sha256="a" * 64, size=3, inline=inline, v=1))
    assert "other bytes" in (bench.fault("content-blob") or "")


def test_blobs_come_in_order_and_are_staged_when_all_are_here(bench: Bench) -> None:
    bench.offer(2)
    bench.delivery.want([blob(body) for body in BODIES[:2]])
    assert bench.delivery.status.staged == 0
    bench.serve(*BODIES)
    status = bench.delivery.status
    assert (status.verified, status.staged, status.bytes_here, status.bytes_all) == (2, 2, 20_000, 20_000)
    assert bench.store.names() == {named(body) for body in BODIES[:2]}
    path = bench.delivery.blob(named(BODIES[0]))
    assert path is not None
    assert path.read_bytes() == BODIES[0]


def test_under_the_limit_what_comes_last_leaves_and_the_next_never(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "blobs", limit=25_000)
    bench.offer(2)
    first, second, third, fourth = (blob(body) for body in BODIES)
    bench.delivery.want([first, second, third])
    bench.serve(*BODIES)
    assert bench.store.names() == {first.sha256, second.sha256}  # the third does not fit
    assert "limit_mb" in (bench.fault("content-store") or "")
    bench.delivery.want([third, first])
    bench.serve(*BODIES)
    assert bench.store.names() == {third.sha256, first.sha256}
    assert bench.fault("content-store") is None
    bench.delivery.want([fourth])
    bench.serve(*BODIES)
    assert fourth.sha256 in bench.store.names()
    assert bench.store.used_bytes() <= 25_000


def test_who_doubts_a_blob_has_it_hashed_again(bench: Bench) -> None:
    bench.offer(2)
    bench.delivery.want([blob(BODIES[0])])
    bench.serve(*BODIES)
    sha256 = named(BODIES[0])
    bench.delivery.look_again("a" * 64)  # nothing of that name lies here
    assert bench.orders == []
    bench.delivery.look_again(sha256)
    bench.delivery.look_again(sha256)
    assert len(bench.orders) == 1
    bench.checked()
    assert bench.delivery.spoilt_blobs == 0
    (bench.store._directory / sha256).write_bytes(b"rotten")
    bench.delivery.look_again(sha256)
    bench.checked()
    assert bench.delivery.spoilt_blobs == 1
    assert sha256[:12] in (bench.fault("content-blob") or "")
    bench.serve(*BODIES)
    assert bench.delivery.blob(sha256) is not None
    assert bench.fault("content-blob") is None


def test_a_blob_that_turned_out_spoilt_is_fetched_again(bench: Bench) -> None:
    bench.offer(2)
    bench.delivery.want([blob(BODIES[0])])
    bench.serve(*BODIES)
    bench.delivery.spoilt(named(BODIES[0]))
    assert bench.delivery.blob(named(BODIES[0])) is None
    bench.serve(*BODIES)
    assert bench.delivery.blob(named(BODIES[0])) is not None


def test_what_the_parent_does_not_have_waits_and_nothing_is_asked_without_a_link(bench: Bench) -> None:
    bench.offer(2)
    bench.delivery.want([blob(body) for body in BODIES[:2]])
    bench.serve(BODIES[1])
    assert bench.store.names() == {named(BODIES[1])}
    bench.take(LinkDown("away"))
    bench.asked.clear()
    for _ in range(100):
        bench.later(10)
    assert bench.asked == []
    bench.take(LinkUp("s2"))
    bench.serve(*BODIES)
    assert len(bench.store.names()) == 2


def test_orphans_leave_with_what_named_them(bench: Bench) -> None:
    orphan = Random(9).randbytes(100)
    assert bench.store.append(named(orphan), 0, orphan)
    bench.offer(2)
    assert bench.store.names() == frozenset()


def test_a_database_that_takes_nothing_is_a_fault_and_passes(bench: Bench) -> None:
    bench.keeper.storage = StorageError(Path("a.db"), "the disk is full")
    assert not bench.offer(2)
    assert "the disk is full" in (bench.fault("content-store") or "")
    assert bench.delivery.offered is None  # it is asked for again at once
    bench.keeper.storage = None
    assert bench.offer(2)
    assert bench.fault("content-store") is None


def test_a_folder_that_may_not_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    bench = Bench(tmp_path / "file" / "blobs")
    bench.offer(2)
    bench.delivery.want([blob(BODIES[0])])
    bench.serve(*BODIES)
    assert "set [content] directory" in (bench.fault("content-store") or "")
    assert bench.delivery.version == 2


def test_a_root_that_could_not_be_read_is_a_fault(bench: Bench) -> None:
    bench.keeper.trouble = "trusted_root x: No such file"
    bench.later(1)
    assert bench.fault("content-trust") == "trusted_root x: No such file"


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root only; test_store does it with a limit")
def test_a_disk_that_is_really_full_is_a_fault_and_passes(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no tmpfs may be mounted here; test_store does it with a limit")
    try:
        bench = Bench(place / "blobs")
        filler = place / "somebody-elses"
        filler.write_bytes(bytes(48 * 1024))
        bench.offer(2)
        bench.delivery.want([blob(body) for body in BODIES])
        bench.serve(*BODIES)
        assert "the disk is full" in (bench.fault("content-store") or "")
        assert all(path.name.endswith(".part") or named(path.read_bytes()) == path.name
                   for path in (place / "blobs").iterdir())  # fmt: skip
        filler.unlink()
        bench.serve(*BODIES, rounds=900)
        assert bench.delivery.status.staged == 2
        assert bench.fault("content-store") is None
    finally:
        subprocess.run(["umount", place], check=True)


def test_the_blob_under_way_counts_as_far_as_it_has_come_but_never_as_whole(bench: Bench) -> None:
    bench.offer(2)
    bench.delivery.want([blob(BODIES[0])])
    bench.later(3)
    assert bench.asked
    bench.take(BlobChunk(named(BODIES[0]), 0, BODIES[0][:4000]))
    assert bench.delivery.status.bytes_here == 4000
    bench.take(BlobChunk(named(BODIES[0]), 4000, BODIES[0][4000:]))
    status = bench.delivery.status
    assert (status.bytes_here, status.staged) == (9_999, 0)
    bench.later(1)
    bench.checked()
    bench.later(1)
    status = bench.delivery.status
    assert (status.bytes_here, status.staged) == (10_000, 2)
