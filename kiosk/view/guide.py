"""The business guide in words: what people come for, every way there is to do it, and what they should bring."""

import re
from dataclasses import dataclass
from typing import Final

from kiosk.design.icon_shapes import Icon
from kiosk.view.branch import Mood, StateWord
from kiosk.view.happenings import OpenMatter, Place
from kiosk.view.headed import GoneView, Headed
from kiosk.view.panel import Showing
from kiosk.view.reading import Guide, Matter
from kiosk.view.signed_pages import gone
from kiosk.view.voice import Pair
from signage.core.counters import CounterView, counter_views
from signage.core.guide import Topic
from signage.core.hours_words import describe
from signage.core.model import BRANCH_SCOPE, GuideEntry, SelfService
from signage.core.suspension import device_scope, held, known_suspensions

_TOPICS: Final = {
    Topic.CARDS: Icon.CARD,
    Topic.CASH: Icon.CASH,
    Topic.TRANSFERS: Icon.TRANSFER,
    Topic.SAVINGS: Icon.SAVINGS,
    Topic.LOANS: Icon.HOME,
    Topic.BILLS: Icon.BILL,
    Topic.CERTIFICATES: Icon.CERTIFICATE,
    Topic.CORPORATE: Icon.COMPANY,
    Topic.OTHER: Icon.GUIDE,
}


_THEN: Final = re.compile("[，,、>→]")
_NAME_AT_MOST: Final = 24  # letters of what stands on a mobile bank's key
_THING_AT_MOST: Final = 40  # letters of one thing that a customer brings


@dataclass(frozen=True)
class Ways:
    """Where a matter is done, one word each, in the order in which customers should think of them."""

    icon: Icon
    word: str


@dataclass(frozen=True)
class MatterCard:
    tap: OpenMatter
    icon: Icon
    topic: str
    title: Pair
    ways: tuple[Ways, ...]


@dataclass(frozen=True, kw_only=True)
class GuideView(Headed):
    lead: str
    cards: tuple[MatterCard, ...]


@dataclass(frozen=True)
class Spot:
    """One place at which a matter is done. `state` None: it is always there."""

    words: str
    state: StateWord | None = None


@dataclass(frozen=True)
class WayView:
    """`line`: what is to be known of that way. `steps`: the one place as a path, where it is one."""

    icon: Icon
    title: Pair
    spots: tuple[Spot, ...]
    line: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class QrView:
    """`url`: what the code says; `domain`: the same in words, so that a customer can tell whose page it is."""

    url: str
    label: Pair
    domain: str


@dataclass(frozen=True, kw_only=True)
class MatterView(Headed):
    ways: tuple[WayView, ...]
    qr: QrView | None
    bring_title: Pair
    bring: Pair
    things: tuple[str, ...] = ()  # to bring, one by one; all of them in one where they are a sentence


def topic_icon(topic: str) -> Icon:
    return _TOPICS[Topic(topic)] if topic in frozenset(Topic) else Icon.GUIDE


def guide_view(showing: Showing, _: Guide) -> GuideView:
    """Matters of one topic stand beside each other, the topics in the order in which the branch first names them."""
    voice, entries = showing.voice, showing.state.guide
    topics = list(dict.fromkeys(entry.topic for entry in entries))
    ordered = sorted(entries, key=lambda entry: topics.index(entry.topic))
    return GuideView(
        title=voice.both("touch.card.guide"),
        lead=voice.say("guide.lead"),
        cards=tuple(_card(showing, entry) for entry in ordered),
    )


def _card(showing: Showing, entry: GuideEntry) -> MatterCard:
    voice = showing.voice
    topic = entry.topic if entry.topic in frozenset(Topic) else Topic.OTHER
    ways = (
        (Icon.MOBILE, "guide.way.phone", bool(entry.phone)),
        (Icon.MACHINE, "guide.way.machine", bool(entry.self_service)),
        (Icon.COUNTER, "guide.way.counter", bool(entry.counters)),
    )
    return MatterCard(
        OpenMatter(entry.name),
        topic_icon(entry.topic),
        voice.say(f"guide.topic.{topic}"),
        voice.pick(entry.title),
        tuple(Ways(icon, voice.say(key)) for icon, key, there in ways if there),
    )


