"""Whatever happens on the way: what a disk still holds, or held until head office had it, is there exactly once."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.unit.link.world import Wire, World

EXAMPLES = int(os.environ.get("LINK_EXAMPLES", "60"))
WIRES = st.sampled_from(["near", "far"])


class Delivery(RuleBasedStateMachine):
    """The model is a set of numbers: every press whose `emit` returned, less those that a destroyed disk alone held."""

    def __init__(self) -> None:
        super().__init__()
        base = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self.folder = Path(tempfile.mkdtemp(dir=base))
        self.world = World(self.folder)
        self.pressed = 0
        self.owed: dict[str, int] = {}  # id → number
        self.given: dict[str, int] = {}
        self.not_on_device: set[str] = set()  # lost with a device's disk that was put back
        self.copy: tuple[Path, set[str]] | None = None
        self.disks_changed = False
        self.epoch = self.world.device.outbox.epoch

    def wire(self, name: str) -> Wire:
        return self.world.near if name == "near" else self.world.far

    # ---- what happens ----

    @rule(count=st.integers(1, 5), big=st.booleans())
    def press(self, count: int, big: bool) -> None:
        for _ in range(count):
            self.pressed += 1
            data = {"stars": 5, "number": self.pressed, "comment": "好" * (9000 if big else 1)}
            appended = self.world.device.emit("rating", data, self.world.now)
            assert appended.id is not None
            self.owed[appended.id] = self.given[appended.id] = self.pressed
        self.world.tick()

    @precondition(lambda self: self.owed)
    @rule()
    def press_repeated(self) -> None:
        """A pad that heard no answer repeats what is on the device's disk or was final."""
        known = sorted(set(self.owed) - self.not_on_device)
        if known:
            again = known[self.pressed % len(known)]
            data = {"stars": 5, "number": self.owed[again], "comment": "again"}
            assert not self.world.device.emit("rating", data, self.world.now, event_id=again).new

    @rule(name=WIRES)
    def connect(self, name: str) -> None:
        if not self.wire(name).up:
            self.world.connect(self.wire(name))
        self.world.tick()

    @rule(name=WIRES)
    def cut(self, name: str) -> None:
        self.world.cut(self.wire(name))

    @rule(name=WIRES, count=st.integers(1, 12))
    def deliver(self, name: str, count: int) -> None:
        wire = self.wire(name)
        for _ in range(count):
            if wire.upward:
                self.world.deliver_up(wire)
            if wire.downward:
                self.world.deliver_down(wire)
            self.world.tick()

    @rule(name=WIRES, upward=st.booleans())
    def lose(self, name: str, upward: bool) -> None:
        way = self.wire(name).upward if upward else self.wire(name).downward
        if way:
            way.popleft()

    @rule(name=WIRES, upward=st.booleans())
    def repeat(self, name: str, upward: bool) -> None:
        way = self.wire(name).upward if upward else self.wire(name).downward
        if way:
            way.append(way[0])

    @rule()
    def flow(self) -> None:
        self.world.flow()

    @rule(seconds=st.sampled_from([0.1, 5.0, 11.0, 301.0]))
    def wait(self, seconds: float) -> None:
        self.world.later(seconds)

    @rule()
    def kill_device(self) -> None:
        self.world.kill_device()

    @rule()
    def kill_controller(self) -> None:
        self.world.kill_controller()

    @rule()
    def wipe_controller(self) -> None:
        """A new disk: only what had been lost from the device before may be lost with it."""
        only_there = self.world.ids_on("controller") & self.not_on_device - set(self.world.head.rows)

        def wipe() -> None:
            for file in self.folder.glob("controller.db*"):
                file.unlink()

        self.world.kill_controller(wipe)
        self.disks_changed = True
        for lost in only_there:
            del self.owed[lost]

    @rule()
    def copy_device(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=self.folder))

        def copy() -> None:
            for file in self.folder.glob("device.db*"):
                shutil.copy(file, folder)

        self.world.kill_device(copy)
        self.copy = (folder, set(self.given))

    @precondition(lambda self: self.copy is not None)
    @rule()
    def put_back_device(self) -> None:
        assert self.copy is not None
        folder, known = self.copy
        self.disks_changed = True
        elsewhere = self.world.ids_on("controller") | set(self.world.head.rows)

        def put_back() -> None:
            for file in self.folder.glob("device.db*"):
                file.unlink()
            for file in folder.iterdir():
                shutil.copy(file, self.folder)

        self.world.kill_device(put_back)
        for event_id in set(self.given) - known:
            self.not_on_device.add(event_id)
            if event_id not in elsewhere:
                self.owed.pop(event_id, None)

    @rule(before=st.integers(0, 3), since=st.integers(1, 4), after=st.integers(0, 6), heard=st.booleans())
    def machine_restored(self, before: int, since: int, after: int, heard: bool) -> None:
        """A whole machine is set back to its copy of some presses ago, and goes on being pressed."""
        for wire in (self.world.near, self.world.far):
            if not wire.up:
                self.world.connect(wire)
        if before:
            self.press(before, big=False)
            self.world.flow()
        self.copy_device()
        self.press(since, big=False)
        self.world.flow()
        if not heard:
            self.world.cut(self.world.near)
        self.put_back_device()
        if after:
            self.press(after, big=False)

    # ---- what must be so ----

    def teardown(self) -> None:
        try:
            self.world.settle()
            ratings = {key: taken for key, taken in self.world.head.rows.items() if taken.kind == "rating"}
            missing = {number for event_id, number in self.owed.items() if event_id not in ratings}
            assert not missing
            assert set(ratings) <= set(self.given)
            for event_id, taken in ratings.items():
                assert taken.event is not None
                assert taken.event.data["number"] == self.given[event_id]
            numbers = [taken.event.data["number"] for taken in ratings.values() if taken.event]
            assert len(numbers) == len(set(numbers))
            assert not self.world.ids_on("device"), "all is final, so nothing is held"
            assert not self.world.ids_on("controller")
            if not self.disks_changed:
                assert self.world.device.outbox.epoch == self.epoch, "no alarm without a cause"
                assert not self.world.head.findings
        finally:
            self.world.device_db.close()
            self.world.controller_db.close()
            shutil.rmtree(self.folder)


