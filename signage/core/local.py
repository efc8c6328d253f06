"""What staff did at a screen that could not reach its controller, laid over the last state that the controller told.

An intention holds until the controller has considered it: its state then names it in `considered`, and what the state
says is the outcome, whichever of two intentions was the later one. Pure.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Intention, Suspension
from signage.core.suspension import counter_scope, held, known_suspensions, may_lift

KEPT_FOR: Final = timedelta(hours=24)  # nobody carries yesterday's sign into today


def settled(intention: Intention, state: BranchState) -> bool:
    """Whether the controller has considered it."""
    considered = state.considered.get(intention.screen)
    return considered is not None and considered >= intention.at


def standing(intentions: Iterable[Intention], state: BranchState | None, now: Instant) -> tuple[Intention, ...]:
    """Those that still count, in the order in which they were made."""
    there = [
        one
        for one in intentions
        if now - KEPT_FOR < one.at <= now + KEPT_FOR and (state is None or not settled(one, state))
    ]
    return tuple(sorted(there, key=lambda one: (one.at, one.screen)))


def with_local(state: BranchState, intentions: Iterable[Intention], now: Instant) -> BranchState:
    """The state as it is to be shown: each standing intention carried out in its turn. Unchanged if there is none."""
    there = standing(intentions, state, now)
    if not there:
        return state
    suspensions = known_suspensions(state)
    for one in there:
        suspensions = _carried_out(suspensions, one)
    return _with(state, suspensions, now)


def _carried_out(suspensions: tuple[Suspension, ...], one: Intention) -> tuple[Suspension, ...]:
    here = [known for known in suspensions if known.scope == one.scope]
    if any(known.since > one.at and known.source in {"manager", "head-office"} for known in here):
        return suspensions  # somebody meant something later
    mine = [known for known in here if known.source == "manager" or (not one.on and may_lift(known, "manager"))]
    kept = tuple(known for known in suspensions if known not in mine)
    if not one.on:
        return kept
    put_up = Suspension(
        id=f"local:{one.screen}:{one.at.ms}",
        scope=one.scope,
        reason=one.reason,
        source="manager",
        since=one.at,
        until=one.until,
        actor=one.actor,
    )
    return (*kept, put_up)


def _with(state: BranchState, suspensions: tuple[Suspension, ...], now: Instant) -> BranchState:
    branch = held(suspensions, (BRANCH_SCOPE,), now)
    counters = []
    for counter in state.counters:
        there = held(suspensions, (BRANCH_SCOPE, counter_scope(counter.number)), now)
        if there is not None:
            counters.append(replace(counter, state="suspended", reason=there.suspension.reason, until=there.resumes))
        elif counter.state == "suspended":
            counters.append(replace(counter, state="open", reason=None, until=None))
        else:
            counters.append(counter)
    return replace(
        state,
        suspension=None if branch is None else branch.suspension,
        suspensions=suspensions,
        counters=tuple(counters),
    )
