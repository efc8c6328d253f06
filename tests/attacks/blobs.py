"""Bytes whose hash is signed, by an author who went round `add`, and bytes whose hash is not: for stores and decoders."""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import Image

from signage.content.refusal import Code
from signage.core.programme import Rendition
from tests.attacks.small_office import picture


@dataclass(frozen=True)
class BlobAttack:
    """`good` may be stored and drawn. `bad` comes instead of it (Code.BLOB), or is itself what was signed (Code.PICTURE)."""

    name: str
    refusal: Code
    good: bytes
    bad: bytes
    bend: Callable[[bytes], bytes] | None = None  # Code.BLOB: what becomes of any good one on its way

    @property
    def signed(self) -> Rendition:
        """What the signed asset says of the blob that arrives as `bad`."""
        content = self.good if self.refusal is Code.BLOB else self.bad
        return picture("ad.png", content).renditions[0]


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#0B6B57").save(out, "PNG")
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int, height: int) -> bytes:
    """A few kilobytes that decode to width × height: one bit a pixel, all the same."""
    rows = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    packed = b"".join([*(rows.compress(row) for _ in range(height)), rows.flush()])
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


_GOOD: Final = png(64, 64)


def _bent(name: str, bend: Callable[[bytes], bytes]) -> BlobAttack:
    return BlobAttack(name, Code.BLOB, _GOOD, bend(_GOOD), bend)


BLOBS: Final = (
    _bent("blob of wrong hash", lambda good: good[:-1] + bytes([good[-1] ^ 1])),
    _bent("blob too short", lambda good: good[:-1]),
    _bent("blob too long", lambda good: good + b"\0"),
    _bent("blob is empty", lambda _: b""),
    BlobAttack("oversized picture", Code.PICTURE, _GOOD, png(9000, 100)),
    BlobAttack("decompression bomb", Code.PICTURE, _GOOD, png_bomb(13_000, 13_000)),
    BlobAttack("not a picture", Code.PICTURE, _GOOD, b"#!/bin/sh\nexit 0\n"),
    BlobAttack("a fourth format", Code.PICTURE, _GOOD, b"GIF89a" + bytes(64)),
    BlobAttack("hostile container: a playlist", Code.PICTURE, _GOOD, b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
    BlobAttack("hostile container: half a film", Code.PICTURE, _GOOD, b"\0\0\0\x18ftypmp42" + b"\xff" * 200),
)
