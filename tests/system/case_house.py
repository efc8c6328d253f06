"""Head office and a branch of real programs, sealing with real keys, heard on both brokers; a touch screen by hand."""

import io
import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from signage.branch.staff import hash_pin
from signage.cli.demo.cast import program
from signage.cli.main import run
from signage.core.instants import Instant
from signage.core.model import BranchState, Case
from signage.link.client import Address, Arrived, Client
from signage.link.clock import moment
from signage.link.sealer import Reader, Sealer
from signage.link.sealing import read_public
from signage.wire.messages import Reply
from tests.flows.house import Device
from tests.system.brokers import Broker
from tests.system.test_head_office_commands import House

WORD, NUMBER, NOTE = "等了四十分钟没有人管", "13805712233", "已向客户致歉并改派窗口"
PLANTED = (WORD, NUMBER, NOTE)
STROKES = {"v": 1, "height": 600, "lines": [[101, 202, 303, 404, 505, 606]]}
PIN = "314159"
_BRANCH = """
[[counter]]
number = "2"
business = {{ zh = "个人业务" }}

[[screen]]
name = "lobby"
kind = "touch"
size = [1080, 1920]

[staff]
pins_file = "{folder}/pins.toml"

[privacy]
head_office = "{folder}/office.pub"
desk = "{folder}/desk.pub"
desk_key = "{folder}/keys/desk.key"
"""


class Wire:
    """Everything that passes a broker."""

    def __init__(self, broker: Broker) -> None:
        self.payloads: list[bytes] = []
        self.client = Client("wire", Address("127.0.0.1", broker.port), "wire", (("#", 1),), self._put)
        self.client.start()

    def _put(self, event: object) -> None:
        if isinstance(event, Arrived):
            self.payloads.append(event.payload)


class CaseHouse(House):
    """Keys lie under `keys`, outside everything that is searched for words."""

    def __init__(self, folder: Path, stack: ExitStack, *, office: str = "", url: str | None = None) -> None:
        super().__init__(folder, stack)
        for name in ("office", "desk"):
            assert run(["privacy", "key", str(folder / "keys" / f"{name}.key"), str(folder / f"{name}.pub")]) == 0
        (folder / "pins.toml").write_text(
            f'[[person]]\nid = "wang"\nname = "王敏"\nrole = "lobby-manager"\nhash = "{hash_pin(PIN)}"\n',
            encoding="utf-8",
        )
        with (folder / "branch.toml").open("a", encoding="utf-8") as file:
            file.write(_BRANCH.format(folder=folder))
        self.file = folder / "office" / "office.toml"
        text = self.file.read_text(encoding="utf-8")
        if url is not None:
            text = text.replace(f"sqlite:///{folder}/office/office.db", url)
        self.file.write_text(f'{text}\n[privacy]\npublic = "{folder}/office.pub"\n{office}', encoding="utf-8")
        self.office.operations_key("cases", ("all",), ("case.update",))
        self.office.publish(b"first")
        self.wires = [Wire(self.office_broker), Wire(self.branch_broker)]
        for wire in self.wires:
            stack.callback(wire.client.stop)
        self._start("collect", [program("signage"), "collect", "--config", str(self.file)])
        self.start()
        self.lobby = Device(folder, Address("127.0.0.1", self.branch_broker.port), "lobby", "screen")
        stack.callback(self.lobby.running.stop)
        self.reader = Reader()
        self.sealer = Sealer((read_public(folder / "office.pub"), read_public(folder / "desk.pub")))

    def rate(self, at: Instant | None = None) -> str:
        """A customer leaves one star with words, handwriting and a number: as the touch screen stores it."""
        identity = str(uuid4())
        said = {"comment": WORD, "contact": NUMBER, "strokes": STROKES, "consent": "2026-11-24T02:00:00.000Z"}
        data = {"stars": 1, "counter": "2", "channel": "touch", "reasons": [], "flags": []} | said
        sealed = self.sealer.sealed("rating", identity, data)
        running, owner = self.lobby.running, self.lobby.owner
        running.ask(lambda: owner.node.emit("rating", sealed, moment(), event_id=identity, at=at))
        return identity

    def run_cases(self) -> None:
        """`signage cases run`, as a process that stays."""
        self._start("cases", [program("signage"), "cases", "run", "--config", str(self.file)])

    def panel(self, case: str, what: str, wanted: Callable[[Case], bool], seconds: float = 10.0) -> Case:
        """What the lobby manager's panel knows of the case, once it is as wanted."""
        found: list[Case] = []

        def seen(state: BranchState) -> bool:
            found[:] = [one for one in state.cases if one.id == case and wanted(one)]
            return bool(found)

        self.lobby.sees(what, seen, seconds)
        return found[0]

    def order(self, name: str, **args: Any) -> Reply:
        """By the panel, which seals what is noted."""
        reply = self.lobby.order(name, **(self.sealer.sealed("case", "", args) if name == "case.update" else args))
        assert reply.ok, reply
        return reply

    def told(self, *words: object) -> str:
        """A `signage` command on head office's file: what it prints."""
        out = io.StringIO()
        with redirect_stdout(out):
            code = run([str(word) for word in (*words, "--config", self.file)])
        assert code == 0, out.getvalue()
        return out.getvalue()

    def case(self, case: str, *words: object) -> dict[str, Any]:
        return dict(json.loads(self.told("cases", "show", case, "--format", "json", *words)))

    def known(self, case: str) -> bool:
        """Whether head office has it."""
        found = json.loads(self.told("cases", "list", "--all", "--format", "json"))
        return any(one["case_id"] == case for one in found)

    def leaks(self) -> list[str]:
        """The planted words that stand in a file but the keys', or that passed a broker."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and "keys" not in path.parts]
        heap = b"".join(path.read_bytes() for path in files)
        heap += b"".join(payload for wire in self.wires for payload in wire.payloads)
        words = [*PLANTED, *(word.encode("unicode_escape").decode() for word in PLANTED), "101,202,303,404"]
        return [word for word in words if word.encode() in heap]


@dataclass(frozen=True)
class Step:
    """One line of a journey."""

    says: str
    do: Callable[[CaseHouse], object]


def walk(house: CaseHouse, steps: Sequence[Step]) -> None:
    for number, step in enumerate(steps, 1):
        try:
            step.do(house)
        except AssertionError as failed:
            raise AssertionError(f"step {number}, {step.says}: {failed}") from failed
