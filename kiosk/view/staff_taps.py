"""What staff can press on their panel and its forms."""

from dataclasses import dataclass

from kiosk.view.pages import Expected, Intent, Tab
from kiosk.view.rounds import KeptRound
from signage.core.checklists import Checklist


@dataclass(frozen=True)
class ShowTab:
    """A list of the panel, or another of its sheets."""

    tab: Tab
    sheet: int = 0


@dataclass(frozen=True)
class SuspendNow:
    """One tap: suspended at once for the likeliest reason and until somebody says otherwise."""

    scope: str
    reason: str


@dataclass(frozen=True)
class StartSuspending:
    """A suspension is to be put together, from the likeliest reason on."""

    scope: str
    reason: str | None = None


@dataclass(frozen=True)
class Refine:
    """The reason and the time of what is suspended already. `was`: how it stands."""

    was: Intent


@dataclass(frozen=True)
class PickCause:
    """A suspension's reason."""

    reason: str


@dataclass(frozen=True)
class PickExpected:
    expected: Expected


@dataclass(frozen=True)
class Resume:
    """`was`: what it takes to suspend it again as it was."""

    scope: str
    was: Intent | None = None


@dataclass(frozen=True)
class Undo:
    """Take back what was ordered last."""


@dataclass(frozen=True)
class StartNotice:
    """A notice is to be posted."""


@dataclass(frozen=True)
class PickTemplate:
    template: str


@dataclass(frozen=True)
class PickCounter:
    """The counter that a notice is about."""

    number: str


@dataclass(frozen=True)
class WithdrawNotice:
    notice: str


@dataclass(frozen=True)
class Acknowledge:
    call: str


@dataclass(frozen=True)
class Adjust:
    """A screen's brightness and volume are to be looked at, and perhaps changed."""

    screen: str


@dataclass(frozen=True)
class Dim:
    """One setting of the screen that is being adjusted; None: as it is."""

    on: bool | None = None
    brightness: int | None = None
    volume: int | None = None


@dataclass(frozen=True)
class StartLeaving:
    """This screen's program is to be ended."""


@dataclass(frozen=True)
class BeginRound:
    """Walk a checklist, or go on where it was left."""

    checklist: Checklist
    kept: KeptRound | None = None


@dataclass(frozen=True)
class FoundOk:
    """The step is in order."""


@dataclass(frozen=True)
class FoundWrong:
    """The step is not in order: what is wrong is asked next."""


@dataclass(frozen=True)
class PickFinding:
    """What is wrong: a key of the signed list and its words."""

    phrase: str
    words: str


@dataclass(frozen=True)
class StepBack:
    """The step before, once more."""


@dataclass(frozen=True)
class TurnSheet:
    """Another sheet of what may be wrong at a step, or of what a round has found."""

    sheet: int


@dataclass(frozen=True)
class Follow:
    """A finding was put right, or was seen to be so."""

    finding: str
    action: str


@dataclass(frozen=True)
class ReadCase:
    """What the customer wrote."""

    case: str


@dataclass(frozen=True)
class AdvanceCase:
    """The next step of a case: taken, investigated, handled, fed back, closed."""

    case: str
    action: str


@dataclass(frozen=True)
class SayAmenity:
    """Whether an amenity is to be had."""

    name: str
    available: bool


@dataclass(frozen=True)
class Confirm:
    """The form is sent."""


@dataclass(frozen=True)
class SignOut:
    """Staff are done."""


StaffTap = (
    ShowTab
    | SuspendNow
    | StartSuspending
    | Refine
    | PickCause
    | PickExpected
    | Resume
    | Undo
    | StartNotice
    | PickTemplate
    | PickCounter
    | WithdrawNotice
    | Acknowledge
    | Adjust
    | Dim
    | StartLeaving
    | BeginRound
    | FoundOk
    | FoundWrong
    | PickFinding
    | StepBack
    | TurnSheet
    | Follow
    | ReadCase
    | AdvanceCase
    | SayAmenity
    | Confirm
    | SignOut
)
