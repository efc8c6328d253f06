"""The staff panel: what is ordered. The controller decides; the screen asks and shows the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from kiosk.view.adjusting import IDENTIFY, SCREEN, answered, screen_args
from kiosk.view.happenings import Effect, GoLocal, Happening, Open, Order, Place, Replied, World
from kiosk.view.notice_form import notice_args, ready
from kiosk.view.pages import (
    EMERGENCY,
    Done,
    Expected,
    Intent,
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
    WentLocal,
)
from kiosk.view.sign_in import ENTER, entered
from kiosk.view.staff_taps import (
    Acknowledge,
    Adjust,
    Confirm,
    Dim,
    PickCause,
    PickCounter,
    PickExpected,
    PickTemplate,
    Refine,
    Resume,
    ShowTab,
    StartNotice,
    StartSuspending,
    SuspendNow,
    Undo,
    WithdrawNotice,
)
from kiosk.view.terms import expected_end
from signage.core.instants import Instant

NO_LINK: Final = "no-link"  # what a screen answers itself with when there is no connection
UNDO: Final = timedelta(seconds=10)  # for so long what was ordered last can be taken back in one tap

_TABS: Final[Mapping[type[Page], Tab]] = {NoticeForm: Tab.NOTICES, ScreenForm: Tab.DEVICES}  # where a form comes from


@dataclass(frozen=True)
class _Asked:
    """A command to the controller, the page that it leads to, and what takes it back."""

    name: str
    args: Mapping[str, Any]
    back: Page
    intent: Intent | None = None
    undo: Intent | None = None


def replied(touch: Touch, reply: Replied, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """The controller's answer to the command that is pending; any other answer changes nothing."""
    pending = touch.pending
    if pending is None or reply.command != pending.id:
        return touch, ()
    after = replace(touch, pending=None)
    if pending.name == ENTER:
        return entered(after, reply, world), ()
    if not reply.ok:
        if reply.code == NO_LINK and pending.intent is not None:
            return go_local(touch, world)
        return replace(after, outcome=Refused(reply.code, reply.text)), ()
    if pending.name == SCREEN and isinstance(touch.page, ScreenForm):
        return replace(after, page=answered(touch.page, reply.result)), ()
    revision = reply.result.get("revision")
    seen = revision if isinstance(revision, int) else None
    return replace(after, outcome=Done(pending.name, seen, world.now, pending.intent, pending.undo)), ()


def go_local(touch: Touch, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """Nobody has answered the pending command: what it means is done without the controller."""
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
    """A step on the panel or one of its forms, by somebody who is signed in."""
    page = touch.page
    match happening:
        case ShowTab(tab, sheet):
            return replace(touch, page=Panel(tab, sheet)), ()
        case Open(Place.PANEL):
            return replace(touch, page=Panel(_TABS.get(type(page), Tab.SERVICE)), outcome=None), ()
        case StartSuspending(scope, reason):
            known = None if reason is None else Expected.UNKNOWN
            return replace(touch, page=SuspendForm(scope, reason, known), outcome=None), ()
        case Refine(scope, reason):
            return replace(touch, page=SuspendForm(scope, reason, refines=True), outcome=None), ()
        case StartNotice():
            return replace(touch, page=NoticeForm(), outcome=None), ()
        case PickCause(reason) if isinstance(page, SuspendForm):
            return replace(touch, page=replace(page, reason=reason)), ()
        case PickTemplate(chosen) if isinstance(page, NoticeForm):
            return replace(touch, page=replace(page, template=chosen)), ()
        case PickCounter(number) if isinstance(page, NoticeForm):
            return replace(touch, page=replace(page, counter=number)), ()
        case PickExpected(expected) if isinstance(page, SuspendForm | NoticeForm):
            return replace(touch, page=replace(page, expected=expected)), ()
        case _:
            return _order(touch, happening, world)


def _order(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    if touch.pending is not None or touch.staff is None:
        return touch, ()
    asked = _asked(touch, happening, world)
    if asked is None:
        return touch, ()
    pending = Pending(world.fresh, asked.name, world.now, asked.intent, asked.undo)
    asking = replace(touch, page=asked.back, pending=pending, outcome=None)
    if touch.staff.role == EMERGENCY:
        return go_local(asking, world) if pending.intent is not None else (touch, ())
    return asking, (Order(world.fresh, asked.name, asked.args, touch.staff.actor, touch.staff.token),)


def _asked(touch: Touch, happening: Happening, world: World) -> _Asked | None:
    return _service(touch, happening, world) or _else(touch.page, happening, world)


def _service(touch: Touch, happening: Happening, world: World) -> _Asked | None:
    """To suspend and to resume: what a screen can also do without a controller."""
    match happening, touch.page:
        case SuspendNow(scope, reason), _:
            return _suspending(Intent(scope, on=True, reason=reason))
        case Confirm(), SuspendForm(scope, reason, expected) if reason is not None and expected is not None:
            return _suspending(Intent(scope, on=True, reason=reason, until=expected_end(expected, world)))
        case Resume(scope, was), _:
            return _resuming(scope, was)
        case Undo(), _:
            return _undoing(touch.outcome, world)
        case _:
            return None


def _else(page: Page, happening: Happening, world: World) -> _Asked | None:
    match happening, page:
        case Confirm(), NoticeForm() if ready(page):
            return _Asked("notice.post", notice_args(page, world), Panel(Tab.NOTICES))
        case WithdrawNotice(notice), _:
            return _Asked("notice.withdraw", {"notice": notice}, Panel(Tab.NOTICES))
        case Acknowledge(call), _:
            return _Asked("call.ack", {"call": call}, page if isinstance(page, Panel) else Panel())
        case Adjust(screen), _:
            return _Asked(SCREEN, screen_args(ScreenForm(screen), Dim()), ScreenForm(screen))
        case Dim(), ScreenForm():
            return _Asked(SCREEN, screen_args(page, happening), page)
        case Confirm(), ScreenForm(screen):
            return _Asked(IDENTIFY, {"screen": screen}, page)
        case _:
            return None


def _suspending(intent: Intent) -> _Asked:
    args = {"scope": intent.scope, "reason": intent.reason}
    end = {} if intent.until is None else {"until": str(intent.until)}
    return _Asked("suspend", args | end, Panel(), intent, Intent(intent.scope, on=False))


def _resuming(scope: str, was: Intent | None) -> _Asked:
    return _Asked("resume", {"scope": scope}, Panel(), Intent(scope, on=False), was)


def _undoing(outcome: Outcome | None, world: World) -> _Asked | None:
    """The opposite of what was ordered last; what takes something back is not taken back itself."""
    until = undo_until(outcome)
    if until is None or world.now >= until or not isinstance(outcome, Done | WentLocal) or outcome.undo is None:
        return None
    undo = outcome.undo
    asked = _suspending(undo) if undo.on else _resuming(undo.scope, None)
    return replace(asked, undo=None)
