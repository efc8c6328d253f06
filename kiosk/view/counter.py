"""A counter's display in words."""

from kiosk.view.alarm import alarm, sign_of
from kiosk.view.asked import left
from kiosk.view.branch import Mood, StateWord
from kiosk.view.counter_parts import (
    Asking,
    CounterView,
    Face,
    Halted,
    Noticed,
    Promoting,
    Serving,
    TellerCard,
    Thanking,
    Unknown,
)
from kiosk.view.portrait import Introduced
from kiosk.view.slides import counter_cards, slide_main
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall import suspended_facts, unheard, zone_item
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import (
    CounterCard,
    Header,
    MediaItem,
    NoticeItem,
    RatePrompt,
    SafeItem,
    SuspendedItem,
    ThanksItem,
    WordsItem,
)
from signage.core.scene import Scene


def counter_view(
    scene: Scene,
    number: str,
    now: Instant,
    voice: Voice,
    heard_at: Instant | None = None,
    at: Hanging | None = None,
    introduced: Introduced | None = None,
) -> CounterView:
    """What the display of counter `number` draws. `heard_at`: when the controller was last heard; `at`: as on walls.

    `introduced`: whom this screen's own configuration knows by the staff number that serves.
    """
    top = zone_item(scene, "header", Header)
    mark = unheard(top, now, voice, heard_at) if top is not None else None
    loud = alarm(scene, now, voice, at)
    notice = zone_item(scene, "notice", NoticeItem)
    return CounterView(
        loud or _face(scene, number, now, top, voice, at, introduced),
        mark,
        voice.render(notice.words) if notice is not None else None,
    )


def _face(
    scene: Scene,
    number: str,
    now: Instant,
    top: Header | None,
    voice: Voice,
    at: Hanging | None,
    introduced: Introduced | None,
) -> Face:
    label = voice.both("counter.label")
    item = next(zone.item for zone in scene.zones if zone.name == "main")
    match item:
        case CounterCard():
            return _serving(item, label, voice, introduced)
        case RatePrompt():
            return Asking(number, label, voice.render(item.question), voice.render(item.invitation), left(item, now))
        case ThanksItem():
            return Thanking(number, label, voice.render(item.words))
        case SuspendedItem():
            return Halted(number, label, voice.render(item.title), suspended_facts(item, voice))
        case NoticeItem():
            return Noticed(number, label, voice.render(item.words), sign_of(item.icon))
        case MediaItem() | WordsItem() if top is not None:
            card = next((card for card in zone_item(scene, "side", tuple) or () if isinstance(card, CounterCard)), None)
            state = None if card is None else StateWord(Mood(card.shape.value), voice.render(card.word))
            business = Pair("") if card is None else voice.pick(card.business)
            return Promoting(number, label, business, state, slide_main(item, top, voice, at, counter_cards(scene)))
        case SafeItem():
            return Unknown(number, label, voice.render(item.lines[-1]))
        case _:
            raise TypeError(f"a counter's display has no picture for {type(item).__name__}")


def _serving(card: CounterCard, label: Pair, voice: Voice, introduced: Introduced | None) -> Serving:
    teller = None
    if card.teller and card.condition == "open":
        teller = TellerCard(
            voice.both("counter.teller"),
            card.teller,
            card.level or 0,
            voice.pick(introduced.name) if introduced is not None else None,
            introduced.photo if introduced is not None else None,
        )
    return Serving(
        number=card.number,
        label=label,
        business=voice.pick(card.business),
        state=StateWord(Mood(card.shape.value), voice.render(card.word)),
        line=voice.render(card.detail) if card.detail is not None else Pair(""),
        teller=teller,
    )
