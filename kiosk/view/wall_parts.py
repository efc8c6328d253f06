"""What a wall shows, in words already chosen. Pure data; `kiosk.view.wall` computes it, `kiosk.screens.wall` draws it."""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.design.icon_shapes import Icon
from kiosk.view.branch import StateWord
from kiosk.view.media import MediaMain, RatesMain, WordsMain
from kiosk.view.voice import Pair


@dataclass(frozen=True)
class Fact:
    """One line with its icon."""

    icon: Icon
    words: Pair


@dataclass(frozen=True)
class Point:
    """A heading with a sentence beneath it; `mark` is an icon, or a step's number."""

    mark: Icon | int
    title: Pair
    text: Pair


@dataclass(frozen=True)
class WelcomeSlide:
    title: Pair
    name: Pair
    line: Pair
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class HoursRow:
    """One date. `today` and `different` (from its weekday) are drawn so that they can be told without colour."""

    day: Pair
    hours: tuple[str, ...]
    note: Pair
    today: bool
    different: bool


@dataclass(frozen=True)
class HoursSlide:
    title: Pair
    services: tuple[Pair, ...]
    rows: tuple[HoursRow, ...]
    today: Pair


@dataclass(frozen=True)
class StepsSlide:
    """The hotline large, and what happens after a complaint."""

    title: Pair
    hotline_label: Pair
    hotline: str
    steps: tuple[Point, ...]


@dataclass(frozen=True)
class PointsSlide:
    """Three things to remember, beneath each other."""

    icon: Icon
    title: Pair
    points: tuple[Point, ...]


@dataclass(frozen=True)
class GridSlide:
    """Things with their icons, in a grid."""

    title: Pair
    lead: Pair
    cells: tuple[Fact, ...]


@dataclass(frozen=True)
class NoticeMain:
    label: Pair
    text: Pair
    until: Pair
    emergency: bool
    icon: Icon | None = None  # None: the megaphone, or an emergency's own sign


@dataclass(frozen=True)
class SuspendedMain:
    title: Pair
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ClosedMain:
    title: Pair
    opens: Pair
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class SafeMain:
    """Nothing is known: what may be said nevertheless."""

    title: Pair
    line: Pair


Main: TypeAlias = (
    WelcomeSlide
    | HoursSlide
    | StepsSlide
    | PointsSlide
    | GridSlide
    | NoticeMain
    | SuspendedMain
    | ClosedMain
    | SafeMain
    | MediaMain
    | WordsMain
    | RatesMain
)


@dataclass(frozen=True)
class CounterLine:
    """One row of the board."""

    number: str
    business: Pair
    state: StateWord


@dataclass(frozen=True)
class Board:
    """The counters; suspended ones stand first."""

    title: Pair
    rows: tuple[CounterLine, ...]
    hours_title: Pair
    hours: tuple[tuple[Pair, str], ...]


@dataclass(frozen=True)
class Header:
    name: Pair
    state: StateWord | None
    clock: str
    date: Pair
    unheard: Pair | None


@dataclass(frozen=True)
class Foot:
    """The ticker's messages, and what stays at its right end."""

    messages: tuple[str, ...]
    hotline_label: Pair
    hotline: str


@dataclass(frozen=True)
class WallView:
    """Everything on a wall. What is None is not there and leaves its place to the main zone."""

    header: Header | None
    main: Main
    board: Board | None
    strip: Pair | None  # a counter has just been suspended
    foot: Foot | None
    side: Main | None = None  # signed, in the board's place
