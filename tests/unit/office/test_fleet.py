import io
import json
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from rich.console import Console
from sqlalchemy import insert, select, update

from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from signage.link.roll import NodeStatus
from signage.office.database import Store
from signage.office.fleet.acknowledging import acknowledge
from signage.office.fleet.choice import Choice, by_region, totals
from signage.office.fleet.document import heard
from signage.office.fleet.faults import OpenFault
from signage.office.fleet.line import BranchLine
from signage.office.fleet.printed import document, printed
from signage.office.fleet.reading import FleetReader
from signage.office.fleet.watching import Key, View, page, pressed
from signage.office.fleet.words import Words
from signage.office.measures import Period, support
from signage.office.statuses import StatusKeeper
from signage.office.tables import findings, statuses
from signage.office.tables_fleet import acknowledgements
from signage.wire.messages import DeliveryStatus, Health
from tests.unit.office.fleets import BRANCH, BRIDGE, OWN, PADS, ROSTER, WALL, fault, glass, later, status, tell
from tests.unit.office.outboxes import NOW
from tests.unit.office.planted import Field, plant

CATALOGUES = load_catalogues()


def wanted(_: str) -> int:
    return 2


def fleet(store: Store, now: Instant = NOW, content: Callable[[str], int] = wanted) -> dict[str, BranchLine]:
    reader = FleetReader(store, ROSTER)
    reader.refresh(now)
    return {line.id: line for line in reader.board.lines(now, content)}


def codes(line: BranchLine) -> list[tuple[str, str]]:
    return [(one.device, one.code) for one in line.faults]


def told(store: Store, *, now: Instant = NOW, width: int = 200, locale: str = "en", details: bool = False) -> str:
    console = Console(width=width, record=True, file=io.StringIO())
    for part in printed(list(fleet(store, now).values()), Words(CATALOGUES[locale], now), width, details=details):
        console.print(part)
    return console.export_text()


def test_a_branch_that_is_well_and_those_that_were_never_heard(store: Store) -> None:
    tell(store, "hz-1", BRANCH, WALL, replace(BRIDGE, pads=PADS[:1]))
    lines = fleet(store)
    well = lines["hz-1"]
    assert (well.reach, well.state, well.region, well.faults, well.rank) == ("online", "open", "浙江", (), 5)
    assert (well.screens, well.not_well, well.pads, well.pads_lost, well.backlog) == (1, (), 1, 0, 3)
    assert [lines[name].reach for name in ("hz-2", "nj-1")] == ["never", "never"]
    sums = totals(lines.values())
    assert (sums.branches, sums.online, sums.never, sums.silent) == (3, 1, 2, 0)


def test_who_stands_on_no_roster_is_shown_all_the_same(store: Store) -> None:
    tell(store, "zz-9", status("zz-9", branch=OWN))
    assert fleet(store)["zz-9"].region == ""


@pytest.mark.parametrize(
    ("wall", "state", "code"),
    [
        (glass(frame_age_ms=30_000), "well", None),
        (glass(frame_age_ms=30_001), "stale", "screen-frozen"),
        (glass(scene="safe"), "safe", "screen-without-state"),
        (glass(content=1), "behind", None),
        (replace(WALL, online=False), "well", None),  # its own word; what counts is what the controller says
    ],
)
def test_what_is_really_on_a_glass(store: Store, wall: object, state: str, code: str | None) -> None:
    tell(store, "hz-1", BRANCH, wall)  # type: ignore[arg-type]  # a stand-in or a wrong value, on purpose
    line = fleet(store)["hz-1"]
    assert [one.state for one in line.devices] == [state]
    assert [one for _, one in codes(line)] == ([code] if code else [])
    assert line.behind is (state == "behind")


def test_a_frozen_glass_is_so_since_its_last_frame(store: Store) -> None:
    tell(store, "hz-1", BRANCH, glass(frame_age_ms=95_000))
    assert fleet(store)["hz-1"].faults[0].since == str(later(seconds=-95))


def test_a_device_that_is_gone_and_pads_that_are(store: Store) -> None:
    tell(store, "hz-1", BRANCH, BRIDGE)
    tell(store, "hz-1", WALL, online=False)
    line = fleet(store)["hz-1"]
    assert codes(line) == [("bridge-1", "pad-lost"), ("wall", "device-offline")]
    assert line.faults[0].text == "2"
    assert (line.pads, line.pads_lost) == (2, 1)
    assert line.screens_in("offline") == 1


