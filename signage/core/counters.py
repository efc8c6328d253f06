"""What a counter is at one instant: its suspensions and the clock together. The controller and every screen ask here."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Counter, CounterCondition, PadCondition, SelfService, Text
from signage.core.suspension import Held, counter_scope, device_scope, held, known_suspensions

ALTERNATIVES: Final = 2  # more than two are no direction but a list
_NAMED: Final = 1_000_000


@dataclass(frozen=True)
class CounterView:
    """`until`: open → its hours' end; suspended → service is back; closed → it opens. None: not known.

    `alternatives`: numbers of open counters to turn to, in order; where there is none, `machines` that do the same
    business and work. `scope`: whose suspension it is.
    """

    number: str
    business: Text
    service: str
    condition: CounterCondition
    until: Instant | None = None
    reason: str | None = None
    text: Text | None = None
    scope: Literal["branch", "counter"] | None = None
    since: Instant | None = None
    alternatives: tuple[str, ...] = ()
    machines: tuple[SelfService, ...] = ()
    level: int | None = None
    teller: str | None = None
    pad: PadCondition = "absent"


def counter_views(state: BranchState, hours: Hours, now: Instant) -> tuple[CounterView, ...]:
    """Every counter at `now`, in the order of the state."""
    views = tuple(_view(state, counter, hours, now) for counter in state.counters)
    return tuple(_directed(state, view, views, now) for view in views)


def counter_held(state: BranchState, number: str, now: Instant) -> Held | None:
    """What suspends the counter, the branch's suspensions included."""
    return held(known_suspensions(state), (BRANCH_SCOPE, counter_scope(number)), now)


def nearest(wanted: CounterView, views: tuple[CounterView, ...]) -> tuple[str, ...]:
    """The open counters nearest by number that do the same business: nobody is sent to a counter that cannot help."""
    others = [view for view in views if view.condition == "open" and view.number != wanted.number]
    same = [view for view in others if view.business == wanted.business]
    near = sorted(same, key=lambda view: (abs(_rank(view.number)[0] - _rank(wanted.number)[0]), _rank(view.number)))
    return tuple(sorted((view.number for view in near[:ALTERNATIVES]), key=_rank))


def _rank(number: str) -> tuple[int, str]:
    """Numbers in order, names after them."""
    return (int(number) if number.isascii() and number.isdigit() else _NAMED, number)


def _directed(state: BranchState, view: CounterView, views: tuple[CounterView, ...], now: Instant) -> CounterView:
    if view.condition != "suspended":
        return view
    counters = nearest(view, views)
    return replace(
        view, alternatives=counters, machines=() if counters else working_machines(state, view.business, now)
    )


def working_machines(state: BranchState, business: Text, now: Instant) -> tuple[SelfService, ...]:
    """The self-service devices that do this business and are not suspended, at most two, in the order of the state."""
    suspensions = known_suspensions(state)
    able = (one for one in state.self_service if one.business.items() & business.items())
    working = [one for one in able if held(suspensions, (BRANCH_SCOPE, device_scope(one.name)), now) is None]
    return tuple(working[:ALTERNATIVES])


def _view(state: BranchState, counter: Counter, hours: Hours, now: Instant) -> CounterView:
    view = CounterView(
        counter.number,
        counter.business,
        counter.hours,
        "open",
        level=counter.level,
        teller=counter.teller,
        pad=counter.pad,
    )
    found = counter_held(state, counter.number, now)
    if found is not None:
        one = found.suspension
        scope: Literal["branch", "counter"] = "branch" if one.scope == BRANCH_SCOPE else "counter"
        return replace(
            view,
            condition="suspended",
            until=found.expected,
            reason=one.reason,
            text=one.text,
            scope=scope,
            since=one.since,
        )
    if counter.state == "suspended" and (counter.until is None or now < counter.until):
        return replace(view, condition="suspended", until=counter.until, reason=counter.reason, scope="counter")
    service = hours.at(counter.hours, now)
    if counter.state == "closed" or not service.open:
        return replace(view, condition="closed", until=None if service.open else service.next_open)
    return replace(view, until=service.until)
