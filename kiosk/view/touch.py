"""The whole touch screen in words: the frame that every page shares, and the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kiosk.view.amenities import amenities_view
from kiosk.view.attract import AttractView
from kiosk.view.branch import CounterRow, SuspendedView, counter_rows, suspended_line, suspended_view
from kiosk.view.cards import more_view
from kiosk.view.cases_list import CaseView
from kiosk.view.check_view import CheckView
from kiosk.view.forms import (
    CallView,
    FormView,
    KeypadView,
    RatingView,
    call_view,
)
from kiosk.view.guide import guide_view, matter_view
from kiosk.view.headed import Headed
from kiosk.view.holidays import holidays_view
from kiosk.view.home import HomeView, home_view
from kiosk.view.letter_views import StillView, still_view
from kiosk.view.media import MediaMain
from kiosk.view.opinion_pages import Book, Opinion
from kiosk.view.opinion_views import book_view, opinion_view
from kiosk.view.pages import (
    Calling,
    Counters,
    Home,
    Hotline,
    Rating,
    Touch,
    Week,
)
from kiosk.view.panel import Desk, PanelView, Showing
from kiosk.view.rating_view import rating_view
from kiosk.view.reach import Glass, Heard
from kiosk.view.reading import (
    Amenities,
    Demonstration,
    Guide,
    Holidays,
    Matter,
    More,
    Pledge,
    Rates,
    Signed,
)
from kiosk.view.rounds import KeptRound
from kiosk.view.signed_pages import (
    demonstration_view,
    pledge_view,
    rates_view,
)
from kiosk.view.staff_views import BARE_VIEWS, STAFF_VIEWS
from kiosk.view.voice import Pair, Voice, following
from kiosk.view.wall_parts import NoticeMain, SuspendedMain
from kiosk.view.week import WeekTable, week_table
from kiosk.view.zones import Hanging
from signage.core.checklists import Checklist
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.phrases import Catalogue
from signage.wire.messages import SceneName


@dataclass(frozen=True)
class CountersView:
    title: Pair
    suspended: SuspendedView | None
    rows: tuple[CounterRow, ...]


@dataclass(frozen=True)
class WeekView:
    title: Pair
    table: WeekTable
    foot: str
    holidays: Pair


@dataclass(frozen=True)
class HotlineView:
    title: Pair
    number: str
    hours: Pair
    steps_title: Pair
    steps: tuple[str, ...]


@dataclass(frozen=True)
class SafeView:
    """Nothing is known yet: no state has ever been seen."""

    title: Pair
    line: str


@dataclass(frozen=True)
class AlarmView:
    """An emergency's words or picture, and nothing beside it."""

    main: NoticeMain | MediaMain


@dataclass(frozen=True)
class HaltedView:
    """This very screen is out of service: why, until when, and where to go instead."""

    main: SuspendedMain


PageView = (
    HomeView
    | CountersView
    | WeekView
    | HotlineView
    | Headed
    | RatingView
    | CallView
    | KeypadView
    | PanelView
    | FormView
    | CheckView
    | CaseView
    | SafeView
    | AttractView
    | AlarmView
    | HaltedView
)
AT_WORK: Final = (KeypadView, PanelView, FormView, CheckView, CaseView)  # staff, who know what is suspended
_NO_STRIP: Final = (HomeView, CountersView, AttractView, AlarmView, HaltedView, *AT_WORK)  # bear no strip


@dataclass(frozen=True)
class Frame:
    """What stays: the name, the foot, whether the screen goes by old knowledge, and that the branch serves nobody."""

    name: Pair
    hotline: str
    hotline_label: str
    language: str  # the name of the one offered next; empty: there is no other
    elder: str
    back: Pair
    unheard: str
    next_locale: str = ""
    suspended: str = ""


@dataclass(frozen=True)
class TouchView:
    frame: Frame
    page: PageView
    elder: bool
    still: StillView | None = None
    locale: str = "zh"

    @property
    def strip(self) -> str:
        """That the branch serves nobody, on every page that does not say so itself; otherwise empty."""
        return "" if isinstance(self.page, _NO_STRIP) else self.frame.suspended


@dataclass(frozen=True)
class Known:
    """What the screen knows. `heard`: the controller has been alive within 15 s; `emergency`: there is an emergency PIN.

    `devices` to `kept`: for staff (`Showing`).
    `signed`: what head office has signed for which pages; `hanging`: where their pictures stand.
    """

    state: BranchState | None
    hours: Hours | None
    heard: bool
    glasses: Mapping[str, Glass]
    device: str
    emergency: bool = False
    devices: Mapping[str, Heard] = field(default_factory=dict)
    habits: Mapping[str, str] = field(default_factory=dict)
    checklists: tuple[Checklist, ...] = ()
    kept: tuple[KeptRound, ...] = ()
    signed: Signed = field(default_factory=dict)
    hanging: Hanging | None = None


