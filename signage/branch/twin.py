"""Two controllers that both say they are this branch: one goes on, the other ends. Pure."""

from enum import Enum

from signage.core.instants import Instant
from signage.wire.messages import Status


class Twin(Enum):
    NONE = "an old status, left behind by an earlier life"
    LATER = "it began after us: it will end"
    EARLIER = "it began before us: we end"


def meet(status: Status, session: str | None, started_at: Instant) -> Twin:
    """What a foreign status on our own topic means to a controller of this session that began at `started_at`."""
    if status.at <= started_at:
        return Twin.NONE
    if (status.started_at, status.session) < (started_at, session or ""):
        return Twin.EARLIER
    return Twin.LATER
