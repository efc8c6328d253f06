"""What of head office's content reaches the pages of a touch screen, and what counts as played on each kind of screen."""

from dataclasses import replace

from kiosk.view.attract import AttractView, signed_in
from kiosk.view.home import HomeView
from kiosk.view.plays import Playing
from kiosk.view.touch import TouchView
from kiosk.view.voice import Voice
from signage.core.items import MediaItem, WordsItem
from signage.core.model import ScreenKind
from signage.core.programme import Rendition
from signage.core.scene import Scene


def with_alarm(view: TouchView, scene: Scene, voice: Voice) -> TouchView:
    """An emergency of head office's stands over everything else that the first page says."""
    item = main_item(scene)
    if item is None or not isinstance(view.page, HomeView) or view.page.alarm is not None:
        return view
    words = voice.pick(item.asset.text or item.asset.title or item.asset.alt)
    return replace(view, page=replace(view.page, alarm=words)) if words.first else view


def main_item(scene: Scene) -> MediaItem | WordsItem | None:
    """What head office has in the main zone."""
    for zone in scene.zones:
        if zone.name == "main" and isinstance(zone.item, MediaItem | WordsItem):
            return zone.item
    return None


def playing(kind: ScreenKind, scene: Scene, touch: TouchView | None) -> Playing | None:
    """What of head office's stands on the glass when this is drawn."""
    if kind == "touch":
        item = signed_in(scene) if touch is not None and isinstance(touch.page, AttractView) else None
    else:
        item = main_item(scene)
    if item is None:
        return None
    return Playing(item.asset.ref, _name(item.asset.renditions), (item.id, item.since))


def _name(renditions: tuple[Rendition, ...]) -> str | None:
    """An asset goes by its master's hash, whatever size was drawn."""
    return renditions[0].sha256 if renditions else None
