"""The pixels a screen holds ready: few, bounded in bytes, the ones not asked for longest leave first. Pure."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

LIMIT_BYTES: Final = 48 * 1024 * 1024  # nine pictures of a wall; another takes some hundredths of a second


@dataclass(frozen=True)
class PictureKey:
    """A picture at one size in pixels. `sha256`: the blob's, or the staff number of whom a photo shows."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True)
class Pixels:
    """BGRA, the top row first, opaque."""

    key: PictureKey
    content: bytes


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
        return sum(len(one.content) for one in self._held.values())

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
