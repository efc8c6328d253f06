"""How long head office keeps which events: days for each kind, and never less than an open case needs. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from signage.core.instants import Instant

UNREADABLE: Final = "unreadable"  # the key for what could not be read, or is of unknown kind
_BEFORE_A_CASE: Final = timedelta(days=7)  # what stood on screens and was suspended when it was opened began before it


@dataclass(frozen=True)
class CaseStep:
    branch: str
    case: str
    action: str
    at: str


@dataclass(frozen=True)
class Retention:
    """`days`: kind → days, 1 and more; a kind without a number is kept for ever."""

    days: Mapping[str, int] = field(default_factory=dict)

    def ends(self, now: Instant) -> dict[str, str]:
        """Kind → what happened before that instant may go."""
        return {kind: str(Instant.of(now - timedelta(days=days))) for kind, days in self.days.items()}

    def whole(self, kinds: Iterable[str], now: Instant) -> str | None:
        """Before this instant no event of these kinds is kept; None: one of them is kept for ever."""
        ends = self.ends(now)
        return min((ends[kind] for kind in kinds), default=None) if set(kinds) <= set(ends) else None


def needed_from(steps: Iterable[CaseStep]) -> dict[str, str]:
    """Branch → nothing of it that is younger than this may go: a case that is not closed needs it."""
    opened: dict[tuple[str, str], str] = {}
    closed: set[tuple[str, str]] = set()
    for step in steps:
        key = (step.branch, step.case)
        if step.action == "closed":
            closed.add(key)
        else:
            opened[key] = min(step.at, opened.get(key, step.at))
    needed: dict[str, str] = {}
    for (branch, case), at in opened.items():
        if (branch, case) not in closed:
            needed[branch] = min(_before(at), needed.get(branch, _before(at)))
    return needed


def _before(at: str) -> str:
    return str(Instant.of(Instant.parse(at) - _BEFORE_A_CASE))
