"""What there is to choose on the first page: cards in the order of what people come for, each only where it leads somewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.design.icon_shapes import Icon
from kiosk.view.branch import Mood, counter_rows
from kiosk.view.happenings import CallManager, Open, Place, Tap
from kiosk.view.headed import Headed
from kiosk.view.panel import Showing
from kiosk.view.voice import Pair
from signage.core.programme import PageName

CARDS: Final = 6
CARDS_ELDER: Final = 4
KEYS: Final = 4  # smaller ones beneath the cards


@dataclass(frozen=True)
class CardView:
    """Something to press: a place, or a call for the lobby manager."""

    tap: Tap
    icon: Icon
    title: Pair
    line: str = ""
    mood: Mood | None = None


@dataclass(frozen=True)
class Cards:
    """`large` stand as cards, `small` as keys beneath them, and what neither has room for is a page away."""

    large: tuple[CardView, ...]
    small: tuple[CardView, ...]


@dataclass(frozen=True, kw_only=True)
class MoreView(Headed):
    cards: tuple[CardView, ...]


def cards(showing: Showing) -> Cards:
    """The call stands last among the large ones, always in the same corner. Elder mode shows few, and a key to the rest."""
    there = _there(showing)
    call = _call(showing)
    if showing.touch.elder:
        large, rest = there[: CARDS_ELDER - 1], there[CARDS_ELDER - 1 :]
        return Cards((*large, call), (_more(showing),) if rest else ())
    large, rest = there[: CARDS - 1], there[CARDS - 1 :]
    small = rest if len(rest) <= KEYS else (*rest[: KEYS - 1], _more(showing))
    return Cards((*large, call), small)


def more_view(showing: Showing) -> MoreView:
    """Everything that has no large card on the first page."""
    shown = cards(showing).large
    rest = tuple(card for card in _there(showing) if card not in shown)
    return MoreView(title=showing.voice.both("touch.card.more"), cards=rest)


def _there(showing: Showing) -> tuple[CardView, ...]:
    made = (make(showing) for make in _CARDS)
    return tuple(card for card in made if card is not None)


def _counters(showing: Showing) -> CardView:
    voice = showing.voice
    rows = counter_rows(showing.state, showing.hours, showing.now, voice)
    serving = sum(row.state.mood is Mood.OPEN for row in rows)
    troubled = any(row.state.mood is Mood.SUSPENDED for row in rows)
    mood = Mood.OPEN if serving else Mood.CLOSED
    if troubled:
        mood = Mood.ATTENTION if serving else Mood.SUSPENDED
    line = voice.say("touch.card.serving", open=serving, all=len(rows))
    return CardView(Open(Place.COUNTERS), Icon.COUNTER, voice.both("touch.card.counters"), line, mood)


def _week(showing: Showing) -> CardView:
    voice = showing.voice
    line = voice.say("touch.card.week_line")
    return CardView(Open(Place.WEEK), Icon.CALENDAR, voice.both("touch.card.week"), line)


def _opinions(showing: Showing) -> CardView:
    voice = showing.voice
    line = voice.say("touch.card.opinions_line")
    return CardView(Open(Place.OPINIONS), Icon.BOOK, voice.both("touch.card.opinions"), line)


def _hotline(showing: Showing) -> CardView:
    number = showing.state.branch.hotline
    return CardView(Open(Place.HOTLINE), Icon.PHONE, showing.voice.both("touch.card.hotline"), number)


def _call(showing: Showing) -> CardView:
    voice = showing.voice
    called = any(call.kind == "call" and call.device == showing.device for call in showing.state.calls)
    line = voice.say("touch.card.called" if called else "touch.card.call_line")
    return CardView(CallManager(), Icon.BELL, voice.both("touch.card.call"), line, Mood.ATTENTION if called else None)


def _more(showing: Showing) -> CardView:
    return CardView(Open(Place.MORE), Icon.MORE, showing.voice.both("touch.card.more"))


def _guide(showing: Showing) -> CardView | None:
    voice, count = showing.voice, len(showing.state.guide)
    line = voice.say("touch.card.guide_line", count=count)
    return CardView(Open(Place.GUIDE), Icon.GUIDE, voice.both("touch.card.guide"), line) if count else None


def _amenities(showing: Showing) -> CardView | None:
    voice, every = showing.voice, showing.state.amenities
    there = sum(one.available for one in every)
    line = voice.say("touch.card.amenities_line", there=there)
    return CardView(Open(Place.AMENITIES), Icon.AMENITIES, voice.both("touch.card.amenities"), line) if every else None


def _signed(page: PageName, place: Place, icon: Icon) -> Callable[[Showing], CardView | None]:
    """A card for a page that head office signs; without anything signed there is none."""

    def make(showing: Showing) -> CardView | None:
        voice = showing.voice
        if page not in showing.signed:
            return None
        return CardView(Open(place), icon, voice.both(f"touch.card.{page}"), voice.say(f"touch.card.{page}_line"))

    return make


# In the order of the first page. None: there is nothing behind it in this branch.
_CARDS: Final[tuple[Callable[[Showing], CardView | None], ...]] = (
    _counters,
    _guide,
    _opinions,
    _signed("rates", Place.RATES, Icon.RATES),
    _amenities,
    _week,
    _hotline,
    _signed("demonstration", Place.DEMONSTRATION, Icon.DEMONSTRATION),
    _signed("pledge", Place.PLEDGE, Icon.PLEDGE),
)
