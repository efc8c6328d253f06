"""What may be believed: a bundle's bytes and an instant in, content or a refusal out. No file, no clock, no network.

The rules are The Update Framework's, applied by python-tuf's trusted set, which takes bytes (docs/adr/0009), and ours on
top (`policy`). Whoever calls keeps `Held` durably and whole, in one transaction, before it acts on the content.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from signage.content.refusal import Code, Refused, RefusedError
from signage.core.instants import Instant
from signage.core.programme import SignedContent

if TYPE_CHECKING:
    from signage.content.walk import Walk

BUILT_AT: Final = Instant.parse("2026-11-25T00:00:00Z")  # moved at each release: no clock may stand before it
_NOTHING: Final = Instant.from_ms(0)
_EMPTY: Final[Mapping[str, bytes]] = MappingProxyType({})
_NO_FLOORS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True)
class Held:
    """All that one node keeps. `files`: the trusted metadata by file name, every root since the pinned one included.

    `floors`: the highest version ever trusted of each role, by keys that mean nothing to others; never lowered, never
    dropped. `time_floor`: the latest time that a verified timestamp told.
    """

    files: Mapping[str, bytes] = field(default_factory=lambda: _EMPTY)
    floors: Mapping[str, int] = field(default_factory=lambda: _NO_FLOORS)
    time_floor: Instant = _NOTHING


@dataclass(frozen=True)
class Verified:
    """`held` is to be kept before `content` is used."""

    held: Held
    content: SignedContent


def verify(pinned_root: bytes, held: Held, files: Mapping[str, bytes], now: Instant) -> Verified | Refused:
    """Read an arrived bundle's `files` (see `bundle.unpack`) on top of what is held. Refused: nothing changes."""
    from signage.content.walk import Walk  # noqa: PLC0415  # loads python-tuf: only whoever verifies needs it

    return _walked(Walk(pinned_root, held.files, files, held.floors, effective_time(held, now)), held)


def recall(pinned_root: bytes, held: Held, now: Instant) -> Verified | Refused:
    """What was kept, verified again after a restart. Expired content comes back too: `expires` says what it may still do.

    `now` is not believed here. Refused (`torn` among others): keep the floors and the time, ask for everything.
    """
    from signage.content.walk import Walk  # noqa: PLC0415  # as above

    del now
    walked = _walked(Walk(pinned_root, held.files, {}, held.floors, None), held)
    if isinstance(walked, Refused):
        return Refused(Code.TORN, f"what was kept cannot be verified any more: {walked.text}")
    return walked


def effective_time(held: Held, now: Instant) -> Instant:
    """No clock may stand before the program was built, nor before what head office already signed."""
    return max(now, BUILT_AT, held.time_floor)


def _walked(walk: "Walk", held: Held) -> Verified | Refused:
    try:
        found = walk.run()
    except RefusedError as refusal:
        return refusal.refused
    floors = {**held.floors, **found.floors}
    return Verified(Held(found.files, floors, max(held.time_floor, found.signed_at)), found.content)
