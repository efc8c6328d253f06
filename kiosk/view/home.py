"""The first page of a touch screen, in words."""

from dataclasses import dataclass

from kiosk.view.branch import (
    HoursLine,
    StateWord,
    SuspendedView,
    branch_state_word,
    hours_today,
    suspended_view,
)
from kiosk.view.cards import Cards, cards
from kiosk.view.panel import Showing
from kiosk.view.voice import Pair
from kiosk.view.week import ahead
from signage.core.layouts import NOTICES_TO_TOUCH
from signage.core.model import ScreenEntry
from signage.core.notices import emergency, notices_on


@dataclass(frozen=True)
class HomeView:
    """`noticed`: the branch's notices whose words stand here, by id."""

    state: StateWord
    suspended: SuspendedView | None
    hours_title: Pair | None
    hours: tuple[HoursLine, ...]
    ahead: str
    notices: tuple[str, ...]
    rate_title: Pair
    rate_hint: str
    cards: Cards
    waiting: int  # what the lobby manager has not seen to yet; customers see a bell and a number, nothing more
    noticed: tuple[str, ...] = ()


def notices_at_most(*, elder: bool) -> int:
    return 1 if elder else NOTICES_TO_TOUCH


def home_view(showing: Showing) -> HomeView:
    """Elder mode keeps what people come for: hours, stars, counters and help."""
    state, hours, touch, now, voice = showing.state, showing.hours, showing.touch, showing.now, showing.voice
    coming = ahead(hours, now)
    here = notices_on(state.notices, ScreenEntry(name=showing.device, kind="touch"), now)
    notices = [notice for notice in here if not emergency(notice)][: notices_at_most(elder=touch.elder)]
    held = suspended_view(state, hours, now, voice)
    return HomeView(
        state=branch_state_word(state, hours, now, voice),
        suspended=held,
        hours_title=None if touch.elder else voice.both("touch.hours_today"),
        hours=hours_today(hours, now, voice)[: 1 if touch.elder else None],
        ahead=voice.render(coming).first if coming is not None else "",
        notices=tuple(voice.pick(notice.text).first for notice in notices),
        rate_title=voice.both("rate.title"),
        rate_hint="" if touch.elder else voice.say("rate.hint"),
        cards=cards(showing),
        waiting=sum(call.acknowledged_by is None for call in state.calls),
        noticed=tuple(notice.id for notice in notices) if held is None else (),  # a suspension takes their place
    )
