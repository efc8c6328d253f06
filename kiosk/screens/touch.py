"""The touch screen as a whole: head, page and foot; a new view changes what must change and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from kivy.clock import Clock

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.paint import Fill
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Palette, Space
from kiosk.design.touch_parts import BackBar, Head, WayBack
from kiosk.guarding import guarded
from kiosk.screens.alarm import AlarmPage
from kiosk.screens.amenities import AmenitiesPage
from kiosk.screens.attract import AttractPage
from kiosk.screens.case_page import CaseSheet
from kiosk.screens.check_page import CheckPage
from kiosk.screens.counters import CountersPage
from kiosk.screens.films import Films
from kiosk.screens.form_page import FormPage
from kiosk.screens.guide import GuidePage
from kiosk.screens.halted import HaltedPage
from kiosk.screens.holidays import HolidaysPage
from kiosk.screens.home import HomePage
from kiosk.screens.info import HotlinePage, SafePage, WeekPage
from kiosk.screens.keypad_page import KeypadPage
from kiosk.screens.matter import MatterPage
from kiosk.screens.more import MorePage
from kiosk.screens.opinions import BookPage, OpinionPage, OpinionSentPage
from kiosk.screens.panel_page import PanelPage
from kiosk.screens.rate import call_page, rating_page
from kiosk.screens.signed_pages import DemonstrationPage, GonePage, PledgePage, RatesPage
from kiosk.screens.slides import Slides
from kiosk.screens.still import StillPage
from kiosk.screens.textures import Shelf
from kiosk.screens.touch_base import UNHEARD, Foot, OnTap, Page, SuspendedStrip, Unheard, landscape, words
from kiosk.screens.writing import ContactPage, InkPage
from kiosk.view.amenities import AmenitiesView
from kiosk.view.attract import AttractView
from kiosk.view.cards import MoreView
from kiosk.view.cases_list import CaseView
from kiosk.view.check_view import CheckView
from kiosk.view.forms import CallView, FormView, KeypadView, RatingView
from kiosk.view.guide import GuideView, MatterView
from kiosk.view.happenings import Open, Place
from kiosk.view.headed import GoneView, Headed
from kiosk.view.holidays import HolidaysView
from kiosk.view.home import HomeView
from kiosk.view.journey import RING
from kiosk.view.letter_views import ContactView, InkView
from kiosk.view.opinion_views import BookView, OpinionSentView, OpinionView
from kiosk.view.panel import PanelView
from kiosk.view.signed_pages import DemonstrationView, PledgeView, RatesView
from kiosk.view.touch import (
    AT_WORK,
    AlarmView,
    CountersView,
    HaltedView,
    HotlineView,
    PageView,
    SafeView,
    TouchView,
    WeekView,
)
from kiosk.view.voice import Pair

_RING_S = RING.total_seconds()
LET_GO_S: Final = 2.0  # no finger stays longer on what is no more


class TouchScreen(Part):
    """Shows TouchViews and reports taps. Fills its window."""

    def __init__(
        self,
        palette: Palette,
        size: tuple[int, int],
        tap: OnTap,
        *,
        moving: bool = False,
        shelf: Shelf | None = None,
        films: Films | None = None,
    ) -> None:
        self._fit = partial(Look.fit, palette, *size, moving=moving)
        super().__init__(self._fit())
        self.tap = tap
        self.view: TouchView | None = None
        self.page: Page | None = None
        self.head: Head | None = None
        self.bar: BackBar | WayBack | None = None
        self._ground = Fill(self.look, palette.paper)
        self._shelf = shelf or Shelf()
        self._films = films
        self.slides = Slides(self.look, self._shelf, films)
        self._foot: Foot | None = None
        self._unheard: Unheard | None = None
        self._strip: SuspendedStrip | None = None
        self._still: StillPage | None = None
        self._last: tuple[Part, ...] = ()  # a finger may still be on what has just been taken away

    def show(self, view: TouchView, ring: int | None) -> None:
        """`ring`: seconds until this page goes home, where that shows."""
        before, self.view = self.view, view
        if before != view:
            same = before is not None and replace(before, page=view.page, still=view.still) == view
            if not (same and _title(view.page) == _title(before.page if before else None) and self._update(view.page)):
                self._build(view)
            self._ask(view)
        if self.bar is not None:
            self.bar.have(self.bar.ring, ring is not None)
            self.bar.ring.show(1.0 if ring is None else ring / _RING_S)

    def _update(self, view: PageView) -> bool:
        return self.page is not None and self.page.update(view)

    def _ask(self, view: TouchView) -> None:
        """Whether somebody is still there; meanwhile nothing else is drawn, or can be read."""
        still = view.still
        if self._still is not None and (still is None or self._still.parent is None):
            self.remove_widget(self._still)
            self._still = None
        for part in (self.page, self.head, self.bar, self._foot, self._unheard, self._strip):
            if part is not None:
                self.have(part, still is None)
        if still is None:
            return
        if self._still is None:
            self._still = StillPage(self._fitted(view), still, self.tap)
            self.add_widget(self._still)
            self._still.place(self.box)
        self._still.update(still)

    def _fitted(self, view: TouchView) -> Look:
        return self._fit(elder=view.elder, family=family_of(view.locale))

    def _build(self, view: TouchView) -> None:
        self._last = tuple(self.children)
        Clock.schedule_once(guarded(self._let_go), LET_GO_S)
        if self.page is not None:
            self.page.forget()
        self.clear_widgets()
        look = self._fitted(view)
        self.add_widget(self._ground)
        self.page = self._page(look, view)
        self.add_widget(self.page)
        self._foot = None
        if not isinstance(view.page, (*AT_WORK, SafeView, AttractView, AlarmView)):
            self._foot = Foot(look, view.frame, self.tap, elder=view.elder)
            self.add_widget(self._foot)
        self._lead_back(look, view)
        self._unheard = None
        if view.frame.unheard and not isinstance(view.page, AttractView | AlarmView):
            self._unheard = Unheard(look, view.frame.unheard)
            self.add_widget(self._unheard)
        self._strip = None
        if view.strip:
            self._strip = SuspendedStrip(look, view.strip)
            self.add_widget(self._strip)
        self.relayout()

    def _lead_back(self, look: Look, view: TouchView) -> None:
        """The title and the way back: for customers back stands low, in every hand's reach; staff have both in one bar."""
        self.head = self.bar = None
        title = _title(view.page)
        if title is None:
            return
        place, back, named = _back(view.page), words(view.frame.back), Words(title.first)
        if self._foot is None:
            self.bar = BackBar(look, back, named, lambda: self.tap(Open(place)))
        else:
            self.head = Head(look, named)
            self.bar = WayBack(look, back, lambda: self.tap(Open(place)))
            self.add_widget(self.head)
        self.add_widget(self.bar)

    def _let_go(self, _: float) -> None:
        self._last = ()

    def _page(self, look: Look, view: TouchView) -> Page:
        if self.slides.parent is not None:
            self.slides.parent.remove_widget(self.slides)
        if self.slides.look.family != look.family:  # another language, and letters of another region
            self.slides.leave()
            self.slides = Slides(replace(self.slides.look, family=look.family), self._shelf, self._films)
        if isinstance(view.page, AttractView):
            self.slides.show(view.page.slide)
            return AttractPage(look, view.page, self.tap, self.slides)
        if isinstance(view.page, AlarmView):
            self.slides.show(view.page.main)
            return AlarmPage(look, self.tap, self.slides)
        self.slides.leave()
        if isinstance(view.page, DemonstrationView):
            return DemonstrationPage(look, view.page, self.tap, self._shelf)
        return _page(look, view, self.tap)

    @property
    def for_customers(self) -> bool:
        """Whether this is a page that customers read and touch, with the foot that all of those have."""
        return self._foot is not None

    @property
    def playing(self) -> bool:
        """Whether something wants frames."""
        return isinstance(self.page, AttractPage | AlarmPage) and self.slides.playing

    def advance(self, seconds: float) -> None:
        """Let time pass for a film, or for a slide that gives way."""
        self.slides.advance(seconds)

    @property
    def foot(self) -> Foot:
        assert self._foot is not None
        return self._foot

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        rest = box
        if self.head is not None:
            head, rest = rest.cut_top(Head.high(self.head.look))
            self.head.place(head)
        if isinstance(self.bar, BackBar):
            bar, rest = rest.cut_top(BackBar.high(self.bar.look))
            self.bar.place(bar)
        if self._strip is not None:
            strip, rest = rest.cut_top(SuspendedStrip.high(self._strip.look, wide=landscape(box)))
            self._strip.place(strip)
        if self._foot is not None:
            foot, rest = rest.cut_bottom(Foot.high(self._foot.look))
            rest = self._place_foot(self._foot, foot, rest)
        if self._unheard is not None:
            unheard, rest = rest.cut_bottom(look.u(UNHEARD))
            self._unheard.place(unheard)
        if self.page is not None:
            self.page.place(rest)

    def _place_foot(self, foot: Foot, box: Box, rest: Box) -> Box:
        """And the way back: over it on a tall screen, at its beginning on a wide one. What is left to the page."""
        foot.beside = 0.0
        if isinstance(self.bar, WayBack):
            look = self.bar.look
            edge, within = look.u(Space.XL), look.u(Space.S)
            if landscape(self.box):
                foot.beside = WayBack.broad(look) + look.u(Space.L)
                way = box.inset(edge, within)
            else:
                way, rest = rest.cut_bottom(WayBack.high(look))
                way = way.inset(edge, within)
            self.bar.place(way.cut_left(WayBack.broad(look))[0])
        foot.place(box)
        return rest


