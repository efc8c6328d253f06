"""Who gets a publication first: branches by pattern, and a share of them that only grows. Pure."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Final

from signage.office.roster import RosterBranch

_WHOLE: Final = 1 << 32


def place(branch: str) -> float:
    """Where a branch stands in the order of roll-outs, from 0 up to 100. It never moves: 5 % are among the 20 %."""
    return int(sha256(f"rollout/{branch}".encode()).hexdigest()[:8], 16) * 100 / _WHOLE


def matching(roster: Iterable[RosterBranch], patterns: Sequence[str]) -> list[RosterBranch]:
    """Those whose id, or a group (also as ``group-<tag>``), matches one of the patterns; all without any."""
    return [branch for branch in roster if not patterns or fits(branch, patterns)]


def chosen(roster: Iterable[RosterBranch], patterns: Sequence[str], percent: float) -> tuple[str, ...]:
    """The share of the matching ones that comes first; of any, at least one."""
    there = sorted(matching(roster, patterns), key=lambda branch: (place(branch.id), branch.id))
    share = [branch.id for branch in there if place(branch.id) < percent]
    return tuple(share or [branch.id for branch in there[:1]])


def fits(branch: RosterBranch, patterns: Sequence[str]) -> bool:
    """Whether its id, or a group (also as ``group-<tag>``), matches one of the patterns."""
    names = (branch.id, *branch.groups, *(f"group-{tag}" for tag in branch.groups))
    return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)
