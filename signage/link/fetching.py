"""What to ask for next, over a line that loses, repeats and reorders. Pure: instants and chunks in, requests and bytes out.

One blob at a time, in windows: a window that arrives whole makes the next one longer, a loss makes it shorter. Bytes
leave in order, so that they can be appended to a file, and a blob goes on where it stopped.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from signage.wire.messages import BlobRequest

CHUNK_LIMIT: Final = 128 * 1024  # contract
WINDOW_LIMIT: Final = 1024 * 1024
_CHUNK_LEAST: Final = 1024
_CHUNK_FIRST: Final = 32 * 1024
_SPAN_S: Final = 5.0  # contract: the bandwidth is held over any so long
_PATIENCE_S: Final = 2.0  # until the first window has told how fast the line is
_PATIENCE_MOST_S: Final = 30.0
_PAUSE_FIRST_S: Final = 2.0
_PAUSE_MOST_S: Final = 600.0
_ABSENT_MOST_S: Final = 30.0  # the parent may have it any moment
_FRUITLESS: Final = 4  # windows of which nothing came, until others go before
_FAST: Final = 0.5  # s for a window, below which it may be longer
_START_SPREAD_S: Final = 2.0  # of all the nodes that one message wakes


@dataclass(frozen=True)
class Wish:
    """A blob by its hash and its size in bytes."""

    sha256: str
    size: int


@dataclass
class _Window:
    """What was asked for and has not come."""

    wish: Wish
    end: int
    asked_at: float
    heard_at: float
    held: int = 0  # bytes in `ahead`
    ahead: dict[int, bytes] = field(default_factory=dict)


@dataclass
class _Pause:
    until: float
    seconds: float


class Fetcher:
    """`have` says how many bytes of a blob lie here already. `name` seeds the jitter; `bandwidth_kbps` 0: no limit."""

    def __init__(self, name: str, have: Callable[[str], int], bandwidth_kbps: int = 0) -> None:
        self.dropped = 0  # chunks that nobody asked for, or that cannot be what was asked for
        self._have = have
        self._chance = Random(name)
        self._rate = bandwidth_kbps * 1000 / 8  # bytes/s
        self._wishes: tuple[Wish, ...] = ()
        self._window: _Window | None = None
        self._chunk = self._within_rate(_CHUNK_FIRST)
        self._count = 4
        self._patience = _PATIENCE_S
        self._pauses: dict[str, _Pause] = {}
        self._fruitless: dict[str, int] = {}
        self._heard: deque[tuple[float, int]] = deque()
        self._not_before = 0.0

    @property
    def wishes(self) -> tuple[Wish, ...]:
        return self._wishes

    @property
    def stuck(self) -> Wish | None:
        """A blob of which nothing comes that fits, though it was asked for again and again, and nobody says it is absent."""
        return next((one for one in self._wishes if self._fruitless.get(one.sha256, 0) >= _FRUITLESS), None)

    def want(self, wishes: Sequence[Wish]) -> None:
        """What is still missing, most urgent first. A window under way is finished first."""
        self._wishes = tuple(wishes)
        wanted = {one.sha256 for one in wishes}
        if self._window is not None and self._window.wish.sha256 not in wanted:
            self._window = None
        self._pauses = {sha256: pause for sha256, pause in self._pauses.items() if sha256 in wanted}
        self._fruitless = {sha256: times for sha256, times in self._fruitless.items() if sha256 in wanted}

    def begin(self, mono: float) -> None:
        """A connection has come up, or there is something new for everybody: not all at the same instant."""
        self._window = None
        self._not_before = mono + self._chance.uniform(0, _START_SPREAD_S)
        for pause in self._pauses.values():
            pause.until = min(pause.until, self._not_before)

    def chunk(self, sha256: str, offset: int, payload: bytes, mono: float) -> bytes:
        """What may be appended now to the bytes that lie here; empty for what comes early, late or twice."""
        self._heard.append((mono, len(payload)))
        window = self._window
        if window is None or window.wish.sha256 != sha256:
            self.dropped += 1
            return b""
        here = self._have(sha256)
        fits = 0 < len(payload) <= CHUNK_LIMIT and offset + len(payload) <= window.end
        if not fits or offset + len(payload) <= here or window.held > 2 * WINDOW_LIMIT:
            self.dropped += 1
            return b""
        window.heard_at = mono
        self._fruitless.pop(sha256, None)
        if offset not in window.ahead:
            window.ahead[offset] = payload
            window.held += len(payload)
        return self._in_order(window, here, mono)

    def absent(self, sha256: str, mono: float) -> None:
        """The parent does not have it yet."""
        if self._window is not None and self._window.wish.sha256 == sha256:
            self._window = None
        self._fruitless.pop(sha256, None)
        self.postpone(sha256, mono, _ABSENT_MOST_S)

    def postpone(self, sha256: str, mono: float, most_s: float = _PAUSE_MOST_S) -> None:
        """Try this one again after a pause, longer each time; others meanwhile."""
        if self._window is not None and self._window.wish.sha256 == sha256:
            self._window = None
        before = self._pauses.get(sha256)
        seconds = _PAUSE_FIRST_S if before is None else min(before.seconds * 2, most_s)
        self._pauses[sha256] = _Pause(mono + seconds * self._chance.uniform(0.7, 1.3), seconds)

    def due(self, mono: float) -> BlobRequest | None:
        """What to ask now. Call `asked` if the link took it."""
        if self._window is not None:
            if mono < self._window.heard_at + self._patience:
                return None
            self._lost(self._window, mono)
        wish = self._next(mono)
        if wish is None or mono < self._next_allowed(mono):
            return None
        offset = self._have(wish.sha256)
        count = min(self._count, -(-(wish.size - offset) // self._chunk))
        return BlobRequest(sha256=wish.sha256, size=wish.size, offset=offset, count=count, chunk=self._chunk, v=1)

    def asked(self, request: BlobRequest, mono: float) -> None:
        end = min(request.size, request.offset + request.count * request.chunk)
        wish = Wish(request.sha256, request.size)
        self._window = _Window(wish, end, mono, mono)

    def next_at(self, mono: float) -> float | None:
        """When `due` may have something; None: not before something happens."""
        if self._window is not None:
            return self._window.heard_at + self._patience
        if not self._wishes:
            return None
        pauses = [self._pauses[one.sha256].until if one.sha256 in self._pauses else mono for one in self._wishes]
        return max(min(pauses), self._next_allowed(mono))

    # ---- inside ------------------------------------------------------------------------------------------------------

    def _in_order(self, window: _Window, here: int, mono: float) -> bytes:
        ready = bytearray()
        while (start := next((at for at in window.ahead if at <= here + len(ready)), None)) is not None:
            piece = window.ahead.pop(start)
            window.held -= len(piece)
            ready += piece[here + len(ready) - start :]
        if here + len(ready) >= window.end:
            self._arrived(window, mono)
        return bytes(ready)

    def _arrived(self, window: _Window, mono: float) -> None:
        self._window = None
        self._pauses.pop(window.wish.sha256, None)
        took = mono - window.asked_at
        self._patience = min(max(0.3, 4 * took), _PATIENCE_MOST_S)
        if took < _FAST:
            if self._count * self._chunk < WINDOW_LIMIT:
                self._count += 1 + self._count // 2
            self._chunk = self._within_rate(min(self._chunk * 2, CHUNK_LIMIT)) if took < _FAST / 4 else self._chunk
        self._fit()

    def _lost(self, window: _Window, mono: float) -> None:
        """Nothing came for as long as it should take: less at a time, with more patience. What came beyond a gap comes again."""
        self._window = None
        on_the_way = window.end - self._have(window.wish.sha256) - window.held
        self._heard.append((mono, max(0, on_the_way)))  # it may come yet, and counts towards the bandwidth
        self._count = max(1, self._count // 2)
        if self._count == 1:
            self._chunk = max(_CHUNK_LEAST, self._chunk // 2)
        self._patience = min(max(self._patience, 0.3) * 1.5, _PATIENCE_MOST_S)
        self._count_fruitless(window, mono)

    def _count_fruitless(self, window: _Window, mono: float) -> None:
        """A blob that never comes may not keep those behind it away."""
        sha256 = window.wish.sha256
        if window.heard_at == window.asked_at:
            self._fruitless[sha256] = self._fruitless.get(sha256, 0) + 1
            if self._fruitless[sha256] >= _FRUITLESS:
                self.postpone(sha256, mono, _ABSENT_MOST_S)

    def _fit(self) -> None:
        most = WINDOW_LIMIT if not self._rate else min(WINDOW_LIMIT, int(self._rate))
        self._count = max(1, min(self._count, most // self._chunk))

    def _within_rate(self, chunk: int) -> int:
        if not self._rate:
            return chunk
        return max(64, min(chunk, int(self._rate / 4)))

    def _next(self, mono: float) -> Wish | None:
        for wish in self._wishes:
            pause = self._pauses.get(wish.sha256)
            if (pause is None or pause.until <= mono) and self._have(wish.sha256) < wish.size:
                return wish
        return None

    def _next_allowed(self, mono: float) -> float:
        """When a window's bytes fit what may come within any 5 s."""
        while self._heard and self._heard[0][0] <= mono - _SPAN_S:
            self._heard.popleft()
        if not self._rate:
            return self._not_before
        room = self._rate * _SPAN_S - self._count * self._chunk
        total = sum(size for _, size in self._heard)
        at = mono
        for heard_at, size in self._heard:
            if total <= room:
                break
            total -= size
            at = heard_at + _SPAN_S
        return max(at, self._not_before)
