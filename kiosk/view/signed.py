"""What of head office's content reaches the pages of a touch screen, and what counts as played on each kind of screen."""

from dataclasses import replace

from kiosk.view.alarm import alarm
from kiosk.view.attract import AttractView, signed_in
from kiosk.view.home import HomeView, notices_at_most
from kiosk.view.plays import Playing
from kiosk.view.touch import AT_WORK, AlarmView, HaltedView, TouchView
from kiosk.view.voice import Voice
from kiosk.view.wall import suspended_facts
from kiosk.view.wall_parts import SuspendedMain
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import MediaItem, NoticeItem, SuspendedItem, WordsItem
from signage.core.layouts import ZoneName
from signage.core.model import ScreenKind
from signage.core.programme import Rendition
from signage.core.scene import Scene


def with_alarm(view: TouchView, scene: Scene, now: Instant, voice: Voice, at: Hanging | None = None) -> TouchView:
    """An emergency stands alone, whatever page a visitor is at; only staff at work go on, as they may have to end it."""
    loud = None if isinstance(view.page, AT_WORK) else alarm(scene, now, voice, at)
    return view if loud is None else replace(view, page=AlarmView(loud), still=None)


def with_halt(view: TouchView, scene: Scene, voice: Voice) -> TouchView:
    """A screen that is itself suspended says that and nothing else; only staff at work go on, as they may have to lift it."""
    item = next((zone.item for zone in scene.zones if zone.name == "main"), None)
    if isinstance(view.page, AT_WORK) or not isinstance(item, SuspendedItem) or item.scope != "device":
        return view
    main = SuspendedMain(voice.render(item.title), suspended_facts(item, voice))
    return replace(view, page=HaltedView(main), still=None)


def with_beside(view: TouchView, scene: Scene, voice: Voice) -> TouchView:
    """Notices of head office's, beside what the first page says, where the branch's own leave them room."""
    if not isinstance(view.page, HomeView):
        return view
    said = (voice.render(zone.item.words).first for zone in scene.zones if isinstance(zone.item, NoticeItem))
    new = tuple(words for words in said if words and words not in view.page.notices)
    notices = (view.page.notices + new)[: notices_at_most(elder=view.elder)]
    return view if notices == view.page.notices else replace(view, page=replace(view.page, notices=notices))


def in_zone(scene: Scene, name: ZoneName) -> MediaItem | WordsItem | None:
    """What head office has in a zone."""
    for zone in scene.zones:
        if zone.name == name and isinstance(zone.item, MediaItem | WordsItem):
            return zone.item
    return None


def playing(kind: ScreenKind, scene: Scene, touch: TouchView | None) -> tuple[Playing, ...]:
    """What of head office's stands on the glass when this is drawn: in the main zone, and beside it."""
    items = (in_zone(scene, "main"), in_zone(scene, "side"))
    if kind == "touch":
        page = touch.page if touch is not None else None
        attracting = signed_in(scene) if isinstance(page, AttractView) else None
        items = (items[0] if isinstance(page, AlarmView) else attracting, None)
    return tuple(
        Playing(item.asset.ref, _name(item.asset.renditions), (item.id, item.since))
        for item in items
        if item is not None
    )


def _name(renditions: tuple[Rendition, ...]) -> str | None:
    """An asset goes by its master's hash, whatever size was drawn."""
    return renditions[0].sha256 if renditions else None
