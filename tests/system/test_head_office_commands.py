"""Signed commands from `signage command` to the BranchState of a real controller, through two real brokers and back."""

import json
import queue
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from signage.cli.demo.cast import program
from signage.core.model import BranchState
from signage.link.client import Address, Arrived, Client
from signage.link.clock import monotonic
from signage.wire.codec import decode
from tests.flows.house import until
from tests.system.branch_box import BRANCH
from tests.system.brokers import Broker, mosquitto
from tests.system.office_box import COMMANDS, OfficeBox

pytestmark = pytest.mark.system


class Ear:
    """Hears one topic of a broker, and when each message came."""

    def __init__(self, broker: Broker, topic: str) -> None:
        self._events: queue.Queue[Any] = queue.Queue()
        self.client = Client("ear", Address("127.0.0.1", broker.port), "ear", ((topic, 1),), self._put)
        self.client.start()

    def _put(self, event: object) -> None:
        self._events.put((monotonic(), event))

    def until(self, wanted: Callable[[bytes], bool], seconds: float = 15) -> tuple[float, bytes]:
        """The first payload from now on that is wanted, and when it came."""
        end = monotonic() + seconds
        while True:
            at, event = self._events.get(timeout=max(0.01, end - monotonic()))
            if isinstance(event, Arrived) and wanted(event.payload):
                return at, event.payload


class House:
    """Head office with its publisher, and one branch with its controller."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        (folder / "office").mkdir()
        (folder / "branch").mkdir()
        self.office_broker = stack.enter_context(mosquitto(folder / "office"))
        self.branch_broker = stack.enter_context(mosquitto(folder / "branch"))
        self.office = OfficeBox(folder / "office", self.office_broker.port, (("hz-1", "city"), ("nb-1", "coast")))
        ports = {"branch_port": self.branch_broker.port, "office_port": self.office_broker.port}
        content = f'[content]\ntrusted_root = "{folder}/office/root.json"\ndirectory = "var/content"\n'
        (folder / "branch.toml").write_text(BRANCH.format(**ports) + content)
        self._stack = stack
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        self._start("publisher", [program("signage"), "publisher", "--config", str(self.folder / "office/office.toml")])
        self.start_controller()
        self.states = Ear(self.branch_broker, "bank/v1/all/down/state")
        self._stack.callback(self.states.client.stop)
        self.commands = Ear(self.office_broker, "bank/v1/+/down/command")
        self._stack.callback(self.commands.client.stop)
        self.state(lambda state: state.content == 1)

    def start_controller(self) -> None:
        self._start("controller", [program("signage"), "controller", "--config", str(self.folder / "branch.toml")])

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        self.processes[name] = process
        self._stack.callback(self.end, name)

    def end(self, name: str) -> None:
        process = self.processes.pop(name, None)
        if process is not None:
            log = self.folder / f"{name}.log"
            until(lambda: process.poll() is not None or f"{name}: runs" in log.read_text(), f"{name} runs")
            process.terminate()
            assert process.wait(6) == 0, log.read_text()

    def state(self, wanted: Callable[[BranchState], bool]) -> tuple[float, BranchState]:
        at, payload = self.states.until(lambda payload: wanted(decode(payload, BranchState)))
        return at, decode(payload, BranchState)

    def give(self, *words: str) -> tuple[int, dict[str, Any], str]:
        command = [program("signage"), words[0], "--config", str(self.folder / "office/office.toml"), *words[1:]]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=40)
        return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with ExitStack() as stack:
        made = House(tmp_path, stack)
        made.office.operations_key("night")
        made.office.operations_key("coast", ("group-coast",), COMMANDS)
        made.office.operations_key("resume-only", ("all",), ("resume",))
        made.office.publish(b"first")
        made.start()
        yield made


SUSPEND = ("--branch", "hz-1", "--arg", "scope=branch", "--arg", "reason=disaster", "suspend")


def test_a_signed_suspension_stands_in_the_branch_and_its_reply_comes_back(house: House) -> None:
    code, reply, err = house.give("command", "--key", "night", "--by", "li", *SUSPEND)
    assert code == 0, err
    _, state = house.state(lambda state: state.suspension is not None)
    assert state.suspension is not None
    assert (state.suspension.source, state.suspension.reason) == ("head-office", "disaster")
    assert (state.suspension.actor or "").endswith("/li")
    assert reply["result"]["revision"] == state.revision
    code, _, err = house.give("command", "--key", "resume-only", "--branch", "hz-1", "--arg", "scope=branch", "resume")
    assert code == 0, err
    house.state(lambda state: state.suspension is None)


@pytest.mark.parametrize(("key", "words"), [("coast", "this key is for group-coast"), ("resume-only", "may resume")])
def test_a_key_beyond_its_branches_or_commands_is_refused(house: House, key: str, words: str) -> None:
    code, reply, err = house.give("command", "--key", key, *SUSPEND)
    assert code == 77
    assert reply["error"]["code"] == "not-permitted"
    assert words in err


def test_a_revoked_key_is_refused_and_free_text_takes_two(house: House) -> None:
    text = ("--arg", 'text:={"zh":"自由"}', "--arg", "notice=n", "--arg", "until=2099-01-01T00:00:00Z")
    code, reply, _ = house.give("command", "--key", "night", "--branch", "hz-1", *text, "notice.post")
    assert (code, reply["error"]["code"]) == (77, "two-signatures")
    house.office._operations.clear()
    house.office.publish(b"second")
    house.state(lambda state: state.content == 2)
    code, reply, _ = house.give("command", "--key", "night", *SUSPEND)
    assert (code, reply["error"]["code"]) == (77, "unknown-key")


def test_an_emergency_stands_in_the_branch_within_a_second_of_the_broker(house: House) -> None:
    began = monotonic()
    code, _, err = house.give(
        "emergency", "--key", "night", "--branch", "hz-1", "--template", "leave", "--until", "30m"
    )
    ended = monotonic()
    assert code == 0, err
    sent, _ = house.commands.until(lambda payload: b"leave" in payload)
    shown, state = house.state(lambda state: bool(state.notices))
    print(f"from the office's broker to BranchState: {(shown - sent) * 1000:.0f} ms; "
          f"from the command's first word to its reply printed: {ended - began:.2f} s")  # fmt: skip
    assert shown - sent < 1.0
    (notice,) = state.notices
    assert (notice.priority, notice.text, notice.source) == (
        100,
        {"zh": "请立即离开", "en": "Leave now"},
        "head-office",
    )
    code, _, err = house.give("emergency", "--key", "night", "--branch", "hz-1", "--over", "leave")
    assert code == 0, err
    house.state(lambda state: not state.notices)


def test_a_branch_that_was_off_does_it_once_when_it_is_back(house: House) -> None:
    house.end("controller")
    code, _, err = house.give("command", "--key", "night", "--wait", "1", *SUSPEND)
    assert code == 69, err
    house.start_controller()
    _, state = house.state(lambda state: state.suspension is not None)
    assert len(state.suspensions) == 1
    house.end("controller")
    house.start_controller()
    _, again = house.state(lambda later: later.revision > state.revision)
    assert [one.id for one in again.suspensions] == [one.id for one in state.suspensions]
