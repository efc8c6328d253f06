"""Why each item of a programme stands on a screen or not, one by one, for whoever asks. Computed only when read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from signage.core.instants import Instant
from signage.core.placement import Stage, hindrance, stage
from signage.core.playbill import Playbill
from signage.core.programme import CLASSES, PAGES, ProgrammeItem
from signage.core.reel import Reel
from signage.core.situation import Situation
from signage.core.slots import HOUR_MS, Slot


@dataclass(frozen=True)
class Why:
    """One candidate for a screen's main zone. `reason` is for operators, in English."""

    candidate: str
    won: bool
    reason: str


class Reasons(Sequence[Why]):
    """The reasons in order; a sequence that is made at the first look into it."""

    def __init__(self, tell: Callable[[], Iterator[Why]]) -> None:
        self._tell = tell

    @cached_property
    def _told(self) -> tuple[Why, ...]:
        return tuple(self._tell())

    def __iter__(self) -> Iterator[Why]:
        """Whoever looks only for the winner does not wait for the rest."""
        return self._tell()

    def __len__(self) -> int:
        return len(self._told)

    @overload
    def __getitem__(self, index: int) -> Why: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Why, ...]: ...
    def __getitem__(self, index: int | slice) -> Why | tuple[Why, ...]:
        return self._told[index]


def item_reasons(here: Situation, standing: str | None) -> Iterator[Why]:
    """For every item but the one whose turn it is in the main zone, which the contest has judged (`standing`)."""
    bill = here.playbill
    if bill is None:
        return
    slots = {slot.number: slot for reel in (*bill.reels.values(), *bill.lines.values()) for slot in reel.slots}
    for number, item in enumerate(bill.content.items):
        name = f"item:{item.id}"
        if name != standing:
            yield Why(name, False, _reason(here, bill, item, slots.get(number)))


def _reason(here: Situation, bill: Playbill, item: ProgrammeItem, slot: Slot | None) -> str:
    if slot is None:
        return hindrance(item, bill.assets.get(item.asset), bill.branch, here.screen) or "is not in the programme"
    return _untimely(here, bill, slot) or here.unplayable(slot) or _beaten(here, bill, slot)


def _untimely(here: Situation, bill: Playbill, slot: Slot) -> str | None:
    now = here.now
    if now.ms < slot.start:
        return f"begins at {Instant.from_ms(slot.start)}"
    if now.ms >= slot.until:
        return f"expired since {Instant.from_ms(slot.until)}"
    text = slot.item.daypart
    if text in bill.dayparts.holding(now):
        return None
    if text in bill.dayparts.unreadable:
        return f"its daypart cannot be read: {bill.dayparts.unreadable[text]}"
    begins = bill.dayparts.begins(text, now)
    return f"its daypart {text} begins at {begins}" if begins is not None else f"its daypart {text} is not to come"


def _beaten(here: Situation, bill: Playbill, slot: Slot) -> str:
    place = stage(slot.item, here.screen)
    reel = bill.reels.get(place) or bill.lines[place]
    cast = reel.cast(here.now.ms)
    best = cast.share[0].item.cls if cast.share else "house"
    if not slot.required and CLASSES.index(slot.item.cls) < CLASSES.index(best):
        return f"lower class than {best}, which has item:{cast.share[0].item.id} to show"
    if place in bill.lines:
        return _listed(here, place)
    if cast.emergency is not None:
        return f"beaten by item:{cast.emergency.item.id}: an emergency shares with nobody"
    return f"{_turn(reel, here.now, slot)}" if place == "main" else f"{_turn(reel, here.now, slot)} in the zone {place}"


def _listed(here: Situation, place: Stage) -> str:
    if place not in PAGES:
        return f"stands in the zone {place}"
    whole = any(place == page and here.page(page) for page in PAGES)
    return f"stands on the page {place}" if whole else f"the page {place} is not here as a whole"


def _turn(reel: Reel, now: Instant, slot: Slot) -> str:
    hour = now.ms // HOUR_MS
    turns = (turn for number in (hour, hour + 1) for turn in reel.hour(number))
    found = next((turn for turn in turns if turn.slot is slot and turn.end > now.ms), None)
    if found is not None and found.start <= now.ms:
        return "has its turn"
    standing = reel.turn(now.ms).slot
    holder = "a house slide" if standing is None else f"item:{standing.item.id}"
    when = "in a later hour" if found is None else f"at {Instant.from_ms(found.start)}"
    return f"{holder} has this turn; its own comes {when}"
