"""Who gets a screen's main zone: every candidate, what it has to say for itself, and what beat it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from signage.core.instants import Instant
from signage.core.model import Notice, Suspension
from signage.core.notices import emergency, placed_on, shown_at, takes_main
from signage.core.placement import Stage
from signage.core.programme import ItemClass, ProgrammeItem
from signage.core.reasons import Reasons, Why, item_reasons
from signage.core.schedule import slide_index
from signage.core.situation import Situation
from signage.core.slots import Slot, Turn
from signage.core.suspension import holds


class Rank(IntEnum):
    """The order: what stands higher wins."""

    HOUSE = 0
    SIGNED_HOUSE = 1
    ADVERTISEMENT = 2
    CAMPAIGN = 3
    NOTICE = 4
    REQUIRED = 5
    CLOSED = 6
    THANKS = 7
    PROMPT = 8
    SUSPENSION = 9
    EMERGENCY = 10


_RANKS: Final[dict[ItemClass, Rank]] = {
    "house": Rank.SIGNED_HOUSE,
    "advertisement": Rank.ADVERTISEMENT,
    "campaign": Rank.CAMPAIGN,
    "notice": Rank.NOTICE,
    "emergency": Rank.EMERGENCY,
}


@dataclass(frozen=True)
class Candidate:
    """`case`: why it stands. `hindrance`: why it does not take part at all."""

    rank: Rank
    name: str
    case: str
    hindrance: str | None = None
    notice: Notice | None = None
    turn: Turn | None = None

    @property
    def priority(self) -> int:
        """Among equals of a rank. What head office has signed is as urgent as an ordinary notice of the branch's."""
        return self.notice.priority if self.notice is not None else 0

    @property
    def begun(self) -> int:
        return self.notice.start.ms if self.notice is not None else 0


@dataclass(frozen=True)
class Verdict:
    winner: Candidate
    why: Sequence[Why]
    turns: bool  # equals share the zone: the next turn of the clock brings another


def decide(here: Situation) -> Verdict:
    """The winner and a reason for each other. Equal notices take turns."""
    every = tuple(_candidates(here))
    standing = [one for one in every if one.hindrance is None]
    best = max(one.rank for one in standing)
    equals = _equals([one for one in standing if one.rank == best])
    winner = equals[slide_index(here.now, len(equals))]
    return Verdict(winner, Reasons(lambda: _told(here, every, winner, equals)), len(equals) > 1)


def turning(here: Situation, winner: Candidate) -> frozenset[Stage]:
    """The zones of the programme in which the next turn could make another picture.

    The main zone's, unless what has won stands higher than all that have turns there; the others', while they are shown.
    """
    beside: tuple[Stage, ...] = ("side", "attract") if winner.rank < Rank.SUSPENSION else ()
    others = {place for place in beside if any(here.playable(place))}
    could = any((_rank(slot), 0) >= (winner.rank, winner.priority) for slot in here.playable("main"))
    return frozenset({"main", *others} if could else others)


def _told(here: Situation, every: tuple[Candidate, ...], winner: Candidate, equals: list[Candidate]) -> Iterator[Why]:
    """The contest's candidates first, then the programme's items that were not even among them."""
    for one in every:
        yield _why(one, winner, equals)
    yield from item_reasons(here, next((one.name for one in every if one.turn is not None), None))


def _equals(best: list[Candidate]) -> list[Candidate]:
    """Those that take turns. An emergency shares with nobody: head office's, else the most urgent, else the latest."""
    if best[0].rank == Rank.EMERGENCY:
        return [max(best, key=lambda one: (one.turn is not None, one.priority, one.begun, one.name))]
    urgent = max(one.priority for one in best)
    return [one for one in best if one.priority == urgent]


def _why(one: Candidate, winner: Candidate, equals: list[Candidate]) -> Why:
    if one is winner:
        return Why(one.name, True, one.case)
    if one.hindrance is not None:
        return Why(one.name, False, one.hindrance)
    if one in equals:
        return Why(one.name, False, f"takes turns with {winner.name}")
    return Why(one.name, False, f"beaten by {winner.name}: {winner.case}")


