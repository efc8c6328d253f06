"""The notices that stand on the screens, each with its end and the way to take it down."""

from kiosk.design.icon_shapes import Icon
from kiosk.view.alarm import sign_of
from kiosk.view.branch import Mood, StateWord
from kiosk.view.pages import Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.staff_taps import StartNotice, WithdrawNotice
from signage.core.model import Notice
from signage.core.notices import may_withdraw
from signage.core.wording import moment_from

ROWS_A_SHEET = 7


def notices_view(showing: Showing, page: Panel) -> ListView:
    voice = showing.voice
    rows = tuple(_row(showing, notice) for notice in showing.state.notices if notice.until > showing.now)
    shown, pager = sheet_of(rows, page.sheet, ROWS_A_SHEET, Tab.NOTICES, voice)
    return ListView(
        voice.say("staff.tab.notices"),
        shown,
        "" if rows else voice.say("staff.empty.notices"),
        pager,
        Action(voice.say("staff.post"), StartNotice()) if showing.may("notice") else None,
    )


def _row(showing: Showing, notice: Notice) -> PanelRow:
    """Head office's are not for the branch to take down."""
    voice, zone = showing.voice, showing.hours.zone
    until = moment_from(notice.until, showing.now, zone)
    if notice.start > showing.now:
        word = StateWord(Mood.CLOSED, voice.both("staff.notice_later"))
        line = voice.say("staff.notice_from", start=moment_from(notice.start, showing.now, zone), time=until)
    else:
        word = StateWord(Mood.OPEN, voice.both("staff.notice_on"))
        ends = voice.say("staff.notice_until", time=until)
        line = f"{ends} · {notice.actor}" if notice.actor else ends
    able = showing.may("notice") and may_withdraw(notice, "manager")
    action = Action(voice.say("staff.withdraw"), WithdrawNotice(notice.id)) if able else None
    return PanelRow(voice.pick(notice.text), line, word, action, icon=sign_of(notice.icon) or Icon.MEGAPHONE)
