"""Two controllers that both say they are this branch: one goes on, the other ends. Pure."""

from enum import Enum

from signage.core.instants import Instant
from signage.wire.messages import Alive, Status


class Twin(Enum):
    NONE = "left behind by an earlier life, or this very one"
    LATER = "it began after us: it will end"
    EARLIER = "it began before us: we end"


def meet(sign: Status | Alive, session: str | None, started_at: Instant) -> Twin:
    """What another's status on our topic, or another's Alive on our broker, means to who began at `started_at`."""
    if sign.session == session or sign.at <= started_at or sign.started_at is None:
        return Twin.NONE
    if (sign.started_at, sign.session) < (started_at, session or ""):
        return Twin.EARLIER
    return Twin.LATER
