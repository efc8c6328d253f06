"""What a screen's picture tells of that its arrival must be reported: suspensions and notices."""

from dataclasses import dataclass
from typing import Literal

from kiosk.view.home import HomeView
from kiosk.view.panel import BoardView, PanelView
from kiosk.view.touch import AlarmView, CountersView, HaltedView, TouchView
from signage.core.instants import Instant
from signage.core.items import Item, Line, NoticeItem, TickerItem
from signage.core.model import BRANCH_SCOPE, BranchState, ScreenEntry
from signage.core.notices import notices_on
from signage.core.scene import Scene
from signage.core.suspension import counter_scope, device_scope, holds, known_suspensions


@dataclass(frozen=True)
class Told:
    """One suspension, notice or publication on the glass; `since` is when it began to be true."""

    what: Literal["suspension", "notice", "content"]
    ref: str
    since: Instant


def told(
    scene: Scene, state: BranchState, screen: ScreenEntry, now: Instant, touch: TouchView | None = None
) -> frozenset[Told]:
    """Everything of that sort which this screen shows at `now`. Screens of the hall show every counter's state.

    Of the notices only those whose words stand in the scene. `touch`: what stands on a touch screen, of whose pages not each
    tells of everything.
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
    shown = _shown(scene, touch)
    notices = (one for one in notices_on(state.notices, screen, now) if one.id in shown)
    return frozenset(suspensions | {Told("notice", one.id, one.start) for one in notices})


def _shown(scene: Scene, touch: TouchView | None) -> frozenset[str]:
    """The ids of the notices that stand there."""
    if touch is None:
        return frozenset(one for zone in scene.zones for one in _of(zone.item))
    if touch.still is not None:
        return frozenset()
    match touch.page:
        case HomeView(noticed=noticed):
            return frozenset(noticed)
        case AlarmView():
            return frozenset(one for zone in scene.zones if zone.name == "main" for one in _of(zone.item))
        case _:
            return frozenset()


def _of(item: Item) -> tuple[str, ...]:
    match item:
        case NoticeItem(id=one):
            return (one,)
        case Line(notice=one) if one:
            return (one,)
        case TickerItem(notices=some):
            return some
        case _:
            return ()


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
