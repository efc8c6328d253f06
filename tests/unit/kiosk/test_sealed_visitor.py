"""A touch screen with head office's key: what a customer leaves behind lies sealed on its disk, drafts too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.local import LocalStates
from kiosk.memory import Memory
from kiosk.settings import KioskSettings
from kiosk.view.happenings import Emit, Keep, Order
from kiosk.view.ink import Ink
from kiosk.view.letter import Letter
from kiosk.visitor import Visitor
from signage.core.instants import Instant
from signage.link.client import Address, Connected
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.link.sealer import Sealer
from signage.link.sealing import seal_for
from signage.wire.codec import decode
from signage.wire.messages import Event, Reply
from signage.wire.sealing import SEALED, public_of, unseal
from signage.wire.topics import Topics

AT = Instant.parse("2026-11-24T02:00:00.000Z")
KEY = bytes(range(32))
WORD, NUMBER = "等候时间太长", "13800138000"
LETTER = Letter(("long-wait",), Ink((((1111, 12), (1313, 14)),), 600), NUMBER, AT)
DATA: dict[str, Any] = {"stars": 1, "counter": "2", "comment": WORD} | LETTER.data()


class Line:
    """In place of a connection: what is published is kept."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def __call__(self, *_: object) -> "Line":
        return self

    def start(self) -> None: ...

    def stop(self, *_: object) -> None: ...

    def publish(self, _topic: str, payload: bytes, **_kept: object) -> bool:
        self.sent.append(json.loads(payload))
        return True


class Screen:
    def __init__(self, folder: Path) -> None:
        self.folder, self.line, self.moment = folder, Line(), Moment(AT, 0.0)
        self.database = open_database(folder / "screen.db", LINK)
        self.outbox = Outbox(self.database, "lobby")
        self.node = Node(
            NodeSettings("lobby", "screen", "test", Topics("bank/v1")),
            self.outbox,
            Commands(self.database),
            self.moment,
            make_client=self.line,  # type: ignore[arg-type]  # a line without a broker
        )
        address = Address("127.0.0.1", 1)
        settings = KioskSettings("lobby", "touch", (1080, 1920), address, folder, sealer=Sealer((public_of(KEY),)))
        self.memory = Memory(folder)
        local = LocalStates(self.node, self.memory, "lobby")
        self.visitor = Visitor(settings, self.node, self.memory, local, None, {}, durable=True)
        self.node.start(address, lambda _: None)
        self.node.handle(Connected("broker", "s"), self.moment)

    @property
    def stored(self) -> list[Event]:
        return [decode(raw, Event) for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]

    def leaks(self) -> list[str]:
        every = b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())
        every += json.dumps(self.line.sent, ensure_ascii=False).encode()
        return [word for word in (WORD, NUMBER, "1111,12") if word.encode() in every]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path)
    yield made
    made.database.close()


def test_an_event_is_sealed_before_it_is_stored(screen: Screen) -> None:
    screen.visitor._carry_out(Emit("e-1", "rating", AT, DATA), screen.moment)
    screen.node.tick(screen.moment)
    (event,) = screen.stored
    assert set(event.data) == {"stars", "counter", "phrases", "consent", SEALED}
    assert unseal(event.data[SEALED], KEY, "e-1") == {name: DATA[name] for name in ("comment", "contact", "strokes")}
    assert screen.leaks() == []


def test_a_draft_is_sealed_and_recovered_as_it_is(screen: Screen) -> None:
    screen.visitor._carry_out(Keep("e-1", AT, DATA), screen.moment)
    assert screen.leaks() == []
    screen.visitor.recover(screen.moment)
    (event,) = screen.stored
    assert (event.id, unseal(event.data[SEALED], KEY, "e-1")["contact"]) == ("e-1", NUMBER)
    assert screen.memory.draft() is None


def test_what_is_asked_for_comes_sealed_for_this_process_alone(screen: Screen) -> None:
    screen.visitor._carry_out(Order("o", "case.read", {"case": "k"}, "wang", "token"), screen.moment)
    sent = screen.line.sent[-1]["args"]
    answer = Reply(v=1, id="r", ok=True, result=seal_for(sent["reader"], "k", {"contact": NUMBER}))
    assert NUMBER not in json.dumps(answer.result)
    assert screen.visitor._readable(answer) == {"contact": NUMBER}
    other = Reply(v=1, id="r", ok=True, result=seal_for(sent["reader"], "k", {"contact": NUMBER}) | {"case": "x"})
    assert screen.visitor._readable(other) == {}
    assert screen.visitor._readable(Reply(v=1, id="r", ok=True)) == {}


def test_a_note_about_a_case_travels_sealed(screen: Screen) -> None:
    args = {"case": "k", "action": "handled", "text": WORD}
    screen.visitor._carry_out(Order("o", "case.update", args, "wang", "token"), screen.moment)
    assert screen.leaks() == []
    assert unseal(screen.line.sent[-1]["args"][SEALED], KEY, "k") == {"text": WORD}
    plain = {"scope": "branch", "reason": "power"}
    screen.visitor._carry_out(Order("o", "suspend", plain, "wang", "token"), screen.moment)
    assert screen.line.sent[-1]["args"] == plain
