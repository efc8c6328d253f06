"""The controller killed at one commit point after another: no screen goes blank or back, and all agree in the end.

KILLS=60 SEED=1 for the documented run; each kill takes the next commit point, before or after the disk has it.
"""

import json
import os
import queue
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from signage.cli.demo.cast import program
from signage.core.instants import Instant
from signage.link.client import Address, Arrived, Client
from tests.system.lobby import SCREENS, Lobby

pytestmark = pytest.mark.system
KILLS = int(os.environ.get("KILLS", "5"))
SEED = int(os.environ.get("SEED", "1"))
LIBRARY = Path(__file__).with_name("die_at_sync.c")


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    lobby = Lobby(tmp_path)
    try:
        lobby.open()
        yield lobby
    finally:
        lobby.close()


class States:
    """Every BranchState that was ever retained, as a newcomer to the broker sees them."""

    def __init__(self, port: int) -> None:
        self._arrived: queue.Queue[object] = queue.Queue()
        topics = (("bank/v1/all/down/state", 1),)
        self._client = Client("states", Address("127.0.0.1", port), "states", topics, self._arrived.put)
        self._client.start()
        self.revisions: list[int] = []
        self.last: dict[str, Any] = {}
        self.meant: dict[str, Any] = {"on": False, "at": ""}

    def listen(self) -> None:
        while not self._arrived.empty():
            event = self._arrived.get()
            if isinstance(event, Arrived):
                self.last = json.loads(event.payload)
                self.revisions.append(self.last["revision"])

    def mean(self, *, on: bool, now: Instant) -> None:
        """As the touch screen would that gets no answer: service at counter 1 stops, or goes on."""
        self.meant = {"v": 1, "screen": "lobby-touch", "at": str(now), "actor": "0007", "scope": "counter:1"}
        self.meant |= {"on": on, "reason": "break"}
        self.say_again()

    def say_again(self) -> None:
        self._client.publish("bank/v1/all/local", json.dumps(self.meant).encode())

    def considered(self) -> bool:
        return str(self.last.get("considered", {}).get("lobby-touch", "")) >= str(self.meant["at"])

    def ask(self, name: str, args: dict[str, Any], now: Instant) -> None:
        """As a device of the branch would."""
        body = {"v": 1, "id": str(uuid4()), "issuer": "counter-1", "target": "counter-1", "name": name, "args": args}
        body |= {"issued_at": str(now), "expires_at": str(Instant.from_ms(now.ms + 10_000))}
        self._client.publish("bank/v1/counter-1/up/command", json.dumps(body).encode())

    def close(self) -> None:
        self._client.stop()


def preloaded(folder: Path) -> Path:
    made = folder / "die_at_sync.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", str(made), str(LIBRARY), "-ldl"], check=True)
    return made


def test_whenever_the_controller_is_killed_screens_stay_and_agree(lobby: Lobby, tmp_path: Path) -> None:
    library, dice = preloaded(tmp_path), random.Random(SEED)
    controller = (program("signage"), "controller", "--config", "branch.toml")
    first = 1 if KILLS > 20 else dice.randrange(1, 12)
    states, by_itself = States(lobby.port), 0
    try:
        for point in range(first, first + KILLS):
            lobby.cast.kill("controller")
            settings = (f"LD_PRELOAD={library}", f"DIE_AT_SYNC={point}")
            lobby.start("controller", "env", *settings, *controller)
            process = lobby.cast["controller"].process
            deadline = time.monotonic() + 20
            while process.poll() is None and time.monotonic() < deadline:
                now = Instant.from_ms(time.time_ns() // 1_000_000)
                states.mean(on=not states.meant["on"], now=now)
                states.ask("prompt", {"counter": "1", "timeout_s": 3}, now)
                time.sleep(0.4)
            by_itself += process.poll() is not None
            lobby.start("controller", *controller)
            agreed(lobby, states)
    finally:
        states.close()
    assert states.revisions == sorted(states.revisions), "a revision went back"
    print(
        f"\n{KILLS} kills from commit point {first} on, {by_itself} at their point; {len(set(states.revisions))} revisions"
    )
    assert by_itself >= KILLS // 2


def agreed(lobby: Lobby, states: States) -> None:
    """Every screen shows the newest state, and it says what was last meant."""
    again = time.monotonic()

    def all_agree() -> bool:
        nonlocal again
        states.listen()
        for name in SCREENS:
            status = lobby.statuses[name]
            assert status["online"], f"{name} went away"
            assert status["screen"]["scene"] != "safe", f"{name} has lost the branch"
        if not states.considered() and time.monotonic() >= again:
            again = time.monotonic() + 1.0
            states.say_again()
        return states.considered() and {lobby.screen(name)["revision"] for name in SCREENS} == {states.last["revision"]}

    lobby.until("all screens agree with the state, and the state with what was meant", all_agree, 30)
    assert ("counter:1" in [one["scope"] for one in states.last.get("suspensions", [])]) is states.meant["on"]
    if states.meant["on"]:
        assert lobby.screen("counter-1")["scene"] == "suspended"
