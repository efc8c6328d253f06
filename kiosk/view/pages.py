"""Where a person is on a touch screen and what they have chosen so far. What leads where stands in journey.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final

from kiosk.view.letter import Writing
from kiosk.view.opinion_pages import Book, Opinion
from kiosk.view.reading import Reading
from kiosk.view.rounds import Walking
from signage.core.instants import Instant

PIN_DIGITS: Final = 6
REASONS_AT_MOST: Final = 2


@dataclass(frozen=True)
class Home:
    """The first page: hours, stars, cards."""


@dataclass(frozen=True)
class Counters:
    """Who serves what, and where to go instead."""


@dataclass(frozen=True)
class Week:
    """Opening hours of the days to come."""


@dataclass(frozen=True)
class Hotline:
    """Hotline and how a complaint goes."""


class RateStep(Enum):
    """A rating is thanked for only once it is on the disk."""

    CHOOSING = "choosing"
    SAVING = "saving"
    THANKED = "thanked"
    FAILED = "failed"


@dataclass(frozen=True)
class Rating:
    """The press of a star is already the rating; `event` is its identity from then on.

    `suspended`: the branch was at `since`, whatever it is when the rating is complete.
    """

    event: str
    since: Instant
    stars: int
    reasons: tuple[str, ...] = ()
    step: RateStep = RateStep.CHOOSING
    writing: Writing = field(default_factory=Writing)
    suspended: bool = False


class CallStep(Enum):
    """Stored here, then heard by the controller, or not for a while, then taken up by somebody."""

    SAVING = "saving"
    SENT = "sent"
    UNHEARD = "unheard"
    HEARD = "heard"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True)
class Calling:
    """The lobby manager has been called from this screen."""

    event: str
    since: Instant
    step: CallStep = CallStep.SAVING


class Trouble(Enum):
    """Why nobody was let in. The words stand in the catalogues under `staff.trouble.<value>`."""

    WRONG = "wrong"
    LOCKED = "locked"
    NOT_PRIVATE = "not_private"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    ENDED = "ended"  # somebody was in, and the controller knows nothing of it any more


@dataclass(frozen=True)
class Keypad:
    """Staff sign in. `left` tries remain after a wrong PIN; locked until `until`."""

    digits: str = ""
    trouble: Trouble | None = None
    left: int | None = None
    until: Instant | None = None


class Tab(StrEnum):
    """What the staff panel is about. `ALERTS` is reached from the counters' board, which shows the first of them."""

    SERVICE = "service"
    ALERTS = "alerts"
    NOTICES = "notices"
    CASES = "cases"
    CHECKS = "checks"
    DEVICES = "devices"
    MORE = "more"


@dataclass(frozen=True)
class Panel:
    """`sheet`: which of the list's sheets, from 0 on."""

    tab: Tab = Tab.SERVICE
    sheet: int = 0


@dataclass(frozen=True)
class SignedOut:
    """Somebody has left the panel, or it has left them: said for a moment, so that both know."""

    name: str


class Expected(StrEnum):
    """When service is expected back."""

    QUARTER = "15"
    HALF = "30"
    HOUR = "60"
    CLOSING = "closing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SuspendForm:
    """A suspension being put together; nothing is sent before it is confirmed. `was`: how it stands already."""

    scope: str
    reason: str | None = None
    expected: Expected | None = None
    was: "Intent | None" = None

    @property
    def refines(self) -> bool:
        return self.was is not None

    @property
    def complete(self) -> bool:
        return self.reason is not None and self.expected is not None


@dataclass(frozen=True)
class NoticeForm:
    """A notice being put together from a template; `counter` only where the template has a blank for one."""

    template: str | None = None
    expected: Expected | None = None
    counter: str | None = None


@dataclass(frozen=True)
class ScreenForm:
    """One screen being adjusted. None: it has not yet said how it stands."""

    screen: str
    on: bool | None = None
    brightness: int | None = None
    volume: int | None = None


@dataclass(frozen=True)
class LeaveForm:
    """This screen's program is to be ended, and why."""

    reason: str | None = None


@dataclass(frozen=True)
class CasePage:
    """One case with what its customer wrote, told to who has signed in alone. `letter` None: it has not come yet."""

    case: str
    letter: Mapping[str, Any] | None = None


Page = (
    Home
    | Counters
    | Week
    | Hotline
    | Reading
    | Book
    | Opinion
    | Rating
    | Calling
    | Keypad
    | Panel
    | SuspendForm
    | NoticeForm
    | ScreenForm
    | LeaveForm
    | Walking
    | CasePage
    | SignedOut
)
STAFF_PAGES: Final = (Panel, SuspendForm, NoticeForm, ScreenForm, LeaveForm, Walking, CasePage)


EMERGENCY: Final = "emergency"
EMERGENCY_RIGHTS: Final = frozenset({"service-branch", "service-part"})


@dataclass(frozen=True)
class Staff:
    """Who is signed in, by the controller's word; with the role `emergency` by this screen's own, and without a token.

    `rights`: what the controller lets the role do; None: it has not said, and everything is offered.
    """

    actor: str
    role: str
    token: str
    until: Instant
    name: str = ""
    rights: frozenset[str] | None = None

    def may(self, right: str) -> bool:
        """Whether the panel offers it. The controller decides once more when it is asked."""
        if self.role == EMERGENCY:
            return right in EMERGENCY_RIGHTS
        return self.rights is None or right in self.rights


@dataclass(frozen=True)
class Intent:
    """What a command to suspend or to resume means; it can be carried out without the controller."""

    scope: str
    on: bool
    reason: str = "other"
    until: Instant | None = None


@dataclass(frozen=True)
class Pending:
    """A command that has no reply yet. `intent`: where this screen can do without one; `undo`: what takes it back."""

    id: str
    name: str
    since: Instant
    intent: Intent | None = None
    undo: Intent | None = None
    about: str = ""  # of a round: its checklist


@dataclass(frozen=True)
class Done:
    """A command carried out: the displays have it once they show `revision`."""

    name: str
    revision: int | None
    at: Instant | None = None
    intent: Intent | None = None
    undo: Intent | None = None


@dataclass(frozen=True)
class Refused:
    code: str
    text: str


@dataclass(frozen=True)
class NoAnswer:
    name: str


@dataclass(frozen=True)
class WentLocal:
    """Carried out without the controller: the displays have it once they show what was meant at `at`."""

    at: Instant
    intent: Intent | None = None
    undo: Intent | None = None


Outcome = Done | Refused | NoAnswer | WentLocal


@dataclass(frozen=True)
class Touch:
    """All that a touch screen knows about the person in front of it; forgotten at `home_at`.

    `origin`: the panel's list from which a form was reached, until something is pressed on a list again; `kept`: an opinion
    that was begun and laid aside.
    """

    page: Page = field(default_factory=Home)
    locale: str = "zh"
    elder: bool = False
    home_at: Instant | None = None
    staff: Staff | None = None
    pending: Pending | None = None
    outcome: Outcome | None = None
    origin: Panel | None = None
    kept: Opinion | None = None
