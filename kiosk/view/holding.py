"""What staff read and do where service is suspended: why and until when, an end to it, its reason and time put right."""

from typing import Final

from kiosk.view.pages import Intent
from kiosk.view.panel import Action, Showing
from kiosk.view.staff_taps import Refine, Resume
from signage.core.model import BRANCH_SCOPE, Source, Suspension
from signage.core.phrases import Phrase, given
from signage.core.suspension import device_scope, holds, known_suspensions, may_lift, precedence
from signage.core.wording import moment_from, reason_phrase

_SOURCES: Final[dict[str, Source]] = {"teller": "teller"}  # everybody else acts as a manager


def place(showing: Showing, scope: str) -> Phrase:
    """What staff call it: the branch, a machine, a counter."""
    if scope == BRANCH_SCOPE:
        return Phrase("staff.whole_branch")
    machine = next((one for one in showing.state.self_service if device_scope(one.name) == scope), None)
    if machine is not None:
        return Phrase("staff.machine", {"business": given(machine.business), "place": given(machine.place)})
    return Phrase("staff.counter", {"number": scope.partition(":")[2]})


def standing(showing: Showing, scope: str) -> tuple[Suspension, ...]:
    """What suspends exactly this place, the weightiest first."""
    found = [one for one in known_suspensions(showing.state) if one.scope == scope and holds(one, showing.now)]
    return tuple(sorted(found, key=lambda one: precedence(one, (scope,))))


def _source(showing: Showing) -> Source:
    staff = showing.touch.staff
    return _SOURCES.get(staff.role if staff is not None else "", "manager")


def lifting(showing: Showing, there: tuple[Suspension, ...]) -> Action | None:
    """Resume, where this person may."""
    right = "service-branch" if there[0].scope == BRANCH_SCOPE else "service-part"
    mine = [one for one in there if may_lift(one, _source(showing))]
    if not mine or not showing.may(right):
        return None
    return Action(showing.voice.say("staff.resume"), Resume(mine[0].scope, _meant(mine[0])))


def refining(showing: Showing, there: tuple[Suspension, ...], right: str) -> Action | None:
    """Reason and time put right, of what people have suspended."""
    own = [one for one in there if one.source == _source(showing)]
    if not own or not showing.may(right):
        return None
    return Action(showing.voice.say("staff.refine"), Refine(_meant(own[0])))


def _meant(one: Suspension) -> Intent:
    """What it takes to suspend it as it is."""
    return Intent(one.scope, on=True, reason=one.reason, until=one.until)


def held_line(showing: Showing, there: tuple[Suspension, ...]) -> str:
    """Why, until when; and by whom, where that decides who may end it."""
    one, voice = there[0], showing.voice
    until = Phrase("staff.held_open")
    if one.until is not None:
        until = Phrase("staff.held_until", {"time": moment_from(one.until, showing.now, showing.hours.zone)})
    reason = reason_phrase(one.reason, one.text)
    key = "staff.held_by_office" if one.source == "head-office" else "staff.held"
    return voice.say(key, reason=reason, until=until)
