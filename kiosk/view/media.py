"""Signed content as slides, in words and places: a picture with what must be read beside it, words, a table of rates.

A picture is never cropped: it stands whole in what its caption leaves of the zone. The caption takes the side on which
the picture stays larger. Heights are estimated from the words, so that the place is known without drawing.
"""

from dataclasses import dataclass, field
from math import ceil
from typing import Final

from kiosk.design.box import Box
from kiosk.design.tokens import LINE_HEIGHT, Look, Space, Step
from kiosk.media.album import PictureKey
from kiosk.view.renditions import choose, contained
from kiosk.view.voice import Pair, Voice
from kiosk.view.zones import Hanging
from signage.core.instants import Instant
from signage.core.items import MediaItem, Shape, WordsItem
from signage.core.programme import Asset, Rendition

TITLE_SHARE: Final = 0.28  # of a caption along the foot
RISK_STEPS: Final = (Step.BODY, Step.NOTE)  # to be read from five metres
SIDE: Final = 440  # the width of a caption at the side, in u
_HARDLY: Final = 0.98  # a title alone may take so much of the picture's area, no more
_WIDE_FROM: Final = 0x2E80  # from here on a character is as wide as it is high
_NARROW_EM: Final = 0.58
_SPARE: Final = 1.12  # lines break before they are full


@dataclass(frozen=True)
class FilmKey:
    """A video's blob at the size it is drawn in. `since`: when its turn began. `mute`: never heard, whatever is set."""

    sha256: str
    width: int
    height: int
    duration_ms: int
    since: Instant
    mute: bool = False


@dataclass(frozen=True)
class Caption:
    """`risk` is what the law wants read; the title alone is only a courtesy."""

    title: Pair
    risk: Pair

    @property
    def empty(self) -> bool:
        return not (self.title.first or self.risk.first)


@dataclass(frozen=True)
class MediaMain:
    """A picture or film. `shape`: its width and height as signed. `film` does not count when two are compared.

    `alone`: an emergency's, that stands instead of everything else.
    """

    ref: str
    shape: tuple[int, int]
    still: PictureKey | None
    caption: Caption
    film: FilmKey | None = None
    alone: bool = False


@dataclass(frozen=True)
class WordsMain:
    """Signed words, large. `shape`: of a notice of head office's."""

    title: Pair
    text: Pair
    risk: Pair
    shape: Shape | None


@dataclass(frozen=True)
class RatesMain:
    """Signed rates: each a name and what is to be read beside it."""

    title: Pair
    rows: tuple[tuple[Pair, str], ...]
    risk: Pair


@dataclass(frozen=True)
class Placed:
    """`caption` None: there is none, or no room for a mere title."""

    picture: Box
    caption: Box | None = None
    beside: bool = field(default=False)  # the caption stands at the right, else along the foot


def media_main(item: MediaItem, voice: Voice, at: Hanging, place: str = "main") -> MediaMain | None:
    """The slide, its picture in the size it will be drawn in; an emergency's over the whole window. None: there is no picture.

    `place`: the zone that it stands in. Everywhere it is made of the blobs that are fetched, those for the largest place. In
    the side zone a film is mute: another may be heard beside it.
    """
    asset = item.asset
    caption = caption_of(asset, voice)
    chosen = choose(asset, at.largest(asset))
    if chosen is None:
        return None
    box = placed(at.whole if item.alone else at.place(place), chosen.size, caption, at.look).picture
    width, height = contained(chosen.size, box)
    still, film, mute = chosen.still, chosen.film, place == "side"
    return MediaMain(
        ref=asset.ref,
        shape=chosen.size,
        still=PictureKey(still.sha256, *_still_size(still, box)) if still is not None else None,
        caption=caption,
        film=FilmKey(film.sha256, width, height, asset.duration_ms, item.since, mute) if film is not None else None,
        alone=item.alone,
    )


def _still_size(still: Rendition, box: Box) -> tuple[int, int]:
    return contained((still.width, still.height), box)


def words_main(item: WordsItem, voice: Voice) -> WordsMain | RatesMain:
    """Words or a table, as the asset is."""
    asset = item.asset
    title, risk = voice.pick(asset.title), voice.pick(asset.risk)
    if asset.kind == "rates":
        rows = tuple((voice.pick(row.name), row.value) for row in asset.rows)
        return RatesMain(title if title.first else voice.both("media.rates"), rows, risk)
    return WordsMain(title, voice.pick(asset.text), risk, item.shape)


def caption_of(asset: Asset, voice: Voice) -> Caption:
    return Caption(voice.pick(asset.title), voice.pick(asset.risk))


def placed(zone: Box, shape: tuple[int, int], caption: Caption, look: Look) -> Placed:
    """Where the picture's box and the caption stand in a zone."""
    if caption.empty:
        return Placed(zone)
    foot, above = zone.cut_bottom(foot_height(zone.w, caption, look))
    ways = [Placed(above, foot)]
    side, left = zone.cut_right(look.u(SIDE))
    if side_height(side.w, caption, look) <= zone.h:
        ways.append(Placed(left, side, beside=True))
    best = max(ways, key=lambda way: _area(shape, way.picture))
    if not caption.risk.first and _area(shape, best.picture) < _HARDLY * _area(shape, zone):
        return Placed(zone)
    return best


def foot_height(width: float, caption: Caption, look: Look) -> float:
    """Of a caption along the foot: the title at the left, the risk text beside it."""
    inner = width - 2 * look.u(Space.XL)
    both = bool(caption.title.first and caption.risk.first)
    title = lines_height(caption.title, (Step.TITLE, Step.NOTE), inner * TITLE_SHARE if both else inner, look)
    rest = inner * (1 - TITLE_SHARE) - look.u(Space.L) if both else inner
    risk = lines_height(caption.risk, RISK_STEPS, rest, look)
    return max(title, risk) + 2 * look.u(Space.M)


def side_height(width: float, caption: Caption, look: Look) -> float:
    """Of a caption at the side: the title above the risk text."""
    inner = width - 2 * look.u(Space.XL)
    title = lines_height(caption.title, (Step.TITLE, Step.NOTE), inner, look)
    risk = lines_height(caption.risk, RISK_STEPS, inner, look)
    return title + risk + look.u(Space.L) + 2 * look.u(Space.XL)


def lines_height(words: Pair, steps: tuple[Step, Step], width: float, look: Look) -> float:
    """How high two languages stand one above the other, as far as it can be told without a font."""
    high = 0.0
    for text, step in zip((words.first, words.second), steps, strict=True):
        px = look.px(step)
        high += ceil(ems(text) * px * _SPARE / max(1.0, width)) * px * LINE_HEIGHT
    return high


def ems(text: str) -> float:
    """About how wide a text is, in times its size."""
    return sum(1.0 if ord(one) >= _WIDE_FROM else _NARROW_EM for one in text)


def _area(shape: tuple[int, int], box: Box) -> int:
    width, height = contained(shape, box)
    return width * height
