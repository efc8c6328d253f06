"""Pads that are not ours, on real ptys under the real bridge: stored before they are answered, once, across kills."""

import contextlib
import os
import re
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from firmware_bridge.ff68.codec import Frame, encode
from tests.system.bridge_box import BridgeBox, wait_until

pytestmark = pytest.mark.system

RATING = encode(Frame(5, 0x11, b"\x03"))
REPLY = encode(Frame(5, 0x01, b"\x03"))
PLEASE_RATE = encode(Frame(5, 0x01, b"\x0b"))
OTHER = encode(Frame(9, 0x11, b"\x00"))
TABLES = """
[[bridge.pad]]
counter = "1"
driver = "ff68"
port = "{shared}"
address = 5
[[bridge.pad]]
counter = "2"
driver = "ff68"
port = "{shared}"
address = 9
[[bridge.strip]]
counter = "1"
driver = "strip-at"
port = "{shared}"
address = 1
[[bridge.pad]]
counter = "3"
driver = "lines"
port = "{line}"
pattern = 'KEY (?P<key>\\d)'
stars = {{ "1" = 1, "2" = 5 }}
reply = 'OK {{key}}\\r'
"""


class Wire:
    """The pads' end of a pty."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        self.name = os.ttyname(self.slave)
        self.heard = b""

    def say(self, data: bytes) -> None:
        os.write(self.master, data)

    def hears(self, data: bytes) -> bool:
        with contextlib.suppress(BlockingIOError):
            self.heard += os.read(self.master, 4096)
        return data in self.heard

    def insist(self, data: bytes, reply: bytes) -> None:
        """Say it every 0.3 s until it is answered, as such a pad does."""
        self.heard = b""
        for _ in range(50):
            self.say(data)
            deadline = time.monotonic() + 0.3
            while time.monotonic() < deadline:
                if self.hears(reply):
                    return
                time.sleep(0.01)
        raise AssertionError(f"no answer to {data!r}")


@pytest.fixture
def wires() -> Iterator[tuple[Wire, Wire]]:
    pair = (Wire(), Wire())
    yield pair
    for wire in pair:
        os.close(wire.master)
        os.close(wire.slave)


@pytest.fixture
def box(tmp_path: Path, wires: tuple[Wire, Wire]) -> Iterator[BridgeBox]:
    made = BridgeBox(tmp_path, ("1", "2", "3"))
    path = tmp_path / "branch.toml"
    head = re.split(r"\n\[\[bridge\.pad\]\]", path.read_text())[0]
    path.write_text(head + TABLES.format(shared=wires[0].name, line=wires[1].name))
    made.start_bridge()
    yield made
    made.close()


def ratings(box: BridgeBox) -> list[tuple[str, int, str, list[str]]]:
    rows = [event["data"] for event in box.events("rating")]
    return [(row["counter"], row["stars"], row["pad"], row["flags"]) for row in rows]


def test_pads_of_one_line_are_told_apart_and_answered_once_stored(box: BridgeBox, wires: tuple[Wire, Wire]) -> None:
    shared, line = wires
    shared.insist(b"\x00\xff" + PLEASE_RATE, PLEASE_RATE)
    shared.heard = b""
    shared.say(RATING + OTHER)
    wait_until(lambda: shared.hears(REPLY) and shared.hears(encode(Frame(9, 0x01, b"\x00"))), 5, "the replies")
    line.say(b"KEY 2\r\nKEY 2\r\n")
    wait_until(lambda: line.hears(b"OK 2\r"), 5, "the line's reply")
    assert ratings(box) == [
        ("1", 5, "bridge-1/5", []),
        ("2", 2, "bridge-1/9", ["unprompted"]),
        ("3", 5, "bridge-1/3", ["unprompted"]),
    ]
    assert [event["data"]["outcome"] for event in box.events("prompt")] == ["rated"]


def test_a_repeat_across_a_kill_is_answered_again_and_is_one_event(box: BridgeBox, wires: tuple[Wire, Wire]) -> None:
    shared, _ = wires
    shared.insist(RATING, REPLY)
    box.kill("bridge")
    box.start_bridge()
    shared.insist(RATING, REPLY)
    assert len(ratings(box)) == 1
