"""A real controller, real brokers and real links in one process, for journeys that a branch manager could read.

Devices are `signage.link` nodes without glass or serial lines: what they send and get is what the programs send and get.
"""

import queue
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from signage.branch.controller import Controller
from signage.branch.settings import ControllerSettings
from signage.branch.staff import hash_pin
from signage.branch.store import open_store
from signage.core.model import BranchState
from signage.link.client import Address
from signage.link.clock import moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.inbox import Inbox, Upstream
from signage.link.loop import MainLoop
from signage.link.node import Node, NodeSettings, Report
from signage.link.outbox import Outbox
from signage.link.parent import FromNode, NodeStatus, Parent, ParentSettings
from signage.link.schema import LINK
from signage.wire.messages import Event, PadStatus, Receipt, Reply, Role
from signage.wire.topics import Topics

TOPICS = Topics("bank/v1")
PINS = {"wang": ("lobby-manager", "314159"), "li": ("teller", "271828")}
Queue = queue.Queue


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(done: Callable[[], bool], what: str, seconds: float = 10.0) -> float:
    """Wait for something; how long it took."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds, f"not within {seconds:g} s: {what}"
        time.sleep(0.005)
    return time.monotonic() - began


class Mosquitto:
    """A broker that can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._config = folder / f"mosquitto-{self.port}.conf"
        self._config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self.port)

    def start(self) -> None:
        program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self._process = subprocess.Popen([program, "-c", str(self._config)], stderr=subprocess.DEVNULL)
        until(self._listens, "the broker listens")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(5)
            self._process = None

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
            return True
        return False


class Running:
    """A main loop in a thread of its own; what it owns is made, used and closed there."""

    def __init__(
        self, name: str, make: Callable[[], tuple[Any, Callable[[MainLoop], None], Callable[[], None]]]
    ) -> None:
        self._made = threading.Event()
        self.code: int | None = None
        self.failure: BaseException | None = None
        self._make = make
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        assert self._made.wait(10), f"{name} does not start: {self.failure}"
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            self.owner, start, close = self._make()
            self.loop = MainLoop(self._handle, self.owner.tick)
            start(self.loop)
        except BaseException as error:  # noqa: BLE001 - told in the thread that waits
            self.failure = error
            self._made.set()
            return
        self._made.set()
        self.code = self.loop.run()
        close()

    def _handle(self, event: Any, at: Any) -> None:
        if isinstance(event, _Call):
            event.run()
        else:
            self.owner.handle(event, at)

    def ask(self, work: Callable[[], Any]) -> Any:
        """Run `work` in the loop's thread."""
        call = _Call(work)
        self.loop.put(call)
        return call.answer()

    def stop(self) -> None:
        self.ask(self.loop.end)
        self._thread.join(10)
        assert not self._thread.is_alive()


@dataclass
class _Call:
    work: Callable[[], Any]
    _done: Queue[Any] = field(default_factory=queue.Queue)

    def run(self) -> None:
        try:
            self._done.put((self.work(), None))
        except Exception as error:  # noqa: BLE001 - told where it was asked
            self._done.put((None, error))

    def answer(self) -> Any:
        result, error = self._done.get(timeout=10)
        if error is not None:
            raise error
        return result


class Owner:
    """What a device owns: a node, and everything that has arrived."""

    def __init__(self, folder: Path, name: str, role: Role) -> None:
        self.database = open_database(folder / f"{name}.db", LINK)
        self.outbox = Outbox(self.database, name)
        self.node = Node(NodeSettings(name, role, "test", TOPICS), self.outbox, Commands(self.database), moment())
        self.arrived: list[Any] = []

    def handle(self, event: Any, at: Any) -> None:
        self.arrived += self.node.handle(event, at)

    def tick(self, at: Any) -> float:
        return self.node.tick(at)


class Device:
    """A screen or a bridge on the branch's broker."""

    def __init__(self, folder: Path, broker: Address, name: str, role: Role) -> None:
        self.name = name
        self._badge: dict[str, Any] = {}

        def make() -> tuple[Any, Callable[[MainLoop], None], Callable[[], None]]:
            owner = Owner(folder, name, role)

            def close() -> None:
                owner.node.stop(moment())
                owner.database.close()

            return owner, lambda loop: owner.node.start(broker, loop.put), close

        self.running = Running(name, make)
        self.owner: Owner = self.running.owner

    def emit(self, kind: str, **data: Any) -> str:
        return str(self.running.ask(lambda: self.owner.node.emit(kind, data, moment())).id)

    def pads(self, **states: Any) -> None:
        """What the bridge reports; keywords are ``c1="online"``."""
        pads = tuple(
            PadStatus(counter=name[1:], driver="padlink", port="x", state=state, last_seen=None, discarded={})
            for name, state in states.items()
        )
        self.running.ask(lambda: self.owner.node.report(Report(pads=pads), moment()))

    def order(self, name: str, **args: Any) -> Reply:
        """A command and its reply."""

        def send() -> str | None:
            return self.owner.node.command(name, args, moment(), **self._badge)

        until(lambda: self.owner.node.session is not None, f"{self.name} is connected")
        identity = self.running.ask(send)
        assert identity is not None
        until(lambda: self._reply(identity) is not None, f"the reply to {name}")
        reply = self._reply(identity)
        assert reply is not None
        return reply

    def sign_in(self, pin: str) -> Reply:
        reply = self.order("staff.enter", pin=pin)
        if reply.ok and reply.result is not None:
            self._badge = {"actor": reply.result["actor"], "token": reply.result["token"]}
        return reply

    @property
    def state(self) -> BranchState | None:
        return next((one for one in reversed(self.owner.arrived) if isinstance(one, BranchState)), None)

    def sees(self, what: str, test: Callable[[BranchState], object], seconds: float = 10.0) -> float:
        def seen() -> bool:
            state = self.state
            return state is not None and bool(test(state))

        return until(seen, f"{self.name} sees {what}", seconds)

    @property
    def backlog(self) -> int:
        return int(self.running.ask(lambda: self.owner.outbox.last - self.owner.outbox.final))

    def raw(self, topic: str, payload: bytes) -> None:
        """Something that no program would send."""
        client = self.owner.node._client
        assert client is not None
        assert client.publish(topic, payload)

    def _reply(self, identity: str) -> Reply | None:
        return next((one for one in self.owner.arrived if isinstance(one, Reply) and one.id == identity), None)


