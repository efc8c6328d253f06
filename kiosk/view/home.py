"""The first page of a touch screen, in words."""

from dataclasses import dataclass
from typing import Final

from kiosk.view.branch import (
    CounterRow,
    HoursLine,
    Mood,
    StateWord,
    SuspendedView,
    branch_state_word,
    counter_rows,
    hours_today,
    suspended_view,
)
from kiosk.view.happenings import Place
from kiosk.view.pages import Touch
from kiosk.view.voice import Pair, Voice
from kiosk.view.week import ahead
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState, ScreenEntry
from signage.core.notices import emergency, notices_on

NOTICES_AT_MOST: Final = 2


@dataclass(frozen=True)
class CardView:
    """Something to press. `place` None: it calls the lobby manager."""

    place: Place | None
    title: Pair
    line: str
    mood: Mood | None = None


@dataclass(frozen=True)
class HomeView:
    state: StateWord
    suspended: SuspendedView | None
    hours_title: Pair | None
    hours: tuple[HoursLine, ...]
    ahead: str
    notices: tuple[str, ...]
    rate_title: Pair
    rate_hint: str
    cards: tuple[CardView, ...]
    waiting: int  # what the lobby manager has not seen to yet; customers see a bell and a number, nothing more
    counters: tuple[CounterRow, ...]


def home_view(state: BranchState, hours: Hours, touch: Touch, now: Instant, voice: Voice, device: str) -> HomeView:
    """Elder mode keeps what people come for: hours, stars, counters and help."""
    rows = counter_rows(state, hours, now, voice)
    coming = ahead(hours, now)
    here = notices_on(state.notices, ScreenEntry(name=device, kind="touch"), now)
    notices = [notice for notice in here if not emergency(notice)]
    return HomeView(
        state=branch_state_word(state, hours, now, voice),
        suspended=suspended_view(state, hours, now, voice),
        hours_title=None if touch.elder else voice.both("touch.hours_today"),
        hours=hours_today(hours, now, voice)[: 1 if touch.elder else None],
        ahead=voice.render(coming).first if coming is not None else "",
        notices=tuple(voice.pick(notice.text).first for notice in notices[: 1 if touch.elder else NOTICES_AT_MOST]),
        rate_title=voice.both("rate.title"),
        rate_hint="" if touch.elder else voice.say("rate.hint"),
        cards=_cards(state, rows, voice, device),
        waiting=sum(call.acknowledged_by is None for call in state.calls),
        counters=rows,
    )


def _cards(state: BranchState, rows: tuple[CounterRow, ...], voice: Voice, device: str) -> tuple[CardView, ...]:
    serving = sum(row.state.mood is Mood.OPEN for row in rows)
    troubled = any(row.state.mood is Mood.SUSPENDED for row in rows)
    mood = Mood.OPEN if serving else Mood.CLOSED
    if troubled:
        mood = Mood.ATTENTION if serving else Mood.SUSPENDED
    called = any(call.kind == "call" and call.device == device for call in state.calls)
    return (
        CardView(
            Place.COUNTERS,
            voice.both("touch.card.counters"),
            voice.say("touch.card.serving", open=serving, all=len(rows)),
            mood,
        ),
        CardView(Place.WEEK, voice.both("touch.card.week"), voice.say("touch.card.week_line")),
        CardView(Place.HOTLINE, voice.both("touch.card.hotline"), state.branch.hotline),
        CardView(
            None,
            voice.both("touch.card.call"),
            voice.say("touch.card.called" if called else "touch.card.call_line"),
            Mood.ATTENTION if called else None,
        ),
    )
