"""The panel's first view: every counter with one tap to suspend it, the branch with one more, and who waits."""

from dataclasses import replace
from typing import Final

from kiosk.view.alerts import waiting
from kiosk.view.branch import Mood, StateWord, branch_state_word, counter_rows, main_service
from kiosk.view.holding import held_line, lifting, refining, standing
from kiosk.view.likely import likeliest
from kiosk.view.pages import Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, BoardView, PanelRow, Showing
from kiosk.view.staff_taps import ShowTab, StartSuspending, SuspendNow
from kiosk.view.voice import Voice
from signage.core.hours_words import describe
from signage.core.model import BRANCH_SCOPE
from signage.core.suspension import branch_held, counter_scope

COUNTERS_A_SHEET: Final = 8
WAITS_SHOWN: Final = 3


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
    there = standing(showing, BRANCH_SCOPE)
    service, line = main_service(hours), held_line(showing, there) if there else ""
    if service is not None and not there:
        line = voice.render(describe(hours, service, showing.now)).first
    reason = likeliest(state, BRANCH_SCOPE, showing.now, showing.habits)
    start = Action(voice.say("staff.suspend_branch"), StartSuspending(BRANCH_SCOPE, reason), grave=True)
    return PanelRow(
        title=voice.both("staff.whole_branch"),
        line=line,
        state=_brief(showing, branch_state_word(state, hours, showing.now, Voice(voice.first), brief=True)),
        action=lifting(showing, there) if there else start if showing.may("service-branch") else None,
        more=refining(showing, there, "service-branch"),
    )


def _counters(showing: Showing) -> tuple[PanelRow, ...]:
    state, voice = showing.state, showing.voice
    branch_out = branch_held(state, showing.now) is not None
    rows = []
    for row in counter_rows(state, showing.hours, showing.now, voice):
        scope = counter_scope(row.number)
        there = standing(showing, scope)
        now = SuspendNow(scope, likeliest(state, scope, showing.now, showing.habits))
        able = showing.may("service-part") and not branch_out
        action = (
            lifting(showing, there) if there else Action(voice.say("staff.suspend"), now, grave=True) if able else None
        )
        line = held_line(showing, there) if there else voice.say("staff.with_branch") if branch_out else row.line
        more = refining(showing, there, "service-part")
        rows.append(PanelRow(row.business, line, _brief(showing, row.state), action, row.number, more))
    return tuple(rows)


def _brief(showing: Showing, state: StateWord) -> StateWord:
    """Staff know what is suspended: the service."""
    return StateWord(state.mood, showing.voice.both("staff.paused")) if state.mood is Mood.SUSPENDED else state
