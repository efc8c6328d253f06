"""One branch as the fleet counts it: its devices, what is on each glass, what is wrong, in one line. Pure.

A line is computed when something of its branch has come, not at every look: head office has thousands of them.
"""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from signage.office.fleet.document import DISK_LOW_MB, STALE_MS, Glass, Heard, Pad
from signage.office.fleet.faults import (
    SAFE,
    Acknowledgements,
    Found,
    OpenFault,
    missing,
    node_faults,
    rank,
    silence,
    with_names,
)
from signage.office.roster import RosterBranch

CLOCK: Final = "clock"  # the fault of a node whose clock is off (contract: Who may)

Reach = Literal["online", "silent", "never"]
GlassState = Literal["well", "stale", "safe", "behind", "offline"]


class DeviceLine(Struct, frozen=True, gc=False):
    """One device of a branch. `online` False too where its branch is silent: what was last said of it is worth nothing."""

    device: str
    role: str
    online: bool
    heard_at: str
    software: str
    disk_free_mb: float
    glass: Glass | None
    state: GlassState | None  # of a screen
    pads: tuple[Pad, ...]


class BranchLine(Struct, frozen=True, gc=False):
    """`wanted`: the content it is to show, 0: none. `state`: open, suspended, closed, or "" where it never said.

    `clocks`: nodes whose clock is off. `disks`: nodes whose disk is nearly full. `behind`: it, or a screen of it, has not
    the content that it is to have. `rank`: 0 for what needs somebody first, 5 for what is well.
    """

    id: str
    name: str = ""
    region: str = ""
    groups: tuple[str, ...] = ()
    reach: Reach = "never"
    heard_at: str = ""
    state: str = ""
    revision: int = 0
    wanted: int = 0
    verified: int = 0
    refused: str | None = None
    backlog: int = 0
    gaps: int = 0
    clocks: int = 0
    disks: int = 0
    screens: int = 0
    not_well: tuple[tuple[GlassState, int], ...] = ()
    pads: int = 0
    pads_lost: int = 0
    counters: tuple[tuple[str, str], ...] = ()
    faults: tuple[OpenFault, ...] = ()
    unacknowledged: int = 0
    behind: bool = False
    rank: int = 3
    devices: tuple[DeviceLine, ...] = ()

    def screens_in(self, state: GlassState) -> int:
        return next((count for known, count in self.not_well if known == state), 0)

    @property
    def offline(self) -> bool:
        return self.reach != "online"


class Known(Struct, frozen=True, gc=False):
    """All that is known of one branch. `online`: whether its controller was heard of late."""

    branch: RosterBranch
    nodes: Sequence[Heard]
    online: bool
    wanted: int = 0
    acknowledged: Acknowledgements = {}
    found: tuple[Found, ...] = ()


def branch_line(known: Known) -> BranchLine:
    """The line of one branch, of what its nodes told last."""
    branch, controller = known.branch, next((one for one in known.nodes if not one.device), None)
    devices = tuple(_device(one, known) for one in sorted(known.nodes, key=lambda one: one.device) if one.device)
    own = controller.told.branch if controller is not None else None
    delivery = controller.told.delivery if controller is not None else None
    states = [one.state for one in devices if one.state is not None]
    pads = [pad for one in devices for pad in one.pads]
    missed = missing(branch.id, known.found, known.acknowledged)
    faults = with_names([*_faults(known, controller), *missed], known.acknowledged)
    free = sum(one.by is None for one in faults)
    verified = delivery.verified if delivery is not None else 0
    refused = delivery.refused if delivery is not None else None
    reach: Reach = "never" if not known.nodes else "online" if known.online else "silent"
    not_well = tuple((state, states.count(state)) for state in sorted({*states} - {"well"}))
    behind = reach != "never" and (verified < known.wanted or "behind" in states or refused is not None)
    return BranchLine(
        id=branch.id,
        name=branch.name,
        region=branch.region,
        groups=branch.groups,
        reach=reach,
        heard_at=controller.received_at if controller is not None else "",
        state=own.state if own is not None else "",
        revision=own.revision if own is not None else 0,
        wanted=known.wanted,
        verified=verified,
        refused=refused,
        backlog=own.backlog if own is not None else 0,
        gaps=sum(int(one.text) for one in missed),
        clocks=_clocks(known),
        disks=sum(one.told.health.disk_free_mb < DISK_LOW_MB for one in known.nodes if known.online),
        screens=len(states),
        not_well=not_well,
        pads=len(pads),
        pads_lost=sum(pad.state != "online" for pad in pads) if known.online else 0,
        counters=tuple(sorted(own.counters.items())) if own is not None else (),
        faults=faults,
        unacknowledged=free,
        behind=behind,
        rank=_rank(reach, faults, other=behind),
        devices=devices,
    )


def _rank(reach: Reach, faults: Sequence[OpenFault], *, other: bool) -> int:
    """What needs somebody before what is being seen to, and that before what is well."""
    first = rank(faults)
    if first < 3 or reach == "never":
        return first
    return 4 if faults or other else 5


def _faults(known: Known, controller: Heard | None) -> list[OpenFault]:
    """Of a silent branch only that it is silent: the rest is what it said before."""
    if not known.online:
        return [silence(controller)] if controller is not None else []
    return [fault for one in known.nodes for fault in node_faults(one, online=one.online)]


def _device(one: Heard, known: Known) -> DeviceLine:
    told = one.told
    online = one.online and known.online
    return DeviceLine(
        device=one.device,
        role=told.role,
        online=online,
        heard_at=one.received_at,
        software=told.software,
        disk_free_mb=told.health.disk_free_mb,
        glass=told.screen,
        state=None if told.screen is None else glass_state(told.screen, known.wanted, online=online),
        pads=told.pads,
    )


def glass_state(glass: Glass, wanted: int, *, online: bool) -> GlassState:
    """The worst that can be said of a screen."""
    if not online:
        return "offline"
    if glass.frame_age_ms > STALE_MS:
        return "stale"
    if glass.scene == SAFE:
        return "safe"
    return "behind" if glass.content < wanted else "well"


def _clocks(known: Known) -> int:
    if not known.online:
        return 0
    return sum(any(fault.code == CLOCK for fault in one.told.faults) for one in known.nodes if one.online)
