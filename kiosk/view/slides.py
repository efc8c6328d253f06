"""What head office has signed as a slide, whatever it is: a picture, words, rates, or what this branch knows itself."""

from typing import Final

from kiosk.design.icon_shapes import Icon
from kiosk.view.house import house_main
from kiosk.view.media import media_main, words_main
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import Fact, GridSlide, Main
from kiosk.view.zones import Hanging
from signage.core.items import CounterCard, Header, HouseSlide, MediaItem, Shape, WordsItem
from signage.core.phrases import Field, Phrase
from signage.core.scene import Scene

_LINES = (1, 2, 3)
_MOST_COUNTERS: Final = 8
_SIGNS: Final = {
    Shape.OPEN: Icon.OPEN,
    Shape.ATTENTION: Icon.ATTENTION,
    Shape.SUSPENDED: Icon.SUSPENDED,
    Shape.CLOSED: Icon.CLOSED,
}


def counter_cards(scene: Scene) -> tuple[CounterCard, ...]:
    """The counters as they stand in a scene, on whatever kind of screen."""
    found = (zone.item for zone in scene.zones if zone.name == "side" and isinstance(zone.item, tuple))
    return tuple(one for item in found for one in item)


def slide_main(
    item: MediaItem | WordsItem,
    header: Header,
    voice: Voice,
    at: Hanging | None,
    cards: tuple[CounterCard, ...] = (),
    place: str = "main",
) -> Main:
    """Total: a picture that there is none of, or that has no place here, leaves its turn to the welcome. `cards`: the counters.

    `place`: the zone that it stands in.
    """
    if isinstance(item, MediaItem):
        return (media_main(item, voice, at, place) if at is not None else None) or house_main(
            _house("welcome", header), header, voice
        )
    if item.asset.live == "counters" and len(cards) > 1:
        cells = tuple(Fact(_SIGNS[card.shape], _counter(card, voice)) for card in cards[:_MOST_COUNTERS])
        return GridSlide(voice.both("wall.counters"), voice.both("media.counters"), cells)
    if item.asset.kind == "live":
        return house_main(_house("complaints" if item.asset.live == "hotline" else "welcome", header), header, voice)
    return words_main(item, voice)


def _counter(card: CounterCard, voice: Voice) -> Pair:
    words: dict[str, Field] = {"number": card.number, "state": card.word}
    return Pair(voice.render(Phrase("media.counter", words)).first, voice.pick(card.business).first)


def _house(key: str, header: Header) -> HouseSlide:
    """A house slide that needs nothing but the header: the welcome shows today's hours, the complaints the hotline."""
    words: dict[str, Field] = {"name": header.name, "hotline": header.hotline}
    lines = tuple(Phrase(f"house.{key}.{number}", words) for number in _LINES)
    return HouseSlide(key, Phrase(f"house.{key}.title", words), lines)
