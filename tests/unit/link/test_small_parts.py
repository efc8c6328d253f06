"""Clock, commands' life, log, loop, threads and addresses."""

import json
import os
import queue
import signal
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from signage.core.exits import Exit
from signage.core.instants import Instant
from signage.link import clock
from signage.link.client import Address
from signage.link.clock import Moment, ParentTime
from signage.link.commands import Commands, Life, expiry
from signage.link.database import Database
from signage.link.health import HealthMeter
from signage.link.log import Refusals, Trouble, configure
from signage.link.loop import MainLoop
from signage.link.threads import ThreadDied, describe, spawn
from signage.wire.messages import Command, Reply
from tests.unit.link.world import START

NOON = Instant.parse("2026-11-24T04:00:00Z")


# ---- clock ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "wrong"), [(0, False), (2, False), (-2, False), (2.001, True), (-2.001, True)])
def test_two_seconds_are_tolerated(seconds: float, wrong: bool) -> None:
    parent = Instant.of(NOON + timedelta(seconds=seconds))
    time = ParentTime.heard(parent, NOON)
    assert time.wrong is wrong
    assert time.correct(NOON) == (parent if wrong else NOON)


def test_reads_both_clocks() -> None:
    first = clock.moment()
    second = clock.moment()
    assert second.mono >= first.mono
    assert abs(second.at - first.at) < timedelta(seconds=5)


# ---- commands ------------------------------------------------------------------------------------------------------


def command(life_s: float, issued_at: Instant = NOON) -> Command:
    expires_at = Instant.of(issued_at + timedelta(seconds=life_s))
    return Command(id="c", issuer="i", target="t", issued_at=issued_at, expires_at=expires_at, name="n", args={}, v=1)


DAY = 86400


@pytest.mark.parametrize(
    ("life_s", "now_s", "from_receipt", "from_issue"),
    [
        (10, 0, 10, 10),
        (10, 9.999, 19.999, 10),
        (10, 10, 20, None),
        (2 * DAY, 0, DAY, DAY),
        (2 * DAY, DAY, 2 * DAY, None),
        (0, 0, None, None),
        (-1, 0, None, None),
        (10, -300, -290, 10),
        (10, -301, -291, None),
    ],
)
def test_how_long_a_command_lives(
    life_s: float, now_s: float, from_receipt: float | None, from_issue: float | None
) -> None:
    now = Instant.of(NOON + timedelta(seconds=now_s))
    for life, expected in ((Life.FROM_RECEIPT, from_receipt), (Life.FROM_ISSUE, from_issue)):
        wanted = None if expected is None else NOON + timedelta(seconds=expected)
        assert expiry(command(life_s), now, life) == wanted


def test_an_id_is_kept_until_it_expires(database: Database) -> None:
    commands = Commands(database)
    expires_at = Instant.of(NOON + timedelta(hours=1))
    assert commands.begin("c", expires_at, NOON)
    assert commands.answer("c") is None
    commands.finish(Reply(id="c", ok=False, v=1))
    assert not Commands(database).begin("c", expires_at, expires_at)
    assert Commands(database).answer("c") == Reply(id="c", ok=False, v=1)
    assert commands.begin("d", expires_at, Instant.of(expires_at + timedelta(days=1, seconds=1)))
    assert commands.answer("c") is None
    assert commands.answer("never heard of") is None


# ---- addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("broker", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
    ],
)
def test_private_is_loopback_or_tls(host: str, private: bool) -> None:
    assert Address(host, 1883).private is private
    assert Address(host, 8883, ca_file=Path("ca.pem")).private


def test_an_address_does_not_show_its_password() -> None:
    assert "secret" not in repr(Address("h", 1, "user", "secret"))


# ---- health --------------------------------------------------------------------------------------------------------


def test_health_is_of_this_process(tmp_path: Path) -> None:
    meter = HealthMeter(tmp_path, Moment(NOON, 0.0))
    health = meter.read(Moment(NOON, 1.0))
    assert health.cpu >= 0
    assert 5 < health.memory_mb < 5000
    assert health.disk_free_mb > 0
    assert meter.last == health
    assert HealthMeter(tmp_path / "gone", Moment(NOON, 0.0)).last.disk_free_mb == 0


# ---- log -----------------------------------------------------------------------------------------------------------


def test_trouble_is_told_once_then_once_a_minute_then_when_it_is_over() -> None:
    with capture_logs() as logs:
        trouble = Trouble("away", "back", link="x")
        trouble.over(START)
        for second in range(121):
            trouble.on(f"reason {second}", START.later(second))
        since = [trouble.since]
        trouble.over(START.later(130))
        trouble.over(START.later(131))
        since.append(trouble.since)
    assert since == [START.mono, None]
    assert [(entry["event"], entry.get("reason"), entry["link"]) for entry in logs] == [
        ("away", "reason 0", "x"),
        ("away", "reason 60", "x"),
        ("away", "reason 120", "x"),
        ("back", None, "x"),
    ]
    assert logs[-1]["after_s"] == 130.0


