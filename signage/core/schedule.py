"""What the clock alone decides: which slide stands, so that two walls agree without a word between them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from signage.core.hours import Hours, hours_or_none_known
from signage.core.instants import Instant
from signage.core.model import BranchState, HoursPlan, ScreenEntry
from signage.core.playbill import playbill
from signage.core.programme import PAGES, SignedContent
from signage.core.slots import HOUR_MS

SLIDE_S: Final = 10
_SLIDE_MS: Final = SLIDE_S * 1000

# The built-in house slides: they need nothing signed. Words in the catalogues under ``house.<key>``.
HOUSE_SLIDES: Final = ("welcome", "hours", "complaints", "fraud", "amenities", "elder")


def turn(now: Instant) -> int:
    """The number of the ten seconds that hold `now`, counted since 1970."""
    return now.ms // _SLIDE_MS


def slide_index(now: Instant, count: int) -> int:
    """Which of `count` slides stands. `count` is at least 1."""
    return turn(now) % count


def slide_round(now: Instant, count: int) -> int:
    """How often all of `count` slides have stood before."""
    return turn(now) // count


def next_turn(now: Instant) -> Instant:
    """The first instant after `now` at which the next slide stands."""
    return Instant.from_ms((turn(now) + 1) * _SLIDE_MS)


def upcoming(
    content: SignedContent,
    state: BranchState,
    hours: Hours | None,
    screen: ScreenEntry,
    now: Instant,
    horizon: timedelta,
    *,
    keep: bool = True,
) -> tuple[str, ...]:
    """The assets that this screen will want within `horizon`, in the order of their next appearance, each once.

    It goes by the programme alone: what closing time or a suspension will hide is wanted all the same. `keep`: the turns
    themselves will soon be asked for.
    """
    plan = state.hours if hours is None else hours.plan
    return _refs(_appearances(content, state, plan, screen, now, horizon, keep=keep))


def upcoming_on_all(
    content: SignedContent,
    state: BranchState,
    hours: Hours | None,
    screens: Iterable[ScreenEntry],
    now: Instant,
    horizon: timedelta,
) -> tuple[str, ...]:
    """The same for several screens together: what a branch's controller fetches first."""
    plan = state.hours if hours is None else hours.plan
    return _refs(found for screen in screens for found in _appearances(content, state, plan, screen, now, horizon))


def _appearances(
    content: SignedContent,
    state: BranchState,
    plan: HoursPlan,
    screen: ScreenEntry,
    now: Instant,
    horizon: timedelta,
    *,
    keep: bool = True,
) -> Iterator[tuple[int, str]]:
    """(ms, asset), each turn of every reel from the one that stands on."""
    end = now.ms + horizon // timedelta(milliseconds=1)
    bill = playbill(content, state.branch, screen, hours_or_none_known(plan).plan)
    for reel in bill.reels.values():
        for number in range(now.ms // HOUR_MS, end // HOUR_MS + 1):
            for turn in reel.hour(number, keep=keep):
                if turn.slot is not None and turn.end > now.ms and turn.start < end:
                    yield turn.start, turn.slot.asset.ref
    for page in PAGES:  # a visitor may come at any time; what plays of itself is fetched first
        slots = bill.lines[page].slots if page in bill.lines else ()
        yield from ((end, slot.asset.ref) for slot in slots if slot.start < end and slot.until > now.ms)


def _refs(appearances: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for _, ref in sorted(appearances)))
