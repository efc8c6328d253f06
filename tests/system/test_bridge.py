"""The bridge as a program: real ptys, a real broker, real kills and pulled cables."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.bridge_box import BridgeBox, program, wait_until

pytestmark = pytest.mark.system
KILLS = int(os.environ.get("BRIDGE_KILLS", "10"))


@pytest.fixture
def box(tmp_path: Path) -> Iterator[BridgeBox]:
    made = BridgeBox(tmp_path, ("1", "2"))
    yield made
    made.close()


def identities(box: BridgeBox) -> list[tuple[str, int, int]]:
    data = [event["data"] for event in box.events("rating")]
    return sorted((row["counter"], row["press"]["boot"], row["press"]["n"]) for row in data)


def pressed(box: BridgeBox, *numbers: str) -> list[tuple[str, int, int]]:
    return sorted((number, one["boot"], one["n"]) for number in numbers for one in box.told(number, "pressed"))


def test_kill_the_bridge_at_any_moment_and_every_press_is_one_event(box: BridgeBox) -> None:
    chance = random.Random(7)
    box.start_broker()
    box.start_bridge()
    for number in ("1", "2"):
        box.start_pad(number)
    for _ in range(KILLS):
        for _ in range(chance.randrange(2, 6)):
            box.say(chance.choice("12"), f"press {chance.randrange(1, 6)}")
            time.sleep(chance.uniform(0, 0.08))
        time.sleep(chance.uniform(0, 0.9))
        box.kill("bridge")
        if chance.random() < 0.3:
            box.say(chance.choice("12"), "reboot")
        box.start_bridge()
    for number in ("1", "2"):
        box.say(number, "drain 20s; quit")
    wait_until(lambda: all(box.told(number, "end") for number in "12"), 30, "all presses acknowledged")
    assert identities(box) == pressed(box, "1", "2")
    assert [box.told(number, "end")[0]["pending"] for number in "12"] == [0, 0]
    print(f"\n{KILLS} kills, {len(identities(box))} presses, as many events")


def test_a_pulled_cable_is_lost_at_once_and_back_by_itself(box: BridgeBox) -> None:
    box.start_pad("1")
    box.start_bridge()
    wait_until(lambda: bool(box.told("1", "welcome")), 10, "welcomed")
    box.say("1", "press 5; drain 5s; unplug")
    wait_until(lambda: "its port is gone" in box.errors("bridge"), 5, "lost")
    box.say("1", "plug")
    wait_until(lambda: len(box.told("1", "welcome")) == 2, 5, "welcomed again")
    box.say("1", "press 4; drain 5s")
    wait_until(lambda: len(identities(box)) == 2, 5, "both presses")
    codes = [(event["data"]["code"], event["data"]["on"]) for event in box.events("fault")]
    assert ("port-unplugged", True) in codes
    assert ("port-unplugged", False) in codes
    assert box.errors("bridge").count("port cannot be used") == 2  # counter 2's has never been there


def test_on_a_noisy_line_nothing_is_lost_or_invented(box: BridgeBox) -> None:
    box.start_pad("1", "--script", "noise 1%; wait 1s" + "; press 3; wait 120ms" * 30 + "; noise 0%; drain 20s; quit")
    box.start_bridge()
    wait_until(lambda: bool(box.told("1", "end")), 40, "all acknowledged")
    assert identities(box) == pressed(box, "1")
    assert len(identities(box)) == 30


def test_the_same_serial_on_two_ports_is_refused(box: BridgeBox) -> None:
    box.start_bridge()
    box.start_pad("1", "--serial", "a1b2c3d4e5f60718")
    wait_until(lambda: bool(box.told("1", "welcome")), 10, "welcomed")
    box.start_pad("2", "--serial", "a1b2c3d4e5f60718")
    wait_until(lambda: "the one on" in box.errors("bridge"), 5, "refused")
    box.say("2", "press 1")
    time.sleep(1)
    assert not box.told("2", "welcome")
    assert identities(box) == []


def test_sigterm_ends_it_cleanly_with_and_without_a_broker(box: BridgeBox) -> None:
    box.start_pad("1")
    box.start_bridge()
    wait_until(lambda: bool(box.told("1", "welcome")), 10, "welcomed")
    started = time.monotonic()
    assert box.kill("bridge", signal.SIGTERM) == 0
    assert time.monotonic() - started < 5
    assert "ended" in box.errors("bridge")


def test_a_held_port_is_said_once_and_taken_when_it_is_free(box: BridgeBox, tmp_path: Path) -> None:
    box.start_pad("1")
    wait_until(box.pty("1").exists, 5, "a pty")
    holder = "import serial,sys; p=serial.Serial(sys.argv[1], exclusive=True); print('held', flush=True); input()"
    box.start("holder", [program("python"), "-c", holder, str(box.pty("1"))])
    wait_until(lambda: "held" in (tmp_path / "holder.out").read_text(), 5, "held")
    box.start_bridge()
    wait_until(lambda: "end the other program" in box.errors("bridge"), 10, "said")
    box.kill("holder")
    wait_until(lambda: bool(box.told("1", "welcome")), 5, "welcomed")


def test_pyserial_urls_are_ports_too(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"socket://127.0.0.1:{server.getsockname()[1]}"
        box = BridgeBox(tmp_path, ("1",), {"1": url})
        try:
            box.start_bridge()
            peer, _ = server.accept()
            peer.settimeout(5)
            assert peer.recv(100).endswith(b"\0")
            peer.close()
            again, _ = server.accept()
            again.close()
        finally:
            box.close()


def test_an_unusable_database_is_named(tmp_path: Path) -> None:
    box = BridgeBox(tmp_path)
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "bridge.db").write_text("this is no database, and long enough to be looked at" * 30)
    done = subprocess.run(
        [program("firmware-bridge"), "--config", "branch.toml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 73
    assert "bridge.db" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    box.close()


@pytest.mark.parametrize(
    ("arguments", "more", "code", "said"),
    [
        (["--config", "nowhere.toml"], "", 78, "nowhere.toml"),
        (["--config", "branch.toml", "--bridge", "b9"], "", 2, "bridge-1"),
        (["--config", "branch.toml"], "bauds = 9600", 78, "bauds"),
        (["--config", "branch.toml"], 'stars = { "good" = 5 }', 78, "good"),
        (["--config"], "", 2, "--config"),
    ],
)
def test_mistakes_are_named_in_one_line(tmp_path: Path, arguments: list[str], more: str, code: int, said: str) -> None:
    BridgeBox(tmp_path, more=more)
    done = subprocess.run(
        [program("firmware-bridge"), *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root only")
def test_a_full_disk_acknowledges_nothing_and_loses_nothing(tmp_path: Path) -> None:
    """The reserve first; when that is spent too, the pad keeps its presses until there is room."""
    small = tmp_path / "state"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no tmpfs may be mounted here")
    box = BridgeBox(tmp_path)
    try:
        box.start_bridge()
        box.start_pad("1")
        wait_until(lambda: bool(box.told("1", "welcome")), 10, "welcomed")
        ballast = small / "ballast"
        with ballast.open("wb", buffering=0) as file:
            while True:
                try:
                    file.write(b"x" * 512)
                except OSError:
                    break
        for _ in range(400):  # spends the reserve
            if "cannot be stored" in box.errors("bridge"):
                break
            box.say("1", "press 2; drain 300ms")
            time.sleep(0.02)
        wait_until(lambda: "cannot be stored" in box.errors("bridge"), 20, "said that the disk is full")
        held = len(box.told("1", "pressed")) - len(box.told("1", "acked"))
        assert held > 0
        ballast.unlink()
        box.say("1", "drain 30s; quit")
        wait_until(lambda: bool(box.told("1", "end")), 40, "all acknowledged")
        assert "presses are stored again" in box.errors("bridge")
        assert identities(box) == pressed(box, "1")
    finally:
        box.close()
        subprocess.run(["umount", str(small)], check=False)
