"""The staff panel in words: four lists of the same build, and what became of the last command."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.view.branch import Mood, StateWord, branch_state_word, counter_rows, main_service
from kiosk.view.happenings import Acknowledge, Resume, StartSuspending, Tap, WithdrawNotice
from kiosk.view.pages import EMERGENCY, NoAnswer, Outcome, Panel, Refused, Tab, Touch, WentLocal
from kiosk.view.reach import Glass, Reach, reach, reach_local
from kiosk.view.voice import Pair, Voice
from signage.core.hours import Hours
from signage.core.hours_words import describe
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Call, ScreenEntry
from signage.core.phrases import Phrase
from signage.core.suspension import counter_scope, holds, known_suspensions
from signage.core.wording import clock, moment_from


@dataclass(frozen=True)
class Action:
    """What a row's button says and does."""

    label: str
    tap: Tap
    grave: bool = False


@dataclass(frozen=True)
class PanelRow:
    title: Pair
    line: str
    state: StateWord | None = None
    action: Action | None = None
    number: str = ""


@dataclass(frozen=True)
class OutcomeView:
    """`mood`: open for done everywhere, attention for not yet everywhere, suspended for not done."""

    mood: Mood
    text: str


@dataclass(frozen=True)
class PanelView:
    who: str
    tab: Tab
    tabs: tuple[tuple[Tab, str], ...]
    rows: tuple[PanelRow, ...]
    empty: str
    outcome: OutcomeView | None
    busy: bool
    sign_out: Pair
    post: str  # the label of the button that starts a notice; empty on the other tabs


@dataclass(frozen=True)
class Showing:
    """All that a page is computed from. `glasses` are the displays as they last reported.

    `emergency`: no controller is heard, and staff get in by this screen's own PIN.
    """

    state: BranchState
    hours: Hours
    touch: Touch
    now: Instant
    voice: Voice
    device: str
    glasses: Mapping[str, Glass] = field(default_factory=dict)
    emergency: bool = False


def panel_view(showing: Showing, page: Panel) -> PanelView:
    voice = showing.voice
    rows = {
        Tab.SERVICE: _service_rows,
        Tab.NOTICES: _notice_rows,
        Tab.ALERTS: _alert_rows,
        Tab.DISPLAYS: _display_rows,
    }[page.tab](showing)
    staff = showing.touch.staff
    who = ""
    if staff is not None:
        role = f"staff.role.{staff.role}"
        known = voice.say(role) if role in voice.first else staff.role
        name = voice.say("staff.emergency_name") if staff.role == EMERGENCY else staff.name or staff.actor
        who = voice.say("staff.signed_in", actor=name, role=known)
    return PanelView(
        who=who,
        tab=page.tab,
        tabs=tuple((tab, _tab_label(showing, tab)) for tab in _tabs(showing)),
        rows=rows,
        empty="" if rows else voice.say(f"staff.empty.{page.tab}"),
        outcome=outcome_view(showing, showing.touch.outcome),
        busy=showing.touch.pending is not None,
        sign_out=voice.both("staff.sign_out"),
        post=voice.say("staff.post") if page.tab is Tab.NOTICES else "",
    )


def _tabs(showing: Showing) -> tuple[Tab, ...]:
    """The emergency PIN suspends and resumes, and sees where that stands."""
    staff = showing.touch.staff
    return (Tab.SERVICE, Tab.DISPLAYS) if staff is not None and staff.role == EMERGENCY else tuple(Tab)


def _tab_label(showing: Showing, tab: Tab) -> str:
    open_calls = sum(call.acknowledged_by is None for call in showing.state.calls)
    if tab is Tab.ALERTS and open_calls:
        return showing.voice.say("staff.tab.alerts_open", count=open_calls)
    return showing.voice.say(f"staff.tab.{tab}")


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
            return _reached(showing, reach_local(showing.state, showing.glasses, at), "staff.local")
        case done:
            if done.revision is None:
                return OutcomeView(Mood.OPEN, voice.say("staff.done"))
            return _reached(showing, reach(showing.state, showing.glasses, done.revision), "staff.shown")


