"""A picture that a guard can put on the glass with nothing but zlib: where it stands, its ground, and its rows.

A file is `KSP1`, five little-endian 32-bit numbers (x, y, width, height of the window; the ground as 0xRRGGBB), and the
pixels as four bytes each (blue, green, red, unused) from the top left, compressed.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

NAMES: Final = {1: "standby-house.picture", 2: "standby-suspended.picture", 3: "standby-alarm.picture"}
_MAGIC: Final = b"KSP1"
_HEAD: Final = struct.Struct("<iiIII")
_LARGEST: Final = 16384
BAND_ROWS: Final = 64
_READ: Final = 1 << 16


class Frame(NamedTuple):
    """Where a picture stands on the display, in pixels, and the colour behind it."""

    x: int
    y: int
    width: int
    height: int
    ground: int


def keep_picture(path: Path, frame: Frame, pixels: bytes) -> None:
    """Write it whole or not at all. Raises OSError. `pixels`: width × height × 4 bytes."""
    head = _MAGIC + _HEAD.pack(frame.x, frame.y, frame.width, frame.height, frame.ground)
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        file.write(head + zlib.compress(pixels, 6))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


class KeptPicture:
    """A picture on the disk; its rows are inflated a band at a time, so that it takes next to no memory."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, ValueError: no picture."""
        self._path = path
        with path.open("rb") as file:
            head = file.read(len(_MAGIC) + _HEAD.size)
        if len(head) != len(_MAGIC) + _HEAD.size or not head.startswith(_MAGIC):
            raise ValueError(f"{path} is no picture")
        self.frame = Frame(*_HEAD.unpack_from(head, len(_MAGIC)))
        if not (0 < self.frame.width <= _LARGEST and 0 < self.frame.height <= _LARGEST):
            raise ValueError(f"{path} is no picture of any screen")

    def bands(self) -> Iterator[tuple[int, int, bytes]]:
        """First row, number of rows, their pixels. Raises OSError, zlib.error, ValueError when the file is cut short."""
        line = self.frame.width * 4
        inflating = zlib.decompressobj()
        with self._path.open("rb") as file:
            file.seek(len(_MAGIC) + _HEAD.size)
            held, more = b"", b""
            for row in range(0, self.frame.height, BAND_ROWS):
                rows = min(BAND_ROWS, self.frame.height - row)
                while len(held) < rows * line:
                    more = more or file.read(_READ)
                    if not more:
                        raise ValueError(f"{self._path} is cut short")
                    held += inflating.decompress(more, rows * line - len(held))
                    more = inflating.unconsumed_tail
                yield row, rows, held
                held = b""
