"""What stands in a scene's zones: structures and phrases, no rendered words, so that a screen can speak any locale."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from signage.core.hours_words import DayHours
from signage.core.instants import Instant
from signage.core.model import Amenity, CounterCondition, PadCondition, Text
from signage.core.phrases import Phrase
from signage.core.programme import Asset, PageName


class Shape(StrEnum):
    """How a state is drawn: each has a shape and a colour of its own."""

    OPEN = "open"
    ATTENTION = "attention"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Chip:
    """A state in a word, and what follows from it: 营业中 · 营业至 17:00."""

    shape: Shape
    word: Phrase
    detail: Phrase | None


@dataclass(frozen=True)
class ServiceLine:
    """One service's hours today. `label`: personal, corporate; `today`: its spans; `note`: what is special about the date."""

    service: str
    label: Phrase
    shape: Shape
    word: Phrase
    detail: Phrase
    today: Phrase
    note: Text


@dataclass(frozen=True)
class Header:
    """`stale`: what to say while the controller is not heard. The clock is the screen's own, in `timezone`."""

    name: Text
    hotline: str
    timezone: str
    date: date
    chip: Chip
    services: tuple[ServiceLine, ...]
    stale: Phrase | None


@dataclass(frozen=True)
class CounterCard:
    """A counter's row or face. `until` as in `CounterView`; `alternatives`: numbers to turn to while it is suspended."""

    number: str
    business: Text
    condition: CounterCondition
    shape: Shape
    word: Phrase
    detail: Phrase | None
    until: Instant | None
    alternatives: tuple[str, ...]
    teller: str | None
    level: int | None
    pad: PadCondition


@dataclass(frozen=True)
class ServiceTable:
    """A service's days from today on."""

    label: Phrase
    days: tuple[DayHours, ...]


@dataclass(frozen=True)
class HouseSlide:
    """A built-in slide; `tables` only on the one about hours, whose `lines` are announced changes; `amenities` on theirs."""

    key: str
    title: Phrase
    lines: tuple[Phrase, ...]
    tables: tuple[ServiceTable, ...] = ()
    amenities: tuple[Amenity, ...] = ()


@dataclass(frozen=True)
class SuspendedItem:
    """Three lines under the title: why, when service is back, where to go. `resumes`: None while no end is known."""

    scope: Literal["branch", "counter", "device"]
    number: str | None
    title: Phrase
    reason: Phrase
    expected: Phrase
    alternative: Phrase
    resumes: Instant | None
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class NoticeItem:
    id: str
    title: Phrase
    words: Phrase
    shape: Shape | None  # SUSPENDED for an emergency's, ATTENTION for an important one's
    until: Instant
    icon: str = ""  # one of signage.core.templates.Icon; empty: none


@dataclass(frozen=True)
class ClosedItem:
    chip: Chip
    services: tuple[ServiceLine, ...]
    farewell: Phrase


@dataclass(frozen=True)
class RatePrompt:
    """“Please rate” at a counter. The stars are pressed on its pad."""

    id: str
    number: str
    question: Phrase
    invitation: Phrase
    until: Instant
    since: Instant | None = None


@dataclass(frozen=True)
class ThanksItem:
    words: Phrase
    until: Instant


@dataclass(frozen=True)
class BannerItem:
    """A strip across the screen."""

    shape: Shape
    words: Phrase


@dataclass(frozen=True)
class TickerItem:
    """`notices`: those of the branch's whose words are among the lines, by id."""

    lines: tuple[Phrase, ...]
    hotline: Phrase
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """The one line of a fascia or of a counter's window strip: `words`, and what is said after them, one after another.

    `notice`: the branch's notice whose words they are, by id; "" where they are no notice's.
    """

    name: Text
    shape: Shape
    words: Phrase
    more: tuple[Phrase, ...] = ()
    emergency: bool = False
    notice: str = ""


@dataclass(frozen=True)
class HomeItem:
    """What a touch kiosk's home says beside its cards. `open_counters` of `counters` serve now."""

    open_counters: int
    counters: int
    counters_line: Phrase
    unusual: tuple[DayHours, ...]  # the days of the week to come that are not what their weekday says


@dataclass(frozen=True)
class MediaItem:
    """A signed picture or video. `since`: when its turn began, for a video's position; `until`: when its turn ends.

    `alone`: an emergency's, beside which nothing else stands.
    """

    id: str
    asset: Asset
    since: Instant
    until: Instant
    alone: bool = False


@dataclass(frozen=True)
class WordsItem:
    """Signed words or a signed table as a slide. `notice`: a notice of head office's; its `shape` as of NoticeItem."""

    id: str
    asset: Asset
    shape: Shape | None
    since: Instant
    until: Instant


@dataclass(frozen=True)
class SignedPage:
    """What is signed for a page of a touch screen, in the order written; at least one."""

    page: PageName
    assets: tuple[Asset, ...]


@dataclass(frozen=True)
class SafeItem:
    """Nothing is known: no claim about service is made."""

    title: Phrase
    lines: tuple[Phrase, ...]


Item: TypeAlias = (
    Header
    | tuple[CounterCard, ...]
    | CounterCard
    | HouseSlide
    | SuspendedItem
    | NoticeItem
    | ClosedItem
    | RatePrompt
    | ThanksItem
    | BannerItem
    | TickerItem
    | Line
    | HomeItem
    | MediaItem
    | WordsItem
    | SignedPage
    | SafeItem
)
