"""Content that cannot be completed from what is held is asked for anew; what never comes keeps nothing else away."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from signage.content import minting
from signage.content.bundle import pack
from signage.content.keeper import Keeper
from signage.content.pinned import Pinned
from signage.content.store import BlobStore
from signage.core.instants import Instant
from signage.link.clock import Moment
from signage.link.database import Database, open_database
from signage.link.delivery import BUNDLE_LIMIT, Delivery
from signage.link.fetching import Fetcher, Wish
from signage.link.floors import FLOORS, Vault
from signage.link.schema import LINK
from signage.wire.messages import Alive, Content, Sync
from tests.attacks.small_office import NOW, SmallOffice, ad_bin, key
from tests.unit.link.test_node import Bench

AT = Moment(NOW, 100.0)
DAY = timedelta(days=1)


class Screen:
    def __init__(self, folder: Path) -> None:
        self.database = open_database(folder / "node.db", LINK, FLOORS)
        self.life(folder)

    def life(self, folder: Path) -> None:
        self.keeper = Keeper(Pinned(SmallOffice().root()), Vault(self.database))
        store = BlobStore(folder / "blobs", 10**6)
        self.delivery = Delivery("wall", self.keeper, store, lambda _: True, lambda _: True)
        self.delivery.recall(AT)

    def take(self, files: Mapping[str, bytes], version: int, **lies: Any) -> bool:
        bundle = pack(files)
        told: dict[str, Any] = {"sha256": hashlib.sha256(bundle).hexdigest(), "size": len(bundle)} | lies
        inline = base64.b64encode(bundle).decode()
        return self.delivery.take(Content(version=version, inline=inline, v=1, **told), AT)

    def fault(self, code: str) -> str | None:
        return next((fault.text for fault in self.delivery.faults if fault.code == code), None)


def test_a_gap_is_filled_by_asking_for_everything(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    assert screen.take(SmallOffice(version=1).publish(), 1)
    assert not screen.delivery.wants_all(NOW)
    new = SmallOffice(version=2).publish()
    assert not screen.take({name: data for name, data in new.items() if name != f"{ad_bin()}.json"}, 2)
    assert screen.delivery.version == 1
    assert screen.delivery.wants_all(NOW)
    assert screen.take(new, 2)
    assert not screen.delivery.wants_all(NOW)


def test_a_forgery_is_no_gap(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    screen.take(SmallOffice(version=1).publish(), 1)
    screen.take(SmallOffice(version=2, signers={"targets": ("alice",)}).publish(), 2)
    assert screen.keeper.refused is not None
    assert not screen.delivery.wants_all(NOW)


def test_torn_metadata_is_asked_for_anew_after_the_restart(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    screen.take(SmallOffice(version=5).publish(), 5)
    _tear(screen.database)
    screen.life(tmp_path)
    assert screen.delivery.version == 0
    assert screen.delivery.wants_all(NOW)
    assert (screen.fault("content-refused") or "").startswith("torn: ")
    assert not screen.take(SmallOffice(version=4).publish(), 4)
    assert (screen.fault("content-refused") or "").startswith("rollback: ")
    assert screen.take(SmallOffice(version=5).publish(), 5)
    assert screen.fault("content-refused") is None


def _tear(database: Database) -> None:
    database.execute("UPDATE content_files SET data = x'' WHERE name = 'snapshot.json'")


def test_a_renewal_keeps_the_version_and_is_taken(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    files = SmallOffice(version=3).publish()
    screen.take({**files, "timestamp.json": _timestamp(3, 2)}, 3)
    assert screen.delivery.content is not None
    assert screen.delivery.content.expires == NOW + 2 * DAY
    assert screen.delivery.wants_all(NOW)
    assert screen.take({"timestamp.json": _timestamp(4, 14)}, 3)
    assert (screen.delivery.version, screen.delivery.content.expires) == (3, NOW + 14 * DAY)
    assert not screen.delivery.wants_all(NOW)


def _timestamp(number: int, days: int) -> bytes:
    """Of version 3, for so many days."""
    return minting.sign(minting.timestamp(number, Instant.of(NOW + days * DAY), 3, NOW), [key("timestamp")])


def test_what_was_not_renewed_in_time_is_asked_for(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    screen.take(SmallOffice(version=1).publish(), 1)
    assert screen.delivery.content is not None
    edge = Instant.of(screen.delivery.content.expires - 7 * DAY)
    assert not screen.delivery.wants_all(edge)
    assert screen.delivery.wants_all(Instant.from_ms(edge.ms + 1))


def test_a_node_that_asks_afresh_says_so_at_once_and_then_at_the_pace_of_sync(database: Database) -> None:
    bench = Bench(database)
    bench.node.have(revision=7, content=3)
    bench.up()
    assert [sync.content for sync in bench.take("sync", Sync)] == [3]
    bench.node.have(revision=7, content=3, afresh=True)
    bench.later(4.9)
    assert bench.take("sync", Sync) == []
    bench.later(0.1)
    assert [(sync.revision, sync.content) for sync in bench.take("sync", Sync)] == [(7, None)]
    for _ in range(20):
        bench.node.have(revision=7, content=3, afresh=True)
        bench.arrive("all/down/alive", Alive(session="p", at=bench.now.at, revision=7, content=3, v=1))
        bench.later(5)
    assert len(bench.take("sync", Sync)) == 1  # for the parent's new session
    bench.later(300)
    assert [sync.content for sync in bench.take("sync", Sync)] == [None]
    bench.node.have(revision=7, content=4)
    bench.later(300)
    assert [sync.content for sync in bench.take("sync", Sync)] == [4]


def test_a_bundle_too_large_or_spoilt_is_told_until_one_arrives(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    files = SmallOffice().publish()
    for size, words in ((BUNDLE_LIMIT + 1, "at most"), (0, "at most"), (7, "other bytes")):
        screen.take(files, 9, size=size, sha256=f"{size:064x}")
        assert words in (screen.fault("content-blob") or "")
        assert screen.delivery.status.received == 9
        assert screen.delivery.version == 0
    assert screen.take(files, 1)
    assert screen.fault("content-blob") is None
    assert screen.delivery.status.received == 1  # whoever said more than there is, is forgotten


def test_lies_about_a_bundle_do_not_keep_the_true_one_away(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    files = SmallOffice().publish()
    true = hashlib.sha256(pack(files)).hexdigest()
    screen.take({}, 1, sha256=true)  # its hash, put to other bytes
    screen.take(files, 1, size=BUNDLE_LIMIT + 1)
    screen.delivery.take(Content(version=1, sha256=true, size=9, v=1), AT)  # to be fetched, and never whole
    assert screen.take(files, 1)


def test_a_blob_that_never_fits_is_named_and_those_behind_it_come() -> None:
    here = {"a" * 64: 0, "b" * 64: 0}
    fetcher = Fetcher("wall", lambda sha256: here[sha256])
    fetcher.want([Wish("a" * 64, 100), Wish("b" * 64, 100)])
    fetcher.begin(0.0)
    now = 0.0
    while here["b" * 64] < 100 and now < 120:
        request = fetcher.due(now)
        if request is not None:
            fetcher.asked(request, now)
            bad = request.sha256[0] == "a"
            came = fetcher.chunk(request.sha256, 0, bytes(101 if bad else 100), now + 0.01)
            here[request.sha256] += len(came)
        now = max(now + 0.01, fetcher.next_at(now) or 0)
    assert here == {"a" * 64: 0, "b" * 64: 100}
    assert now < 30
    assert fetcher.stuck == Wish("a" * 64, 100)
    fetcher.want([Wish("c" * 64, 1)])
    assert fetcher.stuck is None
