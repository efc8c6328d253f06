"""Everything a screen's scene is made from at one instant, computed once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import Final

from signage.core.counters import CounterView, counter_views
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Counter, Notice, ScreenEntry, Suspension
from signage.core.notices import next_change as next_notice
from signage.core.notices import notices_on
from signage.core.placement import Stage
from signage.core.playbill import Playbill, playbill
from signage.core.programme import PageName, SignedContent
from signage.core.slots import PROMOTIONS, Slot, Turn
from signage.core.suspension import Held, counter_scope, device_scope, held, known_suspensions
from signage.core.suspension import next_change as next_suspension

CLOSING_SOON: Final = timedelta(minutes=30)
BANNER_FOR: Final = timedelta(seconds=10)


@dataclass(frozen=True)
class Situation:
    state: BranchState
    hours: Hours
    screen: ScreenEntry
    now: Instant
    heard: bool
    content: SignedContent | None = None
    absent: frozenset[str] = frozenset()  # assets that are signed, but not yet on this screen
    promotions: bool = True

    @cached_property
    def playbill(self) -> Playbill | None:
        """What head office has signed for this screen; None while there is nothing."""
        if self.content is None:
            return None
        return playbill(self.content, self.state.branch, self.screen, self.hours.plan)

    def turn(self, place: Stage) -> Turn | None:
        """Whose turn it is in a zone; None where it is nobody's."""
        reel = self.playbill.reels.get(place) if self.playbill is not None else None
        return reel.turn(self.now.ms) if reel is not None else None

    def playing(self, place: Stage) -> Turn | None:
        """The turn in a zone if it can be played here; else a house slide has its time."""
        turn = self.turn(place)
        return None if turn is None or turn.slot is None or self.unplayable(turn.slot) else turn

    def unplayable(self, slot: Slot) -> str | None:
        """Why a slot is not shown on this screen though it is its turn."""
        if slot.asset.ref in self.absent:
            return f"{slot.asset.ref} is absent on this screen"
        if not self.promotions and slot.item.cls in PROMOTIONS:
            return "nobody is to be promoted to here"
        return None

    def playable(self, place: Stage) -> Iterator[Slot]:
        """Of those that have turns in a zone now, and can be played here: one that is required, one that shares the time."""
        reel = self.playbill.reels.get(place) if self.playbill is not None else None
        if reel is not None:
            cast = reel.cast(self.now.ms)
            for members in (cast.required, cast.share):
                yield from islice((slot for slot in members if not self.unplayable(slot)), 1)

    def lines(self, place: Stage) -> tuple[Slot, ...]:
        """The words of the highest class there is in a zone that holds them all."""
        reel = self.playbill.lines.get(place) if self.playbill is not None else None
        return () if reel is None else tuple(one for one in reel.cast(self.now.ms).live if not self.unplayable(one))

    def page(self, name: PageName) -> tuple[Slot, ...]:
        """What stands on a page, in the order written; nothing while a part of it is missing here."""
        reel = self.playbill.lines.get(name) if self.playbill is not None else None
        live = () if reel is None else reel.cast(self.now.ms).live
        return () if any(self.unplayable(slot) for slot in live) else live

    @cached_property
    def counters(self) -> tuple[CounterView, ...]:
        return counter_views(self.state, self.hours, self.now)

    @cached_property
    def suspensions(self) -> tuple[Suspension, ...]:
        return known_suspensions(self.state)

    @cached_property
    def held(self) -> Held | None:
        """What suspends this screen: the branch's, its counter's, its own."""
        return held(self.suspensions, self.scopes, self.now)

    @cached_property
    def foremost(self) -> Held | None:
        """The one that its main zone tells. A touch screen's own comes before the branch's, through which its pages stay in use."""
        own = (device_scope(self.screen.name),) if self.screen.kind == "touch" else ()
        return held(self.suspensions, own, self.now) or self.held

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        return notices_on(self.state.notices, self.screen, self.now)

    @property
    def scopes(self) -> tuple[str, ...]:
        own = () if self.counter_number is None else (counter_scope(self.counter_number),)
        return (BRANCH_SCOPE, *own, device_scope(self.screen.name))

    @property
    def counter_number(self) -> str | None:
        """The counter this screen stands at; the others speak for the whole branch."""
        return self.screen.counter if self.screen.kind in {"counter", "strip"} else None

    @property
    def counter(self) -> Counter | None:
        return next((one for one in self.state.counters if one.number == self.counter_number), None)

    @property
    def counter_view(self) -> CounterView | None:
        return next((one for one in self.counters if one.number == self.counter_number), None)

    @property
    def open_service(self) -> str | None:
        """The first service of the plan that is open."""
        return next((name for name in self.hours.services if self.hours.at(name, self.now).open), None)

    @property
    def closed(self) -> bool:
        """No service is open, of those whose hours are known."""
        return bool(self.hours.services) and self.open_service is None

    @property
    def midnight(self) -> Instant:
        """The end of the branch's day."""
        return self.hours.midnight(self.hours.local_date(self.now) + timedelta(days=1))

    def at(self, now: Instant) -> "Situation":
        """The same state, screen and link at another instant."""
        return replace(self, now=now)

    def next_edge(self, turning: Collection[Stage]) -> Instant:
        """The first instant after `now` at which anything here could be otherwise. There is one by midnight.

        `turning`: the zones of the programme in which the next turn could make another picture.
        """
        return min(edge for edge in self._edges(turning) if edge > self.now)

    def _edges(self, turning: Collection[Stage]) -> Iterator[Instant]:
        yield self.midnight
        for edge in (next_suspension(self.suspensions, self.now), next_notice(self.state.notices, self.now)):
            if edge is not None:
                yield edge
        if self.playbill is not None:
            yield self.playbill.next_change(self.now, turning)
        for one in self.suspensions:
            yield one.since + BANNER_FOR
        for counter in self.state.counters:
            for ending in (counter.prompt, counter.thanks, counter):
                if ending is not None and ending.until is not None:
                    yield ending.until
        for service in {*self.hours.services, *(counter.hours for counter in self.state.counters)}:
            change = self.hours.at(service, self.now).until
            if change is not None:
                yield change
                yield change - CLOSING_SOON
