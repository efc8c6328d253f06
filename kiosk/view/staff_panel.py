"""The staff panel in words: who is signed in, where they can go, what stands there, what became of the last command."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.view.alerts import alerts_view, waiting
from kiosk.view.amenities_list import amenities_list
from kiosk.view.board import board_view
from kiosk.view.cases_list import cases_view, due_rows, untaken
from kiosk.view.checks_list import checks_view, overdue_rows
from kiosk.view.devices import devices_view
from kiosk.view.journey import ring
from kiosk.view.leaving import bare_leave_action
from kiosk.view.notices_list import notices_view
from kiosk.view.outcome import outcome_view
from kiosk.view.pages import EMERGENCY, Panel, Tab
from kiosk.view.panel import BoardView, Desk, ListView, OutcomeView, PanelRow, PanelView, Showing, TabItem

_BODIES: Final[Mapping[Tab, Callable[[Showing, Panel], BoardView | ListView]]] = {
    Tab.SERVICE: board_view,
    Tab.ALERTS: alerts_view,
    Tab.NOTICES: notices_view,
    Tab.CASES: cases_view,
    Tab.CHECKS: checks_view,
    Tab.DEVICES: devices_view,
    Tab.MORE: amenities_list,
}
_NEEDS = {
    Tab.NOTICES: "notice",
    Tab.CASES: "case",
    Tab.CHECKS: "checklist",
    Tab.MORE: "amenity",
}  # a tab that only who may do something there sees


def panel_view(showing: Showing, page: Panel) -> PanelView:
    unable = "" if showing.heard else showing.voice.say("staff.unable")
    outcome = outcome_view(showing, showing.touch.outcome)
    return _panel(showing, _tabs(showing, page.tab), _BODIES[page.tab](showing, page), outcome, unable)


def bare_panel(desk: Desk, _: Panel) -> PanelView:
    """Before any state has been seen: this screen can be ended, and nothing is said of the branch."""
    voice = desk.voice
    row = PanelRow(voice.both("staff.kind.touch"), voice.say("staff.bare"), action=bare_leave_action(desk))
    tab = TabItem(Tab.DEVICES, voice.say("staff.tab.devices"), chosen=True)
    return _panel(desk, (tab,), ListView(tab.label, (row,)), None, "")


def _panel(
    desk: Desk, tabs: tuple[TabItem, ...], body: BoardView | ListView, outcome: OutcomeView | None, unable: str
) -> PanelView:
    voice, staff = desk.voice, desk.touch.staff
    seconds = ring(desk.touch, desk.now)
    name, role = "", ""
    if staff is not None:
        key = f"staff.role.{staff.role}"
        role = voice.say(key) if key in voice.first else staff.role
        name = voice.say("staff.emergency_name") if staff.role == EMERGENCY else staff.name or staff.actor
    return PanelView(
        who=name,
        role=role,
        tabs=tabs,
        body=body,
        outcome=outcome,
        busy=desk.touch.pending is not None,
        sign_out=voice.both("staff.sign_out"),
        leaving="" if seconds is None else voice.say("staff.leaving", seconds=seconds),
        unable=unable,
    )


def _tabs(showing: Showing, here: Tab) -> tuple[TabItem, ...]:
    """The emergency PIN suspends and resumes, and sees where that stands."""
    staff = showing.touch.staff
    emergency = staff is not None and staff.role == EMERGENCY
    offered = (Tab.SERVICE, Tab.DEVICES) if emergency else tuple(tab for tab in Tab if tab is not Tab.ALERTS)
    counts = {
        Tab.SERVICE: len(waiting(showing)),
        Tab.CASES: len(untaken(showing)) + len(due_rows(showing)),
        Tab.CHECKS: len(overdue_rows(showing)),
    }
    seen = [tab for tab in offered if tab not in _NEEDS or showing.may(_NEEDS[tab])]
    return tuple(
        TabItem(
            tab,
            showing.voice.say(f"staff.tab.{tab}"),
            tab is here or (tab is Tab.SERVICE and here is Tab.ALERTS),
            counts.get(tab, 0),
        )
        for tab in seen
    )
