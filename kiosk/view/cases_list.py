"""The cases that are open, the oldest first, each with the next of its steps; and what its customer wrote."""

from dataclasses import dataclass
from typing import Any, Final

from kiosk.view.branch import Mood, StateWord
from kiosk.view.happenings import Place
from kiosk.view.headed import Headed
from kiosk.view.pages import CasePage, Panel, Refused, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.staff_taps import AdvanceCase, ReadCase
from signage.core.cases import case_number
from signage.core.model import Case
from signage.core.phrases import Phrase
from signage.core.wording import moment_from

ROWS_A_SHEET: Final = 7
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


def _row(showing: Showing, case: Case) -> PanelRow:
    voice = showing.voice
    mood = Mood.ATTENTION if case.action == "opened" else Mood.CLOSED
    return PanelRow(
        voice.render(_title(case)),
        _line(showing, case),
        StateWord(mood, voice.both(f"staff.case.{case.action}")),
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
    voice = showing.voice
    time = moment_from(case.at, showing.now, showing.hours.zone)
    parts = [Phrase("staff.case.number", {"number": case_number(case.id), "time": time})]
    if case.counter is not None:
        parts.append(Phrase("staff.at_counter", {"number": case.counter}))
    if case.callback:
        parts.append(Phrase("staff.case.callback"))
    if case.owner is not None:
        parts.append(Phrase("staff.case.owner", {"owner": case.owner}))
    return " · ".join(voice.render(part).first for part in parts)


@dataclass(frozen=True)
class CaseView(Headed):
    """`lines`: what is known of it and what its customer wrote, each with its heading."""

    state: StateWord | None
    lines: tuple[tuple[str, str], ...]
    note: str
    action: Action | None
    busy: bool


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
        note = voice.say("staff.no_answer")
    known = (
        ()
        if case is None
        else ((voice.say("staff.case.what"), voice.render(_title(case)).first + " · " + _line(showing, case)),)
    )
    return CaseView(
        title=voice.both("staff.tab.cases"),
        back=Place.PANEL,
        state=None if case is None else StateWord(Mood.ATTENTION, voice.both(f"staff.case.{case.action}")),
        lines=(*known, *_letter(showing, page.letter or {})),
        note=note,
        action=None if case is None else _next(showing, case),
        busy=showing.touch.pending is not None,
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
    if letter.get("strokes"):
        found.append((voice.say("staff.case.text"), voice.say("staff.case.handwriting")))
    if letter.get("contact"):
        found.append((voice.say("staff.case.contact"), str(letter["contact"])[:60]))
    return tuple(found)
