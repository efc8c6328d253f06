"""Bytes of any kind, put into frames with a good checksum: random ones would never come past it."""

import binascii
from typing import Final

from cobs import cobs

SERIAL: Final = bytes.fromhex("a1b2c3d4e5f60718")


def _pieces(data: bytes) -> list[bytes]:
    """Each body as long as the byte before it says, up to 63."""
    bodies, at = [], 0
    while at < len(data):
        size = data[at] % 64
        bodies.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    return bodies


def padlink_frame(body: bytes) -> bytes:
    return bytes(cobs.encode(body + binascii.crc_hqx(body, 0xFFFF).to_bytes(2, "little"))) + b"\0"


def padlink_bytes(data: bytes) -> bytes:
    """A first byte below 80: the rest in good frames; else as it is."""
    return b"".join(map(padlink_frame, _pieces(data[1:]))) if data[:1] < b"\x80" else data[1:]


def ff68_bytes(data: bytes) -> bytes:
    if data[:1] >= b"\x80":
        return data[1:]
    framed = b""
    for body in _pieces(data[1:]):
        framed += b"\xff\x68" + bytes((len(body), len(body))) + b"\x68" + body + bytes((sum(body) & 0xFF, 0x16))
    return framed
