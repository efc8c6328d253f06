"""One counter, a real broker, a real controller, real bridges: who has it, and what a teller's keypad does to it."""

import json
import os
import queue
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firmware_bridge.ff68.codec import Frame, encode
from signage.link.client import Address, Arrived, Client
from tests.system.bridge_box import BridgeBox, program, wait_until
from tests.system.test_drivers import PLEASE_RATE, RATING, REPLY, Wire

pytestmark = pytest.mark.system
PAUSE = encode(Frame(5, 0x01, b"\x12"))
CALL = encode(Frame(5, 0x01, b"\x0c"))
FF68 = """driver = "ff68"
address = 5
prompt_timeout_s = 8
"""


class Ear:
    """All that is said at the branch's broker."""

    def __init__(self, port: int) -> None:
        self._arrived: queue.Queue[object] = queue.Queue()
        topics = (("bank/v1/#", 1),)
        self._client = Client("ear", Address("127.0.0.1", port), "ear", topics, self._arrived.put)
        self._client.start()
        self._events: dict[str, dict[str, Any]] = {}
        self._last: dict[str, dict[str, Any]] = {}

    def listen(self) -> None:
        while not self._arrived.empty():
            event = self._arrived.get()
            if isinstance(event, Arrived) and event.payload:
                said = json.loads(event.payload)
                self._last[event.topic] = said
                for one in said.get("events", []):
                    self._events[one["id"]] = one

    def data(self, kind: str) -> list[dict[str, Any]]:
        self.listen()
        return [one["data"] for one in self._events.values() if one["kind"] == kind]

    def state(self) -> dict[str, Any]:
        self.listen()
        return self._last.get("bank/v1/all/down/state", {})

    def faults(self, bridge: str) -> list[dict[str, Any]]:
        self.listen()
        faults: list[dict[str, Any]] = self._last.get(f"bank/v1/{bridge}/up/status", {}).get("faults", [])
        return faults

    def suspended(self) -> bool:
        """Whether counter 1 is, by a teller who pauses."""
        found = [(one["scope"], one["reason"], one["source"]) for one in self.state().get("suspensions", [])]
        return found == [("counter:1", "break", "teller")]

    def stop(self) -> None:
        self._client.stop()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[BridgeBox]:
    made = BridgeBox(tmp_path)
    yield made
    made.close()


def open_branch(box: BridgeBox) -> Ear:
    box.start_broker()
    wait_until(lambda: "running" in box.errors("broker"), 20, "the broker")
    ear = Ear(box.broker_port)
    box.start("controller", [program("signage"), "controller", "--config", "branch.toml"])
    wait_until(lambda: bool(ear.state()), 30, "the branch's state")
    return ear


def test_two_bridges_that_claim_one_counter(box: BridgeBox, tmp_path: Path) -> None:
    """The later one is refused, says so with both names, and takes over when the first is gone; its pad kept its presses."""
    text = (tmp_path / "branch.toml").read_text()
    rival = text.replace("bridge-1", "bridge-2").replace('"state"', '"state-2"').replace("pad-1", "pad-2")
    (tmp_path / "rival.toml").write_text(rival)
    ear = open_branch(box)
    try:
        box.start_pad("1")
        box.start_bridge()
        wait_until(lambda: bool(box.told("1", "welcome")), 20, "the first bridge's pad is welcomed")
        box.start("rival", [program("firmware-bridge"), "--config", "rival.toml"])
        wait_until(
            lambda: "counter-twice" in [one["code"] for one in ear.faults("bridge-2")], 20, "the rival is refused"
        )
        (fault,) = (one for one in ear.faults("bridge-2") if one["code"] == "counter-twice")
        assert "on bridge-1 and on bridge-2" in fault["text"]
        box.start_pad("2")
        for key in (5, 4, 3):
            box.say("1", f"press {key}")
            box.say("2", f"press {6 - key}; wait 200ms")
        wait_until(lambda: len(ear.data("rating")) == 3, 15, "the first pad's presses")
        time.sleep(1.5)
        assert sorted(one["stars"] for one in ear.data("rating")) == [3, 4, 5]
        assert box.told("2", "acked") == []
        assert "counter-twice" not in [one["code"] for one in ear.faults("bridge-1")]
        box.say("1", "drain 5s")
        assert box.kill("bridge", signal.SIGTERM) == 0
        box.say("2", "drain 30s; quit")
        wait_until(lambda: len(ear.data("rating")) == 6, 30, "the rival's presses")
        wait_until(lambda: bool(box.told("2", "end")), 30, "all acknowledged")
        assert box.told("2", "end")[0]["pending"] == 0
        assert "counter-twice" not in [one["code"] for one in ear.faults("bridge-2")]
        assert sorted(one["stars"] for one in ear.data("rating")) == [1, 2, 3, 3, 4, 5]
    finally:
        ear.stop()


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    os.close(made.master)
    os.close(made.slave)


def prompt(ear: Ear) -> str | None:
    counters = ear.state().get("counters", [])
    found = counters[0].get("prompt") if counters else None
    return found["id"] if found else None


def test_a_keypad_pauses_resumes_asks_and_the_prompt_lapses(box: BridgeBox, tmp_path: Path, wire: Wire) -> None:
    text = (tmp_path / "branch.toml").read_text()
    text = text.replace(str(box.pty("1")), wire.name).replace('driver = "padlink"\n', FF68)
    (tmp_path / "branch.toml").write_text(text)
    ear = open_branch(box)
    try:
        box.start_bridge()
        wire.insist(PAUSE, PAUSE)
        wait_until(ear.suspended, 15, "the counter is suspended")
        wire.insist(PLEASE_RATE, PLEASE_RATE)
        wait_until(lambda: not ear.suspended() and prompt(ear) is not None, 15, "resumed, then asked")
        asked = prompt(ear)
        time.sleep(1.0)  # no customer presses before the bridge, too, has heard that the counter is open again
        wire.insist(RATING, REPLY)
        wait_until(lambda: len(ear.data("rating")) == 1, 15, "the rating")
        (rating,) = ear.data("rating")
        assert (rating["stars"], rating["flags"], rating["prompt"]) == (5, [], asked)
        wire.insist(CALL, CALL)
        wire.insist(PLEASE_RATE, PLEASE_RATE)
        wait_until(lambda: len(ear.data("prompt")) == 2, 40, "nobody rates, and the prompt lapses")
        assert [one["outcome"] for one in ear.data("prompt")] == ["rated", "unrated"]
        wire.insist(PAUSE, PAUSE)
        wait_until(ear.suspended, 15, "suspended again")
        wire.insist(CALL, CALL)
        wait_until(lambda: not ear.suspended(), 15, "the next call resumes it")
        assert len(ear.data("rating")) == 1
    finally:
        ear.stop()
