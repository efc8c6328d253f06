"""A frame without identity that is sent until it is answered, as the older pads do: three times, then given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from firmware_bridge.simulator.device import Notable

AGAIN_MS: Final = 400  # three times 400 ms stay below the 1.5 s after which a host takes it for another press
TIMES: Final = 3


@dataclass
class _Frame:
    data: bytes
    answer: bytes
    facts: Mapping[str, int | str]
    sent: int
    next_at: int


class Waiting:
    """At most one frame for each `place`; it lives in RAM, so a power cut loses it."""

    def __init__(self) -> None:
        self._frames: dict[int, _Frame] = {}

    def __len__(self) -> int:
        return len(self._frames)

    def begin(self, place: int, data: bytes, answer: bytes, facts: Mapping[str, int | str], now: int) -> bool:
        """False: the one before it still waits."""
        if place in self._frames:
            return False
        self._frames[place] = _Frame(data, answer, facts, 0, now)
        return True

    def answered(self, place: int, answer: bytes) -> Notable | None:
        frame = self._frames.get(place)
        if frame is None or frame.answer != answer:
            return None
        del self._frames[place]
        return Notable("acked", frame.facts)

    def due(self, now: int) -> tuple[bytes, list[Notable]]:
        """What to send now, and what is given up."""
        out, given_up = b"", []
        for place, frame in tuple(self._frames.items()):
            if now < frame.next_at:
                continue
            if frame.sent == TIMES:
                del self._frames[place]
                given_up.append(Notable("given-up", frame.facts))
                continue
            out += frame.data
            frame.sent += 1
            frame.next_at = now + AGAIN_MS
        return out, given_up

    def deadline(self) -> int | None:
        return min((frame.next_at for frame in self._frames.values()), default=None)
