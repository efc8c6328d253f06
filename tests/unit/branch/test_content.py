"""Head office's content in a controller by itself: what its screens are told, what its hours become, what it does without a root."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from signage.branch.content import BranchContent, in_order
from signage.branch.document import branch_state
from signage.branch.facts import Facts
from signage.branch.settings import ContentSettings
from signage.content.bundle import pack
from signage.content.pinned import NO_ROOT, Pinned, read_pinned
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import HoursException
from signage.core.programme import SignedContent
from signage.link.clock import Moment
from signage.link.database import Database, open_database
from signage.link.floors import FLOORS
from signage.link.node import LinkUp
from signage.link.reading import BlobChunk
from signage.link.schema import LINK
from signage.link.serving import as_content
from signage.wire.messages import BlobRequest, Content
from tests.attacks.small_office import NOW, SmallOffice, picture, plays
from tests.unit.branch.ground import settings

SOON, LATE = Instant.parse("2027-12-01T09:00:00Z"), Instant.parse("2028-12-01T09:00:00Z")
AT = Moment(NOW, 100.0)
PINNED = Pinned(SmallOffice().root())


class Links:
    """Both links, and the loop: it keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[Content] = []
        self.sent: list[tuple[str, str, int, bytes | None]] = []
        self.asked: list[BlobRequest] = []
        self.had: dict[str, Any] = {}
        self.session = "s"
        self.idle = True
        self.events: list[object] = []

    def publish_content(self, content: Content) -> None:
        self.told.append(content)

    def send_blob(self, node: str, sha256: str, offset: int, payload: bytes | None) -> bool:
        self.sent.append((node, sha256, offset, payload))
        return True

    def ask_for_blob(self, request: BlobRequest) -> bool:
        self.asked.append(request)
        return True

    def have(self, **had: Any) -> None:
        self.had = had

    def put(self, event: object) -> None:
        self.events.append(event)

    def spawn(self, _name: str, work: Any) -> None:
        self.work = work


class Bench:
    def __init__(self, folder: Path, database: Database, pinned: Pinned = PINNED, *, office: bool = True) -> None:
        self.links: Any = Links()  # in the place of node, parent and loop
        self.settings = settings(content=ContentSettings(pinned, folder / "blobs"))
        parent: Any = self.links
        node: Any = self.links if office else None
        self.content = BranchContent(self.settings, database, node, parent)
        self.content.start(self.links, AT)
        self.content.take(LinkUp("s"), AT)

    def offer(self, office: SmallOffice) -> bool:
        return self.content.take(as_content(office.version, pack(office.publish())), AT)

    def tick(self, mono: float) -> float:
        state = branch_state(Facts(), self.settings, NOW, self.content.content)
        return self.content.tick(Moment(NOW, mono), lambda: state, read_hours(state.hours))

    def work(self) -> None:
        """The checker's thread works off what it has, and the loop takes it."""
        self.content.stop()
        self.links.work()
        for event in self.links.events:
            self.content.take(event, AT)
        self.links.events.clear()

    def fault(self, code: str) -> str | None:
        return next((fault.text for fault in self.content.faults if fault.code == code), None)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "c.db", LINK, FLOORS)
    yield opened
    opened.close()


def test_screens_are_told_of_what_was_verified_now_and_in_the_next_life(tmp_path: Path, database: Database) -> None:
    bench = Bench(tmp_path, database)
    assert bench.links.told == []
    assert bench.offer(SmallOffice(version=2))
    bench.tick(100.0)
    assert [one.version for one in bench.links.told] == [2]
    assert bench.links.had == {"content": 2, "afresh": False, "offered": None}
    again = Bench(tmp_path, database, office=False)  # and head office is no longer configured
    assert [one.version for one in again.links.told] == [2]
    assert again.links.told == bench.links.told


def test_what_is_refused_is_said_and_nobody_is_told(tmp_path: Path, database: Database) -> None:
    bench = Bench(tmp_path, database)
    assert not bench.offer(SmallOffice(version=2, signers={"targets": ("alice",)}))
    bench.tick(100.0)
    assert bench.links.told == []
    assert (bench.fault("content-refused") or "").startswith("signature: ")
    assert bench.links.had["offered"] == 2
    assert bench.content.news != (None, ())


