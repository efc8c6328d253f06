"""What a counter's display shows, in words already chosen."""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.design.icon_shapes import Icon
from kiosk.media.album import PictureKey
from kiosk.view.asked import Left
from kiosk.view.branch import StateWord
from kiosk.view.media import MediaMain
from kiosk.view.voice import Pair
from kiosk.view.wall_parts import Fact, Main, NoticeMain


@dataclass(frozen=True)
class TellerCard:
    """Who serves: the staff number, and the service stars the bank has given (0: none shown).

    `name` None: this screen does not know who has that number. `photo` None: a drawn figure stands in its place.
    """

    label: Pair
    teller: str
    level: int
    name: Pair | None = None
    photo: PictureKey | None = None


@dataclass(frozen=True)
class Serving:
    """The counter's usual face, open or closed."""

    number: str
    label: Pair
    business: Pair
    state: StateWord
    line: Pair
    teller: TellerCard | None


@dataclass(frozen=True)
class Asking:
    """Please rate. `left` None: it is not known how long."""

    number: str
    label: Pair
    title: Pair
    hint: Pair
    left: Left | None = None


@dataclass(frozen=True)
class Thanking:
    """The choice is the customer's own: nothing here tells it to whoever sits behind the glass or stands next in line."""

    number: str
    label: Pair
    title: Pair


@dataclass(frozen=True)
class Halted:
    """Suspended: in full colour."""

    number: str
    label: Pair
    title: Pair
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Noticed:
    """A notice placed on this display."""

    number: str
    label: Pair
    text: Pair
    icon: Icon | None = None


@dataclass(frozen=True)
class Unknown:
    """No state: the number is all that is certain."""

    number: str
    label: Pair
    title: Pair


@dataclass(frozen=True)
class Promoting:
    """A signed slide beside the number; what the counter does still stands, small. `state` None: it is not known."""

    number: str
    label: Pair
    business: Pair
    state: StateWord | None
    slide: Main


Numbered: TypeAlias = Serving | Promoting | Asking | Thanking | Halted | Noticed | Unknown
Face: TypeAlias = Numbered | NoticeMain | MediaMain  # an emergency stands without the number


@dataclass(frozen=True)
class CounterView:
    """The face, and a mark where the controller has not been heard. `notice`: what is told besides, at its foot."""

    face: Face
    unheard: Pair | None
    notice: Pair | None = None
