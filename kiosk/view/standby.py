"""What a guard shows in a screen's place while that cannot draw: words that stay true however long it takes. Pure.

So no hours, no reason, no time at which service is back: by then they may be otherwise.
"""

from dataclasses import dataclass

from kiosk.design.icon_shapes import Icon
from kiosk.guard.page import Shown
from kiosk.view.alarm import alarm
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import Fact
from signage.core.instants import Instant
from signage.core.items import NoticeItem
from signage.core.model import BranchState, Text
from signage.core.scene import Scene


@dataclass(frozen=True)
class StandbyView:
    """`facts`: only of a suspension; `line`: only of the house's picture."""

    suspended: bool
    title: Pair
    line: Pair
    facts: tuple[Fact, ...] = ()


def standby_views(name: Text | None, hotline: str, voice: Voice) -> dict[Shown, StandbyView]:
    """Both pictures. `name`: the branch's, None while it is not known."""
    house = voice.pick(name) if name is not None else voice.both("safe.title")
    facts = [Fact(Icon.PERSON, voice.both("safe.ask"))]
    if hotline:
        facts.append(Fact(Icon.PHONE, voice.both("ticker.hotline", hotline=hotline)))
    return {
        Shown.HOUSE: StandbyView(False, house, voice.both("standby.back")),
        Shown.SUSPENDED: StandbyView(True, voice.both("suspended.title_branch"), Pair(""), tuple(facts)),
    }


def alarm_until(scene: Scene) -> Instant | None:
    """Until when an emergency's picture is true; None: nobody has said."""
    item = next((zone.item for zone in scene.zones if zone.name == "main"), None)
    return item.until if isinstance(item, NoticeItem) else scene.until


def stands_for(state: BranchState | None, scene: Scene, now: Instant, voice: Voice, *, lit: bool = True) -> Shown:
    """Which picture is true of what this screen shows now. `lit`: whether it is to be seen at all."""
    if not lit:
        return Shown.DARK
    if state is None:
        return Shown.UNKNOWN
    if alarm(scene, now, voice) is not None:
        return Shown.ALARM
    return Shown.SUSPENDED if scene.name == "suspended" else Shown.HOUSE
