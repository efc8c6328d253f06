"""The staff panel: who gets in, and what is ordered. The controller decides; the screen asks and shows the answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from kiosk.view.happenings import (
    Acknowledge,
    CheckPin,
    Confirm,
    Effect,
    Erase,
    GoLocal,
    Happening,
    Open,
    Order,
    PickCause,
    PickCounter,
    PickExpected,
    PickTemplate,
    Place,
    PressDigit,
    Replied,
    Resume,
    ShowTab,
    StartNotice,
    StartSuspending,
    WithdrawNotice,
    World,
)
from kiosk.view.pages import (
    EMERGENCY,
    PIN_DIGITS,
    Done,
    Expected,
    Intent,
    Keypad,
    NoticeForm,
    Panel,
    Pending,
    Refused,
    Staff,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
    WentLocal,
)
from signage.core.instants import Instant
from signage.core.templates import BlankKind, template
from signage.core.wording import clock

ENTER: Final = "staff.enter"
NO_LINK: Final = "no-link"  # what a screen answers itself with when there is no connection
MINUTES: Final = {Expected.QUARTER: 15, Expected.HALF: 30, Expected.HOUR: 60}
NOTICE_AT_LEAST: Final = timedelta(hours=4)  # a notice whose end nobody knows goes by itself


def expected_end(expected: Expected, world: World) -> Instant | None:
    """When a suspension ends by itself; None: until somebody resumes it."""
    if expected is Expected.CLOSING:
        return world.closing
    if expected is Expected.UNKNOWN:
        return None
    return Instant.of(world.now + timedelta(minutes=MINUTES[expected]))


def sign_in(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """The keypad: the sixth digit asks the controller, over a private link only."""
    page = touch.page
    assert isinstance(page, Keypad)
    match happening:
        case PressDigit(digit) if touch.pending is None and not _locked(page, world.now):
            digits = page.digits + digit
            if len(digits) < PIN_DIGITS:
                return replace(touch, page=Keypad(digits)), ()
            if not world.heard and world.emergency:
                pending = Pending(world.fresh, ENTER, world.now)
                return replace(touch, page=Keypad(digits), pending=pending), (CheckPin(world.fresh, digits),)
            if not world.private:
                return replace(touch, page=Keypad(trouble=Trouble.NOT_PRIVATE)), ()
            pending = Pending(world.fresh, ENTER, world.now)
            return replace(touch, page=Keypad(digits), pending=pending), (Order(world.fresh, ENTER, {"pin": digits}),)
        case Erase() if touch.pending is None:
            return replace(touch, page=replace(page, digits=page.digits[:-1])), ()
        case _:
            return touch, ()


def _locked(page: Keypad, now: Instant) -> bool:
    return page.until is not None and now < page.until


def replied(touch: Touch, reply: Replied, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """The controller's answer to the command that is pending; any other answer changes nothing."""
    pending = touch.pending
    if pending is None or reply.command != pending.id:
        return touch, ()
    answered = replace(touch, pending=None)
    if pending.name == ENTER:
        return _entered(answered, reply, world), ()
    if not reply.ok:
        if reply.code == NO_LINK and pending.intent is not None:
            return go_local(touch, world)
        return replace(answered, outcome=Refused(reply.code, reply.text)), ()
    revision = reply.result.get("revision")
    return replace(answered, outcome=Done(pending.name, revision if isinstance(revision, int) else None)), ()


