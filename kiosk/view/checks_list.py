"""The rounds that are to be walked, how each stands today, and what they found that is not yet put right."""

from typing import Final

from kiosk.view.branch import Mood, StateWord
from kiosk.view.pages import Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.rounds import kept_for
from kiosk.view.staff_taps import BeginRound, Follow
from kiosk.view.voice import Pair
from signage.core.checklists import Checklist, Standing, standing
from signage.core.model import Finding, Round
from signage.core.phrases import Phrase
from signage.core.wording import moment_from

ROWS_A_SHEET: Final = 8
_MOODS: Final = {
    Standing.DONE: Mood.OPEN,
    Standing.DUE: Mood.ATTENTION,
    Standing.OVERDUE: Mood.SUSPENDED,
    Standing.REST: Mood.CLOSED,
}


def checks_view(showing: Showing, page: Panel) -> ListView:
    voice = showing.voice
    rows = (
        *(_finding(showing, one) for one in _findings(showing)),
        *(_round(showing, one) for one in offered(showing)),
    )
    shown, pager = sheet_of(rows, page.sheet, ROWS_A_SHEET, Tab.CHECKS, voice)
    return ListView(voice.say("staff.tab.checks"), shown, "" if rows else voice.say("staff.empty.checks"), pager)


def overdue_rows(showing: Showing) -> tuple[PanelRow, ...]:
    """What of the rounds stands on the first view: a round that should be over, and a finding that nobody has mended."""
    if not showing.may("checklist"):
        return ()
    late = [one for one in offered(showing) if _stands(showing, one) is Standing.OVERDUE]
    open_now = [one for one in showing.state.findings if one.rectified_by is None]
    return (*(_round(showing, one) for one in late), *(_finding(showing, one) for one in open_now))


def offered(showing: Showing) -> tuple[Checklist, ...]:
    """Those for this person's role."""
    staff = showing.touch.staff
    role = staff.role if staff is not None else ""
    return tuple(one for one in showing.checklists if not one.roles or role in one.roles)


def _findings(showing: Showing) -> list[Finding]:
    """What is still wrong first, then what waits for a second look."""
    return sorted(showing.state.findings, key=lambda one: (one.rectified_by is not None, one.at.ms, one.id))


def last_round(showing: Showing, checklist: Checklist) -> Round | None:
    return next((one for one in showing.state.rounds if one.checklist == checklist.id), None)


def _stands(showing: Showing, checklist: Checklist) -> Standing:
    last = last_round(showing, checklist)
    return standing(checklist, last.at if last is not None else None, showing.hours, showing.now)


def _round(showing: Showing, checklist: Checklist) -> PanelRow:
    voice, staff = showing.voice, showing.touch.staff
    now = _stands(showing, checklist)
    day = showing.hours.local_date(showing.now).isoformat()
    kept = kept_for(showing.kept, checklist, staff.actor if staff is not None else "", day)
    label = "staff.check.again" if now is Standing.DONE else "staff.check.start"
    if kept is not None and kept.version == checklist.version:
        label = "staff.check.go_on"
    begin = Action(voice.say(label), BeginRound(checklist, kept), grave=now is Standing.DONE)
    word = StateWord(_MOODS[now], voice.both(f"staff.check.{now.value}"))
    return PanelRow(
        voice.pick(checklist.title), _line(showing, checklist), word, begin if showing.may("checklist") else None
    )


def _line(showing: Showing, checklist: Checklist) -> str:
    """When it is due, and who walked it last."""
    voice, last = showing.voice, last_round(showing, checklist)
    due = Phrase("staff.check.by", {"time": checklist.due}) if checklist.due else Phrase("staff.check.daily")
    if last is None:
        return voice.say("staff.check.never", due=due, steps=len(checklist.steps))
    time = moment_from(last.at, showing.now, showing.hours.zone)
    return voice.say("staff.check.last", due=due, time=time, actor=last.actor, findings=last.findings)


def _finding(showing: Showing, finding: Finding) -> PanelRow:
    voice = showing.voice
    what = finding_words(showing, finding)
    time = moment_from(finding.at, showing.now, showing.hours.zone)
    if finding.rectified_by is None:
        line = voice.say("staff.finding.open", what=what, time=time, actor=finding.actor)
        word, label, action = ("staff.finding.wrong", Mood.ATTENTION), "staff.finding.rectify", "rectified"
    else:
        line = voice.say("staff.finding.mended", what=what, actor=finding.rectified_by)
        word, label, action = ("staff.finding.to_verify", Mood.CLOSED), "staff.finding.verify", "verified"
    tap = Action(voice.say(label), Follow(finding.id, action))
    return PanelRow(
        _step_words(showing, finding),
        line,
        StateWord(word[1], voice.both(word[0])),
        tap if showing.may("checklist") and not _own(showing, finding) else None,
    )


def _own(showing: Showing, finding: Finding) -> bool:
    """Whoever put it right does not say themselves that it is."""
    staff = showing.touch.staff
    return staff is not None and finding.rectified_by == staff.actor


def _step_words(showing: Showing, finding: Finding) -> Pair:
    """The step's own words; those of a checklist that was taken back are not known any more."""
    for checklist in showing.checklists:
        for step in checklist.steps:
            if (checklist.id, step.id) == (finding.checklist, finding.step):
                return showing.voice.pick(step.text)
    return Pair(finding.note or finding.step)


def finding_words(showing: Showing, finding: Finding) -> str:
    """In the reader's language, where the list still knows what was chosen."""
    voice = showing.voice
    for checklist in showing.checklists:
        for step in checklist.steps:
            if (checklist.id, step.id) == (finding.checklist, finding.step) and finding.phrase in step.phrases:
                return voice.pick(step.phrases[finding.phrase]).first
    key = f"staff.phrase.{finding.phrase}"
    return voice.say(key) if key in voice.first else finding.note