def test_a_pad_that_was_never_there_is_missed_since_its_bridge_began(store: Store) -> None:
    absent = replace(PADS[1], state="absent", last_seen=None)
    tell(store, "hz-1", BRANCH, replace(BRIDGE, pads=(absent,)))
    assert fleet(store)["hz-1"].faults[0].since == str(later(days=-1))


def test_what_a_silent_branch_said_before_is_worth_nothing(store: Store) -> None:
    tell(store, "hz-1", replace(BRANCH, faults=(fault("clock"),)), BRIDGE, glass(frame_age_ms=99_000))
    assert fleet(store, later(seconds=90))["hz-1"].reach == "online"
    silent = fleet(store, later(seconds=90.001))["hz-1"]
    assert (silent.reach, codes(silent), silent.clocks, silent.pads_lost) == (
        "silent",
        [("hz-1", "branch-silent")],
        0,
        0,
    )
    assert silent.screens_in("offline") == 1
    assert silent.rank == 0


def test_clocks_disks_and_content(store: Store) -> None:
    low = Health(cpu=1.0, memory_mb=2.0, disk_free_mb=499.0)
    tell(store, "hz-1", replace(BRANCH, health=low), replace(WALL, faults=(fault("clock"),)))
    tell(store, "hz-2", status("hz-2", branch=OWN, delivery=DeliveryStatus(verified=1)))
    tell(store, "nj-1", status("nj-1", branch=OWN, delivery=DeliveryStatus(verified=2, refused="signature: bad")))
    lines = fleet(store)
    assert (lines["hz-1"].clocks, lines["hz-1"].disks, lines["hz-1"].behind) == (1, 1, False)
    assert [lines[name].behind for name in ("hz-2", "nj-1")] == [True, True]
    assert lines["hz-2"].verified < lines["hz-2"].wanted


def test_a_roll_out_in_parts_wants_another_version_of_some(store: Store) -> None:
    tell(store, "hz-1", BRANCH, WALL)
    assert fleet(store, content=lambda name: 3 if name == "hz-1" else 2)["hz-1"].behind


def found(store: Store, kind: str, at: Instant) -> None:
    row = {"node": "hz-1", "epoch": "e", "found_at": str(at), "kind": kind, "first": 3, "last": 9}
    with store.begin() as connection:
        connection.execute(insert(findings), [row])


def test_gaps_stand_until_somebody_has_taken_them_on(store: Store) -> None:
    tell(store, "hz-1", BRANCH)
    for minutes in (1, 2):
        found(store, "gap", later(minutes=-minutes))
    found(store, "break", later(minutes=-3))
    line = fleet(store)["hz-1"]
    assert codes(line) == [("hz-1", "chain-broken"), ("hz-1", "events-missing")]
    assert (line.gaps, line.faults[1].text, line.rank) == (3, "2", 1)
    assert acknowledge(store, [("hz-1", line.faults[1])], "李娜", NOW) == 1
    assert codes(fleet(store)["hz-1"]) == [("hz-1", "chain-broken")]
    found(store, "gap", later(seconds=1))
    assert fleet(store)["hz-1"].gaps == 2


def test_a_fault_is_somebodys_from_the_acknowledgement_on(store: Store) -> None:
    began = later(minutes=-20)
    tell(
        store, "hz-1", replace(BRANCH, faults=(fault("storage-full", began),)), replace(WALL, faults=(fault("clock"),))
    )
    line = fleet(store)["hz-1"]
    assert codes(line) == [("hz-1", "storage-full"), ("wall", "clock")]
    assert acknowledge(store, [("hz-1", line.faults[0])], "李娜", NOW, "on the way") == 1
    after = fleet(store)["hz-1"]
    assert codes(after) == [("wall", "clock"), ("hz-1", "storage-full")]
    assert after.unacknowledged == 1
    taken = after.faults[1].by
    assert taken is not None
    assert taken.actor == "李娜"
    assert acknowledge(store, [("hz-1", after.faults[1])], "王敏", NOW) == 0
    with store.read() as connection:
        rows = connection.execute(select(acknowledgements)).all()
    assert [(one.branch, one.device, one.code, one.raised_at, one.at, one.actor, one.note) for one in rows] == [
        ("hz-1", "hz-1", "storage-full", str(began), str(NOW), "李娜", "on the way")
    ]


def test_a_fault_that_begins_anew_is_nobodys(store: Store) -> None:
    tell(store, "hz-1", replace(BRANCH, faults=(fault("clock", NOW),)))
    acknowledge(store, [("hz-1", fleet(store)["hz-1"].faults[0])], "李娜", later(seconds=5))
    assert fleet(store)["hz-1"].unacknowledged == 0
    tell(store, "hz-1", replace(BRANCH, faults=(fault("clock", later(seconds=6)),)), at=later(seconds=6))
    assert fleet(store, later(seconds=6))["hz-1"].unacknowledged == 1


