"""Chunks in turn, resumed where a link has stopped, and nothing read before it is sent."""

from hashlib import sha256
from pathlib import Path

import pytest

from signage.link.serving import BATCH_BYTES, BlobDesk
from signage.wire.messages import BlobRequest

BODY = bytes(range(256)) * 1024  # 256 KiB
HASH = sha256(BODY).hexdigest()
KIB = 1024


class Link:
    """Takes `takes` chunks, then no more."""

    def __init__(self, found: dict[str, bytes | Path]) -> None:
        self.sent: list[tuple[str, str, int, bytes | None]] = []
        self.takes = 10_000
        self.desk = BlobDesk(found.get, self._send)

    def _send(self, node: str, digest: str, offset: int, payload: bytes | None) -> bool:
        if self.takes == 0:
            return False
        self.takes -= 1
        self.sent.append((node, digest, offset, payload))
        return True

    def ask(self, node: str, offset: int = 0, count: int = 4, chunk: int = 64 * KIB, digest: str = HASH) -> None:
        self.desk.ask(node, BlobRequest(sha256=digest, size=len(BODY), offset=offset, count=count, chunk=chunk, v=1))

    def got(self, node: str) -> bytes:
        return b"".join(payload or b"" for one, _, _, payload in self.sent if one == node)


@pytest.fixture(params=["bytes", "file"])
def link(request: pytest.FixtureRequest, tmp_path: Path) -> Link:
    (tmp_path / "blob").write_bytes(BODY)
    return Link({HASH: BODY if request.param == "bytes" else tmp_path / "blob"})


def test_a_window_comes_whole_and_in_order(link: Link) -> None:
    link.ask("a", offset=64 * KIB, count=2)
    link.desk.pump()
    assert [(offset, len(payload or b"")) for _, _, offset, payload in link.sent] == [
        (64 * KIB, 64 * KIB), (128 * KIB, 64 * KIB),
    ]  # fmt: skip
    assert link.got("a") == BODY[64 * KIB : 192 * KIB]
    assert not link.desk.waiting


def test_the_last_chunk_ends_with_the_blob(link: Link) -> None:
    link.ask("a", offset=250 * KIB, count=100)
    link.desk.pump()
    assert link.got("a") == BODY[250 * KIB :]


def test_branches_take_turns(link: Link) -> None:
    link.ask("a")
    link.ask("b")
    link.ask("c", count=1)
    link.desk.pump()
    assert [node for node, *_ in link.sent] == ["a", "b", "c", "a", "b", "a", "b", "a", "b"]


def test_a_link_that_takes_no_more_is_gone_on_with_later(link: Link) -> None:
    link.ask("a")
    link.takes = 1
    link.desk.pump()
    assert link.desk.waiting
    link.takes = 10
    link.desk.pump()
    assert link.got("a") == BODY


def test_a_batch_is_bounded(link: Link) -> None:
    for node in range(40):
        link.ask(f"n-{node}")
    link.desk.pump()
    assert sum(len(payload or b"") for *_, payload in link.sent) == BATCH_BYTES
    assert link.desk.sent_bytes == BATCH_BYTES


def test_what_is_not_here_is_said_so_at_once(link: Link) -> None:
    link.ask("a", digest="0" * 64)
    assert link.sent == [("a", "0" * 64, 0, None)]
    assert not link.desk.waiting


@pytest.mark.parametrize(
    ("offset", "count", "chunk"),
    [(0, 1, 0), (0, 1, 128 * KIB + 1), (0, 0, KIB), (-1, 1, KIB), (256 * KIB, 1, KIB)],
)
def test_nonsense_is_left_unanswered(link: Link, offset: int, count: int, chunk: int) -> None:
    link.ask("a", offset, count, chunk)
    assert not link.desk.waiting
    assert link.sent == []


def test_the_same_window_is_not_sent_twice_and_old_windows_give_way(link: Link) -> None:
    for _ in range(3):
        link.ask("a", count=1)
    link.desk.pump()
    assert len(link.sent) == 1
    for offset in range(20):
        link.ask("b", offset=offset * KIB, count=1, chunk=KIB)
    link.desk.pump()
    assert [offset // KIB for node, _, offset, _ in link.sent if node == "b"] == list(range(12, 20))


def test_what_goes_away_meanwhile_stops_its_window_only(link: Link, tmp_path: Path) -> None:
    found: dict[str, bytes | Path] = {HASH: tmp_path / "gone", "b" * 64: BODY}
    (tmp_path / "gone").write_bytes(BODY)
    other = Link(found)
    other.ask("a")
    other.ask("b", digest="b" * 64)
    (tmp_path / "gone").unlink()
    other.desk.pump()
    assert {node for node, *_ in other.sent} == {"b"}
    assert not other.desk.waiting
    other.ask("a")
    assert other.sent[-1] == ("a", HASH, 0, None)
    link.ask("a")
    link.desk.forget()
    assert not link.desk.waiting
