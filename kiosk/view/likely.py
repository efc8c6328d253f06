"""The reason that a suspension in one tap is given: staff put it right afterwards, when their hands are free."""

from collections.abc import Mapping
from typing import Final

from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Reason
from signage.core.suspension import holds, known_suspensions

SPREADS: Final = frozenset({Reason.POWER, Reason.NETWORK, Reason.DISASTER})  # what takes one part takes the next
_AT_FIRST: Final = {"counter": Reason.BREAK, "device": Reason.FAULT, BRANCH_SCOPE: Reason.OTHER}


def likeliest(state: BranchState, scope: str, now: Instant, habits: Mapping[str, str]) -> str:
    """What already holds elsewhere and spreads; else what was given here last for the like; else the commonest."""
    elsewhere = sorted(
        (one for one in known_suspensions(state) if one.scope != scope and holds(one, now) and one.reason in SPREADS),
        key=lambda one: (-one.since.ms, one.id),
    )
    if elsewhere:
        return elsewhere[0].reason
    return habits.get(kind_of(scope), _AT_FIRST.get(kind_of(scope), Reason.OTHER).value)


def kind_of(scope: str) -> str:
    """Habits go by what is suspended: a counter, a device, the branch."""
    return scope.partition(":")[0]
