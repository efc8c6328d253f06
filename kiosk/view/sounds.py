"""What is to be heard, and when: told from what was seen and what is seen now. Pure.

Three voices go with a visit (a greeting, the request to rate, a farewell); a press answers a finger; what was refused says
so. In elder mode each page says what can be done there, and before anything else that the branch serves nobody. Words stand in
files named after their cue, by language.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from kiosk.view.amenities import AmenitiesView
from kiosk.view.attract import AttractView
from kiosk.view.branch import Mood
from kiosk.view.cards import MoreView
from kiosk.view.forms import CallView, KeypadView, RatingView
from kiosk.view.guide import GuideView, MatterView
from kiosk.view.holidays import HolidaysView
from kiosk.view.home import HomeView
from kiosk.view.letter_views import ContactView, InkView
from kiosk.view.opinion_views import BookView, OpinionSentView, OpinionView
from kiosk.view.pages import RateStep
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
from signage.core.instants import Instant
from signage.core.items import RatePrompt, ThanksItem
from signage.core.scene import Scene

GREETED_FOR: Final = timedelta(seconds=10)  # a greeting that comes later than that is none


class Cue(StrEnum):
    """A sound by the name of its file."""

    WELCOME = "welcome"
    PLEASE_RATE = "please-rate"
    THANK_YOU = "thank-you"
    PRESS = "press"
    REFUSED = "refused"
    PAGE_HOME = "page-home"
    PAGE_SUSPENDED = "page-suspended"
    PAGE_COUNTERS = "page-counters"
    PAGE_WEEK = "page-week"
    PAGE_HOTLINE = "page-hotline"
    PAGE_RATING = "page-rating"
    PAGE_CALL = "page-call"
    PAGE_GUIDE = "page-guide"
    PAGE_MATTER = "page-matter"
    PAGE_AMENITIES = "page-amenities"
    PAGE_HOLIDAYS = "page-holidays"
    PAGE_RATES = "page-rates"
    PAGE_PLEDGE = "page-pledge"
    PAGE_DEMONSTRATION = "page-demonstration"
    PAGE_MORE = "page-more"
    PAGE_BOOK = "page-book"
    PAGE_OPINION = "page-opinion"
    PAGE_INK = "page-ink"
    PAGE_CONTACT = "page-contact"
    PAGE_SENT = "page-sent"
    STILL_THERE = "still-there"


SPOKEN: Final = tuple(cue for cue in Cue if cue not in {Cue.PRESS, Cue.REFUSED})

_PAGES: Final[dict[type[PageView], Cue]] = {
    HomeView: Cue.PAGE_HOME,
    CountersView: Cue.PAGE_COUNTERS,
    WeekView: Cue.PAGE_WEEK,
    HotlineView: Cue.PAGE_HOTLINE,
    RatingView: Cue.PAGE_RATING,
    CallView: Cue.PAGE_CALL,
    GuideView: Cue.PAGE_GUIDE,
    MatterView: Cue.PAGE_MATTER,
    AmenitiesView: Cue.PAGE_AMENITIES,
    HolidaysView: Cue.PAGE_HOLIDAYS,
    RatesView: Cue.PAGE_RATES,
    PledgeView: Cue.PAGE_PLEDGE,
    DemonstrationView: Cue.PAGE_DEMONSTRATION,
    MoreView: Cue.PAGE_MORE,
    BookView: Cue.PAGE_BOOK,
    OpinionView: Cue.PAGE_OPINION,
    InkView: Cue.PAGE_INK,
    ContactView: Cue.PAGE_CONTACT,
}
_SILENT: Final = (AttractView, AlarmView, HaltedView, SafeView)


@dataclass(frozen=True)
class Audible:
    """What of a sight can be heard. `prompt`, `thanks`, `serving`: a counter's; `touch`: a touch screen's."""

    now: Instant
    locale: str
    prompt: str | None = None
    thanks: Instant | None = None
    serving: Instant | None = None
    touch: TouchView | None = None


def audible(scene: Scene, now: Instant, locale: str, touch: TouchView | None, serving: Instant | None) -> Audible:
    """`serving`: when the transaction began that runs at this counter."""
    main = next((zone.item for zone in scene.zones if zone.name == "main"), None)
    return Audible(
        now=now,
        locale=locale,
        prompt=main.id if isinstance(main, RatePrompt) else None,
        thanks=main.until if isinstance(main, ThanksItem) else None,
        serving=serving,
        touch=touch,
    )


def cues(before: Audible | None, after: Audible, *, touched: bool) -> tuple[Cue, ...]:
    """What to play now, in order. `touched`: a finger has been there since `before`. Nothing at the very first sight."""
    if before is None:
        return ()
    if after.touch is not None:
        return _touch_cues(before.touch, after.touch, touched=touched)
    if after.prompt is not None and after.prompt != before.prompt:
        return (Cue.PLEASE_RATE,)
    if after.thanks is not None and after.thanks != before.thanks:
        return (Cue.THANK_YOU,)
    new = after.serving is not None and after.serving != before.serving
    return (Cue.WELCOME,) if new and after.serving is not None and after.now - after.serving < GREETED_FOR else ()


def _touch_cues(before: TouchView | None, after: TouchView, *, touched: bool) -> tuple[Cue, ...]:
    asked = before is not None and before.still is None and after.still is not None
    if before is None:
        return ()
    same = before.page == after.page and before.elder is after.elder and _halts(before) is _halts(after)
    if same and not touched and not asked:
        return ()
    first, then = before.page, after.page
    answer = _answer(first, then)
    if answer is None and touched:
        woken = isinstance(first, AttractView) and not isinstance(then, _SILENT)
        answer = Cue.WELCOME if woken else Cue.PRESS
    page = _page(before, after) if answer is not Cue.REFUSED else None  # it says what may be done, as if that had gone
    return tuple(cue for cue in (answer, page) if cue is not None)


def _answer(before: PageView, after: PageView) -> Cue | None:
    """What the screen itself answers: thanks, or that something did not go."""
    match after:
        case RatingView(step=RateStep.THANKED) if not _was(before, RateStep.THANKED):
            return Cue.THANK_YOU
        case RatingView(step=RateStep.FAILED) if not _was(before, RateStep.FAILED):
            return Cue.REFUSED
        case KeypadView(mood=Mood.SUSPENDED) if not (isinstance(before, KeypadView) and before.mood is after.mood):
            return Cue.REFUSED
        case OpinionView(trouble=trouble) if trouble and not (isinstance(before, OpinionView) and before.trouble):
            return Cue.REFUSED
        case ContactView(wrong=True) if not (isinstance(before, ContactView) and before.wrong):
            return Cue.REFUSED
        case CallView(mood=Mood.SUSPENDED) if not (isinstance(before, CallView) and before.mood is after.mood):
            return Cue.REFUSED
        case PanelView(outcome=outcome) if outcome is not None and outcome.mood is Mood.SUSPENDED:
            same = isinstance(before, PanelView) and before.outcome == outcome
            return None if same else Cue.REFUSED
        case _:
            return None


def _was(page: PageView, step: RateStep) -> bool:
    return isinstance(page, RatingView) and page.step is step


def _page(before: TouchView, after: TouchView) -> Cue | None:
    """What a page says of itself to those who asked for large letters, once on arriving there."""
    if not after.elder:
        return None
    if after.still is not None:
        return Cue.STILL_THERE if before.still is None else None
    if isinstance(after.page, OpinionSentView):  # thanked for once it is stored, not while it is being stored
        told = before.elder and isinstance(before.page, OpinionSentView) and before.page.number
        return Cue.PAGE_SENT if after.page.number and not told else None
    new = not (before.elder and _halts(before))
    if _halts(after) and (new or (isinstance(after.page, HomeView) and not isinstance(before.page, HomeView))):
        return Cue.PAGE_SUSPENDED
    if type(before.page) is type(after.page) and before.elder:
        return None
    return _PAGES.get(type(after.page))


def _halts(view: TouchView) -> bool:
    """Whether a customer reads here that the branch serves nobody."""
    return bool(view.frame.suspended) and not isinstance(view.page, (*_SILENT, *AT_WORK))
