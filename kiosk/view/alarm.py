"""An emergency, in words or as a signed picture: it stands alone on the glass of every kind of screen."""

from typing import Final
from zoneinfo import ZoneInfo

from kiosk.design.icon_shapes import Icon
from kiosk.view.media import MediaMain, media_main
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import NoticeMain
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import Header, Line, MediaItem, NoticeItem, Shape, WordsItem
from signage.core.scene import Scene
from signage.core.wording import moment_from

_ICONS: Final[dict[str, Icon]] = {
    "clock": Icon.CLOCK,
    "people": Icon.PERSON,
    "tools": Icon.FAULT,
    "cash": Icon.CASH,
    "found": Icon.UMBRELLA,
    "exit": Icon.ARROW,
    "info": Icon.INFO,
    "warning": Icon.ATTENTION,
}


def alarm(scene: Scene, now: Instant, voice: Voice, at: Hanging | None = None) -> NoticeMain | MediaMain | None:
    """None: the scene holds no emergency. `at`: where a picture hangs; without it the picture's description stands."""
    items = {zone.name: zone.item for zone in scene.zones}
    top, item = items.get("header"), items["main"]
    if not isinstance(top, Header):
        return None
    match item:
        case NoticeItem(shape=Shape.SUSPENDED):
            return notice(item, now, voice, ZoneInfo(top.timezone))
        case WordsItem(shape=Shape.SUSPENDED, asset=asset):
            title = voice.pick(asset.title)
            label = title if title.first else voice.both("notice.emergency")
            return NoticeMain(label, voice.pick(asset.text), Pair(""), emergency=True)
        case MediaItem(alone=True, asset=asset):
            picture = media_main(item, voice, at) if at is not None else None
            return picture or NoticeMain(
                voice.both("notice.emergency"), voice.pick(asset.alt or asset.title), Pair(""), emergency=True
            )
        case _:
            return None


def alarming(scene: Scene) -> bool:
    """Whether the scene is an emergency's, on a screen of one line too."""
    match next((zone.item for zone in scene.zones if zone.name == "main"), None):
        case NoticeItem(shape=Shape.SUSPENDED) | WordsItem(shape=Shape.SUSPENDED):
            return True
        case MediaItem(alone=True) | Line(emergency=True):
            return True
        case _:
            return False


def sign_of(name: str) -> Icon | None:
    """What stands beside a notice, by the name it came with; None for one without, or of a name that is not known here."""
    return _ICONS.get(name)


def notice(item: NoticeItem, now: Instant, voice: Voice, zone: ZoneInfo) -> NoticeMain:
    """A notice, and until when it holds. An emergency of no particular sign bears its own, not that of mere information."""
    emergency, sign = item.shape is Shape.SUSPENDED, sign_of(item.icon)
    return NoticeMain(
        label=voice.render(item.title),
        text=voice.render(item.words),
        until=voice.both("wall.notice_until", time=moment_from(item.until, now, zone)),
        emergency=emergency,
        icon=None if emergency and sign is Icon.INFO else sign,
    )
