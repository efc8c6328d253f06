"""The self-service machines on the list of devices: no program watches them, so that staff say when one is out."""

from typing import Final

from kiosk.view.branch import Mood, StateWord
from kiosk.view.holding import held_line, lifting, refining, standing
from kiosk.view.likely import likeliest
from kiosk.view.panel import Action, PanelRow, Showing
from kiosk.view.staff_taps import SuspendNow
from signage.core.model import SelfService
from signage.core.suspension import branch_held, device_scope

RIGHT: Final = "service-part"


def machine_rows(showing: Showing) -> list[PanelRow]:
    return [_row(showing, machine) for machine in showing.state.self_service]


def _row(showing: Showing, machine: SelfService) -> PanelRow:
    voice, scope = showing.voice, device_scope(machine.name)
    there = standing(showing, scope)
    branch_out = branch_held(showing.state, showing.now) is not None
    word = StateWord(Mood.OPEN, voice.both("guide.machine.open"))
    line = voice.pick(machine.place).first
    action = None
    if there:
        word, line = StateWord(Mood.SUSPENDED, voice.both("staff.paused")), held_line(showing, there)
        action = lifting(showing, there)
    elif branch_out:
        word, line = StateWord(Mood.SUSPENDED, voice.both("staff.paused")), voice.say("staff.with_branch")
    elif showing.may(RIGHT):
        now = SuspendNow(scope, likeliest(showing.state, scope, showing.now, showing.habits))
        action = Action(voice.say("staff.suspend"), now, grave=True)
    more = refining(showing, there, RIGHT)
    return PanelRow(voice.pick(machine.business), line, word, action, more=more)
