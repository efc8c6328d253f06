import io
from datetime import timedelta

from rich.console import Console

from signage.core.instants import Instant
from signage.link.roll import NodeStatus
from signage.office.database import Store
from signage.office.fleet import fleet_rows, fleet_table
from signage.office.statuses import StatusKeeper, read_statuses
from signage.wire.messages import BranchStatus, Fault, Health, PadStatus, ScreenStatus, Status
from tests.unit.office.outboxes import NOW


def status(node: str, **parts: object) -> Status:
    values: dict[str, object] = {
        "node": node,
        "session": "s",
        "online": True,
        "at": NOW,
        "started_at": NOW,
        "software": "1",
        "role": "controller",
        "health": Health(cpu=1.0, memory_mb=2.0, disk_free_mb=3.0),
        "faults": (),
        "v": 1,
    }
    return Status(**(values | parts))  # type: ignore[arg-type]


BRANCH = status("hz-1", branch=BranchStatus(revision=7, state="open", counters={"1": "open", "2": "lost"}, backlog=3))
WALL = status(
    "wall",
    role="screen",
    screen=ScreenStatus(scene="ad", revision=7, content=2, frame_age_ms=9, fps=30.0, locale="zh", elder=False),
    faults=(Fault(code="clock", since=NOW, text="3 s behind"),),
)
BRIDGE = status(
    "bridge-1",
    role="bridge",
    pads=(
        PadStatus(counter="1", driver="padlink", port="/dev/x", state="online", last_seen=NOW, discarded={}),
        PadStatus(counter="2", driver="padlink", port="/dev/y", state="lost", last_seen=NOW, discarded={"crc": 4}),
    ),
)


def told(store: Store, later: timedelta = timedelta()) -> str:
    console = Console(width=250, record=True, file=io.StringIO())
    now = Instant.of(NOW + later)
    console.print(fleet_table(fleet_rows(read_statuses(store), now)))
    return console.export_text()


def test_the_fleet_at_a_glance(store: Store) -> None:
    keeper = StatusKeeper(store)
    keeper.note(NodeStatus("hz-1", BRANCH, True), NOW)
    keeper.note(NodeStatus("hz-1", WALL, True, "wall"), NOW)
    keeper.note(NodeStatus("hz-1", BRIDGE, True, "bridge-1"), NOW)
    keeper.flush()
    keeper.flush()
    assert not keeper.waiting
    text = told(store)
    assert "1 branches, 0 offline, 1 faults" in text
    assert "open, revision 7, counters 1:open 2:lost, 3 events waiting" in text
    assert "ad, revision 7, content 2, 30 fps, zh" in text
    assert "bridge-1/2" in text
    assert "lost, last seen" in text
    assert "4 discarded" in text
    assert "clock since" in text


def test_the_last_status_wins_and_silence_is_offline(store: Store) -> None:
    keeper = StatusKeeper(store)
    keeper.note(NodeStatus("hz-1", BRANCH, True), NOW)
    keeper.flush()
    assert [row.online for row in fleet_rows(read_statuses(store), NOW)] == [True]
    assert "1 branches, 1 offline" in told(store, timedelta(seconds=91))
    assert "3 h" in told(store, timedelta(hours=3))
    keeper.note(NodeStatus("hz-1", BRANCH, False), NOW)
    keeper.flush()
    assert [row.online for row in fleet_rows(read_statuses(store), NOW)] == [False]
