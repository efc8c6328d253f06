"""What can happen to a touch screen, and what it asks the world to do in turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.view.letter_taps import LetterTap
from kiosk.view.pages import Intent
from kiosk.view.rounds import KeptRound
from kiosk.view.staff_taps import StaffTap
from signage.core.instants import Instant


class Place(StrEnum):
    """Pages that a card or the back key leads to."""

    HOME = "home"
    COUNTERS = "counters"
    WEEK = "week"
    HOTLINE = "hotline"
    MORE = "more"
    HOLIDAYS = "holidays"
    GUIDE = "guide"
    AMENITIES = "amenities"
    RATES = "rates"
    DEMONSTRATION = "demonstration"
    PLEDGE = "pledge"
    OPINIONS = "opinions"
    PANEL = "panel"


@dataclass(frozen=True)
class Open:
    place: Place


@dataclass(frozen=True)
class OpenMatter:
    """An entry of the business guide, by its name."""

    name: str


@dataclass(frozen=True)
class ShowStep:
    """Another step of the demonstration, another table of rates; from 0."""

    step: int


@dataclass(frozen=True)
class PressStar:
    stars: int


@dataclass(frozen=True)
class PickReason:
    """A reason for the rating; a second press takes it back."""

    reason: str


@dataclass(frozen=True)
class Submit:
    """The rating is complete."""


@dataclass(frozen=True)
class CallManager:
    """The lobby manager is wanted."""


@dataclass(frozen=True)
class SwitchLanguage:
    """To the language whose name the button bore."""

    locale: str


@dataclass(frozen=True)
class SwitchElder:
    """Larger letters and back."""


@dataclass(frozen=True)
class HoldEmblem:
    """The emblem was held: staff want in."""


@dataclass(frozen=True)
class PressDigit:
    digit: str


@dataclass(frozen=True)
class Erase:
    """The last digit goes."""


Tap = (
    Open
    | OpenMatter
    | ShowStep
    | PressStar
    | PickReason
    | Submit
    | CallManager
    | SwitchLanguage
    | SwitchElder
    | HoldEmblem
    | PressDigit
    | Erase
    | StaffTap
    | LetterTap
)


@dataclass(frozen=True)
class Stored:
    """The event is on the disk."""

    event: str


@dataclass(frozen=True)
class NotStored:
    """The disk refused the event."""

    event: str


@dataclass(frozen=True)
class Replied:
    """The controller answered a command. `result` and `error` as in the contract's Reply."""

    command: str
    ok: bool
    result: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    text: str = ""


@dataclass(frozen=True)
class CallsChanged:
    """A new branch state; these calls are open in it."""

    calls: frozenset[str]


@dataclass(frozen=True)
class Passed:
    """Time has passed."""


Happening = Tap | Stored | NotStored | Replied | CallsChanged | Passed


@dataclass(frozen=True)
class World:
    """What a step may know besides the page. `fresh` is an identity nobody has used; `closing` ends today's business.

    `words`: the sentences of signage.core.cases in the branch's own language, for who reads an opinion later.
    `heard`: the controller has been alive within 15 s; `emergency`: this screen knows an emergency PIN.
    `home_locale`: the screen's own language, to which it goes back.
    """

    now: Instant
    device: str
    fresh: str
    private: bool
    zone: ZoneInfo
    suspended: bool = False
    closing: Instant | None = None
    heard: bool = True
    emergency: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    locale: str = ""  # in which the customer reads and writes
    home_locale: str = "zh"

    def spoken(self, phrases: tuple[str, ...]) -> str:
        """What was picked, as a text."""
        return "\n".join(self.words.get(phrase, phrase) for phrase in phrases)


@dataclass(frozen=True)
class Keep:
    """Remember an unfinished rating on the disk, so that a power cut cannot take it."""

    event: str
    at: Instant
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Emit:
    """Store an event for good; answered by Stored or NotStored."""

    event: str
    kind: str
    at: Instant
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Order:
    """Send a command to the controller; answered by Replied, or by nothing."""

    id: str
    name: str
    args: Mapping[str, Any]
    actor: str | None = None
    token: str | None = None


@dataclass(frozen=True)
class GoLocal:
    """Carry it out on this screen and tell the others, for the controller has not answered."""

    intent: Intent
    actor: str
    at: Instant


@dataclass(frozen=True)
class CheckPin:
    """Compare with this screen's own emergency PIN; answered by Replied, as `staff.enter` is."""

    id: str
    pin: str


@dataclass(frozen=True)
class KeepRound:
    """Remember a round as far as it has come, so that it survives whoever is called away from it."""

    kept: KeptRound


@dataclass(frozen=True)
class DropRound:
    """The round has been sent."""

    checklist: str
    actor: str


@dataclass(frozen=True)
class Leave:
    """End this screen's program, for good."""


Effect = Keep | Emit | Order | GoLocal | CheckPin | KeepRound | DropRound | Leave