def test_only_what_has_come_is_read_again(store: Store) -> None:
    tell(store, "hz-1", BRANCH, WALL, BRIDGE)
    reader = FleetReader(store, ROSTER)
    assert reader.refresh(NOW) == 3
    before = reader.board.lines(NOW, wanted)
    assert reader.refresh(later(seconds=2)) == 0
    tell(store, "hz-1", glass(frame_age_ms=11), at=later(seconds=3))
    assert reader.refresh(later(seconds=4)) == 1
    assert reader.board.lines(later(seconds=4), wanted)[0] is before[0]  # nothing that a line says is different
    assert reader.board.renewed(before[0]).devices[1].heard_at == str(later(seconds=3))
    tell(store, "hz-1", glass(scene="notice"), at=later(seconds=5))
    reader.refresh(later(seconds=6))
    assert reader.board.lines(later(seconds=6), wanted)[0].devices[1].glass.scene == "notice"  # type: ignore[union-attr]  # it is there, or the test fails


def test_what_a_collector_could_not_store_in_time_is_found_within_a_minute(store: Store) -> None:
    tell(store, "hz-1", BRANCH, at=later(seconds=30))
    reader = FleetReader(store, ROSTER)
    reader.refresh(later(seconds=31))
    tell(store, "hz-2", status("hz-2", branch=OWN), at=NOW)  # received long ago, stored only now
    assert reader.refresh(later(seconds=33)) == 0
    assert reader.refresh(later(seconds=91)) == 1


def test_a_status_of_a_later_version_is_counted_and_left_out(store: Store) -> None:
    tell(store, "hz-1", BRANCH, WALL)
    with store.begin() as connection:
        connection.execute(update(statuses).where(statuses.c.device == "wall").values(document='{"v":2}'))
    reader = FleetReader(store, ROSTER)
    assert reader.refresh(NOW) == 1
    assert reader.unreadable == 1
    assert heard("hz-1", "", "", True, "nonsense") is None


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), ["hz-1", "hz-2", "nj-1"]),
        (Choice(region="浙江"), ["hz-1", "hz-2"]),
        (Choice(group="city"), ["hz-1", "nj-1"]),
        (Choice(branches="hz-*"), ["hz-1", "hz-2"]),
        (Choice(faults=True), ["hz-1"]),
        (Choice(unacknowledged=True), ["hz-1"]),
        (Choice(offline=True), ["nj-1"]),
        (Choice(behind=True), ["hz-2"]),
        (Choice(region="浙江", group="city", offline=True), []),
    ],
)
def test_choosing(store: Store, choice: Choice, expected: list[str]) -> None:
    tell(store, "hz-1", BRANCH, BRIDGE)
    tell(store, "hz-2", status("hz-2", branch=OWN, delivery=DeliveryStatus(verified=1)))
    assert [line.id for line in fleet(store).values() if choice.takes(line)] == expected


def test_for_people_in_full(store: Store) -> None:
    tell(store, "hz-1", BRANCH, replace(WALL, faults=(fault("clock", later(minutes=-3)),)), BRIDGE)
    text = told(store)
    for part in (
        "branches 3  online 1",
        "not taken on 2",
        "高新支行",
        "slides  revision 7  content 2  frame 0.0 s",
        "events waiting 3",
        "1:open  2:pad lost",
        "padlink /dev/y",
        "4 discarded",
        "no answer from the pad of 2",
        "Its clock is wrong",
        "3 min",
        "never heard",
    ):
        assert part in text, part
    assert "高新支行" in told(store, locale="zh")


def test_revisions_that_are_times_are_told_as_such(store: Store) -> None:
    tell(store, "hz-1", status("hz-1", branch=replace(OWN, revision=later(minutes=-10).ms)))
    assert "state of 10 min ago" in told(store)


def test_for_programs(store: Store) -> None:
    tell(store, "hz-1", BRANCH, WALL, BRIDGE)
    line = fleet(store)["hz-1"]
    acknowledge(store, [("hz-1", line.faults[0])], "李娜", NOW)
    plain = json.loads(json.dumps(document(list(fleet(store).values()), later(seconds=60))))
    first = plain["branches"][0]
    assert plain["totals"]["branches"] == 3
    assert plain["regions"]["江苏"]["never"] == 1
    assert (first["id"], first["age_s"], first["counters"]) == ("hz-1", 60, {"1": "open", "2": "lost"})
    assert first["faults"][0]["code"] == "pad-lost"
    assert first["faults"][0]["by"] == {"at": str(NOW), "actor": "李娜"}
    assert first["devices"][1]["glass"]["content"] == 2
    assert "age_s" not in plain["branches"][1]