def matter_view(showing: Showing, page: Matter) -> MatterView | GoneView:
    """On the phone first, then at a machine, then at a counter: who need not wait should not."""
    voice = showing.voice
    entry = next((one for one in showing.state.guide if one.name == page.name), None)
    if entry is None:
        return gone(showing, "touch.card.guide", Place.GUIDE)
    ways = (_phone(showing, entry), _machines(showing, entry), _counters(showing, entry))
    bring = voice.pick(entry.bring)
    domain = entry.url.removeprefix("https://").partition("/")[0]
    return MatterView(
        title=voice.pick(entry.title),
        back=Place.GUIDE,
        ways=tuple(way for way in ways if way is not None),
        qr=QrView(entry.url, voice.both("guide.scan"), domain) if domain else None,
        bring_title=voice.both("guide.bring"),
        bring=bring,
        things=_pieces(bring.first, _THING_AT_MOST) or tuple(filter(None, (bring.first,))),
    )


def _phone(showing: Showing, entry: GuideEntry) -> WayView | None:
    if not entry.phone:
        return None
    voice = showing.voice
    path = voice.pick(entry.phone).first
    title, line = voice.both("guide.at.phone"), voice.say("guide.at.phone_line")
    return WayView(Icon.MOBILE, title, (Spot(path),), line, path_of(path))


def path_of(words: str) -> tuple[str, ...]:
    """The places to press one after the other, where a branch has written them so; a sentence is none."""
    return _pieces(words, _NAME_AT_MOST)


def _pieces(words: str, most: int) -> tuple[str, ...]:
    bare = (piece.strip(" 。.") for piece in _THEN.split(words))
    pieces = tuple(piece[:1].upper() + piece[1:] for piece in bare)
    return pieces if len(pieces) > 1 and all(0 < len(piece) <= most for piece in pieces) else ()


def _machines(showing: Showing, entry: GuideEntry) -> WayView | None:
    known = {one.name: one for one in showing.state.self_service}
    machines = [known[name] for name in entry.self_service if name in known]
    if not machines:
        return None
    spots = tuple(_machine(showing, machine) for machine in machines)
    return WayView(Icon.MACHINE, showing.voice.both("guide.at.machine"), spots)


def _machine(showing: Showing, machine: SelfService) -> Spot:
    voice = showing.voice
    scopes = (BRANCH_SCOPE, device_scope(machine.name))
    down = held(known_suspensions(showing.state), scopes, showing.now) is not None
    mood, key = (Mood.SUSPENDED, "guide.machine.suspended") if down else (Mood.OPEN, "guide.machine.open")
    return Spot(voice.pick(machine.place).first, StateWord(mood, voice.both(key)))


def _counters(showing: Showing, entry: GuideEntry) -> WayView | None:
    """Counters in the same state stand together, the ones that serve first."""
    voice = showing.voice
    views = [one for one in counter_views(showing.state, showing.hours, showing.now) if one.number in entry.counters]
    if not views:
        return None
    spots = []
    for mood in (Mood.OPEN, Mood.SUSPENDED, Mood.CLOSED):
        numbers = tuple(view.number for view in views if view.condition == mood)
        if numbers:
            words = voice.say("guide.counters", numbers=numbers)
            spots.append(Spot(words, StateWord(mood, voice.both(f"touch.counter.{mood}"))))
    return WayView(Icon.COUNTER, voice.both("guide.at.counter"), tuple(spots), _when(showing, views))


def _when(showing: Showing, views: list[CounterView]) -> str:
    """When none of them serves: whom to ask, or when the first of them opens."""
    if any(view.condition == "open" for view in views):
        return ""
    hours, now = showing.hours, showing.now
    if any(view.condition == "suspended" or hours.at(view.service, now).open for view in views):
        return showing.voice.say("guide.ask_staff")
    known = [(view.until, view) for view in views if view.until is not None]
    first = min(known, key=lambda one: one[0])[1] if known else views[0]
    return showing.voice.render(describe(hours, first.service, now)).first