class OfficeOwner:
    """A collector's link: rows are what it has stored."""

    def __init__(self, folder: Path) -> None:
        self.database = open_database(folder / "office.db", LINK)
        self.inbox = Inbox(self.database, Outbox(self.database, "office"), Upstream.NONE)
        self.rows: list[Event] = []
        self.statuses: dict[str, NodeStatus] = {}
        self.replies: list[Reply] = []
        self.parent = Parent(ParentSettings("office", TOPICS, 60.0, link="office"), moment(), self)

    def accept(self, batch: Any, at: Any) -> Any:
        accepted = self.inbox.accept(batch, at)
        self.rows += [taken.event for taken in accepted.new if taken.event is not None]
        return accepted

    def receipt(self, node: str, epoch: str) -> Receipt:
        return self.inbox.receipt(node, epoch)

    def finals(self) -> tuple[tuple[str, Receipt], ...]:
        return self.inbox.finals()

    def handle(self, event: Any, at: Any) -> None:
        for arrival in self.parent.handle(event, at):
            match arrival:
                case NodeStatus(device=device):
                    self.statuses[device or arrival.node] = arrival
                case FromNode(message=Reply() as reply):
                    self.replies.append(reply)
                case _:
                    pass

    def tick(self, at: Any) -> float:
        return self.parent.tick(at)


class House:
    """The branch, its head office, and what they run on."""

    def __init__(self, folder: Path, settings: Callable[..., ControllerSettings], *, head_office: bool) -> None:
        self.folder = folder
        self.broker = Mosquitto(folder)
        self.upstream = Mosquitto(folder) if head_office else None
        self._stack = ExitStack()
        pins = folder / "pins.toml"
        pins.write_text(
            "".join(
                f'[[person]]\nid = "{who}"\nname = "{who}"\nrole = "{role}"\nhash = "{hash_pin(pin)}"\n'
                for who, (role, pin) in PINS.items()
            )
        )
        self.settings = settings(
            broker=self.broker.address,
            upstream=None if self.upstream is None else self.upstream.address,
            directory=folder / "state",
            pins_file=pins,
        )
        self.office: OfficeOwner | None = None
        self._office: Running | None = None
        if self.upstream is not None:
            self._office = Running("office", self._make_office)
            self.office = self._office.owner
        self.controller: Running | None = None
        self.devices: dict[str, Device] = {}
        self.start()

    def _make_office(self) -> tuple[Any, Callable[[MainLoop], None], Callable[[], None]]:
        owner = OfficeOwner(self.folder)
        assert self.upstream is not None
        address = self.upstream.address

        def close() -> None:
            owner.parent.stop()
            owner.database.close()

        return owner, lambda loop: owner.parent.start(address, loop.put), close

    def start(self) -> None:
        def make() -> tuple[Any, Callable[[MainLoop], None], Callable[[], None]]:
            controller = Controller(self.settings, open_store(self.settings.directory), "test", moment())
            return controller, lambda loop: controller.start(loop, moment()), lambda: controller.stop(moment())

        self.controller = Running("controller", make)
        links: Parent = self.controller.owner._parent
        until(lambda: links.session is not None, "the controller is connected")

    def stop(self) -> None:
        assert self.controller is not None
        self.controller.stop()
        self.controller = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def lose_disk(self) -> None:
        """The controller is stopped; its state directory is gone."""
        shutil.rmtree(self.settings.directory)

    def device(self, name: str, role: Role = "screen") -> Device:
        if name not in self.devices:
            self.devices[name] = Device(self.folder, self.broker.address, name, role)
        return self.devices[name]

    def close(self) -> None:
        for device in self.devices.values():
            device.running.stop()
        if self.controller is not None:
            self.controller.stop()
        if self._office is not None:
            self._office.stop()
        self.broker.stop()
        if self.upstream is not None:
            self.upstream.stop()


@contextmanager
def house(folder: Path, settings: Callable[..., ControllerSettings], *, head_office: bool = False) -> Iterator[House]:
    built = House(folder, settings, head_office=head_office)
    try:
        yield built
    finally:
        built.close()


@dataclass(frozen=True)
class Step:
    """One line of a journey: what a person would say, and how it is done and seen."""

    says: str
    do: Callable[[House], object]


def walk(house: House, *steps: Step) -> None:
    """Go through a journey; a failure names its step."""
    for number, step in enumerate(steps, 1):
        try:
            step.do(house)
        except AssertionError as failed:
            raise AssertionError(f"step {number}, {step.says}: {failed}") from failed
