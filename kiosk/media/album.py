"""The pixels a screen holds ready: few, bounded in bytes, the ones not asked for longest leave first. Pure."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

BYTES_A_PIXEL: Final = 4
LIMIT_BYTES: Final = 48 * 1024 * 1024  # nine pictures of a wall; another takes some hundredths of a second


@dataclass(frozen=True)
class PictureKey:
    """A picture at one size in pixels. `sha256`: the blob's, or the staff number of whom a photo shows."""

    sha256: str
    width: int
    height: int


@dataclass(eq=False)
class Pixels:
    """BGRA, the top row first, opaque. Who has put them on the graphics side keeps that here, and lets go of the bytes.

    So there is one copy of a picture, for as long as an album holds it.
    """

    key: PictureKey
    content: bytes
    drawn: Any = None

    @property
    def size(self) -> int:
        """In bytes, wherever they are."""
        return len(self.content) or self.key.width * self.key.height * BYTES_A_PIXEL

    def hand_over(self, drawn: Any) -> None:
        self.drawn, self.content = drawn, b""


class Album:
    """`put` drops what was not needed for longest; what is `needed` stays even over the limit."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._held: OrderedDict[PictureKey, Pixels] = OrderedDict()

    def __contains__(self, key: PictureKey) -> bool:
        return key in self._held

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(one.size for one in self._held.values())

    def get(self, key: PictureKey) -> Pixels | None:
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, pixels: Pixels, needed: Collection[PictureKey] = ()) -> None:
        self._held[pixels.key] = pixels
        self._held.move_to_end(pixels.key)
        for key in list(self._held):
            if self.size <= self._limit:
                return
            if key != pixels.key and key not in needed:
                del self._held[key]
