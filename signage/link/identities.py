"""Identities of events: a UUID of version 7, which begins with its time.

Where head office keeps the identities of all events there ever were, those that come in together then stand together: a new
one costs the same among a thousand as among a hundred million. One out of nothing but dice would touch a page of its own.
"""

from typing import Final
from uuid import UUID, uuid4

from signage.core.instants import Instant

_RANDOM: Final = 76  # bits below the version
_TIME: Final = 80  # bits below the time


def event_id(at: Instant) -> str:
    """One that nobody has used, for an event that happened at that time."""
    dice = uuid4().int & ((1 << _RANDOM) - 1)  # the variant's two bits are those of every version
    return str(UUID(int=at.ms << _TIME | 7 << _RANDOM | dice))
