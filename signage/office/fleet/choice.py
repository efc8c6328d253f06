"""Which branches somebody wants to see, and which are to be seen first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from msgspec import Struct

from signage.office.fleet.line import BranchLine


@dataclass(frozen=True)
class Choice:
    """Every condition that is given must hold. `branches`: a name or a glob, such as ``hz-*``."""

    region: str | None = None
    group: str | None = None
    branches: str | None = None
    faults: bool = False
    unacknowledged: bool = False
    offline: bool = False
    behind: bool = False

    def takes(self, line: BranchLine) -> bool:
        """Whether this branch is wanted."""
        return (
            (self.region is None or line.region == self.region)
            and (self.group is None or self.group in line.groups)
            and (self.branches is None or fnmatchcase(line.id, self.branches))
            and (not self.faults or bool(line.faults))
            and (not self.unacknowledged or line.unacknowledged > 0)
            and (not self.offline or line.offline)
            and (not self.behind or line.behind)
        )


def urgency(line: BranchLine) -> tuple[int, int, int, str]:
    """Sorts what needs somebody before what is being seen to, and that before what is well."""
    return line.rank, -line.unacknowledged, -line.backlog, line.id


class Totals(Struct, kw_only=True):
    """What some branches come to."""

    branches: int = 0
    online: int = 0
    silent: int = 0
    never: int = 0
    suspended: int = 0
    screens: int = 0
    stale: int = 0
    safe: int = 0
    behind: int = 0  # screens whose content is older than it is to be
    screens_offline: int = 0
    branches_behind: int = 0
    pads: int = 0
    pads_lost: int = 0
    faults: int = 0
    unacknowledged: int = 0
    backlog: int = 0
    gaps: int = 0
    clocks: int = 0
    disks: int = 0


def totals(lines: Iterable[BranchLine]) -> Totals:
    """The sum over the lines."""
    made = Totals()
    for line in lines:
        made.branches += 1
        if line.reach == "online":
            made.online += 1
            made.suspended += line.state == "suspended"
        elif line.reach == "silent":
            made.silent += 1
        else:
            made.never += 1
        made.screens += line.screens
        for state, count in line.not_well:
            if state == "offline":
                made.screens_offline += count
            else:
                setattr(made, state, getattr(made, state) + count)
        made.branches_behind += line.behind
        made.pads += line.pads
        made.pads_lost += line.pads_lost
        if line.faults:
            made.faults += len(line.faults)
            made.unacknowledged += line.unacknowledged
        made.backlog += line.backlog
        made.gaps += line.gaps
        made.clocks += line.clocks
        made.disks += line.disks
    return made


def by_region(lines: Iterable[BranchLine]) -> dict[str, Totals]:
    """The sums of each region, in the order of their names; "" for branches that stand in no region."""
    parts: dict[str, list[BranchLine]] = {}
    for line in lines:
        parts.setdefault(line.region, []).append(line)
    return {region: totals(parts[region]) for region in sorted(parts)}
