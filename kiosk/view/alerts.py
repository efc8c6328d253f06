"""What waits for somebody of the staff: calls, low ratings, faults, suspensions that last longer than was hoped."""

from kiosk.view.branch import Mood, StateWord
from kiosk.view.cases_list import due_rows, untaken
from kiosk.view.checks_list import overdue_rows
from kiosk.view.pages import Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.staff_taps import Acknowledge
from signage.core.model import Call
from signage.core.phrases import Phrase
from signage.core.wording import clock

ROWS_A_SHEET = 8


def waiting(showing: Showing) -> tuple[PanelRow, ...]:
    """What nobody has taken yet: calls, a customer's before everything, then cases that fall due and rounds that are late, then new cases."""
    return (*_calls(showing), *due_rows(showing), *overdue_rows(showing), *untaken(showing))


def _calls(showing: Showing) -> tuple[PanelRow, ...]:
    if not showing.may("call"):
        return ()
    there = [call for call in showing.state.calls if call.acknowledged_by is None]
    return tuple(_row(showing, call) for call in sorted(there, key=_urgency))


def alerts_view(showing: Showing, page: Panel) -> ListView:
    """All of them, with those that somebody is at beneath."""
    voice = showing.voice
    taken = sorted((call for call in showing.state.calls if call.acknowledged_by is not None), key=_urgency)
    rows = (*waiting(showing), *(_taken(showing, call) for call in taken))
    shown, pager = sheet_of(rows, page.sheet, ROWS_A_SHEET, Tab.ALERTS, voice)
    return ListView(voice.say("staff.tab.alerts"), shown, "" if rows else voice.say("staff.empty.alerts"), pager)


def _urgency(call: Call) -> tuple[bool, int, str]:
    return (call.kind != "call", -call.at.ms, call.id)


def _words(showing: Showing, call: Call) -> tuple[Phrase, Phrase]:
    """What it is, and where."""
    place = Phrase("staff.at_device", {"device": call.device or "–"})
    screen = next((one for one in showing.state.screens if one.name == call.device), None)
    if call.counter:
        place = Phrase("staff.at_counter", {"number": call.counter})
    elif screen is not None:
        place = Phrase(f"staff.kind.{screen.kind}", {"counter": screen.counter or ""})
    key = f"staff.call.{call.kind}.{call.code}" if call.code else f"staff.call.{call.kind}"
    return Phrase(key if key in showing.voice.first else f"staff.call.{call.kind}"), place


def _row(showing: Showing, call: Call) -> PanelRow:
    voice = showing.voice
    title, place = _words(showing, call)
    return PanelRow(
        voice.render(title),
        voice.say("staff.since", time=clock(call.at, showing.hours.zone), place=place),
        StateWord(Mood.ATTENTION, voice.both("staff.waiting")),
        Action(voice.say("staff.take"), Acknowledge(call.id)),
    )


def _taken(showing: Showing, call: Call) -> PanelRow:
    voice = showing.voice
    title, place = _words(showing, call)
    actor = call.acknowledged_by or ""
    line = voice.say("staff.taken", time=clock(call.at, showing.hours.zone), place=place, actor=actor)
    return PanelRow(voice.render(title), line, StateWord(Mood.CLOSED, voice.both("staff.in_hand")))
