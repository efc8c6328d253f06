"""What each counter was at the moment of a press: the press may be told long after it was made. Pure."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from firmware_bridge.sessions import Look
from signage.core.counters import CounterView, counter_views
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState, CounterCondition, Reason

REMEMBERED: Final = 500  # changes of one counter: some days of suspensions, tellers and hours

_LOOKS: Final[Mapping[CounterCondition, Look]] = {
    "open": Look.OPEN,
    "closed": Look.CLOSED,
    "suspended": Look.SUSPENDED,
}


@dataclass(frozen=True)
class Standing:
    """One counter at one time. `until`: when the clock alone changes it; None if nothing is known of.

    `since`: when it began, where it is asked for by time.
    """

    look: Look
    teller: str | None = None
    level: int = 0
    until: Instant | None = None
    since: Instant | None = field(default=None, compare=False)


class Standings:
    """The present and the recent past of the counters, from each BranchState and the clock."""

    def __init__(self) -> None:
        self._past: dict[str, deque[tuple[Instant, Standing]]] = {}

    def take(self, state: BranchState, hours: Hours, now: Instant) -> None:
        """Note what every counter is at `now`."""
        for view in counter_views(state, hours, now):
            past = self._past.setdefault(view.number, deque(maxlen=REMEMBERED))
            standing = _standing(view)
            if not past or past[-1][1] != standing:
                past.append((_since(view, now) if not past else now, standing))

    def present(self, counter: str) -> Standing:
        past = self._past.get(counter)
        return past[-1][1] if past else Standing(Look.CLOSED)

    def at(self, counter: str, moment: Instant) -> Standing | None:
        """What it was then; None if that is before all that is known."""
        for since, standing in reversed(self._past.get(counter, ())):
            if since <= moment:
                return replace(standing, since=since)
        return None

    def deadline(self) -> Instant | None:
        """When the clock changes one of them."""
        ends = [past[-1][1].until for past in self._past.values()]
        return min((end for end in ends if end is not None), default=None)


def _since(view: CounterView, now: Instant) -> Instant:
    """A suspension is told with its beginning, which may be before this program's."""
    return min(view.since, now) if view.since is not None else now


def _standing(view: CounterView) -> Standing:
    look = _LOOKS[view.condition]
    if look is Look.SUSPENDED and view.reason == Reason.BREAK:
        look = Look.PAUSED
    return Standing(look, view.teller, view.level or 0, view.until)
