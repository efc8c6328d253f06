"""Our own frames read back, as a half-duplex adapter does (contract: ff68). Pure."""

from collections import deque
from datetime import timedelta
from typing import Final

from firmware_bridge.ff68.codec import Frame, encode
from signage.core.instants import Instant

READ_BACK_WITHIN: Final = timedelta(milliseconds=100)  # contract: of when they were on the line
_BITS_A_BYTE: Final = 10  # a start and a stop bit around eight
_KEPT: Final = 64


class Echoes:
    """What was sent lately. Each frame is heard back once at most."""

    def __init__(self, baud: int) -> None:
        self._baud = baud
        self._sent: deque[tuple[Frame, Instant]] = deque(maxlen=_KEPT)  # and when its echo is over
        self._free_at: Instant | None = None  # the line has carried what was sent

    def sent(self, frame: Frame, now: Instant) -> None:
        """It goes onto the line behind what is still waiting there."""
        begin = now if self._free_at is None else max(now, self._free_at)
        took = timedelta(seconds=len(encode(frame)) * _BITS_A_BYTE / self._baud)
        self._free_at = Instant.of(begin + took)
        self._sent.append((frame, Instant.of(self._free_at + READ_BACK_WITHIN)))

    def is_echo(self, frame: Frame, now: Instant) -> bool:
        """Whether this is one of ours come back; then it is not waited for any more."""
        while self._sent and self._sent[0][1] < now:
            self._sent.popleft()
        for index, (sent, _) in enumerate(self._sent):
            if sent == frame:
                del self._sent[index]
                return True
        return False

    def clear(self) -> None:
        self._sent.clear()
        self._free_at = None
