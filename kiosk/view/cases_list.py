"""The cases that are open, the oldest first, each with the next of its steps; and what its customer wrote."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from kiosk.view.branch import Mood, StateWord
from kiosk.view.happenings import Place
from kiosk.view.headed import Headed
from kiosk.view.ink import Ink, read
from kiosk.view.pages import CasePage, Panel, Refused, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.staff_taps import AdvanceCase, ReadCase
from signage.core.cases import case_number
from signage.core.model import Case
from signage.core.phrases import Phrase
from signage.core.timelies import Clocked, Timely
from signage.core.wording import day_and_month, moment_from

ROWS_A_SHEET: Final = 7
_PRESSING: Final = (Timely.DUE, Timely.OVERDUE, Timely.ESCALATED)
_NEXT: Final = {
    "opened": "assigned",
    "assigned": "investigated",
    "investigated": "handled",
    "handled": "fed-back",
    "fed-back": "closed",
}


def cases_view(showing: Showing, page: Panel) -> ListView:
    voice = showing.voice
    rows = tuple(_row(showing, case) for case in showing.state.cases)
    shown, pager = sheet_of(rows, page.sheet, ROWS_A_SHEET, Tab.CASES, voice)
    return ListView(voice.say("staff.tab.cases"), shown, "" if rows else voice.say("staff.empty.cases"), pager)


def untaken(showing: Showing) -> tuple[PanelRow, ...]:
    """Those that nobody follows up yet, for the first view."""
    if not showing.may("case"):
        return ()
    return tuple(_row(showing, case) for case in showing.state.cases if case.action == "opened")


def due_rows(showing: Showing) -> tuple[PanelRow, ...]:
    """Those that somebody follows up and whose next step falls due today, or did before, for the first view."""
    if not showing.may("case"):
        return ()
    taken = [case for case in showing.state.cases if case.action != "opened" and _level(showing, case) in _PRESSING]
    return tuple(_row(showing, case) for case in sorted(taken, key=lambda case: (case.due, case.id)))


def _level(showing: Showing, case: Case) -> Timely | None:
    """How the step that falls due next stands; None: this controller does not say, or a newer one says what is not known."""
    if case.due is None or case.step not in frozenset(Clocked):
        return None
    if showing.now >= case.due:
        return Timely.ESCALATED if case.urged else Timely.OVERDUE
    return Timely.DUE if case.remind is not None and showing.now >= case.remind else Timely.RUNNING


def _clock(showing: Showing, case: Case) -> Phrase | None:
    """Which step falls due, and how it stands; that head office urges it the state says."""
    level = _level(showing, case)
    if level is None or case.due is None:
        return None
    last = (case.due - timedelta(milliseconds=1)).astimezone(showing.hours.zone).date()
    words = Timely.OVERDUE if level is Timely.ESCALATED else level
    step = Phrase(f"staff.case.step.{case.step}")
    return Phrase(f"staff.case.clock.{words.value}", {"what": step, "date": day_and_month(last)})


def _state(showing: Showing, case: Case) -> StateWord:
    """That it is late or falls due today says more than how far it has come, which its button says too."""
    level = _level(showing, case)
    if level in _PRESSING:
        mood = Mood.ATTENTION if level is Timely.DUE else Mood.SUSPENDED
        return StateWord(mood, showing.voice.both(f"staff.case.state.{level.value}"))
    mood = Mood.ATTENTION if case.action == "opened" else Mood.CLOSED
    return StateWord(mood, showing.voice.both(f"staff.case.{case.action}"))


def _row(showing: Showing, case: Case) -> PanelRow:
    voice = showing.voice
    return PanelRow(
        voice.render(_title(case)),
        _line(showing, case),
        _state(showing, case),
        _next(showing, case),
        more=Action(voice.say("staff.case.read"), ReadCase(case.id)),
    )


def _next(showing: Showing, case: Case) -> Action | None:
    following = _NEXT.get(case.action)
    if following is None or not showing.may("case"):
        return None
    return Action(showing.voice.say(f"staff.case.do.{following}"), AdvanceCase(case.id, following))


def _title(case: Case) -> Phrase:
    if case.stars is not None:
        return Phrase("staff.case.rated", {"stars": case.stars})
    if case.subject is not None:
        return Phrase("staff.case.about", {"subject": Phrase(f"opinion.subject.{case.subject}")})
    return Phrase("staff.case.opinion")


def _line(showing: Showing, case: Case) -> str:
    """When it came, until there is something that matters more: by when it must go on."""
    voice = showing.voice
    clock = _clock(showing, case)
    time = moment_from(case.at, showing.now, showing.hours.zone)
    parts = [Phrase("staff.case.number", {"number": case_number(case.id), "time": clock or time})]
    if case.counter is not None:
        parts.append(Phrase("staff.at_counter", {"number": case.counter}))
    if case.callback:
        parts.append(Phrase("staff.case.callback"))
    if case.owner is not None:
        parts.append(Phrase("staff.case.owner", {"owner": case.owner}))
    return " · ".join(voice.render(part).first for part in parts)


@dataclass(frozen=True)
class CaseView(Headed):
    """`lines`: what is known of it and what its customer wrote, each with its heading; `ink`: what of it is handwriting."""

    state: StateWord | None
    lines: tuple[tuple[str, str], ...]
    note: str
    action: Action | None
    busy: bool
    ink: Ink = field(default_factory=Ink)
    ink_title: str = ""


def case_view(showing: Showing, page: CasePage) -> CaseView:
    """A case that was closed meanwhile says so."""
    voice = showing.voice
    case = next((one for one in showing.state.cases if one.id == page.case), None)
    outcome = showing.touch.outcome
    note = "" if page.letter is not None else voice.say("staff.case.fetching")
    if isinstance(outcome, Refused):
        key = f"staff.refused.{outcome.code}"
        note = voice.say(key) if key in voice.first else outcome.text
    elif outcome is not None:
        note = voice.say("staff.trouble.no_answer")
    letter = page.letter or {}
    known = (
        ()
        if case is None
        else ((voice.say("staff.case.what"), voice.render(_title(case)).first + " · " + _line(showing, case)),)
    )
    return CaseView(
        title=voice.both("staff.tab.cases"),
        back=Place.PANEL,
        state=None if case is None else _state(showing, case),
        lines=(*known, *_letter(showing, letter)),
        note=note,
        action=None if case is None else _next(showing, case),
        busy=showing.touch.pending is not None,
        ink=read(letter.get("strokes")),
        ink_title=voice.say("staff.case.ink"),
    )


def _letter(showing: Showing, letter: Any) -> tuple[tuple[str, str], ...]:
    voice = showing.voice
    found = []
    phrases = [key for key in letter.get("phrases") or () if f"opinion.phrase.{key}" in voice.first]
    if phrases:
        said = tuple(Phrase(f"opinion.phrase.{key}") for key in phrases)
        found.append((voice.say("staff.case.phrases"), voice.say("staff.faults", faults=said)))
    if letter.get("text"):
        found.append((voice.say("staff.case.text"), str(letter["text"])[:500]))
    if letter.get("strokes") and not read(letter["strokes"]):
        found.append((voice.say("staff.case.text"), voice.say("staff.case.unreadable")))
    if letter.get("contact"):
        found.append((voice.say("staff.case.contact"), str(letter["contact"])[:60]))
    return tuple(found)
