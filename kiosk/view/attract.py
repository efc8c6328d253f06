"""What stands on a touch screen that nobody touches: head office's slide under the branch's state, and an invitation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kiosk.view.pages import Home, Touch
from kiosk.view.slides import counter_cards, slide_main
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall import header, zone_item
from kiosk.view.wall_parts import Header, Main
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import Header as HeaderItem
from signage.core.items import MediaItem, WordsItem
from signage.core.scene import Scene

REST: Final = timedelta(seconds=30)  # untouched for so long, a screen may attract


@dataclass(frozen=True)
class AttractView:
    header: Header
    slide: Main
    invitation: Pair
    hotline: str


def signed_in(scene: Scene) -> MediaItem | WordsItem | None:
    """The slide that may attract, if there is one."""
    for zone in scene.zones:
        if zone.name == "attract" and isinstance(zone.item, MediaItem | WordsItem):
            return zone.item
    return None


def idle(touch: Touch) -> bool:
    """Nobody is at the screen, and nobody has asked for large letters: those see no advertisements."""
    resting = isinstance(touch.page, Home) and touch.home_at is None and touch.pending is None
    return resting and not touch.elder and touch.kept is None


def attract_view(scene: Scene, now: Instant, voice: Voice, heard_at: Instant | None, at: Hanging) -> AttractView | None:
    """None: there is nothing to attract with, or the branch has something more important to say."""
    item, top = signed_in(scene), zone_item(scene, "header", HeaderItem)
    if item is None or top is None or scene.name != "home":
        return None
    slide = slide_main(item, top, voice, at, counter_cards(scene))
    return AttractView(header(top, now, voice, heard_at), slide, voice.both("attract.touch"), top.hotline)