@pytest.mark.parametrize("named", [True, False])
def test_without_a_root_everything_else_runs(tmp_path: Path, database: Database, *, named: bool) -> None:
    pinned = read_pinned(tmp_path / "absent.json") if named else NO_ROOT
    bench = Bench(tmp_path, database, pinned)
    assert not bench.offer(SmallOffice(version=2))
    assert bench.tick(100.0) > 100.0
    assert bench.content.content is None
    assert (bench.fault("content-trust") is not None) is named
    assert "trusted_root" in (bench.fault("content-refused") or "")


def test_a_picture_is_fetched_checked_and_served(tmp_path: Path, database: Database) -> None:
    body = b"picture"  # the signed one's bytes
    sha256 = hashlib.sha256(body).hexdigest()
    bench = Bench(tmp_path, database)
    bench.offer(SmallOffice(version=2))
    bench.tick(110.0)
    (request,) = bench.links.asked
    assert request.sha256 == sha256
    wanted = BlobRequest(sha256=sha256, size=len(body), offset=0, count=1, chunk=1024, v=1)
    bench.content.asked("wall-1", wanted)
    assert bench.links.sent == [("wall-1", sha256, 0, None)]  # not yet
    bench.content.take(BlobChunk(sha256, 0, body), AT)
    bench.tick(111.0)
    bench.work()
    assert bench.content.status.staged == 0  # until it is looked at
    bench.tick(112.0)
    assert bench.content.status.staged == 2
    bench.content.asked("wall-1", wanted)
    assert bench.tick(113.0) <= 113.1
    assert bench.links.sent[-1] == ("wall-1", sha256, 0, body)


def test_a_screen_that_begins_anew_makes_the_controller_doubt_its_blob(tmp_path: Path, database: Database) -> None:
    (tmp_path / "blobs").mkdir()
    sha256 = hashlib.sha256(b"picture").hexdigest()
    (tmp_path / "blobs" / sha256).write_bytes(b"picture")
    bench = Bench(tmp_path, database)
    bench.offer(SmallOffice(version=2))
    (tmp_path / "blobs" / sha256).write_bytes(b"picture")  # what nobody named was swept at the start
    bench.tick(110.0)
    bench.work()
    (tmp_path / "blobs" / sha256).write_bytes(b"rotten!")
    wanted = BlobRequest(sha256=sha256, size=7, offset=0, count=1, chunk=1024, v=1)
    bench.content.asked("wall-1", wanted)
    bench.content.asked("wall-1", wanted)
    bench.work()
    assert sha256[:12] in (bench.fault("content-blob") or "")


def test_requests_are_forgotten_with_the_connection(tmp_path: Path, database: Database) -> None:
    bench = Bench(tmp_path, database)
    bench.offer(SmallOffice(version=2))
    told = bench.links.told[0]
    bench.content.asked("wall-1", BlobRequest(sha256=told.sha256, size=told.size, offset=0, count=9, chunk=100, v=1))
    bench.content.forget()
    bench.tick(100.0)
    assert bench.links.sent == []


def test_what_stands_soon_comes_first_and_what_no_screen_here_shows_not_at_all() -> None:
    early, late, elsewhere = (picture(ref, ref.encode()) for ref in ("early.png", "late.png", "else.png"))
    items = (plays("late.png", start=SOON), plays("early.png"), plays("else.png", groups=("other",)))
    content = SignedContent(version=2, expires=LATE, assets=(early, elsewhere, late), items=items)
    state = branch_state(Facts(), settings(), NOW, content)
    found = in_order(content, state, read_hours(state.hours), NOW)
    assert found == (early.renditions[0], late.renditions[0])


def test_hours_that_head_office_signed_reach_the_screens() -> None:
    closed = HoursException(first="2026-12-01", last="2026-12-01", rules={"personal": "off"})
    content = SignedContent(version=2, expires=NOW, exceptions=(closed,))
    before, after = (branch_state(Facts(), settings(), NOW, one) for one in (None, content))
    noon = Instant.parse("2026-12-01T04:00:00Z")
    assert read_hours(before.hours).at("personal", noon).open
    assert not read_hours(after.hours).at("personal", noon).open
    assert after.content == 2
    assert replace(after, hours=before.hours, content=0) == before
