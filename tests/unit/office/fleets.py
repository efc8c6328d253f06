"""Statuses to fill a fleet with: a branch that is well, and what can be wrong with it."""

from datetime import timedelta

from msgspec.structs import replace

from signage.core.instants import Instant
from signage.link.roll import NodeStatus
from signage.office.database import Store
from signage.office.roster import RosterBranch
from signage.office.statuses import StatusKeeper
from signage.wire.messages import (
    BranchStatus,
    DeliveryStatus,
    Fault,
    Health,
    PadStatus,
    ScreenStatus,
    Status,
)
from tests.unit.office.outboxes import NOW

ROSTER = (
    RosterBranch("hz-1", "高新支行", "浙江", ("city",)),
    RosterBranch("hz-2", "滨江支行", "浙江", ()),
    RosterBranch("nj-1", "鼓楼支行", "江苏", ("city", "pilot")),
)


def later(**ago: float) -> Instant:
    return Instant.of(NOW + timedelta(**ago))


def status(node: str, **parts: object) -> Status:
    values: dict[str, object] = {
        "node": node,
        "session": "s",
        "online": True,
        "at": NOW,
        "started_at": later(days=-1),
        "software": "1",
        "role": "controller",
        "health": Health(cpu=1.0, memory_mb=2.0, disk_free_mb=9000.0),
        "faults": (),
        "v": 1,
    }
    return Status(**(values | parts))  # type: ignore[arg-type]  # a stand-in or a wrong value, on purpose


def fault(code: str, since: Instant = NOW, text: str = "") -> Fault:
    return Fault(code=code, since=since, text=text)


OWN = BranchStatus(revision=7, state="open", counters={"1": "open", "2": "lost"}, backlog=3)
BRANCH = status("hz-1", branch=OWN, delivery=DeliveryStatus(verified=2))
GLASS = ScreenStatus(scene="ad", revision=7, content=2, frame_age_ms=9, fps=30.0, locale="zh", elder=False)
WALL = status("wall", role="screen", screen=GLASS)
PADS = (
    PadStatus(counter="1", driver="padlink", port="/dev/x", state="online", last_seen=NOW, discarded={}),
    PadStatus(counter="2", driver="padlink", port="/dev/y", state="lost", last_seen=NOW, discarded={"crc": 4}),
)
BRIDGE = status("bridge-1", role="bridge", pads=PADS)


def tell(store: Store, branch: str, *statuses: Status, at: Instant = NOW, online: bool = True) -> None:
    """As a collector stores them. A status of the controller's is one with `branch`, under whatever name."""
    keeper = StatusKeeper(store)
    for one in statuses:
        device = None if one.role == "controller" else one.node
        keeper.note(NodeStatus(branch, one, online, device), at)
    keeper.flush()


def glass(**changes: object) -> Status:
    return replace(WALL, screen=replace(GLASS, **changes))