def test_refusals_from_outside_fill_no_memory() -> None:
    refusals = Refusals()
    for number in range(500):
        refusals.note(f"topic {number}" + "x" * 9999, "reason", START)
    with capture_logs() as logs:
        refusals.tell(START)
    assert refusals.total == 500
    assert len(logs) == 101
    assert sum(entry["times"] for entry in logs) == 500
    assert max(len(entry["topic"]) for entry in logs) == 200


@pytest.fixture
def logging() -> Any:
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("logging")
def test_a_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure("bridge", as_json=False)
    structlog.get_logger().warning("the port\nis away", port="/dev/x", reason="no such file", empty="")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith(" warning bridge: the port is away (port=/dev/x reason='no such file' empty='')\n")
    Instant.parse(err.split()[0])


@pytest.mark.usefixtures("logging")
def test_a_line_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    configure("bridge", as_json=True)
    structlog.get_logger().info("好", path=Path("x"))
    err = capsys.readouterr().err
    entry = json.loads(err)
    assert err.count("\n") == 1
    assert entry | {"at": ""} == {"at": "", "program": "bridge", "level": "info", "event": "好", "path": "x"}


# ---- threads and loop ----------------------------------------------------------------------------------------------


def test_a_thread_that_raises_is_told_of() -> None:
    told: queue.Queue[ThreadDied] = queue.Queue()

    def work() -> None:
        raise LookupError("two\nlines")

    spawn("worker", work, told.put)
    died = told.get(timeout=5)
    assert died.name == "worker"
    assert "LookupError: two lines at test_small_parts.py:" in died.reason


def test_describes_an_error_that_was_never_raised() -> None:
    assert describe(ValueError("x")) == "ValueError: x"


class Loop:
    def __init__(self, ticks: list[float] | None = None) -> None:
        self.handled: list[Any] = []
        self.ticks: list[float] = []
        self.waits = ticks or []
        self.loop = MainLoop(self.handle, self.tick)

    def handle(self, event: Any, moment: Moment) -> None:
        assert isinstance(moment, Moment)
        if event == "fail":
            raise LookupError("broken")
        if isinstance(event, int):
            self.loop.end(event)
        self.handled.append(event)

    def tick(self, moment: Moment) -> float:
        self.ticks.append(moment.mono)
        if self.waits:
            return moment.mono + self.waits.pop(0)
        return float("inf")


def test_handles_what_is_put_in_order_until_it_ends() -> None:
    loop = Loop()
    for event in ("a", "b", 0, "after"):
        loop.loop.put(event)
    assert loop.loop.run() == 0
    assert loop.handled == ["a", "b", 0]


def test_wakes_exactly_for_the_deadline() -> None:
    loop = Loop([0.1, 0.05])
    threading.Timer(0.4, loop.loop.put, [3]).start()
    assert loop.loop.run() == 3
    first, second, third = loop.ticks[:3]
    assert 0.1 <= second - first < 0.2
    assert 0.05 <= third - second < 0.15
    assert len(loop.ticks) <= 4, "nothing turns round"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_sleeping_loop_at_once(number: int) -> None:
    loop = Loop()
    began = clock.monotonic()
    threading.Timer(0.2, os.kill, [os.getpid(), number]).start()
    assert loop.loop.run() == 0
    assert clock.monotonic() - began < 2


def test_a_dead_thread_ends_the_program_with_one_line() -> None:
    with capture_logs() as logs:
        loop = Loop()

        def work() -> None:
            raise LookupError("gone")

        loop.loop.spawn("port-1", work)
        assert loop.loop.run() == Exit.SOFTWARE
    assert [(entry["log_level"], entry.get("thread")) for entry in logs] == [("info", None), ("error", "port-1")]


def test_a_fault_of_its_own_ends_the_program_with_one_line() -> None:
    with capture_logs() as logs:
        loop = Loop()
        loop.loop.put("fail")
        assert loop.loop.run() == Exit.SOFTWARE
    assert [entry["event"] for entry in logs[:-1]] == ["runs"]
    assert "LookupError: broken" in logs[-1]["error"]


def test_a_tick_that_fails_ends_it_too() -> None:
    def tick(_moment: Moment) -> float:
        raise LookupError

    assert MainLoop(lambda *_: None, tick).run() == Exit.SOFTWARE


def test_a_full_queue_makes_the_caller_wait_and_then_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signage.link.loop._PUT_S", 0.05)
    loop = MainLoop(lambda *_: None, lambda _: 0.0, capacity=1)
    loop.put("a")
    with pytest.raises(queue.Full):
        loop.put("b")
