"""What the staff panel's lists are made of, and all that they are computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.design.icon_shapes import Icon
from kiosk.view.branch import Mood, StateWord
from kiosk.view.happenings import Tap
from kiosk.view.pages import Tab, Touch
from kiosk.view.reach import Glass, Heard
from kiosk.view.reading import Signed
from kiosk.view.rounds import KeptRound
from kiosk.view.voice import Pair, Voice
from kiosk.view.zones import Hanging
from signage.core.checklists import Checklist
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState


@dataclass(frozen=True)
class Action:
    """What a button says and does."""

    label: str
    tap: Tap
    grave: bool = False


@dataclass(frozen=True)
class PanelRow:
    """`action`: the one thing to do about it; `more`: what is seldom wanted, said more quietly. A number or an icon leads."""

    title: Pair
    line: str
    state: StateWord | None = None
    action: Action | None = None
    number: str = ""
    more: Action | None = None
    icon: Icon | None = None


@dataclass(frozen=True)
class Pager:
    """`place`: "2 / 3"; None where there is no sheet on that side."""

    place: str
    back: Action | None
    on: Action | None


@dataclass(frozen=True)
class ListView:
    """`empty`: what stands there without rows; `main`: the button that begins something new."""

    title: str
    rows: tuple[PanelRow, ...]
    empty: str = ""
    pager: Pager | None = None
    main: Action | None = None


@dataclass(frozen=True)
class BoardView:
    """The first view: who waits for staff, the counters, the branch.

    `waits`: the first of what is waiting, `count` how many there are, `all_waits` the way to all of them; `quiet`: said where nothing waits; `hint`: what
    one tap does.
    """

    branch: PanelRow
    counters: tuple[PanelRow, ...]
    pager: Pager | None
    waits_title: str
    waits: tuple[PanelRow, ...]
    count: int
    all_waits: Action | None
    quiet: str
    hint: str


@dataclass(frozen=True)
class OutcomeView:
    """`mood`: open for done everywhere, attention for not yet everywhere, suspended for not done."""

    mood: Mood
    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class TabItem:
    """`count`: how many things wait there."""

    tab: Tab
    label: str
    chosen: bool
    count: int = 0


@dataclass(frozen=True)
class PanelView:
    """`leaving`: said over the last seconds before the panel leaves by itself; `unable`: what cannot be done just now."""

    who: str
    role: str
    tabs: tuple[TabItem, ...]
    body: BoardView | ListView
    outcome: OutcomeView | None
    busy: bool
    sign_out: Pair
    leaving: str = ""
    unable: str = ""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the pages are computed from that tell nothing of the branch: staff get in before any state has been seen, too.

    `heard`: the controller has been alive of late; `emergency`: it has not, and staff get in by this screen's own PIN.
    """

    touch: Touch
    now: Instant
    voice: Voice
    device: str
    emergency: bool = False
    heard: bool = True

    def may(self, right: str) -> bool:
        """Whether who is signed in may do it, by what the controller said."""
        staff = self.touch.staff
        return staff is not None and staff.may(right)


@dataclass(frozen=True, kw_only=True)
class Showing(Desk):
    """All that a page is computed from. `glasses` are the displays as they last reported; `devices`: all that ever said anything.

    `habits`: the reason that was last given for a counter or the branch. `checklists`: signed for this branch; `kept`:
    rounds that were begun and not sent. `signed`: for which pages head office has signed what; `hanging`: where
    their pictures stand.
    """

    state: BranchState
    hours: Hours
    glasses: Mapping[str, Glass] = field(default_factory=dict)
    devices: Mapping[str, Heard] = field(default_factory=dict)
    habits: Mapping[str, str] = field(default_factory=dict)
    checklists: tuple[Checklist, ...] = ()
    kept: tuple[KeptRound, ...] = ()
    signed: Signed = field(default_factory=dict)
    hanging: Hanging | None = None
