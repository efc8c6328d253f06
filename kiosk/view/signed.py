"""What of head office's content reaches the pages of a touch screen, and what counts as played on each kind of screen."""

from dataclasses import replace
from typing import Final

from kiosk.view.alarm import alarm
from kiosk.view.attract import AttractView, signed_in
from kiosk.view.cases_list import CaseView
from kiosk.view.check_view import CheckView
from kiosk.view.forms import FormView, KeypadView
from kiosk.view.home import HomeView
from kiosk.view.panel import PanelView
from kiosk.view.plays import Playing
from kiosk.view.touch import AlarmView, TouchView
from kiosk.view.voice import Voice
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import MediaItem, NoticeItem, WordsItem
from signage.core.model import ScreenKind
from signage.core.programme import Rendition
from signage.core.scene import Scene

_STAFF_VIEWS: Final = (KeypadView, PanelView, FormView, CheckView, CaseView)


def with_alarm(view: TouchView, scene: Scene, now: Instant, voice: Voice, at: Hanging | None = None) -> TouchView:
    """An emergency stands alone, whatever page a visitor is at; only staff at work go on, as they may have to end it."""
    loud = None if isinstance(view.page, _STAFF_VIEWS) else alarm(scene, now, voice, at)
    return view if loud is None else replace(view, page=AlarmView(loud), still=None)


def with_beside(view: TouchView, scene: Scene, voice: Voice) -> TouchView:
    """A notice of head office's, beside what the first page says, where the branch's own leave it room."""
    if not isinstance(view.page, HomeView):
        return view
    said = (voice.render(zone.item.words).first for zone in scene.zones if isinstance(zone.item, NoticeItem))
    new = tuple(words for words in said if words and words not in view.page.notices)
    return replace(view, page=replace(view.page, notices=view.page.notices + new)) if new else view


def main_item(scene: Scene) -> MediaItem | WordsItem | None:
    """What head office has in the main zone."""
    for zone in scene.zones:
        if zone.name == "main" and isinstance(zone.item, MediaItem | WordsItem):
            return zone.item
    return None


def playing(kind: ScreenKind, scene: Scene, touch: TouchView | None) -> Playing | None:
    """What of head office's stands on the glass when this is drawn."""
    if kind == "touch":
        page = touch.page if touch is not None else None
        item = signed_in(scene) if isinstance(page, AttractView) else None
        if isinstance(page, AlarmView):
            item = main_item(scene)
    else:
        item = main_item(scene)
    if item is None:
        return None
    return Playing(item.asset.ref, _name(item.asset.renditions), (item.id, item.since))


def _name(renditions: tuple[Rendition, ...]) -> str | None:
    """An asset goes by its master's hash, whatever size was drawn."""
    return renditions[0].sha256 if renditions else None
