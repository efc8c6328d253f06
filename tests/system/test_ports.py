"""Every way a port can be wrong, on real ptys and sockets: its state, one line, one fault, and back without a restart."""

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial
from serial.rfc2217 import PortManager

from firmware_bridge.padlink.codec import encode
from firmware_bridge.padlink.frames import Caps, Hello
from tests.system.bridge_box import BridgeBox, program, wait_until
from tests.system.test_drivers import Wire

pytestmark = pytest.mark.system
FIRST = encode(Hello(1, b"pad-0001", 1, (1, 0, 0), 5, Caps(0)), 0)
OTHER = encode(Hello(1, b"pad-0002", 1, (1, 0, 0), 5, Caps(0)), 0)
WELCOME = 0x81


@pytest.fixture
def wires() -> Iterator[list[Wire]]:
    made = [Wire(), Wire()]
    yield made
    for wire in made:
        os.close(wire.master)
        os.close(wire.slave)


def faults(box: BridgeBox, code: str) -> list[bool]:
    """On and off, as stored, of counter 1."""
    rows = [event["data"] for event in box.events("fault")]
    return [row["on"] for row in rows if row["code"] == code and row.get("counter", "1") == "1"]


def began(box: BridgeBox, code: str, seconds: float = 10) -> None:
    wait_until(lambda: faults(box, code) == [True], seconds, f"{code} begins")


def over(box: BridgeBox, code: str, seconds: float = 10) -> None:
    wait_until(lambda: faults(box, code) == [True, False], seconds, f"{code} is over")


def said(box: BridgeBox, words: str) -> int:
    return sum(words in line for line in box.errors("bridge").splitlines())


def welcomed(wire: Wire, hello: bytes) -> None:
    """Say HELLO every second until WELCOME comes: it alone carries the pad's own serial."""
    wire.heard = b""
    for _ in range(20):
        wire.say(hello)
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            if wire.hears(b"pad-000"):
                return
            time.sleep(0.01)
    raise AssertionError("no WELCOME")


@pytest.fixture
def box(tmp_path: Path, wires: list[Wire]) -> Iterator[BridgeBox]:
    """Counter 1's port is a name that can be made to mean either wire; counter 2 has a simulated pad."""
    name = tmp_path / "by-id"
    name.symlink_to(wires[0].name)
    made = BridgeBox(tmp_path, ("1", "2"), {"1": str(name)})
    yield made
    made.close()


def test_garbage_at_full_speed_is_one_fault_and_starves_nobody(box: BridgeBox, wires: list[Wire]) -> None:
    stop = threading.Event()
    written = [0]

    def flood() -> None:
        piece = bytes(range(1, 256)) * 16
        while not stop.is_set():
            try:
                written[0] += os.write(wires[0].master, piece)
            except BlockingIOError:
                stop.wait(0.001)

    box.start_pad("2")
    box.start_bridge()
    wait_until(lambda: bool(box.told("2", "welcome")), 20, "the other pad is welcomed")
    thread = threading.Thread(target=flood)
    thread.start()
    try:
        before = memory_kb(box)
        started = time.monotonic()
        began(box, "port-garbage", 25)
        for _ in range(10):
            box.say("2", "press 5; drain 5s")
        wait_until(lambda: len(box.events("rating")) == 10, 15, "the other pad's presses")
        rate = written[0] / (time.monotonic() - started)
        assert 20_000 < rate < 200_000
        assert memory_kb(box) - before < 8_000
    finally:
        stop.set()
        thread.join()
    over(box, "port-garbage", 30)
    assert said(box, "sends without end") == 1
    welcomed(wires[0], b"\0" + FIRST)
    print(f"\na port that never stops: read at {rate / 1000:.0f} kB/s, ten presses beside it stored")


