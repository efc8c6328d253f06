"""Head office's content into a real controller and on to a screen's own store, over real brokers, whoever is killed."""

import base64
import hashlib
import json
import os
import queue
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest

from signage.cli.demo.cast import program
from signage.content.bundle import pack
from signage.content.keeper import Keeper
from signage.content.pinned import Pinned
from signage.content.store import BlobStore
from signage.core.programme import SignedContent
from signage.link.checking import BlobChecked, CheckOrder
from signage.link.client import Address
from signage.link.clock import moment
from signage.link.database import open_database
from signage.link.delivery import Delivery
from signage.link.floors import FLOORS, Vault
from signage.link.schema import LINK
from signage.wire.messages import Content
from tests.system.brokers import Broker, mosquitto
from tests.system.link_box import NodeSide, ParentSide, run_for, until
from tests.system.office_box import OfficeBox

pytestmark = pytest.mark.system

BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "支行" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
port = {branch}
[upstream]
host = "127.0.0.1"
port = {office}
[state]
directory = "{folder}/state"
[content]
trusted_root = "{folder}/root.json"
directory = "{folder}/blobs"
limit_mb = 400
[[screen]]
name = "wall-1"
kind = "wall"
size = [1920, 1080]
"""


class Screen(NodeSide):
    """The link, the keeper and the store of a screen; nothing is drawn."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder, "wall-1", role="screen")
        self.database.close()
        self.database = open_database(folder / "wall-1.db", LINK, FLOORS)
        self.store = BlobStore(folder / "blobs", 10**9)
        root = (folder.parent / "root.json").read_bytes()
        self.delivery = Delivery(
            "wall-1", Keeper(Pinned(root), Vault(self.database)), self.store, self.node.ask_for_blob, self._check
        )
        self.delivery.recall(moment())
        self._have()

    def _check(self, order: CheckOrder) -> bool:
        self.events.put(BlobChecked(order.sha256, order.work(order.sha256)))
        return True

    def step(self, wait_s: float = 0.02) -> None:
        self.node.tick(moment())
        self.delivery.tick(moment())
        try:
            event = self.events.get(timeout=wait_s)
        except queue.Empty:
            return
        arrivals = [event] if isinstance(event, BlobChecked) else self.node.handle(event, moment())
        for arrival in arrivals:
            if self.delivery.take(arrival, moment()):
                self._have()

    def _have(self) -> None:
        self.node.have(content=self.delivery.version or None)
        content: SignedContent | None = self.delivery.content
        if content is not None:
            self.delivery.want([blob for asset in content.assets for blob in asset.renditions])

    @property
    def complete(self) -> bool:
        status = self.delivery.status
        return status.verified > 0 and status.bytes_here == status.bytes_all


