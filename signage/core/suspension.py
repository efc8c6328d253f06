"""Suspensions: which one holds where, for how long altogether, and who may lift whose.

Several may hold at once, each with its own life. One that stands in the state holds until its `until`; its `since` is
history, not a condition, for the clock of a screen may lag that of the controller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Call, Source, Suspension

# The one authority table: a source → whose suspensions it may lift.
LIFTS: Final[dict[Source, frozenset[Source]]] = {
    "head-office": frozenset({"head-office", "manager", "rule", "teller"}),
    "manager": frozenset({"manager", "rule", "teller"}),
    "rule": frozenset({"rule"}),
    "teller": frozenset({"teller"}),
}
_AUTHORITY: Final[dict[Source, int]] = {"head-office": 3, "manager": 2, "rule": 1, "teller": 0}
_FOREVER_MS: Final = 1 << 62
OVERDUE: Final = "overdue"  # the kind of a reminder's call


@dataclass(frozen=True)
class Held:
    """The winning suspension of a place, and when service is back there: None while one of them has no end.

    `expected`: what people are told; the hope stands in where there is no end, and is told no more once it has passed.
    """

    suspension: Suspension
    resumes: Instant | None
    expected: Instant | None = None


def may_lift(suspension: Suspension, source: Source) -> bool:
    """Whether `source` may lift it. A rule lifts only its own: the caller names the rule it acts for."""
    return suspension.source in LIFTS[source]


def counter_scope(number: str) -> str:
    return f"counter:{number}"


def device_scope(name: str) -> str:
    return f"device:{name}"


def holds(suspension: Suspension, now: Instant) -> bool:
    return suspension.until is None or now < suspension.until


def known_suspensions(state: BranchState) -> tuple[Suspension, ...]:
    """Every suspension in the state; from a controller that names only the winning one, that one."""
    if state.suspensions or state.suspension is None:
        return state.suspensions
    return (state.suspension,)


def held(suspensions: Iterable[Suspension], scopes: Sequence[str], now: Instant) -> Held | None:
    """What holds at a place, which lies in all of `scopes`, the widest first: ``("branch", "counter:2")``.

    The widest scope wins, then the higher authority, then the longer life, then the earlier one.
    """
    there = [one for one in suspensions if one.scope in scopes and holds(one, now)]
    if not there:
        return None
    winner = min(there, key=lambda one: precedence(one, scopes))
    return Held(winner, _latest([one.until for one in there]), _latest([_hope(one, now) for one in there]))


def _latest(moments: Sequence[Instant | None]) -> Instant | None:
    """The last of them; None where one is not known."""
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else None


def _hope(suspension: Suspension, now: Instant) -> Instant | None:
    """When this one is hoped to be over, as long as that lies ahead."""
    if suspension.expected is not None and suspension.expected > now:
        return suspension.expected
    return suspension.until


def suspended(state: BranchState, scopes: Sequence[str], now: Instant) -> Suspension | None:
    """The winning suspension at a place; see `held`."""
    found = held(known_suspensions(state), scopes, now)
    return found.suspension if found is not None else None


def branch_held(state: BranchState, now: Instant) -> Held | None:
    return held(known_suspensions(state), (BRANCH_SCOPE,), now)


def next_change(suspensions: Iterable[Suspension], now: Instant) -> Instant | None:
    """The first instant after `now` at which one of them ends by itself, or at which a hope has passed."""
    edges = (edge for one in suspensions for edge in (one.until, one.expected))
    return min((edge for edge in edges if edge is not None and edge > now), default=None)


def overdue(suspensions: Iterable[Suspension], now: Instant) -> tuple[Suspension, ...]:
    """Those that hold although the time they were hoped to be over has passed, the longest overdue first."""
    late = [one for one in suspensions if holds(one, now) and one.expected is not None and one.expected <= now]
    return tuple(sorted(late, key=lambda one: (one.expected, one.id)))


def reminder(suspension: Suspension) -> Call:
    """The call to the lobby manager about one that is overdue: to resume, or to say a new time."""
    kind, _, name = suspension.scope.partition(":")
    return Call(
        id=f"{OVERDUE}:{suspension.id}",
        kind=OVERDUE,
        at=suspension.expected or suspension.since,
        counter=name if kind == "counter" else None,
        device=name if kind == "device" else None,
        code=suspension.reason,
    )


def precedence(suspension: Suspension, scopes: Sequence[str]) -> tuple[int, int, int, int, str]:
    """The least wins at a place that lies in all of `scopes`, its own among them."""
    life = suspension.until.ms if suspension.until is not None else _FOREVER_MS
    authority = _AUTHORITY[suspension.source]
    return (scopes.index(suspension.scope), -authority, -life, suspension.since.ms, suspension.id)
