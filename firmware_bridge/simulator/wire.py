"""padlink from the pad's side, written apart from the host's so that each checks the other (contract: padlink, Frame)."""

from typing import Final, NamedTuple

LIMIT_BYTES: Final = 128


class Received(NamedTuple):
    kind: int
    payload: bytes


def checksum(data: bytes) -> int:
    """CRC-16/IBM-3740, bit by bit as a small processor does it."""
    register = 0xFFFF
    for byte in data:
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1) ^ 0x1021 if register & 0x8000 else register << 1
            register &= 0xFFFF
    return register


def stuff(data: bytes) -> bytes:
    """COBS: each zero is replaced by the distance to the next."""
    out = bytearray()
    run = bytearray()
    for byte in data:
        if byte:
            run.append(byte)
        if not byte or len(run) == 254:
            out.append(len(run) + 1)
            out += run
            run.clear()
    out.append(len(run) + 1)
    return bytes(out + run)


def unstuff(encoded: bytes) -> bytes | None:
    """The reverse; None where a distance points past the end."""
    out = bytearray()
    at = 0
    while at < len(encoded):
        distance = encoded[at]
        run = encoded[at + 1 : at + distance]
        if len(run) != distance - 1 or 0 in run:
            return None
        out += run
        at += distance
        if at < len(encoded) and distance != 255:
            out.append(0)
    return bytes(out)


def frame(kind: int, seq: int, payload: bytes) -> bytes:
    """A whole frame, closing 00 included."""
    body = bytes((kind, seq & 0xFF)) + payload
    return stuff(body + checksum(body).to_bytes(2, "little")) + b"\0"


class Ears:
    """Collects bytes up to each 00 and hands out the frames that are whole."""

    def __init__(self) -> None:
        self._run = bytearray()
        self.dropped = 0

    def feed(self, data: bytes) -> list[Received]:
        heard = []
        for byte in data:
            if byte:
                if len(self._run) <= LIMIT_BYTES:
                    self._run.append(byte)
                continue
            if self._run:
                one = self._whole(bytes(self._run))
                if one is None:
                    self.dropped += 1
                else:
                    heard.append(one)
            self._run.clear()
        return heard

    def _whole(self, encoded: bytes) -> Received | None:
        plain = unstuff(encoded) if len(encoded) <= LIMIT_BYTES else None
        if plain is None or len(plain) < 4:
            return None
        body, given = plain[:-2], int.from_bytes(plain[-2:], "little")
        return Received(body[0], body[2:]) if checksum(body) == given else None