def _candidates(here: Situation) -> Iterator[Candidate]:
    yield Candidate(Rank.HOUSE, "house", "nothing else has anything to say")
    yield from _programme(here)
    for notice in here.state.notices:
        yield _notice(here, notice)
    yield _closed(here)
    yield from _rating(here)
    yield from _suspensions(here)


def _programme(here: Situation) -> Iterator[Candidate]:
    turn = here.turn("main")
    if turn is not None and turn.slot is not None:
        item, end = turn.slot.item, Instant.from_ms(turn.end)
        asked = f", required every {item.every_s} s" if turn.slot.required else ""
        case = f"its turn as {item.cls}{asked}, until {end}"
        yield Candidate(_rank(turn.slot), item_name(item), case, here.unplayable(turn.slot), turn=turn)


def _rank(slot: Slot) -> Rank:
    return Rank.REQUIRED if slot.required else _RANKS[slot.item.cls]


def item_name(item: ProgrammeItem) -> str:
    return f"item:{item.id}"


def _notice(here: Situation, notice: Notice) -> Candidate:
    rank = Rank.EMERGENCY if emergency(notice) else Rank.NOTICE
    case = f"holds until {notice.until}, priority {notice.priority}"
    return Candidate(rank, f"notice:{notice.id}", case, _notice_hindrance(here, notice), notice)


def _notice_hindrance(here: Situation, notice: Notice) -> str | None:
    if not placed_on(notice, here.screen):
        return f"placed on {', '.join(notice.places)}"
    if not shown_at(notice, here.now):
        return f"begins at {notice.start}" if here.now < notice.start else f"ended at {notice.until}"
    if not takes_main(notice, here.screen):
        return f"stands beside what a {here.screen.kind} screen is there for"
    return None


def _closed(here: Situation) -> Candidate:
    if here.screen.kind in {"counter", "strip"}:
        view = here.counter_view
        closed = view is not None and view.condition == "closed"
        what = f"counter {here.screen.counter}"
    else:
        closed, what = here.closed, "the branch"
    return Candidate(Rank.CLOSED, "closed", f"{what} is closed", None if closed else f"{what} is not closed")


def _rating(here: Situation) -> Iterator[Candidate]:
    counter = here.counter if here.screen.kind in {"counter", "strip"} else None
    if counter is None:
        return
    if counter.thanks is not None and here.screen.kind == "counter":
        until = counter.thanks.until
        yield Candidate(Rank.THANKS, "thanks", f"a customer has rated, until {until}", _over(until, here.now))
    if counter.prompt is not None:
        until = counter.prompt.until
        name = f"prompt:{counter.prompt.id}"
        yield Candidate(Rank.PROMPT, name, f"a rating is asked for until {until}", _over(until, here.now))


def _over(until: Instant, now: Instant) -> str | None:
    return None if now < until else f"ended at {until}"


def _suspensions(here: Situation) -> Iterator[Candidate]:
    for one in here.suspensions:
        until = "until lifted" if one.until is None else f"until {one.until}"
        case = f"{one.scope} is suspended by {one.source}, {one.reason}, {until}"
        yield Candidate(Rank.SUSPENSION, f"suspension:{one.id}", case, _suspension_hindrance(here, one))
    view = here.counter_view
    if view is not None and view.condition == "suspended" and here.held is None:
        yield Candidate(Rank.SUSPENSION, f"counter:{view.number}", "the controller names the counter suspended")


def _suspension_hindrance(here: Situation, one: Suspension) -> str | None:
    if one.scope not in here.scopes:
        return f"holds for {one.scope}, not for this screen"
    if not holds(one, here.now):
        return f"ended at {one.until}"
    foremost = here.foremost
    if foremost is None or foremost.suspension is one:
        return None
    wider = here.held is not None and foremost.suspension is here.held.suspension
    case = "wider, of more authority or longer" if wider else "the screen's own, or of more authority or longer"
    return f"beaten by suspension:{foremost.suspension.id}: {case}"
