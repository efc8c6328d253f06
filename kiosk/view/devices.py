"""Every device of the branch: whether it is there, since when, what is wrong with it, and what stands on its glass."""

from typing import Final

from kiosk.view.branch import Mood, StateWord
from kiosk.view.leaving import leave_action
from kiosk.view.machines import machine_rows
from kiosk.view.pages import Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.reach import Glass, Heard
from kiosk.view.staff_taps import Adjust
from kiosk.view.voice import Pair
from signage.core.instants import Instant
from signage.core.model import Counter, ScreenEntry
from signage.core.phrases import Phrase
from signage.core.wording import moment_from
from signage.wire.messages import Fault

ROWS_A_SHEET: Final = 8
FAULTS_SAID: Final = 2


def devices_view(showing: Showing, page: Panel) -> ListView:
    """What is lost, at fault or suspended first: that is what somebody came to look for. Then what can be suspended."""
    screens = [_screen(showing, entry) for entry in showing.state.screens]
    rows = [*machine_rows(showing), _controller(showing), *screens, *_bridges(showing), *_pads(showing)]
    rows.sort(key=lambda row: row.state is not None and row.state.mood is Mood.OPEN)
    shown, pager = sheet_of(rows, page.sheet, ROWS_A_SHEET, Tab.DEVICES, showing.voice)
    lost = sum(1 for row in rows if row.state is not None and row.state.mood is not Mood.OPEN)
    key = "staff.devices_some" if lost else "staff.devices_all"
    return ListView(showing.voice.say(key, count=len(rows), lost=lost), shown, pager=pager)


def _controller(showing: Showing) -> PanelRow:
    voice = showing.voice
    line = voice.say("staff.device.state_of", time=_time(showing, showing.state.at))
    word = StateWord(Mood.OPEN, voice.both("staff.device.online"))
    if not showing.heard:
        word = StateWord(Mood.SUSPENDED, voice.both("staff.device.silent"))
    return PanelRow(voice.both("staff.device.controller"), line, word)


def _screen(showing: Showing, entry: ScreenEntry) -> PanelRow:
    voice = showing.voice
    heard, glass = showing.devices.get(entry.name), showing.glasses.get(entry.name)
    title = voice.both(f"staff.kind.{entry.kind}", counter=entry.counter or "")
    if glass is None or not glass.online:
        return PanelRow(
            title, _lost(showing, entry.name, heard), StateWord(Mood.SUSPENDED, voice.both("staff.display.offline"))
        )
    faults = _faults(showing, heard.faults if heard is not None else ())
    line = faults or voice.say("staff.display.shows", name=entry.name, scene=Phrase(f"staff.scene.{glass.scene}"))
    adjust = Action(voice.say("staff.adjust"), Adjust(entry.name)) if showing.may("screen") and showing.heard else None
    leave = leave_action(showing, entry.name)
    return PanelRow(title, line, _screen_word(showing, glass, faults), action=leave, more=adjust)


def _screen_word(showing: Showing, glass: Glass, faults: str) -> StateWord:
    voice = showing.voice
    if glass.revision < showing.state.revision:
        stands = _time(showing, Instant.from_ms(glass.revision))
        return StateWord(Mood.ATTENTION, Pair(voice.say("staff.display.behind", time=stands)))
    if faults:
        return StateWord(Mood.ATTENTION, voice.both("staff.device.faulty"))
    return StateWord(Mood.OPEN, voice.both("staff.display.current"))


def _bridges(showing: Showing) -> list[PanelRow]:
    voice = showing.voice
    heard = {name: one for name, one in showing.devices.items() if one.role == "bridge"}
    rows = []
    for name in sorted({*showing.state.bridges, *heard}):
        one = heard.get(name)
        title = voice.both("staff.device.bridge")
        if one is None or not one.online:
            rows.append(
                PanelRow(title, _lost(showing, name, one), StateWord(Mood.SUSPENDED, voice.both("staff.device.lost")))
            )
            continue
        faults = _faults(showing, tuple(fault for fault in one.faults if fault.code != "pad-lost"))
        word = ("staff.device.faulty", Mood.ATTENTION) if faults else ("staff.device.online", Mood.OPEN)
        since = voice.say("staff.device.since", name=name, time=_time(showing, one.since))
        rows.append(PanelRow(title, faults or since, StateWord(word[1], voice.both(word[0]))))
    return rows


def _pads(showing: Showing) -> list[PanelRow]:
    """A pad's own state comes with the branch's; when it was last heard, from its bridge."""
    return [_pad(showing, counter) for counter in showing.state.counters if counter.pad != "absent"]


def _pad(showing: Showing, counter: Counter) -> PanelRow:
    voice = showing.voice
    found = [pad for one in showing.devices.values() for pad in one.pads if pad.counter == counter.number]
    seen = next((pad.last_seen for pad in found if pad.last_seen is not None), None)
    title = voice.both("staff.device.pad", number=counter.number)
    last = (
        voice.say("staff.device.last_seen", time=_time(showing, seen))
        if seen is not None
        else voice.say("staff.device.unseen")
    )
    if counter.pad == "lost":
        return PanelRow(title, last, StateWord(Mood.SUSPENDED, voice.both("staff.device.lost")), number=counter.number)
    return PanelRow(title, last, StateWord(Mood.OPEN, voice.both("staff.device.online")), number=counter.number)


def _lost(showing: Showing, name: str, heard: Heard | None) -> str:
    if heard is None:
        return showing.voice.say("staff.device.never", name=name)
    return showing.voice.say("staff.device.lost_since", name=name, time=_time(showing, heard.since))


def _faults(showing: Showing, faults: tuple[Fault, ...]) -> str:
    """The newest in words; a fault that the catalogues do not know is one all the same."""
    voice = showing.voice
    newest = sorted(faults, key=lambda fault: (-fault.since.ms, fault.code))[:FAULTS_SAID]
    said = []
    for fault in newest:
        key = f"staff.fault.{fault.code}"
        words = Phrase(key if key in voice.first else "staff.fault.other")
        said.append(Phrase("staff.fault", {"fault": words, "time": _time(showing, fault.since)}))
    return voice.say("staff.faults", faults=tuple(said)) if said else ""


def _time(showing: Showing, at: Instant) -> Phrase:
    return moment_from(at, showing.now, showing.hours.zone)
