"""The whole fleet in memory: what came is taken in, and only the branches that it concerns are computed anew. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from signage.core.instants import Instant
from signage.office.fleet.document import Heard, alike
from signage.office.fleet.faults import Acknowledged, Found
from signage.office.fleet.line import BranchLine, Known, branch_line
from signage.office.roster import RosterBranch

SILENT: Final = timedelta(seconds=90)  # contract: no status for so long is offline


@dataclass
class _Entry:
    """One branch. `line` None: to be computed anew."""

    branch: RosterBranch
    nodes: dict[str, Heard] = field(default_factory=dict)
    acknowledged: dict[tuple[str, str], Acknowledged] = field(default_factory=dict)
    found: dict[int, Found] = field(default_factory=dict)
    line: BranchLine | None = None
    online: bool = False
    wanted: int = 0


class Board:
    """`roster`: whom to miss. A branch that is not on it is shown all the same, in no region."""

    def __init__(self, roster: Iterable[RosterBranch]) -> None:
        self._entries = {branch.id: _Entry(branch) for branch in sorted(roster, key=lambda branch: branch.id)}
        self.newest = ""  # received_at of the last status

    def received_at(self, branch: str, device: str) -> str:
        """Of the status that is known of this node; "" if none is."""
        entry = self._entries.get(branch)
        known = entry.nodes.get(device) if entry is not None else None
        return known.received_at if known is not None else ""

    def hear(self, node: Heard) -> None:
        """A status."""
        entry = self._entry(node.branch)
        before = entry.nodes.get(node.device)
        entry.nodes[node.device] = node
        if before is None or before.online is not node.online or not alike(before.told, node.told):
            entry.line = None
        self.newest = max(self.newest, node.received_at)

    def acknowledge(self, branch: str, device: str, code: str, given: Acknowledged) -> None:
        """Somebody has taken a fault on. Findings that were made before it are seen to."""
        entry = self._entry(branch)
        before = entry.acknowledged.get((device, code))
        if before is None or before.at < given.at:
            entry.acknowledged[device, code] = given
            entry.line = None

    def find(self, branch: str, key: int, found: Found) -> None:
        """Something is wrong with a branch's events; `key`: of the finding, which may be told twice."""
        entry = self._entry(branch)
        if key not in entry.found:
            entry.found[key] = found
            entry.line = None

    def lines(self, now: Instant, wanted: Callable[[str], int]) -> list[BranchLine]:
        """Every branch, by name, with its times as they were when it last changed. `wanted`: the content it is to have."""
        heard_since = str(Instant.of(now - SILENT))
        return [self._line(entry, heard_since, wanted(name)) for name, entry in self._entries.items()]

    def renewed(self, line: BranchLine) -> BranchLine:
        """The line with what its nodes told last, ages and times too: for those that somebody looks at."""
        entry = self._entries[line.id]
        entry.line = self._computed(entry)
        return entry.line

    def _line(self, entry: _Entry, heard_since: str, wanted: int) -> BranchLine:
        controller = entry.nodes.get("")
        online = controller is not None and controller.online and controller.received_at >= heard_since
        if entry.line is None or online is not entry.online or wanted != entry.wanted:
            entry.online, entry.wanted = online, wanted
            entry.line = self._computed(entry)
        return entry.line

    @staticmethod
    def _computed(entry: _Entry) -> BranchLine:
        return branch_line(
            Known(
                entry.branch,
                tuple(entry.nodes.values()),
                entry.online,
                entry.wanted,
                entry.acknowledged,
                tuple(entry.found.values()),
            )
        )

    def _entry(self, branch: str) -> _Entry:
        entry = self._entries.get(branch)
        if entry is None:
            entry = self._entries[branch] = _Entry(RosterBranch(branch, "", "", ()))
        return entry
