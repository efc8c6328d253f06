"""A wall in words: the scene, the time and a voice make the view."""

from typing import TypeVar
from zoneinfo import ZoneInfo

from kiosk.design.icon_shapes import Icon
from kiosk.view.alarm import alarm, notice
from kiosk.view.branch import Mood, StateWord
from kiosk.view.house import house_main
from kiosk.view.slides import counter_cards, slide_main
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import (
    Board,
    ClosedMain,
    CounterLine,
    Fact,
    Foot,
    Header,
    Main,
    SafeMain,
    SuspendedMain,
    WallView,
)
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import (
    BannerItem,
    Chip,
    ClosedItem,
    CounterCard,
    HouseSlide,
    MediaItem,
    NoticeItem,
    SafeItem,
    SuspendedItem,
    TickerItem,
    WordsItem,
)
from signage.core.items import Header as HeaderItem
from signage.core.layouts import ZoneName
from signage.core.model import Reason
from signage.core.phrases import Phrase
from signage.core.scene import Scene
from signage.core.wording import clock, day_and_month, moment_from, weekday

_Item = TypeVar("_Item")


def wall_view(
    scene: Scene, now: Instant, voice: Voice, heard_at: Instant | None = None, at: Hanging | None = None
) -> WallView:
    """What the wall draws for a scene. `heard_at`: when the controller was last heard, for the mark that it is not.

    `at`: where signed pictures hang; without it their turn falls to the welcome. An emergency stands alone.
    """
    loud = alarm(scene, now, voice, at)
    if loud is not None:
        return WallView(None, loud, None, None, None)
    top = zone_item(scene, "header", HeaderItem)
    main = _main(scene, top, now, voice, at)
    banner = zone_item(scene, "banner", BannerItem)
    return WallView(
        header=header(top, now, voice, heard_at) if top is not None else None,
        main=main,
        board=None if isinstance(main, ClosedMain) else _board(scene, top, voice),
        strip=voice.render(banner.words) if banner is not None else None,
        side=_side(scene, top, voice, at),
        foot=_foot(scene, top, voice),
    )


def zone_item(scene: Scene, name: ZoneName, kind: type[_Item]) -> _Item | None:
    """What stands in that zone, if it is of that kind."""
    return next((zone.item for zone in scene.zones if zone.name == name and isinstance(zone.item, kind)), None)


def header(top: HeaderItem, now: Instant, voice: Voice, heard_at: Instant | None) -> Header:
    """Name, state, clock and date; the same wherever a header stands."""
    zone = ZoneInfo(top.timezone)
    words = {"date": day_and_month(top.date), "weekday": weekday(top.date)}
    return Header(
        name=voice.pick(top.name),
        state=chip_word(top.chip, voice),
        clock=clock(now, zone),
        date=voice.render(Phrase("wall.date", words)),
        unheard=unheard(top, now, voice, heard_at),
    )


def unheard(top: HeaderItem, now: Instant, voice: Voice, heard_at: Instant | None) -> Pair | None:
    """An honest mark, small: what stands here is the last that was known, and since when."""
    if top.stale is None:
        return None
    if heard_at is None:
        return voice.render(top.stale)
    return voice.both("wall.unheard_since", time=moment_from(heard_at, now, ZoneInfo(top.timezone)))


def chip_word(chip: Chip, voice: Voice) -> StateWord:
    """The state in a word, with what follows from it."""
    if chip.detail is None:
        return StateWord(Mood(chip.shape.value), voice.render(chip.word))
    words = Phrase(f"wall.state.{chip.shape}", {"word": chip.word, "detail": chip.detail})
    return StateWord(Mood(chip.shape.value), voice.render(words))


def suspended_facts(item: SuspendedItem, voice: Voice) -> tuple[Fact, ...]:
    """Why, when service is back, where to go: the three lines beneath the title."""
    return (
        Fact(_reason_icon(item.reason), voice.render(item.reason)),
        Fact(Icon.CLOCK, voice.render(item.expected)),
        Fact(Icon.ARROW, voice.render(item.alternative)),
    )


def _reason_icon(reason: Phrase) -> Icon:
    """A known reason has its own icon; words typed by a person have the general one."""
    known = reason.key.removeprefix("reason.")
    return Icon(known) if known in frozenset(Reason) else Icon.OTHER


def _main(scene: Scene, top: HeaderItem | None, now: Instant, voice: Voice, at: Hanging | None) -> Main:
    item = next(zone.item for zone in scene.zones if zone.name == "main")
    match item:
        case MediaItem() | WordsItem() if top is not None:
            return slide_main(item, top, voice, at, counter_cards(scene))
        case HouseSlide() if top is not None:
            return house_main(item, top, voice)
        case SuspendedItem():
            return SuspendedMain(voice.render(item.title), suspended_facts(item, voice))
        case ClosedItem():
            return _closed(item, voice)
        case NoticeItem() if top is not None:
            return notice(item, now, voice, ZoneInfo(top.timezone))
        case SafeItem():
            return SafeMain(voice.render(item.title), voice.render(item.lines[-1]))
        case _:
            raise TypeError(f"a wall has no picture for {type(item).__name__}")


def _closed(item: ClosedItem, voice: Voice) -> ClosedMain:
    services = (
        Fact(Icon.CLOCK, voice.render(Phrase("wall.service_next", {"service": line.label, "next": line.detail})))
        for line in item.services
        if line.detail != item.chip.detail
    )
    opens = voice.render(item.chip.detail) if item.chip.detail is not None else Pair("")
    return ClosedMain(voice.render(item.chip.word), opens, (*services, Fact(Icon.PHONE, voice.render(item.farewell))))


def _board(scene: Scene, top: HeaderItem | None, voice: Voice) -> Board | None:
    cards = zone_item(scene, "side", tuple)
    if not cards or top is None:
        return None
    rows = tuple(_line(card, voice) for card in cards)
    hours = tuple((voice.render(line.label), voice.render(line.today).first) for line in top.services)
    return Board(voice.both("wall.counters"), rows, voice.both("wall.hours_today"), hours)


def _side(scene: Scene, top: HeaderItem | None, voice: Voice, at: Hanging | None) -> Main | None:
    """What is signed for the counters' place."""
    item = zone_item(scene, "side", MediaItem) or zone_item(scene, "side", WordsItem)
    return None if item is None or top is None else slide_main(item, top, voice, at, place="side")


def _line(card: CounterCard, voice: Voice) -> CounterLine:
    state = StateWord(Mood(card.shape.value), voice.render(card.word))
    return CounterLine(card.number, voice.pick(card.business), state)


def _foot(scene: Scene, top: HeaderItem | None, voice: Voice) -> Foot | None:
    item = zone_item(scene, "ticker", TickerItem)
    if item is None or top is None:
        return None
    messages = []
    for line in item.lines:
        words = voice.render(line)
        messages += [text for text in (words.first, words.second) if text]
    return Foot(tuple(messages), voice.both("wall.hotline"), top.hotline)
