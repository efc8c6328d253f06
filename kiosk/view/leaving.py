"""Ending this screen's program from the staff panel: who may, why it was done, and what is kept of it. Pure."""

from typing import Final

from kiosk.view.forms import Choice, FormView, Group
from kiosk.view.happenings import Effect, Emit, Leave, World
from kiosk.view.pages import EMERGENCY, LeaveForm, Touch
from kiosk.view.panel import Action, Desk
from kiosk.view.staff_taps import PickCause, StartLeaving

RIGHT: Final = "screen"
ACTION: Final = "screen.exit"
REASONS: Final = ("maintenance", "moving", "other")


def leave_action(desk: Desk, screen: str) -> Action | None:
    """Of this screen alone, also while no controller is heard: it needs nobody."""
    return _leave(desk) if screen == desk.device and desk.may(RIGHT) else None


def bare_leave_action(desk: Desk) -> Action | None:
    """Before any state has been seen: also to who got in by the screen's own PIN, as there may never be another."""
    staff = desk.touch.staff
    alone = staff is not None and staff.role == EMERGENCY
    return _leave(desk) if alone or desk.may(RIGHT) else None


def _leave(desk: Desk) -> Action:
    return Action(desk.voice.say("staff.leave"), StartLeaving(), grave=True)


def leave_view(desk: Desk, page: LeaveForm) -> FormView:
    voice = desk.voice
    reasons = tuple(Choice(voice.both(f"staff.leave.{one}"), one == page.reason, PickCause(one)) for one in REASONS)
    return FormView(
        title=voice.both("staff.leave_title"),
        groups=(Group(voice.say("staff.leave_why"), reasons, 3),),
        confirm=voice.both("staff.confirm_leave"),
        ready=page.reason is not None,
        grave=True,
        note=voice.say("staff.leave_note"),
    )


def leaving(touch: Touch, page: LeaveForm, world: World) -> tuple[Effect, ...]:
    """Kept before it is done: who, and why."""
    if touch.staff is None or page.reason is None:
        return ()
    told = {"actor": touch.staff.actor, "action": ACTION, "detail": f"{world.device}: {page.reason}"}
    return Emit(world.fresh, "audit", world.now, told), Leave()
