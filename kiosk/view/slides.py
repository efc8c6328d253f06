"""What head office has signed as a slide, whatever it is: a picture, words, rates, or what this branch knows itself."""

from kiosk.view.house import house_main
from kiosk.view.media import media_main, words_main
from kiosk.view.voice import Voice
from kiosk.view.wall_parts import Main
from kiosk.view.zones import Hanging
from signage.core.items import Header, HouseSlide, MediaItem, WordsItem
from signage.core.phrases import Field, Phrase

_LINES = (1, 2, 3)


def slide_main(item: MediaItem | WordsItem, header: Header, voice: Voice, at: Hanging | None) -> Main:
    """Total: a picture that there is none of, or that has no place here, leaves its turn to the welcome."""
    if isinstance(item, MediaItem):
        return (media_main(item, voice, at) if at is not None else None) or house_main(
            _house("welcome", header), header, voice
        )
    if item.asset.kind == "live":
        return house_main(_house("complaints" if item.asset.live == "hotline" else "welcome", header), header, voice)
    return words_main(item, voice)


def _house(key: str, header: Header) -> HouseSlide:
    """A house slide that needs nothing but the header: the welcome shows today's hours, the complaints the hotline."""
    words: dict[str, Field] = {"name": header.name, "hotline": header.hotline}
    lines = tuple(Phrase(f"house.{key}.{number}", words) for number in _LINES)
    return HouseSlide(key, Phrase(f"house.{key}.title", words), lines)
