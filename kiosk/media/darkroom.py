"""Pictures are developed off the drawing thread: one named thread, a bounded queue, one answer for each order.

The blob is read whole and hashed again before the decoder sees a byte of it. A picture that the decoder refuses is broken for
good. A decoder that cannot start, is too slow or ends, twice, says nothing for certain: this machine may be short of memory or time.
"""

import hashlib
import os
import queue
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from kiosk.media.album import PictureKey, Pixels
from kiosk.media.jobs import ENCODED_LIMIT, Job, PictureMedia
from kiosk.media.workshop import DecoderDiedError, PictureRefusedError, Workshop
from signage.link.clock import moment
from signage.link.threads import spawn

WAITING_AT_MOST: Final = 8
TRIES: Final = 2
REST_S: Final = 10.0  # without an order: then its process ends, and starts anew (a third of a second) with the next one
OFTEN_S: Final = 60.0  # orders that come so often keep it: a programme of more pictures than lie ready


@dataclass(frozen=True)
class Order:
    """One picture wanted at one size. `path`: where its blob lies. `size`: as signed.

    Without a `size` it is a file of this machine's own that nobody signed: its bytes are what they are, and it is cut to
    the shape that is wanted.
    """

    ref: str
    key: PictureKey
    path: Path
    media: PictureMedia
    size: tuple[int, int] | None
    ground: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class Developed:
    order: Order
    pixels: Pixels


class Blame(Enum):
    """Who is at fault that there are no pixels."""

    PICTURE = "picture"  # as it was signed, so for good
    BLOB = "blob"  # it is not on this disk as it was signed
    DECODER = "decoder"  # perhaps; the picture may be tried again later


@dataclass(frozen=True)
class Spoilt:
    order: Order
    blame: Blame
    reason: str


class Darkroom:
    """`put` gets the answers, and word of the thread's end, from the thread.

    `rest_s`: without an order, then the decoder ends; `often_s`: if the next came sooner than that, it stays so long.
    """

    def __init__(
        self,
        put: Callable[[object], None],
        workshop: Workshop | None = None,
        rest_s: float = REST_S,
        often_s: float = OFTEN_S,
    ) -> None:
        self._put, self._rest_s, self._often_s = put, rest_s, often_s
        self._often = False
        self.workshop = workshop or Workshop()
        self._orders: queue.Queue[Order | None] = queue.Queue(WAITING_AT_MOST)
        self._thread = spawn("darkroom", self._work, put)

    def order(self, order: Order) -> bool:
        """False: too many are waiting; ask again after the next answer."""
        try:
            self._orders.put_nowait(order)
        except queue.Full:
            return False
        return True

    def close(self, timeout_s: float = 2.0) -> None:
        """End the thread and its decoder; what waits is not done any more."""
        while True:
            try:
                self._orders.get_nowait()
            except queue.Empty:
                break
        self._orders.put(None)
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            self.workshop.interrupt()

    def _work(self) -> None:
        while (order := self._next()) is not None:
            self._put(self._develop(order))
        self.workshop.close()

    def _next(self) -> Order | None:
        try:
            return self._orders.get(timeout=self._often_s if self._often else self._rest_s)
        except queue.Empty:
            ended = self.workshop.pid is not None  # before the first order there is none to be missed
            self.workshop.close()
        closed_at = moment().mono
        order = self._orders.get()
        self._often = ended and moment().mono - closed_at < self._often_s
        return order

    def _develop(self, order: Order) -> Developed | Spoilt:
        try:
            encoded = read_blob(order.path, order.key.sha256 if order.size is not None else None)
        except OSError as error:
            return Spoilt(order, Blame.BLOB, f"{order.path.name[:12]}: {error.strerror or error}")
        target = (order.key.width, order.key.height)
        job = Job(order.media, order.size, target, order.ground, len(encoded))
        reason = ""
        for _ in range(TRIES):
            try:
                return Developed(order, Pixels(order.key, self.workshop.decode(job, encoded)))
            except PictureRefusedError as error:
                return Spoilt(order, Blame.PICTURE, str(error))
            except DecoderDiedError as error:
                reason = str(error)
        return Spoilt(order, Blame.DECODER, reason)


def read_blob(path: Path, sha256: str | None) -> bytes:
    """The whole blob, if it is its name (None: it has none). Raises OSError, also where it is not."""
    with path.open("rb") as file:
        length = os.fstat(file.fileno()).st_size
        if length > ENCODED_LIMIT:
            raise OSError(f"it is {length} bytes, more than a picture may be")
        encoded = file.read(ENCODED_LIMIT + 1)
    if sha256 is not None and hashlib.sha256(encoded).hexdigest() != sha256:
        raise OSError("its bytes are not what its name says")
    return encoded
