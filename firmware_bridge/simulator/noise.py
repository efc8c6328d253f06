"""A bad line: bytes lost, changed or added, the same ones for the same seed."""

from random import Random


class Noise:
    """`rate`: the share of bytes that something happens to, 0 to 1."""

    def __init__(self, seed: int, rate: float = 0.0) -> None:
        self.rate = rate
        self._random = Random(seed)

    def over(self, data: bytes) -> bytes:
        """What arrives at the other end."""
        if not self.rate:
            return data
        out = bytearray()
        for byte in data:
            if self._random.random() >= self.rate:
                out.append(byte)
                continue
            match self._random.randrange(3):
                case 0:
                    pass
                case 1:
                    out.append(byte ^ 1 << self._random.randrange(8))
                case _:
                    out += bytes((byte, self._random.randrange(256)))
        return bytes(out)
