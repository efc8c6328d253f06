"""Which zones a screen of each kind has, and what stands in them once the main zone is decided."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from signage.core import lines, parts
from signage.core.contest import Rank, Verdict
from signage.core.items import (
    Item,
    Line,
    MediaItem,
    RatePrompt,
    SafeItem,
    Shape,
    SignedPage,
    ThanksItem,
    TickerItem,
    WordsItem,
)
from signage.core.model import Counter, Notice, ScreenKind
from signage.core.phrases import Phrase, given
from signage.core.programme import PAGES, PageName
from signage.core.schedule import slide_index
from signage.core.situation import Situation
from signage.core.slots import Slot

SceneName: TypeAlias = Literal["ad", "notice", "suspended", "closed", "rating", "home", "rates", "case", "desk", "safe"]
ZoneName: TypeAlias = Literal["header", "main", "side", "ticker", "banner", "notice", "attract"] | PageName

_NAMES: Final[dict[Rank, SceneName]] = {
    Rank.SIGNED_HOUSE: "ad",
    Rank.ADVERTISEMENT: "ad",
    Rank.CAMPAIGN: "ad",
    Rank.REQUIRED: "ad",
    Rank.NOTICE: "notice",
    Rank.CLOSED: "closed",
    Rank.THANKS: "rating",
    Rank.PROMPT: "rating",
    Rank.SUSPENSION: "suspended",
    Rank.EMERGENCY: "notice",
}
_NOTICES_TO_A_LINE: Final = 3  # who passes by, or stands in line, reads no more
NOTICES_TO_TOUCH: Final = 2  # beside what a first page is there for
SAFE_ITEM: Final = SafeItem(Phrase("safe.title"), (Phrase("safe.wait"), Phrase("safe.ask")))


@dataclass(frozen=True)
class Zone:
    """A part of the screen and what stands in it."""

    name: ZoneName
    item: Item


@dataclass(frozen=True)
class Picture:
    """`turns`: another picture comes with the next turn of the clock."""

    name: SceneName
    zones: tuple[Zone, ...]
    turns: bool


def lay_out(here: Situation, verdict: Verdict) -> Picture:
    """The picture for the winner, by the screen's kind."""
    return _LAYOUTS[here.screen.kind](here, verdict)


def _scene_name(verdict: Verdict, resting: SceneName) -> SceneName:
    return _NAMES.get(verdict.winner.rank, resting)


def _wall(here: Situation, verdict: Verdict) -> Picture:
    top = parts.header(here)
    shown, signed = verdict.winner.notice, _signed(verdict)
    zones = [Zone("header", top)]
    turns = verdict.turns
    match verdict.winner.rank:
        case _ if signed is not None:
            zones.append(Zone("main", signed))
        case Rank.EMERGENCY | Rank.NOTICE if shown is not None:
            zones.append(Zone("main", parts.notice_item(shown)))
        case Rank.SUSPENSION:
            zones.append(Zone("main", parts.suspended_place(here)))
        case Rank.CLOSED:
            zones.append(Zone("main", parts.closed_item(here, top)))
        case _:
            zones.append(Zone("main", parts.house_slide(here)))
            turns = True
    if verdict.winner.rank not in {Rank.SUSPENSION, Rank.EMERGENCY}:
        zones.append(Zone("side", _side(here)))
        strip = parts.banner(here)
        if strip is not None:
            zones.append(Zone("banner", strip))
    zones.append(Zone("ticker", _wall_ticker(here, verdict)))
    return Picture(_scene_name(verdict, "ad"), tuple(zones), turns)


def _side(here: Situation) -> Item:
    """The counters, or what is signed for their place: but a suspended counter is always told."""
    turn = here.playing("side")
    if turn is None or turn.slot is None or any(view.condition == "suspended" for view in here.counters):
        return parts.counter_cards(here)
    return parts.signed_item(turn.slot, turn)


def _wall_ticker(here: Situation, verdict: Verdict) -> TickerItem:
    notice, slot = verdict.winner.notice, _slot(verdict)
    if verdict.winner.rank != Rank.EMERGENCY:
        return parts.ticker(here, notice)
    if slot is not None:
        return parts.only_ticker(here, given(slot.asset.text or slot.asset.alt))
    return parts.only_ticker(here, given(notice.text if notice is not None else {}))


def _slot(verdict: Verdict) -> Slot | None:
    return None if verdict.winner.turn is None else verdict.winner.turn.slot


def _signed(verdict: Verdict) -> MediaItem | WordsItem | None:
    """What head office has signed, if that has won."""
    turn, slot = verdict.winner.turn, _slot(verdict)
    return None if turn is None or slot is None else parts.signed_item(slot, turn)


def _touch(here: Situation, verdict: Verdict) -> Picture:
    """Its cards stay through a suspension of the branch and after hours: rating and hotline go on."""
    zones = [Zone("header", parts.header(here))]
    shown = verdict.winner.notice
    suspended = parts.suspended_place(here) if verdict.winner.rank == Rank.SUSPENSION else None
    signed = _signed(verdict)
    if signed is not None:
        zones.append(Zone("main", signed))
    elif shown is not None:
        zones.append(Zone("main", parts.notice_item(shown)))
    elif suspended is not None and suspended.scope == "device":
        zones.append(Zone("main", suspended))
    else:
        zones += [Zone("main", parts.home_item(here)), Zone("side", parts.counter_cards(here))]
        if suspended is not None:
            zones.append(Zone("banner", suspended))
        zones += _beside(here, None, NOTICES_TO_TOUCH)
    zones += _pages(here)
    turn = here.playing("attract")
    if turn is not None and turn.slot is not None and verdict.winner.rank < Rank.SUSPENSION:
        zones.append(Zone("attract", parts.signed_item(turn.slot, turn)))
    return Picture(_scene_name(verdict, "home"), tuple(zones), verdict.turns)


