"""What a branch is at one moment: the document every screen computes its picture from (contract: BranchState).

All structures are frozen. ``Text`` maps a locale ("zh", "en", …) to a text. Names match the wire; keys that the
contract does not name are additions which other readers ignore.
"""

from enum import StrEnum
from typing import Final, Literal

from msgspec import Struct

from signage.core.instants import Instant

Text = dict[str, str]

BRANCH_SCOPE: Final = "branch"


class Reason(StrEnum):
    """Why service is suspended. Words for people stand in the catalogues under ``reason.<value>``."""

    POWER = "power"
    NETWORK = "network"
    FAULT = "fault"
    TRAINING = "training"
    BREAK = "break"
    CASH_HANDOVER = "cash-handover"
    DISASTER = "disaster"
    OTHER = "other"


Source = Literal["manager", "teller", "rule", "head-office"]
DayType = Literal["workday", "rest", "holiday", "makeup"]
ScreenKind = Literal["touch", "wall", "counter", "fascia", "strip"]
Brand = Literal["green", "blue"]  # the house's colour
CounterCondition = Literal["open", "suspended", "closed"]
PadCondition = Literal["online", "lost", "absent"]


class Model(Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """Base of every document part: immutable, and silent about what is at its default.

    `gc=False`: documents hold no cycles, and a collection in the middle of reading one has been seen to take the process
    down inside msgspec 0.22.
    """


class Branch(Model, frozen=True, omit_defaults=True, kw_only=True):
    id: str
    name: Text
    hotline: str
    timezone: str
    groups: tuple[str, ...] = ()
    nearby: Text = {}  # where to go while this branch is suspended


class Day(Model, frozen=True, omit_defaults=True, kw_only=True):
    """The type of one date where it differs from what its weekday says (`holiday`, `makeup`, …)."""

    date: str  # YYYY-MM-DD
    type: DayType
    note: Text = {}


class HoursException(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Dated, wins over everything: rules (or "off") for the dates from `first` to `last`, both included."""

    first: str  # YYYY-MM-DD
    last: str
    rules: dict[str, str]  # service ("personal", "corporate") → opening_hours rule
    note: Text = {}


class HoursChange(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Announced: from the date `first` on, these rules stand in place of the earlier ones."""

    first: str  # YYYY-MM-DD
    rules: dict[str, str]  # as of HoursException; a service that is not named keeps its rule
    note: Text = {}


class HoursPlan(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Opening hours as data. `rules`: service → OpenStreetMap opening_hours; `days`: the calendar, already expanded.

    The services are "personal", "corporate", and "counter:<n>" for a counter with a rule of its own.
    """

    timezone: str
    rules: dict[str, str]
    makeup_as: str = "Mo"  # a make-up workday follows that weekday's rule
    days: tuple[Day, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    changes: tuple[HoursChange, ...] = ()
    own_days: tuple[str, ...] = ()  # dates of `days` that the branch's own table names: nobody else's word counts there
    known_until: str = ""  # the last date whose type the calendar really knows


class Prompt(Model, frozen=True, omit_defaults=True, kw_only=True):
    """“Please rate” is open at a counter until `until`."""

    id: str
    until: Instant
    since: Instant | None = None  # when it was asked; an addition


class Thanks(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A customer has just rated: the counter's display thanks until `until`. What was chosen is nobody's business here."""

    until: Instant


class Counter(Model, frozen=True, omit_defaults=True, kw_only=True):
    """One counter as the controller sees it. `state` leaves out the clock: a screen adds closing hours itself."""

    number: str
    business: Text
    hours: str = "personal"  # the service whose hours it keeps
    state: CounterCondition
    reason: str | None = None
    until: Instant | None = None
    teller: str | None = None
    level: int | None = None  # the teller's own star grade, 0 to 5
    pad: PadCondition = "absent"
    prompt: Prompt | None = None
    thanks: Thanks | None = None
    serving: Instant | None = None  # when the present customer's transaction began: greeted then; an addition


class Suspension(Model, frozen=True, omit_defaults=True, kw_only=True):
    """One suspension with its own life. It ends by itself at `until`; without one it lasts until lifted."""

    id: str
    scope: str  # branch | counter:<n> | device:<id>
    reason: str
    source: Source
    since: Instant
    until: Instant | None = None
    expected: Instant | None = (
        None  # when service is hoped to be back; it ends nothing, and is no longer told once past
    )
    actor: str | None = None
    rule: str | None = None
    text: Text = {}


class Intention(Model, frozen=True, omit_defaults=True, kw_only=True):
    """What a member of staff meant at a screen that had no controller: to suspend (`on`) or to resume `scope`."""

    screen: str
    at: Instant
    actor: str
    scope: str
    on: bool
    reason: str
    until: Instant | None = None


class Notice(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A short text for a time. Shown from `start` until `until` on the screens whose name or kind is in `places`."""

    id: str
    text: Text
    start: Instant
    until: Instant
    priority: int = 0
    places: tuple[str, ...] = ()  # empty: everywhere
    source: Source = "manager"  # whose notice it is, which decides who may withdraw it
    icon: str = ""  # one of signage.core.templates.Icon; empty: none
    actor: str | None = None
    template: str | None = None


class Call(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Something the lobby manager should see to. `kind`: call, rating, fault, overdue. Texts come from the catalogues."""

    id: str
    kind: str
    at: Instant
    counter: str | None = None
    device: str | None = None
    code: str | None = None  # a fault's code
    acknowledged_by: str | None = None


CaseAction = Literal["opened", "assigned", "investigated", "handled", "fed-back", "closed"]


class Case(Model, frozen=True, omit_defaults=True, kw_only=True):
    """An opinion or a low rating that somebody follows up (contract: case).

    Every screen reads this, so no word of the customer's and no telephone number stands here. `action`: the last one;
    `callback`: they have left a number.
    """

    id: str
    at: Instant
    source: str  # opinion, rating, …
    action: CaseAction = "opened"
    counter: str | None = None
    stars: int | None = None
    owner: str | None = None
    subject: str | None = None  # one of signage.core.cases.SUBJECTS
    callback: bool = False
    locale: str | None = None  # an addition: in which the customer wrote, so that the answer comes in it
    investigated_at: Instant | None = None  # additions: when it was first as far as that
    handled_at: Instant | None = None
    fed_back_at: Instant | None = None
    complicated: str | None = None  # why it may take longer: one of signage.core.case_history.Complication
    urged: bool = False  # head office has urged its next step
    step: str | None = None  # the step that falls due next: one of signage.core.timelies.Clocked
    remind: Instant | None = None  # from when on that is to be said
    due: Instant | None = None  # the first instant that is too late


class Answer(Model, frozen=True, omit_defaults=True, kw_only=True):
    """What the bank has answered to an opinion, released for everybody to read. `phrases` are from a closed list."""

    id: str  # the case's
    opened: Instant
    at: Instant
    text: Text
    subject: str | None = None
    phrases: tuple[str, ...] = ()


class ScreenEntry(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A configured screen, so that a panel can name the one that did not answer."""

    name: str
    kind: ScreenKind
    counter: str | None = None
    locale: str = ""  # the language it speaks; empty: it is not known, and what is signed for one is shown


class SelfService(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A machine that customers can turn to. Its suspension's scope is ``device:<name>``."""

    name: str
    business: Text
    place: Text


class GuideEntry(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A matter that customers come for, and every way there is to do it. `url` lies within the branch's own allow-list."""

    name: str
    topic: str  # one of signage.core.guide.Topic
    title: Text
    counters: tuple[str, ...] = ()  # numbers
    self_service: tuple[str, ...] = ()  # names of SelfService
    phone: Text = {}  # the way through the mobile bank; empty: it cannot be done there
    bring: Text = {}
    url: str = ""


class Amenity(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Something for customers to use. `icon`: one of signage.core.guide.AmenityIcon."""

    name: str
    title: Text
    place: Text
    icon: str
    available: bool = True


class Round(Model, frozen=True, omit_defaults=True, kw_only=True):
    """A checklist was last walked to its end: who, when, and how much was found."""

    checklist: str
    version: int
    at: Instant
    actor: str
    findings: int = 0


class Finding(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Something that a round found wrong. It stands until somebody else, or the next round, has seen it put right."""

    id: str
    at: Instant
    checklist: str
    step: str
    actor: str
    note: str = ""
    phrase: str = ""  # the key of what was chosen from the list
    rectified_by: str | None = None


class BranchState(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Everything a screen needs but its signed content and the clock."""

    revision: int
    at: Instant
    branch: Branch
    hours: HoursPlan
    counters: tuple[Counter, ...]
    suspension: Suspension | None = None  # the branch's winning one, for readers that look no further
    suspensions: tuple[Suspension, ...] = ()
    notices: tuple[Notice, ...]
    calls: tuple[Call, ...]
    screens: tuple[ScreenEntry, ...] = ()
    considered: dict[str, Instant] = {}  # by screen: the last Intention that the controller has considered; an addition
    self_service: tuple[SelfService, ...] = ()
    guide: tuple[GuideEntry, ...] = ()  # additions: what the branch tells its customers
    amenities: tuple[Amenity, ...] = ()
    cases: tuple[Case, ...] = ()  # open ones, the oldest first; an addition
    answers: tuple[Answer, ...] = ()  # released ones, the newest first; an addition
    rounds: tuple[Round, ...] = ()  # the last of each checklist; an addition
    findings: tuple[Finding, ...] = ()  # open ones, the oldest first; an addition
    bridges: tuple[str, ...] = ()  # the configured ones, so that a panel can name one that was never heard; an addition
    content: int
    v: Literal[1]
