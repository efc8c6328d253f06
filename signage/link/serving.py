"""Blobs for many branches at once: one chunk for each in turn, read when it is sent, so that memory is a batch and no more."""

import base64
import hashlib
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from signage.wire.messages import BlobRequest, Content

INLINE_LIMIT: Final = 180 * 1024  # contract: of base64
CHUNK_LIMIT: Final = 128 * 1024  # contract
COUNT_LIMIT: Final = 256  # chunks of one request
REQUESTS_KEPT: Final = 8  # of one branch: an older window has been given up
NODES_KEPT: Final = 20_000
BATCH_BYTES: Final = 1024 * 1024  # handed to the connection at a time; the next when they have left
AGAIN_S: Final = 0.002

Find = Callable[[str], bytes | Path | None]
Send = Callable[[str, str, int, bytes | None], bool]


@dataclass
class _Window:
    sha256: str
    offset: int
    end: int
    chunk: int


class BlobDesk:
    """`find` gives the bytes or the file of a hash; `send` (node, hash, offset, bytes) says whether the link took it."""

    def __init__(self, find: Find, send: Send) -> None:
        self._find = find
        self._send = send
        self._waiting: OrderedDict[str, deque[_Window]] = OrderedDict()
        self.sent_bytes = 0

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def ask(self, node: str, request: BlobRequest) -> None:
        """A request of a node. What is not here is answered at once; nonsense is left unanswered."""
        size = self._size(request.sha256)
        if size is None:
            self._send(node, request.sha256, 0, None)
            return
        sound = 0 < request.chunk <= CHUNK_LIMIT and request.count > 0 and 0 <= request.offset < size
        if not sound or (node not in self._waiting and len(self._waiting) >= NODES_KEPT):
            return
        end = min(size, request.offset + min(request.count, COUNT_LIMIT) * request.chunk)
        windows = self._waiting.setdefault(node, deque(maxlen=REQUESTS_KEPT))
        if all((one.sha256, one.offset, one.end) != (request.sha256, request.offset, end) for one in windows):
            windows.append(_Window(request.sha256, request.offset, end, request.chunk))

    def pump(self) -> None:
        """Send one batch, a chunk for each node in turn. Call it when the last batch has left."""
        room = BATCH_BYTES
        while room > 0 and self._waiting:
            node, windows = next(iter(self._waiting.items()))
            window = windows[0]
            payload = self._read(window)
            if payload is not None and not self._send(node, window.sha256, window.offset, payload):
                return
            taken = len(payload or b"")
            room -= taken
            self.sent_bytes += taken
            window.offset += taken
            if payload is None or window.offset >= window.end:
                windows.popleft()
            self._waiting.move_to_end(node)
            if not windows:
                del self._waiting[node]

    def forget(self) -> None:
        """The connection is gone, and those who asked will ask again."""
        self._waiting.clear()

    def _size(self, sha256: str) -> int | None:
        found = self._find(sha256)
        try:
            return found.stat().st_size if isinstance(found, Path) else None if found is None else len(found)
        except OSError:
            return None

    def _read(self, window: _Window) -> bytes | None:
        """None: it has gone meanwhile; its node will ask again, and be told."""
        length = min(window.chunk, window.end - window.offset)
        found = self._find(window.sha256)
        if isinstance(found, Path):
            try:
                with found.open("rb") as file:
                    file.seek(window.offset)
                    return file.read(length) or None
            except OSError:
                return None
        return found[window.offset : window.offset + length] or None if found is not None else None


def as_content(version: int, packed: bytes) -> Content:
    """The message that brings or names a bundle."""
    inline = base64.b64encode(packed).decode() if (len(packed) + 2) // 3 * 4 <= INLINE_LIMIT else None
    return Content(version=version, sha256=hashlib.sha256(packed).hexdigest(), size=len(packed), inline=inline, v=1)
