"""One step of a person's way through the touch screen: pure, total, and forgetful once they have gone."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kiosk.view import opinion, rate, sign_in, staff
from kiosk.view.happenings import (
    CallManager,
    CallsChanged,
    Effect,
    Emit,
    Happening,
    HoldEmblem,
    NotStored,
    Open,
    Passed,
    Place,
    PressStar,
    Replied,
    Stored,
    SwitchElder,
    SwitchLanguage,
    World,
)
from kiosk.view.letter import Sheet
from kiosk.view.letter_taps import StillHere
from kiosk.view.opinion_pages import Book, Opinion, OpinionStep
from kiosk.view.pages import (
    STAFF_PAGES,
    Calling,
    CallStep,
    Counters,
    Home,
    Hotline,
    Keypad,
    NoAnswer,
    Page,
    RateStep,
    Rating,
    SignedOut,
    Touch,
    Trouble,
    Week,
)
from kiosk.view.staff_taps import SignOut
from kiosk.view.turning import turned
from signage.core.instants import Instant

READING: Final = timedelta(seconds=45)
CHOOSING: Final = timedelta(seconds=15)
THANKS: Final = timedelta(seconds=6)
TELLING: Final = timedelta(seconds=12)
WAITING: Final = timedelta(seconds=60)  # for the lobby manager to take up a call
UNHEARD: Final = timedelta(seconds=10)  # for the controller to hear of one, before it is owned up to
STAFF: Final = timedelta(seconds=60)
SIGNED_OUT: Final = timedelta(seconds=3)
ANSWER: Final = timedelta(seconds=4)  # a PIN takes the controller 0.3 s, everything else milliseconds
LOCAL: Final = timedelta(milliseconds=700)  # contract: then a suspension is shown without the controller
RING: Final = timedelta(seconds=15)  # the ring shows over the last seconds before going home
_SECOND: Final = timedelta(seconds=1)
_PLACES: Final[dict[Place, Page]] = {
    Place.HOME: Home(),
    Place.COUNTERS: Counters(),
    Place.WEEK: Week(),
    Place.HOTLINE: Hotline(),
    Place.OPINIONS: Book(),
}

Step = tuple[Touch, tuple[Effect, ...]]


def step(touch: Touch, happening: Happening, world: World) -> Step:
    """What follows from a touch, an answer, or the passing of time."""
    match happening:
        case Passed():
            return _passed(touch, world)
        case Stored() | NotStored():
            return _stored(touch, happening, world), ()
        case Replied():
            answered, effects = staff.replied(touch, happening, world)
            return _left_later(touch, answered, world), effects
        case CallsChanged(calls):
            return _left_later(touch, _called(touch, calls), world), ()
        case HoldEmblem() if not isinstance(touch.page, (Keypad, *STAFF_PAGES)):
            after, effects = _let_in(touch, world)
            return replace(after, home_at=_leave_at(after, world)), effects
        case _:
            after, effects = _tapped(touch, happening, world)
            return replace(after, home_at=_leave_at(after, world)), effects


def _tapped(touch: Touch, happening: Happening, world: World) -> Step:
    page = touch.page
    match happening:
        case SignOut():
            return _leaving(touch, world)
        case SwitchLanguage(locale=locale):
            return replace(touch, locale=locale), ()
        case SwitchElder():
            return replace(touch, elder=not touch.elder), ()
        case StillHere():
            return touch, ()
    if isinstance(page, STAFF_PAGES):
        return staff.panel(touch, happening, world)
    if isinstance(page, Rating):
        return _rated(touch, page, happening, world)
    if isinstance(page, Book):
        return _written(touch, opinion.book(page, happening, touch.kept)), ()
    if isinstance(page, Opinion):
        after, effects = opinion.opinion(page, happening, world)
        return _written(touch, after), effects
    if isinstance(page, Keypad) and not isinstance(happening, Open):
        return sign_in.sign_in(touch, happening, world)
    return _walked(touch, happening, world)


def _written(touch: Touch, page: Book | Opinion | None) -> Touch:
    """On in the opinion book, or out of it. What was begun is kept while it does not lie open."""
    kept = None if isinstance(page, Opinion) else opinion.laid_aside(touch.page) or touch.kept
    return replace(touch, page=page or Home(), kept=kept)


def _rated(touch: Touch, page: Rating, happening: Happening, world: World) -> Step:
    if isinstance(happening, Open) and page.step is not RateStep.CHOOSING:
        return replace(touch, page=Home()), ()
    rating, effects = rate.rate(page, happening, world)
    return replace(touch, page=rating), effects


def _walked(touch: Touch, happening: Happening, world: World) -> Step:
    page = turned(touch.page, happening)
    if page is not None:
        return replace(touch, page=page, pending=None), ()
    match happening:
        case Open(place) if place in _PLACES:
            return replace(touch, page=_PLACES[place], pending=None), ()
        case PressStar():
            rating, effects = rate.begin(happening, world)
            return replace(touch, page=rating), effects
        case CallManager():
            emit = Emit(world.fresh, "call", world.now, {"device": world.device, "on": True})
            return replace(touch, page=Calling(world.fresh, world.now)), (emit,)
        case _:
            return touch, ()


def _let_in(touch: Touch, world: World) -> Step:
    """Staff at the emblem. An emergency or this screen's own suspension may cover a rating just begun: it counts."""
    effects: tuple[Effect, ...] = ()
    if isinstance(touch.page, Rating):
        effects = rate.rate(touch.page, Passed(), world)[1]
    return Touch(page=Keypad(), locale=touch.locale), effects


