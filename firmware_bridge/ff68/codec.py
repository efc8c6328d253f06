"""ff68's frames: bytes in, frames out (contract: ff68). Total: no input raises, blocks or grows.

`FF 68 L L 68 ADDR FUNC DATA… CS 16`. On any mismatch one byte is dropped and the hunt goes on behind it, so that a good
frame straight after garbage is never lost. Every dropped byte is counted under a reason.
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from signage.core.instants import Instant

HEADER: Final = b"\xff\x68"
SECOND: Final = 0x68
TAIL: Final = 0x16
SHORTEST: Final = 2  # of `L`: ADDR and FUNC
LONGEST: Final = 32
AROUND: Final = 7  # FF 68 L L 68 … CS 16
COMPLETE_WITHIN: Final = timedelta(milliseconds=200)  # contract: of a frame's first byte

RATING: Final = 0x11
OPEN: Final = 0x01  # also the reply to a rating, and the keypad's most common function
SHOW: Final = 0x02
BEEP: Final = 0x03
KEYPAD: Final = range(0x01, 0x10)
PLEASE_RATE: Final = 0x0B
BLANK: Final = 0x0A


class Discard(StrEnum):
    """Why a byte was thrown away. ECHO is the session's: whole frames of our own."""

    NOISE = "noise"
    LENGTH = "length"
    CHECKSUM = "checksum"
    TAIL = "tail"
    ECHO = "echo"


@dataclass(frozen=True)
class Frame:
    """`address` 0 to 255; at most 30 bytes of `data`."""

    address: int
    function: int
    data: bytes = b""


def encode(frame: Frame) -> bytes:
    """A frame as it goes over the line."""
    body = bytes((frame.address, frame.function)) + frame.data
    return HEADER + bytes((len(body), len(body), SECOND)) + body + bytes((sum(body) & 0xFF, TAIL))


def stars(address: int, level: int) -> Frame:
    """Show that many stars, 0 to 5."""
    return Frame(address, SHOW, bytes((level,)))


def waiting(address: int, count: int | None, ticket: int | None) -> Frame:
    """Three digits of people waiting, three of the last ticket; None: blank, above 999 the last three digits."""
    return Frame(address, SHOW, _digits(count) + _digits(ticket))


def _digits(number: int | None) -> bytes:
    return bytes((BLANK,) * 3) if number is None else bytes(int(digit) for digit in f"{number % 1000:03d}")


class Reader:
    """One line's bytes to frames. `discarded` counts bytes by reason."""

    def __init__(self, thrown: Callable[[bytes, str], None] | None = None) -> None:
        """`thrown` is shown what is thrown away, and why."""
        self.discarded: Counter[Discard] = Counter()
        self._thrown = thrown
        self._held = bytearray()  # after a call never longer than a frame that lacks its last byte
        self._came: deque[tuple[int, Instant]] = deque()  # how many of the held bytes came when, oldest first

    def feed(self, received: bytes, now: Instant) -> list[Frame]:
        """Take whatever arrived, in pieces of any size; the frames that are now complete, in order."""
        found = self.tick(now)
        if received:
            self._held += received
            self._came.append((len(received), now))
            found += self._hunt()
        return found

    def tick(self, now: Instant) -> list[Frame]:
        """Give up what is incomplete for too long; a frame may stand behind its first byte."""
        found: list[Frame] = []
        while self._came and now >= self._came[0][1] + COMPLETE_WITHIN:
            self._drop(1, Discard.NOISE if len(self._held) < 5 else Discard.TAIL)
            found += self._hunt()
        return found

    def deadline(self) -> Instant | None:
        """When `tick` has something to give up."""
        return self._came[0][1] + COMPLETE_WITHIN if self._came else None

    def restart(self) -> None:
        """The line was opened anew: what is half there is noise."""
        self._drop(len(self._held), Discard.NOISE)

    def _hunt(self) -> list[Frame]:
        found: list[Frame] = []
        while True:
            start = self._held.find(HEADER)
            if start < 0:
                start = len(self._held) - self._held.endswith(HEADER[:1])
            self._drop(start, Discard.NOISE)
            result = judge(self._held)
            if result is None:
                return found
            if isinstance(result, Discard):
                self._drop(1, result)
            else:
                self._take(result[1])
                found.append(result[0])

    def _drop(self, count: int, reason: Discard) -> None:
        if count:
            self.discarded[reason] += count
            if self._thrown is not None:
                self._thrown(bytes(self._held[:count]), reason)
            self._take(count)

    def _take(self, count: int) -> None:
        del self._held[:count]
        while count:
            size, at = self._came[0]
            if size > count:
                self._came[0] = (size - count, at)
                return
            self._came.popleft()
            count -= size


def judge(held: bytes | bytearray) -> tuple[Frame, int] | Discard | None:
    """What stands at the front: a frame and its length, why it is none, or None while it may become one."""
    if len(held) > 2 and not SHORTEST <= held[2] <= LONGEST:
        return Discard.LENGTH
    if len(held) > 3 and held[3] != held[2]:
        return Discard.LENGTH
    if len(held) > 4 and held[4] != SECOND:
        return Discard.LENGTH
    whole = held[2] + AROUND if len(held) > 4 else AROUND
    if len(held) < whole or len(held) <= 4:
        return None
    if held[whole - 1] != TAIL:
        return Discard.TAIL
    body = bytes(held[5 : whole - 2])
    if sum(body) & 0xFF != held[whole - 2]:
        return Discard.CHECKSUM
    return Frame(body[0], body[1], body[2:]), whole
