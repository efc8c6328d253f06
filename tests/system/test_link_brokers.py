"""Node and parent on real brokers: delivery, wills, outages, refusals, TLS."""

import gc
import queue
import shutil
import signal
import statistics
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from paho.mqtt.client import Client as Paho
from paho.mqtt.enums import CallbackAPIVersion

from signage.link.client import Address, Arrived, Client, Connected, Lost
from signage.link.clock import moment, monotonic
from signage.link.inbox import Upstream
from signage.link.node import LinkDown, LinkUp
from signage.link.parent import FromNode, NodeStatus
from signage.wire.messages import Command
from signage.wire.will import Will
from tests.system.brokers import Broker, amqtt, mosquitto
from tests.system.link_box import NodeSide, ParentSide, run_for, until

pytestmark = pytest.mark.system

Start = Callable[[Path], AbstractContextManager[Broker]]


@pytest.fixture(params=[mosquitto, amqtt], ids=["mosquitto", "amqtt"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    start: Start = request.param
    with start(tmp_path) as running:
        yield running


@pytest.fixture
def address(broker: Broker) -> Address:
    return Address(broker.host, broker.port)


@pytest.fixture
def node(tmp_path: Path, address: Address) -> Iterator[NodeSide]:
    side = NodeSide(tmp_path)
    side.start(address)
    yield side
    side.stop()


@pytest.fixture
def parent(tmp_path: Path, address: Address) -> Iterator[ParentSide]:
    side = ParentSide(tmp_path)
    side.start(address)
    yield side
    side.stop()


def press(node: NodeSide, count: int) -> None:
    for _ in range(count):
        node.node.emit("rating", {"stars": 5}, moment())


def is_online(parent: ParentSide) -> bool:
    entry = parent.parent.statuses.get("bridge-1")
    return entry is not None and entry.online


def test_events_arrive_once_through_outages(broker: Broker, node: NodeSide, parent: ParentSide) -> None:
    until(lambda: is_online(parent), node, parent)
    press(node, 500)
    until(lambda: node.outbox.final == node.outbox.last, node, parent)
    for number in (signal.SIGKILL, signal.SIGTERM):
        press(node, 50)
        node.step()
        broker.stop(number)
        until(lambda: node.node.session is None and parent.parent.session is None, node, parent)
        press(node, 50)
        run_for(0.5, node, parent)
        broker.start()
        took = until(lambda: node.outbox.final == node.outbox.last, node, parent)
        print(f"back {took:.1f} s after the broker")
    presses = [raw for raw in parent.raws() if b'"kind":"rating"' in raw]  # a slow disk makes a clock's fault, too
    assert len(presses) == len(set(presses)) == 700
    assert [type(one) for one in node.arrivals if isinstance(one, LinkUp | LinkDown)] == [
        LinkUp,
        LinkDown,
        LinkUp,
        LinkDown,
        LinkUp,
    ]


def test_who_dies_is_offline_by_its_will_and_who_stops_by_its_goodbye(
    tmp_path: Path, address: Address, parent: ParentSide
) -> None:
    node = NodeSide(tmp_path)
    node.start(address)
    until(lambda: is_online(parent), node, parent)
    node.node._client._connection._paho.socket().close()  # type: ignore[union-attr]  # cut in the middle, no goodbye
    until(lambda: any(isinstance(one, NodeStatus) and not one.online for one in parent.arrivals), parent)
    until(lambda: is_online(parent), node, parent)
    node.stop()
    until(lambda: not is_online(parent), parent, timeout_s=5)


def test_a_command_from_a_device_and_its_answer(node: NodeSide, parent: ParentSide) -> None:
    until(lambda: is_online(parent), node, parent)
    command_id = node.node.command("prompt", {"counter": "1"}, moment())
    until(lambda: parent.of(FromNode) and isinstance(parent.of(FromNode)[-1].message, Command), node, parent)
    assert parent.of(FromNode)[-1].message.id == command_id


def test_what_a_node_sends_before_its_parent_is_there_arrives(node: NodeSide, tmp_path: Path, address: Address) -> None:
    """A clean session holds nothing for a parent that is away: the outbox does."""
    until(lambda: node.node.session is not None, node)
    press(node, 300)
    run_for(0.5, node)
    late = ParentSide(tmp_path, Upstream.NONE, alive_every_s=1.0)
    late.start(address)
    took = until(lambda: node.outbox.final == 300, node, late)
    print(f"{took:.1f} s after the parent came")
    assert took < 5, "the first Alive tells, nothing waits for the time to send again"
    late.stop()


def test_a_message_beyond_the_limit_changes_nothing(address: Address, node: NodeSide, parent: ParentSide) -> None:
    until(lambda: is_online(parent), node, parent)
    stranger = Paho(CallbackAPIVersion.VERSION2)
    stranger.connect(address.host, address.port)
    stranger.loop_start()
    for topic in ("bank/v1/bridge-1/up/events", "bank/v1/all/down/state"):
        stranger.publish(topic, b" " * 400_000, qos=1).wait_for_publish(10)
    stranger.publish("bank/v1/bridge-1/up/status", b"\xff{", qos=1).wait_for_publish(10)
    press(node, 1)
    until(lambda: node.outbox.final == 1, node, parent)
    stranger.disconnect()
    stranger.loop_stop()
    assert parent.parent._refusals.total >= 2
    assert node.node._refusals.total >= 1
    assert is_online(parent)


# ---- the client alone ----------------------------------------------------------------------------------------------


class Ear:
    """A client and what it has put."""

    def __init__(self, address: Address, capacity: int = 1000, **options: Any) -> None:
        self.events: queue.Queue[Any] = queue.Queue(capacity)
        settings: dict[str, Any] = {"subscriptions": (("t/#", 1),), "put": self.put} | options
        self.client = Client("ear", address, "ear", **settings)
        self.client.start()

    def put(self, event: Any) -> None:
        self.events.put(event, timeout=0.5)

    def wait(self, kind: type, timeout_s: float = 15) -> Any:
        deadline = monotonic() + timeout_s
        while True:
            event = self.events.get(timeout=max(deadline - monotonic(), 0.01))
            if isinstance(event, kind):
                return event


def test_a_round_trip_takes_about_a_millisecond(address: Address) -> None:
    """With Nagle's algorithm at either end it would be 44 ms."""
    ear = Ear(address)
    ear.wait(Connected)
    times = []
    for _ in range(50):
        began = monotonic()
        assert ear.client.publish("t/x", b"x")
        ear.wait(Arrived)
        times.append((monotonic() - began) * 1000)
    ear.client.stop()
    print(f"median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms")
    assert statistics.median(times) < 20


def test_nothing_waits_in_it_while_there_is_no_connection(broker: Broker, address: Address) -> None:
    ear = Ear(address)
    ear.wait(Connected)
    broker.stop(signal.SIGKILL)
    ear.wait(Lost)
    assert not ear.client.publish("t/x", b"lost")
    broker.start()
    ear.wait(Connected)
    assert ear.client.publish("t/x", b"new")
    assert ear.wait(Arrived).payload == b"new"
    ear.client.stop()


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_connection_that_is_over_leaves_no_descriptor_behind(address: Address) -> None:
    """A screen's collector comes seldom, and a broker that is away is asked again for days."""
    nobody = Address("127.0.0.1", 9)
    gc.collect()
    gc.disable()
    try:
        before = descriptors()
        for place in (address, address, nobody, nobody):
            heard: queue.Queue[object] = queue.Queue()
            client = Client("node", place, "node", (("#", 1),), heard.put)
            client.start()
            heard.get(timeout=10)
            client.stop()
        assert descriptors() <= before
    finally:
        gc.enable()


def test_a_program_too_busy_for_its_messages_connects_anew(address: Address) -> None:
    """Its queue is bounded; what was dropped comes again by Sync and outbox."""
    ear = Ear(address, capacity=5)
    ear.wait(Connected)
    for number in range(50):
        ear.client.publish("t/x", str(number).encode())
    Event().wait(2.0)  # it does nothing else than be busy
    assert "too busy" in ear.wait(Lost).reason
    ear.wait(Connected)
    ear.client.stop()


def test_its_will_has_the_session_of_its_connection(address: Address) -> None:
    ear = Ear(address)
    ear.wait(Connected)
    other = Ear(address, will=lambda session: Will("t/will", session.encode()))
    session = other.wait(Connected).session
    other.client._connection._paho.socket().close()  # type: ignore[union-attr]  # cut in the middle, no goodbye
    assert ear.wait(Arrived).payload == session.encode()
    assert other.wait(Connected).session != session
    other.client.stop()
    ear.client.stop()


def test_says_why_there_is_no_connection(tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.touch(0o600)
    subprocess.run(["mosquitto_passwd", "-b", str(passwords), "ear", "right"], check=True)
    extra = f"allow_anonymous false\npassword_file {passwords}"
    with mosquitto(tmp_path, extra) as broker:
        for password, kind in (("wrong", Lost), ("right", Connected)):
            ear = Ear(Address(broker.host, broker.port, "ear", password))
            event = ear.wait(kind)
            if isinstance(event, Lost):
                assert str(broker.port) in event.reason
                assert "ear" in event.reason
                assert "wrong" not in event.reason
            ear.client.stop()
    ear = Ear(Address(broker.host, broker.port))
    assert "refused" in ear.wait(Lost).reason.lower()
    ear.client.stop()


def test_a_broker_that_holds_the_line_and_says_nothing_is_given_up(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        ear = Ear(Address(broker.host, broker.port))
        ear.wait(Connected)
        broker.freeze()
        ear.client.publish("t/x", b"x")
        began = monotonic()
        lost = ear.wait(Lost, timeout_s=60)
        print(f"given up after {monotonic() - began:.0f} s: {lost.reason}")
        broker.thaw()
        ear.wait(Connected, timeout_s=30)
        ear.client.stop()


# ---- TLS -----------------------------------------------------------------------------------------------------------


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def certificates(tmp_path: Path) -> Path:
    """Two authorities; `ca` signs a server on loopback and a client."""
    if shutil.which("openssl") is None:
        pytest.fail("this test makes its certificates with openssl; install it")
    new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    for name in ("ca", "other"):
        openssl(tmp_path, *new, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}")
    for name in ("server", "client"):
        signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=IP:127.0.0.1"]
        subject = ["-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:FALSE"]
        openssl(tmp_path, *new, *signed, *subject, "-keyout", f"{name}.key", "-out", f"{name}.pem")
    return tmp_path


def test_tls_trusts_only_its_authority_and_shows_its_own_certificate(certificates: Path) -> None:
    extra = "\n".join(
        (
            "allow_anonymous true",
            f"cafile {certificates / 'ca.pem'}",
            f"certfile {certificates / 'server.pem'}",
            f"keyfile {certificates / 'server.key'}",
            "require_certificate true",
        )
    )
    own: dict[str, Any] = {"cert_file": certificates / "client.pem", "key_file": certificates / "client.key"}
    with mosquitto(certificates, extra) as broker:
        host, port = broker.host, broker.port
        good = Ear(Address(host, port, ca_file=certificates / "ca.pem", **own))
        good.wait(Connected)
        assert good.client.publish("t/x", b"x")
        good.wait(Arrived)
        good.client.stop()
        for address in (
            Address(host, port, ca_file=certificates / "other.pem", **own),
            Address(host, port, ca_file=certificates / "ca.pem"),
            Address(host, port, ca_file=certificates / "absent.pem"),
            Address(host, port),
        ):
            ear = Ear(address)
            assert str(port) in ear.wait(Lost, timeout_s=30).reason
            ear.client.stop()
