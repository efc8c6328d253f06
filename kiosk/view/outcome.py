"""What became of the last command, and on how many displays it stands."""

from typing import Final

from kiosk.view.branch import Mood
from kiosk.view.holding import place
from kiosk.view.pages import Done, Intent, NoAnswer, Outcome, Refused, WentLocal
from kiosk.view.panel import Action, OutcomeView, Showing
from kiosk.view.reach import Reach, reach, reach_local
from kiosk.view.staff import undo_until
from kiosk.view.staff_taps import Refine, Undo
from signage.core.model import BRANCH_SCOPE, ScreenEntry, Suspension
from signage.core.phrases import Phrase
from signage.core.suspension import suspended

# What the displays have then. A notice may have to wait for its turn there, or may not be seen beside something else.
_KEYS: Final = {
    "suspend": "staff.shown",
    "resume": "staff.shown",
    "notice.post": "staff.delivered",
    "notice.withdraw": "staff.delivered",
}


def outcome_view(showing: Showing, outcome: Outcome | None) -> OutcomeView | None:
    """A display that has not drawn it is named, so that somebody can walk there."""
    voice = showing.voice
    match outcome:
        case None:
            return None
        case NoAnswer():
            return OutcomeView(Mood.SUSPENDED, voice.say("staff.no_answer"))
        case Refused(code, text):
            known = f"staff.refused.{code}"
            reason = voice.say(known) if known in voice.first else text
            return OutcomeView(Mood.SUSPENDED, voice.say("staff.refused", reason=reason))
        case WentLocal(at):
            return _reached(showing, outcome, reach_local(showing.state, showing.glasses, at), "staff.local")
        case done:
            if done.revision is None or done.name not in _KEYS:
                known = f"staff.done.{done.name}"
                return OutcomeView(Mood.OPEN, voice.say(known if known in voice.first else "staff.done"))
            return _reached(showing, outcome, reach(showing.state, showing.glasses, done.revision), _KEYS[done.name])


def _reached(showing: Showing, outcome: Done | WentLocal, got: Reach, key: str) -> OutcomeView:
    voice, intent = showing.voice, outcome.intent
    actions = _actions(showing, outcome, intent)
    still = _still_held(showing, outcome)
    what = _what(showing, intent, still)
    if not got.missing:
        mood = Mood.OPEN if still is None else Mood.ATTENTION
        return OutcomeView(mood, what + voice.say(key, shown=got.shown, of=got.of), actions)
    entries = {entry.name: entry for entry in showing.state.screens}
    names = tuple(display_name(entries[name]) for name in got.missing)
    return OutcomeView(Mood.ATTENTION, what + voice.say(f"{key}_but", shown=got.shown, of=got.of, names=names), actions)


def _still_held(showing: Showing, outcome: Done | WentLocal) -> Suspension | None:
    """What holds a place yet that was resumed, as soon as the state is known in which it was."""
    intent = outcome.intent
    if intent is None or intent.on:
        return None
    if isinstance(outcome, Done) and (outcome.revision is None or showing.state.revision < outcome.revision):
        return None
    return suspended(showing.state, tuple(dict.fromkeys((BRANCH_SCOPE, intent.scope))), showing.now)


def _what(showing: Showing, intent: Intent | None, still: Suspension | None) -> str:
    """What was ordered, in front of where it stands: staff look up from their hands and read it whole."""
    if intent is None:
        return ""
    key = "staff.suspended_what" if intent.on else "staff.resumed_what"
    if still is not None:
        wider = still.scope != intent.scope
        by = "office" if still.source == "head-office" else "branch" if wider else "other"
        key = f"staff.lifted_but.{by}"
    return showing.voice.say(key, place=place(showing, intent.scope))


def _actions(showing: Showing, outcome: Done | WentLocal, intent: Intent | None) -> tuple[Action, ...]:
    """Taking back for some seconds; the reason and the time for as long as it is said."""
    voice = showing.voice
    until = undo_until(outcome)
    back = (Action(voice.say("staff.undo"), Undo()),) if until is not None and showing.now < until else ()
    if intent is None or not intent.on:
        return back
    return (*back, Action(voice.say("staff.refine"), Refine(intent)))


def display_name(entry: ScreenEntry) -> Phrase:
    return Phrase(
        "staff.display_name",
        {"kind": Phrase(f"staff.kind.{entry.kind}", {"counter": entry.counter or ""}), "name": entry.name},
    )