def _reached(showing: Showing, got: Reach, key: str) -> OutcomeView:
    voice = showing.voice
    if not got.missing:
        return OutcomeView(Mood.OPEN, voice.say(key, shown=got.shown, of=got.of))
    entries = {entry.name: entry for entry in showing.state.screens}
    names = tuple(_display_name(entries[name]) for name in got.missing)
    return OutcomeView(Mood.ATTENTION, voice.say(f"{key}_but", shown=got.shown, of=got.of, names=names))


def _service_rows(showing: Showing) -> tuple[PanelRow, ...]:
    state, voice = showing.state, showing.voice
    branch = PanelRow(
        title=voice.both("staff.whole_branch"),
        line=voice.render(describe(showing.hours, main_service(showing.hours), showing.now)).first,
        state=branch_state_word(state, showing.hours, showing.now, Voice(voice.first), brief=True),
        action=_service_action(showing, BRANCH_SCOPE),
    )
    counters = tuple(
        PanelRow(row.business, row.line, row.state, _service_action(showing, counter_scope(row.number)), row.number)
        for row in counter_rows(state, showing.hours, showing.now, voice)
    )
    return (branch, *counters)


def _service_action(showing: Showing, scope: str) -> Action:
    there = [one for one in known_suspensions(showing.state) if one.scope == scope and holds(one, showing.now)]
    if there:
        return Action(showing.voice.say("staff.resume"), Resume(scope))
    return Action(showing.voice.say("staff.suspend"), StartSuspending(scope), grave=True)


def _notice_rows(showing: Showing) -> tuple[PanelRow, ...]:
    voice = showing.voice
    standing = [notice for notice in showing.state.notices if notice.until > showing.now]
    return tuple(
        PanelRow(
            voice.pick(notice.text),
            voice.say(
                "staff.notice_until",
                time=moment_from(notice.until, showing.now, showing.hours.zone),
                actor=notice.actor or "–",
            ),
            action=Action(voice.say("staff.withdraw"), WithdrawNotice(notice.id)),
        )
        for notice in standing
    )


def _alert_rows(showing: Showing) -> tuple[PanelRow, ...]:
    newest = sorted(showing.state.calls, key=lambda call: (call.acknowledged_by is not None, -call.at.ms, call.id))
    return tuple(_alert_row(showing, call) for call in newest)


def _alert_row(showing: Showing, call: Call) -> PanelRow:
    voice = showing.voice
    place = (
        Phrase("staff.at_counter", {"number": call.counter})
        if call.counter
        else Phrase("staff.at_device", {"device": call.device or "–"})
    )
    key = f"staff.call.{call.kind}.{call.code}" if call.code else f"staff.call.{call.kind}"
    title = Phrase(key if key in voice.first else f"staff.call.{call.kind}")
    time = clock(call.at, showing.hours.zone)
    if call.acknowledged_by is not None:
        line = voice.say("staff.taken", time=time, place=place, actor=call.acknowledged_by)
        return PanelRow(voice.render(title), line, StateWord(Mood.CLOSED, voice.both("staff.in_hand")))
    return PanelRow(
        voice.render(title),
        voice.say("staff.since", time=time, place=place),
        StateWord(Mood.ATTENTION, voice.both("staff.waiting")),
        Action(voice.say("staff.take"), Acknowledge(call.id)),
    )


def _display_rows(showing: Showing) -> tuple[PanelRow, ...]:
    return tuple(_display_row(showing, entry) for entry in showing.state.screens)


def _display_row(showing: Showing, entry: ScreenEntry) -> PanelRow:
    voice = showing.voice
    glass = showing.glasses.get(entry.name)
    title = voice.both(f"staff.kind.{entry.kind}", counter=entry.counter or "")
    if glass is None or not glass.online:
        return PanelRow(title, entry.name, StateWord(Mood.SUSPENDED, voice.both("staff.display.offline")))
    shows = voice.say("staff.display.shows", name=entry.name, scene=Phrase(f"staff.scene.{glass.scene}"))
    if glass.revision < showing.state.revision:
        return PanelRow(title, shows, StateWord(Mood.ATTENTION, voice.both("staff.display.behind")))
    return PanelRow(title, shows, StateWord(Mood.OPEN, voice.both("staff.display.current")))


def _display_name(entry: ScreenEntry) -> Phrase:
    return Phrase(
        "staff.display_name",
        {"kind": Phrase(f"staff.kind.{entry.kind}", {"counter": entry.counter or ""}), "name": entry.name},
    )
