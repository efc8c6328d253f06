"""Which notices show where and when. A notice holds from its `start` up to, and not including, its `until`."""

from collections.abc import Iterable
from typing import Final

from signage.core.instants import Instant
from signage.core.model import Notice, ScreenEntry, Source

EMERGENCY_PRIORITY: Final = 100  # from here up a notice takes the whole screen, whatever else there is to say
_BY_NAME_OR_KIND: Final = frozenset({"counter", "strip"})  # a notice must be placed there to take the main zone

# The one authority table: a source → whose notices it may withdraw, or put another one in the place of. What is said on
# the floor is the floor's, what head office has signed is head office's: neither silences the other.
WITHDRAWS: Final[dict[Source, frozenset[Source]]] = {
    "head-office": frozenset({"head-office"}),
    "manager": frozenset({"manager", "rule", "teller"}),
    "rule": frozenset({"rule"}),
    "teller": frozenset({"teller"}),
}


def may_withdraw(notice: Notice, source: Source) -> bool:
    return notice.source in WITHDRAWS[source]


def shown_at(notice: Notice, now: Instant) -> bool:
    return notice.start <= now < notice.until


def placed_on(notice: Notice, screen: ScreenEntry) -> bool:
    return not notice.places or screen.name in notice.places or screen.kind in notice.places


def emergency(notice: Notice) -> bool:
    return notice.priority >= EMERGENCY_PRIORITY


def takes_main(notice: Notice, screen: ScreenEntry) -> bool:
    """Whether it may take a screen's main zone; else it stands beside what the screen is there for."""
    if emergency(notice) or screen.kind == "wall":
        return True
    return screen.kind in _BY_NAME_OR_KIND and bool(notice.places)


def notices_on(notices: Iterable[Notice], screen: ScreenEntry, now: Instant) -> tuple[Notice, ...]:
    """Those that show on this screen at `now`: the highest priority first, then the newest."""
    shown = [one for one in notices if shown_at(one, now) and placed_on(one, screen)]
    return tuple(sorted(shown, key=lambda one: (-one.priority, -one.start.ms, one.id)))


def next_change(notices: Iterable[Notice], now: Instant) -> Instant | None:
    """The first instant after `now` at which one of them begins or ends."""
    edges = (edge for one in notices for edge in (one.start, one.until))
    return min((edge for edge in edges if edge > now), default=None)
