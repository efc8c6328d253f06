"""The emergency PIN's tries, right, wrong and locked, stand in the audit as those of an ordinary PIN do."""

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import pytest
from argon2 import PasswordHasher

from kiosk.emergency import Emergency, EmergencyChecked
from kiosk.local import LocalStates
from kiosk.memory import Memory
from kiosk.settings import KioskSettings
from kiosk.view.happenings import HoldEmblem, Open, Place, PressDigit
from kiosk.view.pages import Keypad, Panel, Trouble
from kiosk.visitor import Visitor
from signage.core.instants import Instant
from signage.link.client import Address
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.codec import decode
from signage.wire.messages import Event
from signage.wire.topics import Topics

AT = Instant.parse("2026-11-24T02:00:00.000Z")
PIN = "246810"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Lobby:
    """A touch screen that hears no controller."""

    def __init__(self, folder: Path) -> None:
        self.moment = Moment(AT, 0.0)
        self.database = open_database(folder / "screen.db", LINK)
        self.file = folder / "emergency-pin"
        self.file.write_text(CHEAP.hash(PIN), encoding="ascii")
        node = Node(
            NodeSettings("lobby", "screen", "test", Topics("bank/v1")),
            Outbox(self.database, "lobby"),
            Commands(self.database),
            self.moment,
        )
        settings = KioskSettings("lobby", "touch", (1080, 1920), Address("127.0.0.1", 1), folder)
        memory = Memory(folder)
        self.emergency = Emergency(self.file, memory, "lobby")
        local = LocalStates(node, memory, "lobby")
        self.visitor = Visitor(settings, node, memory, local, self.emergency, {}, durable=True)
        self.compared: SimpleQueue[EmergencyChecked] = SimpleQueue()
        self.thread = Thread(target=self.emergency.verify_all, args=(self.compared.put,), daemon=True)
        self.thread.start()

    def type(self, pin: str) -> None:
        self.visitor.tick(self.moment, heard=False)
        self.visitor.happen(Open(Place.HOME), self.moment)
        self.visitor.happen(HoldEmblem(), self.moment)
        for digit in pin:
            self.visitor.happen(PressDigit(digit), self.moment)
        if self.visitor.touch.pending is not None:
            self.visitor.checked(self.compared.get(timeout=10), self.moment)

    def audited(self) -> list[dict[str, Any]]:
        events = [decode(raw, Event) for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]
        assert all(event.kind == "audit" for event in events)
        return [event.data for event in events]

    def close(self) -> None:
        self.emergency.close()
        self.thread.join(10)
        self.database.close()


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path)
    yield made
    made.close()


def entry(detail: str, actor: str = "(nobody)") -> dict[str, str]:
    return {"actor": actor, "action": "staff.enter", "detail": detail}


def test_who_gets_in_by_it_is_told(lobby: Lobby) -> None:
    lobby.type(PIN)
    assert lobby.visitor.touch.page == Panel()
    assert lobby.audited() == [entry("lobby", "emergency@lobby")]


def test_wrong_tries_are_told_and_so_are_those_while_nobody_may_try(lobby: Lobby) -> None:
    for _ in range(6):
        lobby.type("111111")
    assert lobby.audited() == [entry("lobby: wrong-pin")] * 5 + [entry("lobby: refused, locked")]
    assert "111111" not in str(lobby.audited())
    page = lobby.visitor.touch.page
    assert isinstance(page, Keypad)
    assert page.trouble is Trouble.LOCKED


def test_a_pin_that_cannot_be_compared_is_told_too(lobby: Lobby) -> None:
    lobby.file.write_text("no hash", encoding="ascii")
    lobby.type(PIN)
    assert lobby.audited() == [entry("lobby: no-staff")]
    assert lobby.visitor.touch.page == Keypad(trouble=Trouble.REFUSED)
