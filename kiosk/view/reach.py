"""On how many displays a command has arrived: told by the displays themselves, after they have drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.wire.messages import Fault, PadStatus, Role


@dataclass(frozen=True)
class Glass:
    """What one display last said of itself.

    `revision` is the branch state whose pixels stand on it; `local` the newest of what was meant without the controller.
    """

    online: bool
    revision: int
    scene: str
    local: Instant | None = None


@dataclass(frozen=True)
class Heard:
    """What one device of the branch last said of itself. `since`: when it came, or was lost.

    A device that has been silent for too long is lost too. `glass`: of screens only.
    """

    role: Role
    online: bool
    since: Instant
    faults: tuple[Fault, ...] = ()
    pads: tuple[PadStatus, ...] = ()
    glass: Glass | None = None


@dataclass(frozen=True)
class Reach:
    """`missing`: the names of those that have not drawn it yet, in the branch's order."""

    shown: int
    of: int
    missing: tuple[str, ...]


def reach(state: BranchState, glasses: Mapping[str, Glass], revision: int) -> Reach:
    """Counted over the branch's configured displays. One that is offline has shown nothing since."""
    missing = tuple(entry.name for entry in state.screens if not _shows(glasses.get(entry.name), revision))
    return Reach(len(state.screens) - len(missing), len(state.screens), missing)


def reach_local(state: BranchState, glasses: Mapping[str, Glass], at: Instant) -> Reach:
    """The same for what was meant at `at` without the controller."""
    told = {name for name, glass in glasses.items() if glass.online and glass.local is not None and glass.local >= at}
    missing = tuple(entry.name for entry in state.screens if entry.name not in told)
    return Reach(len(state.screens) - len(missing), len(state.screens), missing)


def _shows(glass: Glass | None, revision: int) -> bool:
    return glass is not None and glass.online and glass.revision >= revision
