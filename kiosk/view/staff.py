"""The staff panel: what is ordered. The controller decides; the screen asks and shows the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from kiosk.view.adjusting import IDENTIFY, SCREEN, adjusted, screen_args
from kiosk.view.happenings import (
    DropRound,
    Effect,
    GoLocal,
    Happening,
    Open,
    Order,
    Place,
    Replied,
    World,
)
from kiosk.view.leaving import leaving
from kiosk.view.notice_form import notice_args, ready
from kiosk.view.pages import (
    EMERGENCY,
    CasePage,
    Done,
    Expected,
    Intent,
    Keypad,
    LeaveForm,
    NoticeForm,
    Outcome,
    Page,
    Panel,
    Pending,
    Refused,
    ScreenForm,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
    WentLocal,
)
from kiosk.view.rounds import FOLLOW, RESULT, Walking, begin, result
from kiosk.view.sign_in import ENTER, NO_LINK, entered
from kiosk.view.staff_taps import (
    Acknowledge,
    Adjust,
    AdvanceCase,
    BeginRound,
    Confirm,
    Dim,
    Follow,
    PickCause,
    PickCounter,
    PickExpected,
    PickTemplate,
    ReadCase,
    Refine,
    Resume,
    SayAmenity,
    ShowTab,
    StartLeaving,
    StartNotice,
    StartSuspending,
    SuspendNow,
    Undo,
    WithdrawNotice,
)
from kiosk.view.terms import complete, expected_end
from kiosk.view.walking import walk
from signage.core.instants import Instant
from signage.core.suspension import device_scope

READ: Final = "case.read"
UPDATE: Final = "case.update"
NOT_SIGNED_IN: Final = "not-signed-in"  # a controller that was started anew knows no token
ALONE: Final = frozenset({NO_LINK, "storage"})  # the controller did nothing: what needs none is done without it
UNDO: Final = timedelta(seconds=10)  # for so long what was ordered last can be taken back in one tap
# A key that has just suspended resumes: whoever strikes it twice means it once. Nobody reads the answer in less.
STRUCK_TWICE: Final = timedelta(seconds=1)

_MACHINE: Final = device_scope("")
_TABS: Final[Mapping[type[Page], Tab]] = {  # where a form comes from
    NoticeForm: Tab.NOTICES,
    ScreenForm: Tab.DEVICES,
    LeaveForm: Tab.DEVICES,
    Walking: Tab.CHECKS,
    CasePage: Tab.CASES,
}


@dataclass(frozen=True)
class _Asked:
    """A command to the controller, the page that it leads to, and what takes it back."""

    name: str
    args: Mapping[str, Any]
    back: Page
    intent: Intent | None = None
    undo: Intent | None = None
    about: str = ""


def replied(touch: Touch, reply: Replied, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """The controller's answer to the command that is pending; any other answer changes nothing."""
    pending = touch.pending
    if pending is None or reply.command != pending.id:
        return touch, ()
    after = replace(touch, pending=None)
    if pending.name == ENTER:
        return entered(after, reply, world), ()
    if not reply.ok:
        return _refused(touch, pending, reply, world)
    if pending.name == READ and isinstance(touch.page, CasePage):
        return replace(after, page=replace(touch.page, letter=reply.result)), ()
    if pending.name == SCREEN and isinstance(touch.page, ScreenForm):
        return replace(after, page=adjusted(touch.page, reply.result)), ()
    revision = reply.result.get("revision")
    seen = revision if isinstance(revision, int) else None
    done = Done(pending.name, seen, world.now, pending.intent, pending.undo)
    sent = (DropRound(pending.about, touch.staff.actor),) if pending.about and touch.staff is not None else ()
    return replace(after, outcome=done), sent