def test_every_press_is_at_head_office_exactly_once() -> None:
    limits = settings(
        max_examples=EXAMPLES,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(Delivery, settings=limits)


def fault_codes(world: World) -> list[str]:
    return [fault.code for fault in world.device.faults]


def test_a_restart_is_no_old_copy(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.connect(world.near)
    world.connect(world.far)
    epoch = world.device.outbox.epoch
    for number in range(3):
        world.device.emit("rating", {"number": number, "heard": "a receipt"}, world.now)
        world.flow()
        world.kill_device()
        world.device.emit("rating", {"number": number, "heard": "nothing yet"}, world.now)
        world.flow()
        world.kill_device()
        world.flow()
    assert world.device.outbox.epoch == epoch
    assert fault_codes(world) == []
    assert len(world.head.rows) == 6


def test_an_old_copy_is_found_out_even_when_pressed_and_restarted_before_it_is_heard(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.connect(world.near)
    world.connect(world.far)
    world.flow()
    copy = tmp_path / "copy"
    copy.mkdir()

    def store() -> None:
        for file in tmp_path.glob("device.db*"):
            shutil.copy(file, copy)

    def restore() -> None:
        for file in tmp_path.glob("device.db*"):
            file.unlink()
        for file in copy.iterdir():
            shutil.copy(file, tmp_path)

    world.kill_device(store)
    first = world.device.emit("rating", {"number": 1}, world.now)
    world.flow()
    world.cut(world.near)
    world.kill_device(restore)
    second = world.device.emit("rating", {"number": 2}, world.now)
    world.kill_device()
    world.settle()
    assert {first.id, second.id} <= set(world.head.rows)
    assert fault_codes(world) == ["outbox-old-copy"]
