"""The line of a fascia or of a counter's strip: the scene, the time and a voice make the view."""

from kiosk.view.branch import Mood
from kiosk.view.line_parts import Kind, LineView, Said, Spoken
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall import unheard, zone_item
from signage.core.instants import Instant
from signage.core.items import Header, Line, NoticeItem, SafeItem, Shape, SuspendedItem
from signage.core.scene import Scene


def line_view(scene: Scene, now: Instant, voice: Voice, heard_at: Instant | None = None) -> LineView:
    """What a screen of one line draws for a scene: everything in the first language, then everything in the second."""
    item = next(zone.item for zone in scene.zones if zone.name == "main")
    match item:
        case Line():
            said = [voice.render(phrase) for phrase in (item.words, *item.more)]
            name = Pair("") if item.emergency else voice.pick(item.name)
            beside = [] if item.emergency else _beside(scene, now, voice, heard_at)
            return LineView(Mood(item.shape.value), item.emergency, _languages(name, said, beside))
        case SuspendedItem():
            said = [voice.render(phrase) for phrase in (item.title, item.expected)]
            return LineView(Mood.SUSPENDED, emergency=False, languages=_languages(Pair(""), said, []))
        case NoticeItem():
            grave = item.shape is Shape.SUSPENDED
            mood = Mood.SUSPENDED if grave else Mood.ATTENTION
            return LineView(mood, grave, _languages(Pair(""), [voice.render(item.words)], []))
        case SafeItem():
            said = [voice.render(item.title), voice.render(item.lines[-1])]
            return LineView(None, emergency=False, languages=_languages(Pair(""), said, []))
        case _:
            raise TypeError(f"a line has no words for {type(item).__name__}")


def _beside(scene: Scene, now: Instant, voice: Voice, heard_at: Instant | None) -> list[tuple[Kind, Pair]]:
    """The notices, and an honest mark where the controller has not been heard."""
    notices = (zone.item for zone in scene.zones if zone.name == "notice" and isinstance(zone.item, NoticeItem))
    found: list[tuple[Kind, Pair]] = [("notice", voice.render(one.words)) for one in notices]
    top = zone_item(scene, "header", Header)
    mark = voice.both("screen.stale") if heard_at is not None else None
    if top is not None:
        mark = unheard(top, now, voice, heard_at)
    return found if mark is None else [*found, ("unheard", mark)]


def _languages(name: Pair, said: list[Pair], beside: list[tuple[Kind, Pair]]) -> tuple[Spoken, ...]:
    """The second language says what it has words of its own for."""
    every: list[tuple[Kind, Pair]] = [("state", one) for one in said] + beside
    first = Spoken(name.first, tuple(Said(pair.first, kind) for kind, pair in every if pair.first))
    second = Spoken(name.second or name.first, tuple(Said(pair.second, kind) for kind, pair in every if pair.second))
    return tuple(one for one in (first, second) if one.lines)