def _stored(touch: Touch, happening: Stored | NotStored, world: World) -> Touch:
    page = touch.page
    after = touch
    if isinstance(page, Rating):
        after = replace(touch, page=rate.rate(page, happening, world)[0])
    elif isinstance(page, Opinion):
        after = replace(touch, page=opinion.opinion(page, happening, world)[0] or Home())
    elif isinstance(page, Calling) and page.event == happening.event:
        done = CallStep.SENT if isinstance(happening, Stored) else CallStep.FAILED
        after = _unheard(replace(touch, page=replace(page, step=done)), world)
    return _left_later(touch, after, world)


def _called(touch: Touch, calls: frozenset[str]) -> Touch:
    page = touch.page
    if not isinstance(page, Calling):
        return touch
    if page.step in {CallStep.SENT, CallStep.UNHEARD} and page.event in calls:
        return replace(touch, page=replace(page, step=CallStep.HEARD))
    if page.step is CallStep.HEARD and page.event not in calls:
        return replace(touch, page=replace(page, step=CallStep.ANSWERED))
    return touch


def _unheard(touch: Touch, world: World) -> Touch:
    """A call that has not got through is owned up to; it is still on its way, and turns into heard if it does."""
    page = touch.page
    if not isinstance(page, Calling) or page.step is not CallStep.SENT:
        return touch
    waiting = world.heard and world.now - page.since < UNHEARD
    return touch if waiting else replace(touch, page=replace(page, step=CallStep.UNHEARD))


def _left_later(before: Touch, after: Touch, world: World) -> Touch:
    """What has changed by itself is given its whole time too."""
    return after if after == before else replace(after, home_at=_leave_at(after, world))


def _in_time(touch: Touch, world: World) -> Touch:
    """A clock that was put back gives nobody's page, and no answer, longer than they have."""
    if touch.pending is not None and touch.pending.since > world.now:
        touch = replace(touch, pending=replace(touch.pending, since=world.now))
    if touch.home_at is not None and touch.home_at - world.now > allowance(touch):
        touch = replace(touch, home_at=_leave_at(touch, world))
    return touch


def _passed(touch: Touch, world: World) -> Step:
    touch = _in_time(touch, world)
    pending = touch.pending
    if pending is not None and pending.intent is not None and world.now - pending.since >= LOCAL:
        alone, effects = staff.go_local(touch, world)
        return _left_later(touch, alone, world), effects
    if pending is not None and world.now - pending.since >= ANSWER:
        touch = replace(touch, pending=None, outcome=NoAnswer(pending.name))
        if isinstance(touch.page, Keypad):
            touch = replace(touch, page=Keypad(trouble=Trouble.NO_ANSWER), outcome=None)
    if touch.staff is not None and world.now >= touch.staff.until:
        out, effects = _leaving(touch, world)
        return _left_later(touch, out, world), effects
    if touch.home_at is None or world.now < touch.home_at:
        return _left_later(touch, _unheard(touch, world), world), ()
    if isinstance(touch.page, Rating) and touch.page.step is RateStep.CHOOSING:
        rating, effects = rate.rate(touch.page, Passed(), world)
        return replace(touch, page=rating, home_at=_leave_at(replace(touch, page=rating), world)), effects
    return _left_later(touch, _left(touch, world), world), ()