def touch_view(known: Known, touch: Touch, catalogues: Mapping[str, Catalogue], now: Instant) -> TouchView:
    """Total: without any state it says that it is waiting for one."""
    voice = Voice.of(catalogues, touch.locale, elder=touch.elder)
    other = catalogues[following(catalogues, touch.locale)]
    if known.state is None or known.hours is None:
        desk = Desk(
            touch=touch,
            now=now,
            voice=voice,
            device=known.device,
            emergency=known.emergency and not known.heard,
            heard=known.heard,
        )
        frame = _frame(Pair(""), "", voice, other, heard=True, elder=touch.elder)
        return TouchView(frame, _bare_page(desk), touch.elder, locale=touch.locale)
    showing = Showing(
        state=known.state,
        hours=known.hours,
        touch=touch,
        now=now,
        voice=voice,
        device=known.device,
        glasses=known.glasses,
        emergency=known.emergency and not known.heard,
        heard=known.heard,
        devices=known.devices,
        habits=known.habits,
        checklists=known.checklists,
        kept=known.kept,
        signed=known.signed,
        hanging=known.hanging,
    )
    branch = known.state.branch
    frame = replace(
        _frame(voice.pick(branch.name), branch.hotline, voice, other, heard=known.heard, elder=touch.elder),
        suspended=suspended_line(known.state, known.hours, now, voice),
    )
    return TouchView(frame, _page(showing), touch.elder, still_view(touch, now, voice), touch.locale)


def _frame(name: Pair, hotline: str, voice: Voice, other: Catalogue, *, heard: bool, elder: bool) -> Frame:
    """`other`: the language offered next, perhaps the one that is spoken."""
    return Frame(
        name=name,
        hotline=hotline,
        hotline_label=voice.say("touch.hotline"),
        language=other.text("language.name") if other.locale != voice.first.locale else "",
        elder=voice.say("touch.elder_off" if elder else "touch.elder"),
        back=voice.both("touch.back"),
        unheard="" if heard else voice.say("touch.unheard"),
        next_locale=other.locale,
    )


def _counters(showing: Showing, _: Counters) -> CountersView:
    state, hours, now, voice = showing.state, showing.hours, showing.now, showing.voice
    held = suspended_view(state, hours, now, voice)
    return CountersView(voice.both("touch.card.counters"), held, counter_rows(state, hours, now, voice))


def _week(showing: Showing, _: Week) -> WeekView:
    hours, now, voice = showing.hours, showing.now, showing.voice
    return WeekView(
        voice.both("touch.card.week"),
        week_table(hours, now, voice),
        voice.say("touch.week_foot"),
        voice.both("touch.holidays"),
    )


def _hotline(showing: Showing, _: Hotline) -> HotlineView:
    voice = showing.voice
    return HotlineView(
        title=voice.both("touch.card.hotline"),
        number=showing.state.branch.hotline,
        hours=voice.both("hotline.hours"),
        steps_title=voice.both("hotline.steps"),
        steps=tuple(voice.say(f"hotline.step.{number}") for number in (1, 2, 3, 4)),
    )


_VIEWS: Final[dict[type, Callable[[Showing, Any], PageView]]] = {
    Home: lambda showing, _: home_view(showing),
    Counters: _counters,
    Week: _week,
    Hotline: _hotline,
    More: lambda showing, _: more_view(showing),
    Holidays: holidays_view,
    Guide: guide_view,
    Matter: matter_view,
    Amenities: amenities_view,
    Rates: rates_view,
    Pledge: pledge_view,
    Demonstration: demonstration_view,
    Rating: rating_view,
    Book: book_view,
    Opinion: opinion_view,
    Calling: call_view,
    **STAFF_VIEWS,
}


def _page(showing: Showing) -> PageView:
    page = showing.touch.page
    return _VIEWS[type(page)](showing, page)


def _bare_page(desk: Desk) -> PageView:
    """Staff see theirs; to everybody else no claim is made."""
    view = BARE_VIEWS.get(type(desk.touch.page))
    if view is not None:
        return view(desk, desk.touch.page)
    return SafeView(desk.voice.both("touch.safe"), desk.voice.say("touch.safe_line"))


def scene_name(touch: Touch, view: TouchView | None, shown: SceneName) -> SceneName:
    """What the Status calls this page: a rating is one, everything else is the branch's own showing."""
    covered = view is not None and isinstance(view.page, AlarmView | HaltedView)
    return "rating" if isinstance(touch.page, Rating) and not covered else shown