def go_local(touch: Touch, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """Nobody has answered the pending command: what it means is done without the controller."""
    pending, staff = touch.pending, touch.staff
    assert pending is not None
    assert pending.intent is not None
    assert staff is not None
    done = replace(touch, pending=None, outcome=WentLocal(world.now))
    return done, (GoLocal(pending.intent, staff.actor, world.now),)


def _entered(touch: Touch, reply: Replied, world: World) -> Touch:
    if not reply.ok:
        return replace(touch, page=_refused(reply, world))
    try:
        until = Instant.parse(str(reply.result["until"]))
        actor, role, token = (str(reply.result[key]) for key in ("actor", "role", "token"))
    except (KeyError, ValueError):
        return replace(touch, page=Keypad(trouble=Trouble.REFUSED))
    staff = Staff(actor, role, token, until, str(reply.result.get("name", actor)))
    return replace(touch, page=Panel(), staff=staff, outcome=None)


def _refused(reply: Replied, world: World) -> Keypad:
    left = reply.result.get("tries_left")
    wait_s = reply.result.get("wait_s")
    if isinstance(wait_s, int) and wait_s > 0:
        return Keypad(trouble=Trouble.LOCKED, until=Instant.of(world.now + timedelta(seconds=wait_s)))
    if isinstance(left, int):
        return Keypad(trouble=Trouble.WRONG, left=left)
    return Keypad(trouble=Trouble.REFUSED)


def panel(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """A step on the panel or one of its forms, by somebody who is signed in."""
    page = touch.page
    match happening:
        case ShowTab(tab):
            return replace(touch, page=Panel(tab)), ()
        case Open(Place.PANEL):
            return replace(touch, page=Panel(Tab.NOTICES if isinstance(page, NoticeForm) else Tab.SERVICE)), ()
        case StartSuspending(scope):
            return replace(touch, page=SuspendForm(scope), outcome=None), ()
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
    name, args, back = asked
    pending = Pending(world.fresh, name, world.now, _intent(touch, happening, world))
    asking = replace(touch, page=back, pending=pending, outcome=None)
    if touch.staff.role == EMERGENCY:
        return go_local(asking, world) if pending.intent is not None else (touch, ())
    return asking, (Order(world.fresh, name, args, touch.staff.actor, touch.staff.token),)


def _intent(touch: Touch, happening: Happening, world: World) -> Intent | None:
    match happening, touch.page:
        case Confirm(), SuspendForm(scope, reason, expected) if reason is not None and expected is not None:
            return Intent(scope, on=True, reason=reason, until=expected_end(expected, world))
        case Resume(scope), _:
            return Intent(scope, on=False)
        case _:
            return None


def _asked(touch: Touch, happening: Happening, world: World) -> tuple[str, Mapping[str, Any], Panel] | None:
    page = touch.page
    match happening, page:
        case Confirm(), SuspendForm(scope, reason, expected) if reason is not None and expected is not None:
            end = expected_end(expected, world)
            args = {"scope": scope, "reason": reason} | ({} if end is None else {"until": str(end)})
            return "suspend", args, Panel()
        case Confirm(), NoticeForm() if ready(page):
            return "notice.post", _notice(page, world), Panel(Tab.NOTICES)
        case Resume(scope), _:
            return "resume", {"scope": scope}, Panel()
        case WithdrawNotice(notice), _:
            return "notice.withdraw", {"notice": notice}, Panel(Tab.NOTICES)
        case Acknowledge(call), _:
            return "call.ack", {"call": call}, Panel(Tab.ALERTS)
        case _:
            return None


def ready(form: NoticeForm) -> bool:
    """Whether every blank of the chosen template can be filled."""
    chosen = template(form.template or "")
    if chosen is None or form.expected is None:
        return False
    return form.counter is not None or BlankKind.COUNTER not in chosen.blanks.values()


def _notice(form: NoticeForm, world: World) -> Mapping[str, Any]:
    """A blank for a time takes the notice's own end, or where it is called `start` the present."""
    chosen = template(form.template or "")
    assert chosen is not None
    assert form.expected is not None
    end = expected_end(form.expected, world) or Instant.of(world.now + NOTICE_AT_LEAST)
    times = {"start": clock(world.now, world.zone)}
    blanks = {
        name: form.counter if kind is BlankKind.COUNTER else times.get(name, clock(end, world.zone))
        for name, kind in chosen.blanks.items()
    }
    return {
        "notice": world.fresh,
        "template": chosen.id,
        "blanks": blanks,
        "until": str(end),
        "priority": chosen.priority,
    }
