"""A publication as it travels: `{"v":1,"files":{name: base64}}`, deflated (contract: Content).

Everything is bounded before it is allocated: a few bytes may claim to be gigabytes.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Final

import msgspec

from signage.content.limits import BUNDLE_BYTES, BUNDLE_FILES, PACKED_BYTES, ROLE_BYTES
from signage.content.names import is_file_name
from signage.content.refusal import Code, Refused

_LEVEL: Final = 9  # made once, carried to every branch
_BASE64_ROLE: Final = (ROLE_BYTES + 2) // 3 * 4


class _Bundle(msgspec.Struct, frozen=True):
    v: int
    files: dict[str, str]


_DECODER: Final = msgspec.json.Decoder(_Bundle)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Signed files by name as one bundle; the same files always make the same bytes."""
    texts = {name: base64.b64encode(files[name]).decode() for name in sorted(files)}
    return zlib.compress(msgspec.json.encode(_Bundle(v=1, files=texts)), _LEVEL)


def unpack(packed: bytes) -> dict[str, bytes] | Refused:
    """The files of a bundle, with names that are safe and sizes within bounds. Nothing in them is trusted yet."""
    plain = _inflated(packed)
    if isinstance(plain, Refused):
        return plain
    try:
        bundle = _DECODER.decode(plain)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        return Refused(Code.MALFORMED, f"the bundle is no document: {error}")
    if bundle.v != 1:
        return Refused(Code.MALFORMED, f"the bundle has version {bundle.v}, only 1 is known")
    if len(bundle.files) > BUNDLE_FILES:
        return Refused(Code.TOO_LARGE, f"the bundle has {len(bundle.files)} files, at most {BUNDLE_FILES} are read")
    files: dict[str, bytes] = {}
    for name, text in bundle.files.items():
        content = _content(name, text)
        if isinstance(content, Refused):
            return content
        files[name] = content
    return files


def _inflated(packed: bytes) -> bytes | Refused:
    if len(packed) > PACKED_BYTES:
        return Refused(Code.TOO_LARGE, f"the bundle has {len(packed)} bytes, at most {PACKED_BYTES} are read")
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(packed, BUNDLE_BYTES + 1)
    except zlib.error as error:
        return Refused(Code.MALFORMED, f"the bundle cannot be inflated: {error}")
    if len(plain) > BUNDLE_BYTES:
        return Refused(Code.TOO_LARGE, f"the bundle inflates to more than {BUNDLE_BYTES} bytes")
    if not stream.eof:
        return Refused(Code.TRUNCATED, "the bundle ends too early")
    if stream.unused_data:
        return Refused(Code.MALFORMED, f"{len(stream.unused_data)} bytes follow the bundle's end")
    return plain


def _content(name: str, text: str) -> bytes | Refused:
    if not is_file_name(name):
        return Refused(Code.NAME, f"the bundle holds a file {name[:60]!r}, which no publication has")
    if len(text) > _BASE64_ROLE:
        return Refused(Code.TOO_LARGE, f"{name}: more than {ROLE_BYTES} bytes")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return Refused(Code.MALFORMED, f"{name}: not base64")