def _refused(touch: Touch, pending: Pending, reply: Replied, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    if reply.code in ALONE and pending.intent is not None:
        return go_local(touch, world)
    if reply.code == NOT_SIGNED_IN:
        return Touch(page=Keypad(trouble=Trouble.ENDED), locale=touch.locale), ()
    return replace(touch, pending=None, outcome=Refused(reply.code, reply.text)), ()


def go_local(touch: Touch, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """The pending command has not been carried out: what it means is done without the controller."""
    pending, staff = touch.pending, touch.staff
    assert pending is not None
    assert pending.intent is not None
    assert staff is not None
    done = replace(touch, pending=None, outcome=WentLocal(world.now, pending.intent, pending.undo))
    return done, (GoLocal(pending.intent, staff.actor, world.now),)


def undo_until(outcome: Outcome | None) -> Instant | None:
    """Until when what was ordered last can be taken back in one tap; None: it cannot."""
    match outcome:
        case Done(at=Instant() as at, undo=Intent()) | WentLocal(at=at, undo=Intent()):
            return Instant.of(at + UNDO)
        case _:
            return None


def panel(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """A step on the panel or one of its forms, by somebody who is signed in. A form leads back to the sheet it came from."""
    after, effects = _stepped(touch, happening, world)
    if isinstance(touch.page, Panel):
        after = replace(after, origin=None if isinstance(after.page, Panel) else touch.page)
    return after, effects


def _stepped(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    page = touch.page
    begun = _begun(happening)
    if begun is not None:
        return replace(touch, page=begun, outcome=None), ()
    match happening:
        case ShowTab(tab, sheet):
            return replace(touch, page=Panel(tab, sheet)), ()
        case Open(Place.PANEL):
            return replace(touch, page=_back(touch), outcome=None), ()
        case Confirm() if isinstance(page, LeaveForm):
            return touch, leaving(touch, page, world)
        case PickCause(reason) if isinstance(page, SuspendForm | LeaveForm):
            return replace(touch, page=replace(page, reason=reason)), ()
        case PickTemplate(chosen) if isinstance(page, NoticeForm):
            return replace(touch, page=replace(page, template=chosen)), ()
        case PickCounter(number) if isinstance(page, NoticeForm):
            return replace(touch, page=replace(page, counter=number)), ()
        case PickExpected(expected) if isinstance(page, SuspendForm | NoticeForm):
            return replace(touch, page=replace(page, expected=expected)), ()
        case _ if isinstance(page, Walking) and not isinstance(happening, Confirm):
            return walk(touch, page, happening, world)
        case _:
            return _order(touch, happening, world)


def _back(touch: Touch) -> Panel:
    """The list that a form belongs to."""
    page = touch.page
    tab = _tab_of(page.scope) if isinstance(page, SuspendForm) else _TABS.get(type(page), Tab.SERVICE)
    return _list(touch, tab)


def _tab_of(scope: str) -> Tab:
    """Where a place stands on the panel: a machine among the devices."""
    return Tab.DEVICES if scope.startswith(_MACHINE) else Tab.SERVICE


def _list(touch: Touch, tab: Tab) -> Panel:
    """One of the panel's lists: as it lies open, or lay open when a form was reached from it."""
    there = touch.page if isinstance(touch.page, Panel) else touch.origin
    return there if there is not None and there.tab is tab else Panel(tab)


def _begun(happening: Happening) -> Page | None:
    """The form that a press on the panel opens."""
    match happening:
        case StartSuspending(scope, reason):
            return SuspendForm(scope, reason, None if reason is None else Expected.UNKNOWN)
        case Refine(was):
            return SuspendForm(was.scope, was.reason, was=was)
        case StartNotice():
            return NoticeForm()
        case StartLeaving():
            return LeaveForm()
        case BeginRound(checklist, kept):
            return begin(checklist, kept)
        case _:
            return None


def _order(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    if touch.pending is not None or touch.staff is None:
        return touch, ()
    asked = _asked(touch, happening, world)
    if asked is None:
        return touch, ()
    pending = Pending(world.fresh, asked.name, world.now, asked.intent, asked.undo, asked.about)
    asking = replace(touch, page=asked.back, pending=pending, outcome=None)
    if touch.staff.role == EMERGENCY:
        return go_local(asking, world) if pending.intent is not None else (touch, ())
    return asking, (Order(world.fresh, asked.name, asked.args, touch.staff.actor, touch.staff.token),)


def _asked(touch: Touch, happening: Happening, world: World) -> _Asked | None:
    return _service(touch, happening, world) or _sent(touch, happening, world) or _else(touch, happening)


def _service(touch: Touch, happening: Happening, world: World) -> _Asked | None:
    """To suspend and to resume: what a screen can also do without a controller."""
    match happening, touch.page:
        case SuspendNow(scope) | Resume(scope), _ if _struck_twice(touch, scope, world):
            return None
        case SuspendNow(scope, reason), _:
            return _suspending(touch, Intent(scope, on=True, reason=reason))
        case Confirm(), SuspendForm() as form if complete(form, world.closing):
            return _filled(touch, form, world)
        case Resume(scope, was), _:
            return _resuming(touch, scope, was)
        case Undo(), _:
            return _undoing(touch, world)
        case _:
            return None


def _struck_twice(touch: Touch, scope: str, world: World) -> bool:
    """Whether a press follows so fast upon the last one's outcome that it was meant for that.

    So it is on the same place; and where another row has come under the finger: when a form has just given way to its list,
    and among the machines, which stand in the order of what is suspended.
    """
    match touch.outcome:
        case Done(at=Instant() as at, intent=Intent() as done) | WentLocal(at=at, intent=Intent() as done):
            moved = touch.origin is not None or (scope.startswith(_MACHINE) and done.scope.startswith(_MACHINE))
            return (moved or scope == done.scope) and world.now < at + STRUCK_TWICE
        case _:
            return False


def _sent(touch: Touch, happening: Happening, world: World) -> _Asked | None:
    """A form that is complete, and each press on a screen's."""
    page = touch.page
    match happening, page:
        case Confirm(), NoticeForm() if ready(page, world.closing):
            return _Asked("notice.post", notice_args(page, world), _list(touch, Tab.NOTICES))
        case Confirm(), Walking(checklist) if page.step is None:
            return _Asked(RESULT, result(page), _list(touch, Tab.CHECKS), about=checklist.id)
        case Confirm(), ScreenForm(screen):
            return _Asked(IDENTIFY, {"screen": screen}, page)
        case Dim(), ScreenForm():
            return _Asked(SCREEN, screen_args(page, happening), page)
        case Adjust(screen), _:
            return _Asked(SCREEN, screen_args(ScreenForm(screen), Dim()), ScreenForm(screen))
        case _:
            return None


def _else(touch: Touch, happening: Happening) -> _Asked | None:
    """What is done about one row of a list: the list stays."""
    page = touch.page
    here = page if isinstance(page, Panel) else Panel()
    match happening:
        case WithdrawNotice(notice):
            return _Asked("notice.withdraw", {"notice": notice}, _list(touch, Tab.NOTICES))
        case Acknowledge(call):
            return _Asked("call.ack", {"call": call}, here)
        case Follow(finding, action):
            return _Asked(FOLLOW, {"finding": finding, "action": action}, here)
        case ReadCase(case):
            return _Asked(READ, {"case": case}, CasePage(case))
        case AdvanceCase(case, action):
            done = here if isinstance(page, Panel) else _list(touch, Tab.CASES)
            return _Asked(UPDATE, {"case": case, "action": action}, done)
        case SayAmenity(name, available):
            return _Asked("amenity", {"name": name, "available": available}, here)
        case _:
            return None


def _filled(touch: Touch, form: SuspendForm, world: World) -> _Asked:
    assert form.reason is not None
    assert form.expected is not None
    until = expected_end(form.expected, world)
    return _suspending(touch, Intent(form.scope, on=True, reason=form.reason, until=until), form.was)


def _suspending(touch: Touch, intent: Intent, was: Intent | None = None) -> _Asked:
    """`was`: how the place was suspended before; taken back, it is so again."""
    args = {"scope": intent.scope, "reason": intent.reason}
    end = {} if intent.until is None else {"until": str(intent.until)}
    back = _list(touch, _tab_of(intent.scope))
    return _Asked("suspend", args | end, back, intent, was or Intent(intent.scope, on=False))


def _resuming(touch: Touch, scope: str, was: Intent | None) -> _Asked:
    return _Asked("resume", {"scope": scope}, _list(touch, _tab_of(scope)), Intent(scope, on=False), was)


def _undoing(touch: Touch, world: World) -> _Asked | None:
    """The opposite of what was ordered last; what takes something back is not taken back itself."""
    outcome = touch.outcome
    until = undo_until(outcome)
    if until is None or world.now >= until or not isinstance(outcome, Done | WentLocal) or outcome.undo is None:
        return None
    undo = outcome.undo
    over = undo.until is not None and undo.until <= world.now  # it would have ended by itself meanwhile
    asked = _suspending(touch, undo) if undo.on and not over else _resuming(touch, undo.scope, None)
    return replace(asked, undo=None)