def memory_kb(box: BridgeBox) -> int:
    status = Path(f"/proc/{box.running['bridge'].pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def test_another_pad_and_another_device_at_the_same_name(box: BridgeBox, wires: list[Wire], tmp_path: Path) -> None:
    box.start_bridge()
    welcomed(wires[0], FIRST)
    again = tmp_path / "again"
    again.symlink_to(wires[1].name)
    again.replace(tmp_path / "by-id")
    wait_until(lambda: said(box, "means another device now") >= 1, 10, "the new device is noticed")
    over(box, "port-changed")
    welcomed(wires[1], OTHER)
    began(box, "pad-other")
    welcomed(wires[1], OTHER)
    assert said(box, "answers where pad") == 1
    assert said(box, "than before") == 1
    box.kill("bridge")
    box.start_bridge()
    welcomed(wires[1], FIRST)
    over(box, "pad-other")


def test_a_pad_that_answers_nothing(box: BridgeBox, wires: list[Wire]) -> None:
    box.start_bridge()
    began(box, "pad-silent", 25)
    time.sleep(3)
    assert said(box, "no HELLO within 10 s") == 1
    welcomed(wires[0], FIRST)
    over(box, "pad-silent")


def test_permission_denied(box: BridgeBox, wires: list[Wire]) -> None:
    Path(wires[0].name).chmod(0)
    bridge = [program("firmware-bridge"), "--config", "branch.toml"]
    if os.geteuid() == 0:  # what may read everything must first be kept from it
        bridge = [shutil.which("setpriv") or "setpriv", "--bounding-set", "-dac_override,-dac_read_search", *bridge]
    box.start("bridge", bridge)
    began(box, "port-denied", 20)
    time.sleep(2.5)
    assert said(box, "dialout") == 1
    Path(wires[0].name).chmod(0o600)
    welcomed(wires[0], FIRST)
    over(box, "port-denied")


def test_held_by_another_program(box: BridgeBox, wires: list[Wire]) -> None:
    holder = serial.Serial(wires[0].name, exclusive=True)
    box.start_bridge()
    began(box, "port-held", 20)
    time.sleep(2.5)
    assert said(box, "end the other program") == 1
    holder.close()
    welcomed(wires[0], FIRST)
    over(box, "port-held")


class NetworkPad:
    """A pad behind a TCP port, or behind one that speaks RFC 2217."""

    def __init__(self, server: socket.socket) -> None:
        self.peer, _ = server.accept()
        self.peer.settimeout(0.2)

    def read(self) -> bytes:
        with contextlib.suppress(TimeoutError):
            return self.peer.recv(4096)
        return b""

    def write(self, data: bytes) -> None:
        self.peer.sendall(data)

    def close(self) -> None:
        self.peer.close()


class TelnetPad(NetworkPad):
    """The serial server's half of RFC 2217, by pyserial, with nothing behind it but us."""

    def __init__(self, server: socket.socket) -> None:
        super().__init__(server)
        behind = serial.serial_for_url("loop://")
        self._manager = PortManager(behind, self)  # type: ignore[arg-type]  # it takes any port and anything with write

    def read(self) -> bytes:
        return b"".join(self._manager.filter(super().read()))

    def say(self, data: bytes) -> None:
        self.peer.sendall(b"".join(self._manager.escape(data)))


def say_hello(pad: NetworkPad) -> None:
    heard = b""
    deadline = time.monotonic() + 20
    while b"pad-0001" not in heard:
        assert time.monotonic() < deadline, "no WELCOME"
        (pad.say if isinstance(pad, TelnetPad) else pad.write)(FIRST)
        until = time.monotonic() + 1
        while time.monotonic() < until and b"pad-0001" not in heard:
            heard += pad.read()


@pytest.mark.parametrize(("scheme", "kind"), [("socket", NetworkPad), ("rfc2217", TelnetPad)])
def test_a_pad_behind_the_network(tmp_path: Path, scheme: str, kind: type[NetworkPad]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
    box = BridgeBox(tmp_path, ("1",), {"1": f"{scheme}://127.0.0.1:{number}"})
    try:
        box.start_bridge()
        began(box, "port-unreachable", 20)
        with socket.create_server(("127.0.0.1", number)) as server:
            server.settimeout(20)
            pad = kind(server)
            say_hello(pad)
            over(box, "port-unreachable")
            pad.close()
            wait_until(lambda: faults(box, "port-unplugged")[:1] == [True], 15, "port-unplugged begins")
            pad = kind(server)
            say_hello(pad)
            pad.close()
        assert said(box, "switch the serial server on") <= 2
    finally:
        box.close()


def test_a_loop_hears_only_itself(tmp_path: Path) -> None:
    box = BridgeBox(tmp_path, ("1",), {"1": "loop://"})
    try:
        box.start_bridge()
        began(box, "pad-silent", 25)
        assert box.kill("bridge", 15) == 0
    finally:
        box.close()
