"""What head office must know of a branch to count its events: its announced hours, its counters, its rating rules.

It stands in the branch's own file, of which head office keeps a copy (`[roster] branch_files`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from signage.core.counting import RatingRules
from signage.core.hours import Hours


@dataclass(frozen=True)
class Profile:
    """`hours` None: not known, and no minute is owed. `counters`: number → the service whose hours it keeps.

    `screens`: name → kind.
    """

    ratings: RatingRules = field(default_factory=RatingRules)
    hours: Hours | None = None
    counters: Mapping[str, str] = field(default_factory=dict)
    screens: Mapping[str, str] = field(default_factory=dict)


_UNKNOWN: Final = Profile()


class Profiles:
    """By branch. One that is not known is counted by the defaults, and has no announced hours."""

    def __init__(self, known: Mapping[str, Profile] | None = None) -> None:
        self._known = dict(known or {})

    def __getitem__(self, branch: str) -> Profile:
        return self._known.get(branch, _UNKNOWN)

    def __iter__(self) -> Iterator[str]:
        """The known branches, in order."""
        return iter(sorted(self._known))