def _back(view: PageView) -> Place:
    """Where the back key leads."""
    if isinstance(view, Headed):
        return view.back
    return Place.PANEL if isinstance(view, FormView) else Place.HOME


def _title(view: PageView | None) -> Pair | None:
    """What the head says; None: the page has its own head."""
    match view:
        case CountersView(title=title) | WeekView(title=title) | HotlineView(title=title):
            return title
        case KeypadView(title=title) | FormView(title=title) | Headed(title=title):
            return title
        case RatingView(heading=heading) | CallView(heading=heading):
            return heading
        case _:
            return None


# Every page but those that show the frame's name, and those that the screen draws itself.
_PAGES: Final[dict[type, Callable[[Look, Any, OnTap], Page]]] = {
    CountersView: CountersPage,
    WeekView: WeekPage,
    HotlineView: HotlinePage,
    MoreView: MorePage,
    HolidaysView: HolidaysPage,
    GuideView: GuidePage,
    MatterView: MatterPage,
    AmenitiesView: AmenitiesPage,
    RatesView: RatesPage,
    PledgeView: PledgePage,
    GoneView: GonePage,
    BookView: BookPage,
    OpinionView: OpinionPage,
    OpinionSentView: OpinionSentPage,
    InkView: InkPage,
    ContactView: ContactPage,
    RatingView: rating_page,
    CallView: call_page,
    KeypadView: KeypadPage,
    PanelView: PanelPage,
    FormView: FormPage,
    CheckView: CheckPage,
    CaseView: CaseSheet,
    SafeView: SafePage,
}


def _page(look: Look, view: TouchView, tap: OnTap) -> Page:
    if isinstance(view.page, HomeView):
        return HomePage(look, view.frame, view.page, tap)
    if isinstance(view.page, HaltedView):
        return HaltedPage(look, view.frame, view.page, tap)
    return _PAGES[type(view.page)](look, view.page, tap)