class Site:
    """Two brokers, head office's publisher, a controller, a screen."""

    def __init__(self, folder: Path, office: Broker, branch: Broker, stack: ExitStack) -> None:
        self.folder, self.office_broker, self.branch_broker = folder, office, branch
        self.office = OfficeBox(folder, office.port, (("hz-1", "city"),))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.stack = stack
        (folder / "branch.toml").write_text(BRANCH.format(branch=branch.port, office=office.port, folder=folder))
        self.screen = self.start_screen()
        stack.callback(self.stop_screen)

    def stop_screen(self) -> None:
        self.screen.stop()

    def start(self, name: str) -> None:
        config = "office.toml" if name == "publisher" else "branch.toml"
        command = [program("signage"), name, "--config", str(self.folder / config)]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log)
        self.stack.callback(self.end, name)

    def end(self, name: str, number: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name, None)
        if process is not None:
            os.kill(process.pid, number)
            process.wait(15)

    def again(self, name: str) -> None:
        self.end(name, signal.SIGKILL)
        self.start(name)

    def start_screen(self) -> Screen:
        screen = Screen(self.folder / "screen")
        screen.start(Address("127.0.0.1", self.branch_broker.port))
        return screen

    def blobs(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "blobs").iterdir()}

    def memory_mb(self, name: str) -> float:
        lines = Path(f"/proc/{self.processes[name].pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

    def settled(self, version: int) -> bool:
        return self.screen.delivery.version == version and self.screen.complete

    def check_disks(self) -> None:
        """Every file is its hash, and some content names it."""
        content = self.screen.delivery.content
        assert content is not None
        named = {blob.sha256 for asset in content.assets for blob in asset.renditions}
        for blobs in (
            self.blobs(),
            {path.name: path.read_bytes() for path in (self.folder / "screen" / "blobs").iterdir()},
        ):
            assert set(blobs) == named
            assert all(hashlib.sha256(body).hexdigest() == name for name, body in blobs.items())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        office = stack.enter_context(mosquitto(tmp_path))
        branch = stack.enter_context(mosquitto(tmp_path))
        yield Site(tmp_path, office, branch, stack)


def test_content_and_a_large_film_reach_the_screen_in_little_memory(site: Site) -> None:
    version = site.office.publish(b"small", Random(1).randbytes(200_000_000))
    site.start("publisher")
    site.start("controller")
    took = until(lambda: site.settled(version), site.screen, timeout_s=120)
    memory = site.memory_mb("controller")
    print(f"\n200 MB to controller and screen in {took:.1f} s; controller at most {memory:.0f} MB")
    assert memory < 150
    site.check_disks()


def test_whoever_is_killed_all_end_on_the_newest_content(site: Site) -> None:
    chance = Random(int(os.environ.get("SEED", "7")))
    for name in ("publisher", "controller"):
        site.start(name)
    version = 0
    for number in range(int(os.environ.get("PUSHES", "6"))):
        version = site.office.publish(chance.randbytes(3_000_000), chance.randbytes(20_000 + number))
        run_for(chance.uniform(0.1, 3.0), site.screen)
        match ("publisher", "controller", "office-broker", "branch-broker", "screen")[number % 5]:
            case "publisher" | "controller" as name:
                site.again(name)
            case "office-broker":
                site.office_broker.stop(signal.SIGKILL)
                site.office_broker.start()
            case "branch-broker":
                site.branch_broker.stop(signal.SIGKILL)
                site.branch_broker.start()
            case _:
                site.screen.stop()
                site.screen = site.start_screen()
    took = until(lambda: site.settled(version), site.screen, timeout_s=120)
    print(f"\nsettled {took:.1f} s after the last push")
    site.check_disks()


class Parent:
    """Head office in a test's hand: it says and sends what the test wants."""

    def __init__(self, site: Site, stack: ExitStack) -> None:
        self.side = ParentSide(site.folder)
        self.side.start(Address("127.0.0.1", site.office_broker.port))
        stack.callback(self.side.stop)

    def status(self) -> Any:
        entry = self.side.parent.statuses.get("hz-1")
        return entry.status if entry is not None else None


def test_what_is_refused_is_told_and_the_last_good_stays(site: Site) -> None:
    version = site.office.publish(b"good")
    site.start("publisher")
    site.start("controller")
    until(lambda: site.settled(version), site.screen, timeout_s=60)
    site.end("publisher")
    hand = Parent(site, site.stack)
    files = dict(site.screen.delivery._keeper.held.files)  # type: ignore[attr-defined]  # an inside that only a test reads
    timestamp = json.loads(files["timestamp.json"])
    timestamp["signed"]["version"] += 1
    bundle = pack(files | {"timestamp.json": json.dumps(timestamp).encode()})
    sha256 = hashlib.sha256(bundle).hexdigest()
    until(lambda: hand.side.parent.session is not None, hand.side)
    inline = base64.b64encode(bundle).decode()
    hand.side.parent.publish_content(Content(version=version + 1, sha256=sha256, size=len(bundle), inline=inline, v=1))
    until(lambda: hand.status() is not None and hand.status().delivery.refused, hand.side, site.screen, timeout_s=30)
    status = hand.status()
    assert status.delivery.verified == version
    assert status.delivery.received == version + 1
    fault = next(fault for fault in status.faults if fault.code == "content-refused")
    print(f"\n{fault.text}")
    assert site.screen.delivery.version == version


def test_a_rotten_blob_is_found_at_start_and_fetched_again(site: Site) -> None:
    version = site.office.publish(Random(3).randbytes(500_000))
    site.start("publisher")
    site.start("controller")
    until(lambda: site.settled(version), site.screen, timeout_s=60)
    site.end("controller", signal.SIGKILL)
    (path,) = (site.folder / "blobs").iterdir()
    with path.open("r+b") as file:
        file.seek(1000)
        file.write(b"rotten")
    (site.folder / "blobs" / ("ab" * 32 + ".part")).write_bytes(b"orphan")
    site.start("controller")
    until(lambda: set(site.blobs()) == {path.name} and _is(path), site.screen, timeout_s=60)
    site.check_disks()


def _is(path: Path) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() == path.name