def _leaving(touch: Touch, world: World) -> Step:
    """Out of the panel. A suspension that still waits for its answer is not lost with who ordered it."""
    pending = touch.pending
    waits = touch.staff is not None and pending is not None and pending.intent is not None
    effects = staff.go_local(touch, world)[1] if waits else ()
    return _left(touch, world), effects


def _left(touch: Touch, world: World) -> Touch:
    """Back to the first page, in the screen's own language. Of staff it is said for a moment that they are out."""
    staff = touch.staff
    if staff is None:
        return _resting(world)
    return Touch(page=SignedOut(staff.name or staff.actor), locale=touch.locale)


def _resting(world: World) -> Touch:
    """Where nobody is at the screen."""
    return Touch(locale=world.home_locale)


def allowance(touch: Touch) -> timedelta:
    """How long a page stays when nobody touches it. Larger letters give twice the time to read.

    Who has laid an opinion aside has the time of somebody who writes, wherever they are; but a rating counts in its own.
    """
    page = touch.page
    if isinstance(page, Rating):
        slow = {RateStep.CHOOSING: CHOOSING, RateStep.THANKED: THANKS}.get(page.step, TELLING)
        slow = slow if page.writing.sheet is Sheet.NONE else opinion.WRITING
    elif isinstance(page, Opinion):
        slow = {OpinionStep.WRITING: opinion.WRITING, OpinionStep.THANKED: opinion.NUMBER}.get(page.step, TELLING)
    elif isinstance(page, Calling):
        slow = WAITING if page.step in {CallStep.SENT, CallStep.UNHEARD, CallStep.HEARD} else TELLING
    elif isinstance(page, (Keypad, *STAFF_PAGES)):
        return STAFF
    elif isinstance(page, SignedOut):
        return SIGNED_OUT
    else:
        slow = READING
    if touch.kept is not None and not _rating(touch):
        slow = max(slow, opinion.WRITING)
    thanked = isinstance(page, Rating) and page.step is RateStep.THANKED
    return slow * 2 if touch.elder and not thanked else slow


def _leave_at(touch: Touch, world: World) -> Instant | None:
    if touch == replace(_resting(world), home_at=touch.home_at):
        return None  # already where it would go
    return Instant.of(world.now + allowance(touch))


def wake_at(touch: Touch, now: Instant) -> Instant | None:
    """The next instant at which time alone changes this page: going home, a ring's second, a missing answer."""
    pending = touch.pending
    candidates = [] if pending is None else [pending.since + (ANSWER if pending.intent is None else LOCAL)]
    if isinstance(touch.page, Keypad) and touch.page.until is not None and now < touch.page.until:
        candidates.append(now + _SECOND)
    if isinstance(touch.page, Calling) and touch.page.step is CallStep.SENT:
        candidates.append(touch.page.since + UNHEARD)
    if touch.staff is not None:
        candidates.append(touch.staff.until)
    undo_until = staff.undo_until(touch.outcome)
    if undo_until is not None and now < undo_until:
        candidates.append(undo_until)
    if touch.home_at is not None:
        ring_from = touch.home_at - RING
        candidates.append(ring_from if now < ring_from else touch.home_at - (_whole(touch.home_at - now) - 1) * _SECOND)
    return Instant.of(min(candidates)) if candidates else None


def ring(touch: Touch, now: Instant) -> int | None:
    """Whole seconds until this page goes home, over its last ones; None while there is no hurry."""
    if touch.home_at is None or (isinstance(touch.page, Home) and touch.kept is None):
        return None
    left = touch.home_at - now
    return None if left > RING else max(0, _whole(left))


def entering(touch: Touch) -> bool:
    """Whether somebody is in the middle of something that they would not like to lose."""
    page = touch.page
    if isinstance(page, Rating) and _rating(touch):
        return page.writing.sheet is not Sheet.NONE
    return touch.kept is not None or opinion.laid_aside(page) is not None


def _rating(touch: Touch) -> bool:
    """Whether time alone ends a rating here, and not the visit."""
    return isinstance(touch.page, Rating) and touch.page.step is RateStep.CHOOSING


def _whole(span: timedelta) -> int:
    """Seconds, a begun one counted as one."""
    return -(-span // _SECOND)
