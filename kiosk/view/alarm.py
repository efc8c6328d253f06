"""An emergency's words: they stand alone on the glass of every kind of screen."""

from zoneinfo import ZoneInfo

from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import NoticeMain
from signage.core.instants import Instant
from signage.core.items import Header, NoticeItem, Shape, WordsItem
from signage.core.scene import Scene
from signage.core.wording import moment_from


def alarm(scene: Scene, now: Instant, voice: Voice) -> NoticeMain | None:
    """None: the scene holds no emergency in words."""
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
        case _:
            return None


def notice(item: NoticeItem, now: Instant, voice: Voice, zone: ZoneInfo) -> NoticeMain:
    """A notice, and until when it holds."""
    return NoticeMain(
        label=voice.render(item.title),
        text=voice.render(item.words),
        until=voice.both("wall.notice_until", time=moment_from(item.until, now, zone)),
        emergency=item.shape is Shape.SUSPENDED,
    )
