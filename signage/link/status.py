"""When a Status is published (contract: Status). Pure: decided from the document and monotonic seconds.

At every connect, on every change of what matters (at most 5 a second), and every 30 s.
"""

from typing import Final

from msgspec.structs import replace

from signage.core.instants import Instant
from signage.wire.codec import encode
from signage.wire.messages import DeliveryStatus, Health, Status

EVERY_S: Final = 30.0
APART_S: Final = 0.2
SILENT_AFTER_S: Final = 90.0
_NEVER: Final = Instant.from_ms(0)
_NO_HEALTH: Final = Health(cpu=0, memory_mb=0, disk_free_mb=0)


def gist(status: Status) -> bytes:
    """What of a status counts as a change: all but health, frame_age_ms, fps, stall_ms, touched_at, last_seen, discarded and backlog; of bytes_here the tenths."""
    return encode(
        replace(
            status,
            at=_NEVER,
            health=_NO_HEALTH,
            screen=status.screen and replace(status.screen, frame_age_ms=0, fps=0.0, stall_ms=0, touched_at=None),
            pads=status.pads and tuple(replace(pad, last_seen=None, discarded={}) for pad in status.pads),
            branch=status.branch and replace(status.branch, backlog=0),
            delivery=status.delivery and in_tenths(status.delivery),
        )
    )


def in_tenths(delivery: DeliveryStatus) -> DeliveryStatus:
    """So that somebody who watches sees it move, and nobody is told of every byte."""
    return replace(delivery, bytes_here=delivery.bytes_here * 10 // max(delivery.bytes_all, 1))


class StatusPacer:
    """Tells when the next status is due."""

    def __init__(self) -> None:
        self._said: bytes | None = None
        self._said_at = 0.0

    def renew(self) -> None:
        """Say it at once, changed or not: a new connection, or somebody else has written over it."""
        self._said = None

    def due(self, status: bytes, mono: float) -> float:
        """When to publish the status of this gist; now if not above `mono`."""
        if self._said is None:
            return mono
        return self._said_at + (EVERY_S if status == self._said else APART_S)

    def said(self, status: bytes, mono: float) -> None:
        self._said, self._said_at = status, mono
