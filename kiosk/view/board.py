"""The panel's first view: every counter with one tap to suspend it, the branch with one more, and who waits."""

from dataclasses import replace
from typing import Final

from kiosk.view.alerts import waiting
from kiosk.view.branch import Mood, StateWord, branch_state_word, counter_rows, main_service
from kiosk.view.likely import likeliest
from kiosk.view.pages import Intent, Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, BoardView, PanelRow, Showing
from kiosk.view.staff_taps import Refine, Resume, ShowTab, StartSuspending, SuspendNow
from kiosk.view.voice import Voice
from signage.core.hours_words import describe
from signage.core.model import BRANCH_SCOPE, Source, Suspension
from signage.core.phrases import Phrase
from signage.core.suspension import branch_held, counter_scope, holds, known_suspensions, may_lift, precedence
from signage.core.wording import moment_from, reason_phrase

COUNTERS_A_SHEET: Final = 8
WAITS_SHOWN: Final = 3
_SOURCES: Final[dict[str, Source]] = {"teller": "teller"}  # everybody else acts as a manager


def board_view(showing: Showing, page: Panel) -> BoardView:
    counters, pager = sheet_of(_counters(showing), page.sheet, COUNTERS_A_SHEET, Tab.SERVICE, showing.voice)
    waits = waiting(showing)
    return BoardView(
        branch=_branch(showing),
        counters=counters,
        pager=pager,
        waits_title=showing.voice.say("staff.waits", count=len(waits)) if waits else "",
        waits=tuple(replace(row, state=None) for row in waits[:WAITS_SHOWN]),  # all of them wait: said above
        count=len(waits),
        all_waits=Action(showing.voice.say("staff.waits_all", count=len(waits)), ShowTab(Tab.ALERTS))
        if waits
        else None,
        quiet="" if waits or not showing.may("call") else showing.voice.say("staff.quiet"),
        hint=showing.voice.say("staff.hint"),
    )


def _branch(showing: Showing) -> PanelRow:
    """Nobody suspends a whole branch by a slip: its form comes filled, and one more tap sends it."""
    state, hours, voice = showing.state, showing.hours, showing.voice
    there = _there(showing, BRANCH_SCOPE)
    line = (
        _held_line(showing, there) if there else voice.render(describe(hours, main_service(hours), showing.now)).first
    )
    reason = likeliest(state, BRANCH_SCOPE, showing.now, showing.habits)
    start = Action(voice.say("staff.suspend_branch"), StartSuspending(BRANCH_SCOPE, reason), grave=True)
    return PanelRow(
        title=voice.both("staff.whole_branch"),
        line=line,
        state=_brief(showing, branch_state_word(state, hours, showing.now, Voice(voice.first), brief=True)),
        action=_lifting(showing, there) if there else start if showing.may("service-branch") else None,
        more=_refining(showing, there, "service-branch"),
    )


def _counters(showing: Showing) -> tuple[PanelRow, ...]:
    state, voice = showing.state, showing.voice
    branch_out = branch_held(state, showing.now) is not None
    rows = []
    for row in counter_rows(state, showing.hours, showing.now, voice):
        scope = counter_scope(row.number)
        there = _there(showing, scope)
        now = SuspendNow(scope, likeliest(state, scope, showing.now, showing.habits))
        able = showing.may("service-part") and not branch_out
        action = (
            _lifting(showing, there) if there else Action(voice.say("staff.suspend"), now, grave=True) if able else None
        )
        line = _held_line(showing, there) if there else voice.say("staff.with_branch") if branch_out else row.line
        more = _refining(showing, there, "service-part")
        rows.append(PanelRow(row.business, line, _brief(showing, row.state), action, row.number, more))
    return tuple(rows)


def _brief(showing: Showing, state: StateWord) -> StateWord:
    """Staff know what is suspended: the service."""
    return StateWord(state.mood, showing.voice.both("staff.paused")) if state.mood is Mood.SUSPENDED else state


def _there(showing: Showing, scope: str) -> tuple[Suspension, ...]:
    """What suspends exactly this place, the weightiest first."""
    found = [one for one in known_suspensions(showing.state) if one.scope == scope and holds(one, showing.now)]
    return tuple(sorted(found, key=lambda one: precedence(one, (scope,))))


def _source(showing: Showing) -> Source:
    staff = showing.touch.staff
    return _SOURCES.get(staff.role if staff is not None else "", "manager")


def _lifting(showing: Showing, there: tuple[Suspension, ...]) -> Action | None:
    """Resume, where this person may."""
    right = "service-branch" if there[0].scope == BRANCH_SCOPE else "service-part"
    mine = [one for one in there if may_lift(one, _source(showing))]
    if not mine or not showing.may(right):
        return None
    return Action(showing.voice.say("staff.resume"), Resume(mine[0].scope, _meant(mine[0])))


def _refining(showing: Showing, there: tuple[Suspension, ...], right: str) -> Action | None:
    """Reason and time put right, of what people have suspended."""
    own = [one for one in there if one.source == _source(showing)]
    if not own or not showing.may(right):
        return None
    return Action(showing.voice.say("staff.refine"), Refine(_meant(own[0])))


def _meant(one: Suspension) -> Intent:
    """What it takes to suspend it as it is."""
    return Intent(one.scope, on=True, reason=one.reason, until=one.until)


def _held_line(showing: Showing, there: tuple[Suspension, ...]) -> str:
    """Why, until when; and by whom, where that decides who may end it."""
    one, voice = there[0], showing.voice
    until = Phrase("staff.held_open")
    if one.until is not None:
        until = Phrase("staff.held_until", {"time": moment_from(one.until, showing.now, showing.hours.zone)})
    reason = reason_phrase(one.reason, one.text)
    key = "staff.held_by_office" if one.source == "head-office" else "staff.held"
    return voice.say(key, reason=reason, until=until)
