"""What head office must know of a branch to count its events: its announced hours, its counters, its rating rules.

It stands in head office's own file of profiles (`[roster] profiles`), each for many branches.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from signage.core.counting import RatingRules
from signage.core.hours import Hours
from signage.core.required_display import Required


@dataclass(frozen=True)
class Profile:
    """`hours` None: not known, and no minute is owed. `counters`: number → the service whose hours it keeps.

    `screens`: name → kind.
    """

    ratings: RatingRules = field(default_factory=RatingRules)
    hours: Hours | None = None
    counters: Mapping[str, str] = field(default_factory=dict)
    screens: Mapping[str, str] = field(default_factory=dict)


class Profiles:
    """By branch. What is not configured is counted by the defaults, and has no announced hours.

    `required`: what must be on display in all of them; `other`: of a branch that is not known.
    """

    def __init__(
        self,
        known: Mapping[str, Profile] | None = None,
        required: Sequence[Required] = (),
        other: Profile | None = None,
    ) -> None:
        self._known = dict(known or {})
        self.required = tuple(required)
        self._other = other or Profile()

    def __getitem__(self, branch: str) -> Profile:
        return self._known.get(branch, self._other)

    def __iter__(self) -> Iterator[str]:
        """The known branches, in order."""
        return iter(sorted(self._known))
