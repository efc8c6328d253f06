"""`signage collect` as a process, with a branch played by hand: what is receipted is stored, and nothing else is."""

import json
import queue
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from signage.cli.demo.cast import program
from signage.link.client import Address, Arrived, Client, Connected, LinkEvent
from signage.wire.codec import MESSAGE_LIMIT_BYTES, decode, encode
from signage.wire.messages import Receipt
from tests.system.branch_box import wait_until
from tests.system.brokers import mosquitto
from tests.unit.office.fleets import BRANCH, WALL
from tests.unit.office.outboxes import OutboxByHand
from tests.unit.office.postgres import programs, server

pytestmark = pytest.mark.system
UP = "bank/v1/hz-1/up"
ENDS_S = 30  # 5 on a machine that does nothing else


class BranchByHand:
    def __init__(self, port: int) -> None:
        self._events: queue.Queue[LinkEvent] = queue.Queue()
        address = Address("127.0.0.1", port)
        self.client = Client("hz-1", address, "hz-1", (("bank/v1/hz-1/down/#", 1),), self._events.put)
        self.client.start()
        assert isinstance(self._events.get(timeout=15), Connected)

    def say(self, leaf: str, payload: bytes, *, retain: bool = False) -> None:
        assert self.client.publish(f"{UP}/{leaf}", payload, 1, retain)

    def receipt(self, timeout_s: float = 10.0) -> Receipt | None:
        """The next one; None if none comes."""
        try:
            event = self._events.get(timeout=timeout_s)
        except queue.Empty:
            return None
        assert isinstance(event, Arrived)
        return decode(event.payload, Receipt)

    def until(self, upto: int, batch: bytes) -> None:
        """Send until it is receipted, as an outbox does."""
        for _ in range(20):
            self.say("events", batch)
            receipt = self.receipt(1.0)
            if receipt is not None and receipt.upto == upto:
                return
        raise AssertionError(f"no receipt up to {upto}")


@contextmanager
def collecting(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [program("signage"), "collect", "--config", str(config)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(ENDS_S) == 0, log.read_text()
        finally:
            if process.poll() is None:
                process.kill()


def signage(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [program("signage"), *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def config_of(folder: Path, port: int, url: str) -> Path:
    file = folder / "head-office.toml"
    file.write_text(f'[broker]\nport = {port}\n[database]\nurl = "{url}"\n')
    return file


def test_what_cannot_be_read_changes_nothing_and_all_else_goes_on(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        config = config_of(tmp_path, broker.port, f"sqlite:///{tmp_path}/var/office.db")
        log = tmp_path / "collect.log"
        with collecting(config, log):
            branch = BranchByHand(broker.port)
            branch.until(1, encode(OutboxByHand().add().batch()))
            for leaf in ("events", "status", "sync", "reply", "blob", "command", "device/x/status", "nothing"):
                for payload in (b"", b"{", b"[]", b'{"v":2}', b"\xff\xfe", b'{"v":1,"node":7}'):
                    branch.say(leaf, payload)
            branch.say("events", b"x" * (MESSAGE_LIMIT_BYTES + 1))
            branch.say("events", encode(OutboxByHand(node="nb-1").add().batch()))
            branch.say("status", encode(BRANCH), retain=True)
            branch.say("device/wall/status", encode(WALL), retain=True)
            branch.until(3, encode(OutboxByHand().add().add().add().batch()))
            branch.client.stop()
        rows = [json.loads(line) for line in signage("export", "events", "--config", config).stdout.splitlines()]
        assert [(row["branch"], row["origin_seq"]) for row in rows] == [("hz-1", 1), ("hz-1", 2), ("hz-1", 3)]
        fleet = signage("fleet", "--config", config, "--locale", "en").stdout
        assert "hz-1" in fleet
        assert "slides  revision 7" in fleet
        assert "Traceback" not in log.read_text()
        assert "a message was refused" in log.read_text()


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed")
def test_a_database_that_goes_away_costs_no_event(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker, server(tmp_path) as database:
        config = config_of(tmp_path, broker.port, database.url)
        log = tmp_path / "collect.log"
        outbox = OutboxByHand().add()
        with collecting(config, log):
            branch = BranchByHand(broker.port)
            branch.until(1, encode(outbox.batch()))
            database.stop()
            try:
                branch.say("events", encode(outbox.add().batch()))
                assert branch.receipt(3.0) is None
                away = signage("export", "ratings", "--config", config)
                assert away.returncode == 69
                assert len(away.stderr.splitlines()) == 1
            finally:
                database.start()
            branch.until(2, encode(outbox.batch()))
            branch.client.stop()
        rows = signage("export", "ratings", "--config", config).stdout.splitlines()
        assert len(rows) == 2
        assert "the database is back" in log.read_text()


def test_it_starts_before_its_database_and_its_broker(tmp_path: Path) -> None:
    config = config_of(tmp_path, 9, "postgresql+psycopg://office@127.0.0.1:9/postgres")
    log = tmp_path / "collect.log"
    with collecting(config, log) as process:
        wait_until(lambda: "the database is away" in log.read_text(), 60, "a word about the database")
        wait_until(lambda: "the broker is away" in log.read_text(), 60, "a word about the broker")
        assert process.poll() is None
