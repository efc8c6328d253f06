"""How fast a port may be read, so that one that never stops cannot starve the others. Pure.

What is not read stays with the system, which holds a few KiB and then stops the sender or drops what it sends.
"""

from typing import Final

BYTES_PER_S: Final = 96 * 1024  # a little more than the fastest line of the contract brings (921600 baud)
BURST_S: Final = 0.5  # that much may come at once: a USB pad's queue after a stall


class Pace:
    """Times are monotonic seconds."""

    def __init__(self, now: float) -> None:
        self._paid = now - BURST_S

    def wait(self, count: int, now: float) -> float:
        """`count` bytes were read; how long to read no more."""
        self._paid = max(self._paid, now - BURST_S) + count / BYTES_PER_S
        return max(0.0, self._paid - now)
