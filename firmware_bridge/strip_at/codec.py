"""`@` + two digits of address + GBK text + CR (contract: Window strips). Both directions, so that a strip can be simulated."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TEXT_LIMIT_BYTES: Final = 64  # contract
_CLOSED: Final = b"\r"
_LONGEST: Final = 3 + TEXT_LIMIT_BYTES


@dataclass(frozen=True)
class Line:
    """What one strip shows. `address` 0 to 99."""

    address: int
    text: str


def text_bytes(text: str) -> bytes:
    """GBK, a character that it lacks as `?`, at most 64 bytes cut at a character boundary; nothing that ends the frame."""
    found = b""
    for letter in text:
        one = b" " if letter in "\r\n" else letter.encode("gbk", "replace")
        if len(found) + len(one) > TEXT_LIMIT_BYTES:
            break
        found += one
    return found


def encode(line: Line) -> bytes:
    """A frame as it goes over the line."""
    return b"@%02d" % line.address + text_bytes(line.text) + _CLOSED


class Reader:
    """A strip's side: bytes in, lines out. Total; `discarded` counts runs up to a CR that are no frame."""

    def __init__(self, thrown: Callable[[bytes, str], None] | None = None) -> None:
        """`thrown` is shown what is thrown away, as far as it was held, and why."""
        self.discarded: Counter[str] = Counter()
        self._thrown = thrown
        self._held = bytearray()

    def feed(self, received: bytes) -> list[Line]:
        """Take whatever arrived, in pieces of any size."""
        *closed, rest = received.split(_CLOSED)
        found = []
        for piece in closed:
            self._hold(piece)
            raw = bytes(self._held)
            self._held.clear()
            line = decode(raw)
            if line is None:
                self.discarded["noise"] += 1
                if self._thrown is not None:
                    self._thrown(raw, "noise")
            else:
                found.append(line)
        self._hold(rest)
        return found

    def _hold(self, piece: bytes) -> None:
        self._held += piece[: _LONGEST + 1 - len(self._held)]


def decode(raw: bytes) -> Line | None:
    """What stood before a CR; None if it is no frame."""
    address = raw[1:3]
    if len(raw) > _LONGEST or raw[:1] != b"@" or len(address) != 2 or not address.isdigit():
        return None
    try:
        return Line(int(address), raw[3:].decode("gbk"))
    except UnicodeDecodeError:
        return None