def _pages(here: Situation) -> list[Zone]:
    """What a visitor can open: of each page only what is here as a whole."""
    found = ((page, here.page(page)) for page in PAGES)
    return [Zone(page, SignedPage(page, tuple(slot.asset for slot in slots))) for page, slots in found if slots]


def _counter(here: Situation, verdict: Verdict) -> Picture:
    """A counter's display; its foot has room for one notice, so several stand there in turn."""
    counter, view = here.counter, here.counter_view
    if counter is None or view is None:
        return _without_counter(here, verdict)
    shown = verdict.winner.notice
    item: Item
    signed = _signed(verdict)
    if signed is not None:
        item = signed
    elif shown is not None:
        item = parts.notice_item(shown)
    elif verdict.winner.rank == Rank.SUSPENSION:
        item = parts.suspended_counter(here, view) if view.scope == "counter" else parts.suspended_place(here)
    elif verdict.winner.rank in {Rank.PROMPT, Rank.THANKS}:
        item = _rating(counter, verdict.winner.rank)
    else:
        item = parts.counter_card(here, view)
    zones = [Zone("header", parts.header(here)), Zone("main", item), Zone("side", (parts.counter_card(here, view),))]
    beside = parts.notices_beside(here, shown) if verdict.winner.rank != Rank.EMERGENCY else ()
    if beside:
        zones.append(Zone("notice", beside[slide_index(here.now, len(beside))]))
    return Picture(_scene_name(verdict, "home"), tuple(zones), verdict.turns or len(beside) > 1)


def _beside(here: Situation, shown: Notice | None, most: int) -> list[Zone]:
    """The first notices that do not stand in the main zone."""
    return [Zone("notice", notice) for notice in parts.notices_beside(here, shown)[:most]]


def _rating(counter: Counter, rank: Rank) -> RatePrompt | ThanksItem:
    if rank == Rank.PROMPT:
        assert counter.prompt is not None
        return RatePrompt(
            id=counter.prompt.id,
            number=counter.number,
            question=Phrase("rating.question"),
            invitation=Phrase("rating.invitation"),
            until=counter.prompt.until,
            since=counter.prompt.since,
        )
    assert counter.thanks is not None
    return ThanksItem(Phrase("rating.thanks"), counter.thanks.until)


def _without_counter(here: Situation, verdict: Verdict) -> Picture:
    """A screen whose counter the state does not know says nothing about service, but still what concerns everybody."""
    if verdict.winner.rank == Rank.SUSPENSION:
        main: Item = parts.suspended_place(here)
        name: SceneName = "suspended"
    elif verdict.winner.notice is not None:
        main, name = parts.notice_item(verdict.winner.notice), "notice"
    elif verdict.winner.rank == Rank.EMERGENCY:
        main, name = _signed_alarm(here, verdict), "notice"
    else:
        main, name = SAFE_ITEM, "safe"
    return Picture(name, (Zone("header", parts.header(here)), Zone("main", main)), verdict.turns)


def _signed_alarm(here: Situation, verdict: Verdict) -> Item:
    """A strip has one line for it, of no counter."""
    slot = _slot(verdict)
    if here.screen.kind == "strip" and slot is not None:
        return parts.signed_line(Line({}, Shape.SUSPENDED, given({})), slot)
    return _signed(verdict) or SAFE_ITEM


def _fascia(here: Situation, verdict: Verdict) -> Picture:
    top = parts.header(here)
    rank, slot, shown = verdict.winner.rank, _slot(verdict), verdict.winner.notice
    line = lines.fascia_line(here, top)
    if slot is not None:
        line = parts.signed_line(line, slot)
    elif shown is not None:
        line = Line(line.name, Shape.SUSPENDED, parts.notice_item(shown).words, emergency=True, notice=shown.id)
    zones = [Zone("header", top), Zone("main", line)]
    if rank < Rank.SUSPENSION:
        zones += _beside(here, None, _NOTICES_TO_A_LINE)
    return Picture(_scene_name(verdict, "home"), tuple(zones), verdict.turns)


def _strip(here: Situation, verdict: Verdict) -> Picture:
    """A window strip: what its counter does, or that it does not; then the first notices, unless a rating is asked for."""
    view = here.counter_view
    if view is None:
        return _without_counter(here, verdict)
    slot, shown = _slot(verdict), verdict.winner.notice
    line = lines.strip_line(here, view, asked=verdict.winner.rank == Rank.PROMPT)
    if slot is not None:
        line = parts.signed_line(line, slot)
    elif shown is not None:
        item = parts.notice_item(shown)
        alarm = item.shape is Shape.SUSPENDED
        shape = Shape.SUSPENDED if alarm else Shape.ATTENTION
        line = Line(line.name, shape, item.words, emergency=alarm, notice=shown.id)
    zones = [Zone("main", line)]
    if verdict.winner.rank < Rank.PROMPT:
        zones += _beside(here, shown, _NOTICES_TO_A_LINE)
    return Picture(_scene_name(verdict, "home"), tuple(zones), verdict.turns)


_LAYOUTS: Final[dict[ScreenKind, Callable[[Situation, Verdict], Picture]]] = {
    "wall": _wall,
    "touch": _touch,
    "counter": _counter,
    "fascia": _fascia,
    "strip": _strip,
}