def many(store: Store, count: int) -> None:
    keeper = StatusKeeper(store)
    for number in range(count):
        name = f"x-{number:03d}"
        keeper.note(NodeStatus(name, status(name, branch=OWN), True), NOW)
        keeper.note(NodeStatus(name, glass(frame_age_ms=99_000 * (number == 7)), True, "wall"), NOW)
    keeper.flush()


def test_of_many_branches_those_that_need_somebody(store: Store) -> None:
    many(store, 210)
    text = told(store)
    assert "x-007" in text
    assert "x-150" not in text
    assert "and 173 branches more" in text
    assert "x-150" in told(store, details=True)


def watched(store: Store, size: tuple[int, int], *keys: Key) -> tuple[str, View]:
    reader = FleetReader(store, ROSTER)
    reader.refresh(NOW)
    lines, view = reader.board.lines(NOW, wanted), View()
    for key in keys:
        view = pressed(view, key, lines)
    console = Console(width=size[0], height=size[1], record=True, file=io.StringIO())
    console.print(page(view, lines, reader.board.renewed, Words(CATALOGUES["zh"], NOW), size, "现在"))
    return console.export_text(), view


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
def test_watching_from_the_regions_to_one_glass_and_back(store: Store, size: tuple[int, int]) -> None:
    many(store, 60)
    tell(store, "hz-1", BRANCH, WALL, BRIDGE)

    def seen(*keys: Key) -> str:
        text, _ = watched(store, size, *keys)
        lines = text.splitlines()
        assert len(lines) <= size[1]
        assert all(len(line) <= size[0] for line in lines)
        return text

    assert "江苏" in seen()
    assert "x-007" in seen("enter")  # branches of no region come first; the one that needs somebody before all
    assert "x-059" in seen("enter", *["down"] * 200)  # type: ignore[arg-type]  # a stand-in or a wrong value, on purpose
    assert "画面静止" in seen("enter", "enter")
    assert "hz-1" in seen("down", "down", "enter")
    assert "padlink" in seen("down", "down", "enter", "enter")
    assert "江苏" in seen("down", "enter", "enter", "back", "back")
    assert watched(store, size, "back", "up")[1] == View()


def test_keys_narrow_what_is_watched(store: Store) -> None:
    tell(store, "hz-1", BRANCH, BRIDGE)
    tell(store, "hz-2", status("hz-2", branch=OWN, delivery=DeliveryStatus(verified=1)))
    size = (120, 30)
    assert "hz-1" in watched(store, size, "all", "faults")[0]
    assert "hz-2" not in watched(store, size, "all", "faults")[0]
    assert "hz-2" in watched(store, size, "all", "behind")[0]
    assert "nj-1" in watched(store, size, "all", "offline")[0]
    assert "hz-1" in watched(store, size, "all", "mine")[0]
    assert "没有符合条件的网点" in watched(store, size, "all", "offline", "behind")[0]
    assert watched(store, size, "faults", "faults")[1] == View()
    assert "没有符合条件的网点" in watched(store, size, "offline", "behind", "enter")[0]


def test_regions_in_their_order(store: Store) -> None:
    lines = list(fleet(store).values())
    assert list(by_region(lines)) == sorted({"浙江", "江苏"})


def test_support_response_counts_who_took_a_fault_on_at_head_office(store: Store) -> None:
    opening = Instant.parse("2026-11-24T01:00:00Z")
    field = Field(opening)
    field.add("fault", 0, {"device": "wall", "code": "clock", "on": True, "text": ""})
    field.add("fault", 30, {"device": "wall", "code": "clock", "on": False, "text": ""})
    plant(store, field.grown)
    stands = OpenFault("wall", "clock", str(opening), "")
    for minutes, actor in ((12, "李娜"), (20, "王敏"), (60, "late")):
        acknowledge(store, [("hz-1", stands)], actor, Instant.of(opening + timedelta(minutes=minutes)))
    with store.read() as connection:
        (spell,) = support(connection, Period.month("2026-11", ZoneInfo("Asia/Shanghai")))["hz-1"].faults
    assert (spell.actor, spell.acknowledged) == ("李娜", Instant.of(opening + timedelta(minutes=12)))
