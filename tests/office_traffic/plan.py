"""What is to be made: how many branches and days, how much of everything, and how badly the lines behave."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

DAY_MS: Final = 86_400_000
_EPOCH: Final = date(1970, 1, 1)
_ZONE_MS: Final = 8 * 3_600_000  # Asia/Shanghai, without summer time


@dataclass(frozen=True)
class Plan:
    """The shares are between 0 and 1: of batches, of events, of branches; see their comments."""

    seed: int = 1
    branches: int = 5
    first_day: date = date(2026, 11, 1)
    days: int = 3
    counters: int = 2
    tellers: int = 4
    customers: int = 7  # at each counter and day, about
    screens: int = 2
    plays_every_min: int = 120
    tricks: float = 0.02  # of branch-days on which somebody cheats or a key is stuck
    # ---- the way to head office
    batch: int = 20  # events in a batch at most
    repeats: float = 0.03  # of batches that come twice
    disorder: float = 0.03  # of batches that come before the one they follow
    late: float = 0.05  # of branch-days whose events come hours or days later
    new_epochs: float = 0.2  # of branches whose disk is replaced once
    lost: float = 0.05  # of branches that lose some events for ever
    broken: float = 0.0005  # of events that do not continue the one before them
    unreadable: float = 0.0002  # of events that cannot be read

    def branch_ids(self) -> list[str]:
        return [f"b-{number:04d}" for number in range(1, self.branches + 1)]

    def roster(self) -> str:
        """The list of branches as `[roster] file` reads it: five regions, two groups."""
        regions = ("hz", "nb", "wz", "jx", "sx")
        rows = (
            f"{branch},第{number}支行,{regions[number % 5]},{'city' if number % 3 else 'county'}"
            for number, branch in enumerate(self.branch_ids())
        )
        return "id,name,region,groups\n" + "\n".join(rows) + "\n"

    def tellers_of(self, branch: str) -> list[str]:
        """Staff numbers; nobody works in two branches."""
        return [f"{branch[2:]}{number:02d}" for number in range(1, self.tellers + 1)]

    def dice(self, *names: object) -> Random:
        """Chance that depends on the seed and these names only."""
        return Random("/".join(map(str, (self.seed, *names))))

    def midnight_ms(self, day: int) -> int:
        """When the branch's day number `day` begins, in milliseconds since 1970."""
        return (self.first_day + timedelta(days=day) - _EPOCH).days * DAY_MS - _ZONE_MS
