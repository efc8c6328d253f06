"""padlink's framing: COBS, a checksum, a zero byte (contract: padlink, Frame). Total: no input raises, blocks or grows."""

import binascii
from collections import Counter
from typing import Final

from cobs import cobs

from firmware_bridge.padlink.body import Discard, read_body, write_body
from firmware_bridge.padlink.frames import Frame, Numbered, Sender

ENCODED_LIMIT_BYTES: Final = 128  # contract: before the closing 00


def crc16(body: bytes) -> int:
    """CRC-16/IBM-3740: what the standard library's CRC-CCITT computes when it starts from FFFF."""
    return binascii.crc_hqx(body, 0xFFFF)


def encode(frame: Frame, seq: int) -> bytes:
    """One frame as it goes over the wire, closing 00 included."""
    body = write_body(frame, seq)
    return bytes(cobs.encode(body + crc16(body).to_bytes(2, "little"))) + b"\0"


def decode(encoded: bytes, sender: Sender) -> Numbered | Discard:
    """What stood between two 00: a frame, or why it is none."""
    if len(encoded) > ENCODED_LIMIT_BYTES:
        return Discard.OVERRUN
    try:
        whole = bytes(cobs.decode(encoded))
    except cobs.DecodeError:
        return Discard.COBS
    if len(whole) < 2:
        return Discard.SHORT
    body, crc = whole[:-2], int.from_bytes(whole[-2:], "little")
    if crc16(body) != crc:
        return Discard.CRC
    return read_body(body, sender)


class Reader:
    """Bytes in, frames out, for one line in one direction. `discarded` counts runs thrown away, by reason."""

    def __init__(self, sender: Sender) -> None:
        self.discarded: Counter[Discard] = Counter()
        self._sender = sender
        self._held = bytearray()  # never longer than one byte past the limit

    def feed(self, received: bytes) -> list[Numbered]:
        """Take whatever arrived, in pieces of any size; return the frames that are now complete, in order."""
        *closed, rest = received.split(b"\0")
        found = []
        for piece in closed:
            self._hold(piece)
            frame = self._close()
            if frame is not None:
                found.append(frame)
        self._hold(rest)
        return found

    def restart(self) -> None:
        """Forget a half-read frame: the line was opened anew."""
        self._held.clear()

    def _hold(self, piece: bytes) -> None:
        self._held += piece[: ENCODED_LIMIT_BYTES + 1 - len(self._held)]

    def _close(self) -> Numbered | None:
        encoded = bytes(self._held)
        self._held.clear()
        if not encoded:  # idle fill
            return None
        result = decode(encoded, self._sender)
        if isinstance(result, Discard):
            self.discarded[result] += 1
            return None
        return result
