"""A blob over a line that loses, repeats and reorders arrives whole, once, in order, and within its bandwidth."""

import hashlib
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from signage.link.fetching import CHUNK_LIMIT, Fetcher, Wish
from signage.wire.messages import BlobRequest


class Line:
    """A parent that has `bodies`, and a node that fetches them over a line with trouble."""

    def __init__(self, bodies: list[bytes], seed: int, loss: float, kbps: int = 0, twice: float = 0.1) -> None:
        self.bodies = {hashlib.sha256(body).hexdigest(): body for body in bodies}
        self.here = {sha256: bytearray() for sha256 in self.bodies}
        self.chance = Random(seed)
        self.loss, self.twice = loss, twice
        self.now = 0.0
        self.flying: list[tuple[float, str, int, bytes]] = []
        self.came: list[tuple[float, int]] = []
        self.requests: list[tuple[float, BlobRequest]] = []
        self.fetcher = Fetcher("hz-1", lambda sha256: len(self.here[sha256]), kbps)
        self.rewish()
        self.fetcher.begin(0.0)

    @property
    def done(self) -> bool:
        return all(bytes(self.here[sha256]) == body for sha256, body in self.bodies.items())

    def rewish(self) -> None:
        missing = [Wish(one, len(body)) for one, body in self.bodies.items() if len(self.here[one]) < len(body)]
        self.fetcher.want(missing)

    def run(self, until_s: float) -> None:
        while not self.done and self.now < until_s:
            request = self.fetcher.due(self.now)
            if request is not None:
                self.fetcher.asked(request, self.now)
                self.requests.append((self.now, request))
                self._answer(request)
            next_at = self.fetcher.next_at(self.now)
            at = min([flight[0] for flight in self.flying] + ([next_at] if next_at is not None else []))
            self.now = max(at, self.now + 0.001)
            self._land()

    def _answer(self, request: BlobRequest) -> None:
        body = self.bodies[request.sha256]
        end = min(len(body), request.offset + request.count * request.chunk)
        for offset in range(request.offset, end, request.chunk):
            for _ in range(1 + (self.chance.random() < self.twice)):
                if self.chance.random() >= self.loss:
                    at = self.now + 0.02 * self.chance.uniform(0.5, 1.5 + 20 * self.loss)
                    self.flying.append((at, request.sha256, offset, body[offset : min(offset + request.chunk, end)]))

    def _land(self) -> None:
        landed = sorted(flight for flight in self.flying if flight[0] <= self.now)
        self.flying = [flight for flight in self.flying if flight[0] > self.now]
        for _, sha256, offset, payload in landed:
            self.came.append((self.now, len(payload)))
            self.here[sha256] += self.fetcher.chunk(sha256, offset, payload, self.now)
        self.rewish()


def body(size: int, seed: int = 1) -> bytes:
    return Random(seed).randbytes(size)


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 700_000), min_size=1, max_size=3),
    seed=st.integers(0, 2**32),
    loss=st.sampled_from([0.0, 0.02, 0.2, 0.5]),
)
def test_everything_arrives_whole_however_bad_the_line(sizes: list[int], seed: int, loss: float) -> None:
    line = Line([body(size, number) for number, size in enumerate(sizes)], seed, loss)
    line.run(20_000)
    assert line.done
    assert all(request.chunk <= CHUNK_LIMIT for _, request in line.requests)


def test_windows_grow_on_a_good_line_and_shrink_on_a_bad_one() -> None:
    good = Line([body(20_000_000)], 1, 0.0)
    good.run(100)
    assert good.done
    asked = [request.count * request.chunk for _, request in good.requests]
    assert asked[-2] >= 8 * asked[0]
    bad = Line([body(300_000)], 1, 0.6)
    bad.run(2000)
    assert min(request.count * request.chunk for _, request in bad.requests) < 32 * 1024


@settings(max_examples=20, deadline=None)
@given(kbps=st.sampled_from([8, 64, 1000]), seed=st.integers(0, 1000), loss=st.sampled_from([0.0, 0.1]))
def test_the_bandwidth_is_held_over_any_five_seconds(kbps: int, seed: int, loss: float) -> None:
    line = Line([body(kbps * 1000 // 8 * 20)], seed, loss, kbps, twice=0)
    line.run(40)
    for at, _ in line.came:
        assert sum(size for when, size in line.came if at - 5 < when <= at) <= kbps * 1000 / 8 * 5
    if not loss:
        assert sum(size for _, size in line.came) > kbps * 1000 / 8 * 20 * 0.6


def test_it_goes_on_at_the_byte_where_it_stopped() -> None:
    line = Line([body(100_000)], 1, 0.0)
    ((sha256, whole),) = line.bodies.items()
    line.here[sha256] += whole[:12_345]
    line.run(20)
    assert line.requests[0][1].offset == 12_345
    assert line.done


def test_what_is_absent_waits_longer_each_time_while_others_come() -> None:
    line = Line([body(1000, 1), body(1000, 2)], 1, 0.0)
    first, second = line.bodies
    pauses = []
    at = 10.0
    for _ in range(6):
        line.fetcher.want([Wish(first, 1000)])
        request = line.fetcher.due(at)
        assert request is not None
        line.fetcher.asked(request, at)
        line.fetcher.absent(first, at)
        after = line.fetcher.next_at(at)
        assert after is not None
        pauses.append(after - at)
        line.fetcher.want([Wish(first, 1000), Wish(second, 1000)])
        other = line.fetcher.due(at)
        assert other is not None
        assert other.sha256 == second
        at = after
    assert pauses[-1] > 10 * pauses[0]


def test_nonsense_is_dropped_and_counted() -> None:
    line = Line([body(50_000)], 1, 0.0)
    (sha256,) = line.bodies
    assert line.fetcher.chunk(sha256, 0, b"nobody asked", 0.0) == b""
    request = line.fetcher.due(5.0)
    assert request is not None
    line.fetcher.asked(request, 5.0)
    for offset, payload in ((0, b""), (49_999, b"xx"), (0, bytes(CHUNK_LIMIT + 1))):
        assert line.fetcher.chunk(sha256, offset, payload, 5.1) == b""
    assert line.fetcher.chunk("0" * 64, 0, b"x", 5.1) == b""
    assert line.fetcher.dropped == 5


def test_nodes_do_not_all_begin_at_once() -> None:
    starts = set()
    for number in range(50):
        fetcher = Fetcher(f"branch-{number}", lambda _: 0)
        fetcher.want([Wish("0" * 64, 10)])
        fetcher.begin(100.0)
        starts.add(fetcher.next_at(100.0))
    assert len(starts) == 50
    assert all(start is not None and 100 <= start <= 102 for start in starts)
