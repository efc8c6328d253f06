"""What a screen's picture tells of that its arrival must be reported: suspensions and notices."""

from dataclasses import dataclass
from typing import Literal

from kiosk.view.home import HomeView
from kiosk.view.panel import BoardView, PanelView
from kiosk.view.touch import CountersView, HaltedView, TouchView
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, ScreenEntry
from signage.core.notices import notices_on
from signage.core.suspension import counter_scope, device_scope, holds, known_suspensions


@dataclass(frozen=True)
class Told:
    """One suspension, notice or publication on the glass; `since` is when it began to be true."""

    what: Literal["suspension", "notice", "content"]
    ref: str
    since: Instant


def told(state: BranchState, screen: ScreenEntry, now: Instant, touch: TouchView | None = None) -> frozenset[Told]:
    """Everything of that sort which this screen shows at `now`. Screens of the hall show every counter's state.

    `touch`: what stands on a touch screen, of whose pages not each tells of every suspension.
    """
    own = {BRANCH_SCOPE, device_scope(screen.name)}
    if screen.counter is not None:
        own.add(counter_scope(screen.counter))
    if screen.kind in {"touch", "wall"}:
        own |= {counter_scope(counter.number) for counter in state.counters}
    if touch is not None:
        own = _read_from(touch, own, device_scope(screen.name))
    suspensions = {
        Told("suspension", one.id, one.since)
        for one in known_suspensions(state)
        if one.scope in own and holds(one, now)
    }
    return frozenset(
        suspensions | {Told("notice", one.id, one.start) for one in notices_on(state.notices, screen, now)}
    )


def _read_from(touch: TouchView, scopes: set[str], device: str) -> set[str]:
    """Those of the scopes whose suspension can be read from what stands on a touch screen."""
    if touch.still is not None:
        return set()
    match touch.page:
        case HaltedView():
            return {device}
        case HomeView() | CountersView() | PanelView(body=BoardView()):
            return scopes - {device}
        case _:
            return {BRANCH_SCOPE} if touch.strip else set()


def after_ms(one: Told, present_since: Instant, drawn: Instant) -> int:
    """From when it was true, or from when this screen could know, to the frame that tells it."""
    return max(0, drawn.ms - max(one.since, present_since).ms)
