"""The simulated ff68 sets, line printers and strips, against the contract's golden frames and words."""

import json
from pathlib import Path
from typing import Any

import pytest

from firmware_bridge.simulator.device import Device
from firmware_bridge.simulator.ff68_sets import KEYPAD, Sets, frame
from firmware_bridge.simulator.memory import InMemory
from firmware_bridge.simulator.noise import Noise
from firmware_bridge.simulator.pad import Model
from firmware_bridge.simulator.printer import Printer, Strip
from firmware_bridge.simulator.rig import Rig
from firmware_bridge.simulator.script import Keypad, Press, Stuck, read_script

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "pad-frames.json").read_text())["ff68"]


def whats(device: Device) -> list[str]:
    found = [notable.what for notable in device.notables]
    device.notables.clear()
    return found


def test_golden_frames_are_written_alike() -> None:
    for vector in VECTORS["frames"]:
        wire = bytes.fromhex(vector["wire"])
        assert frame(wire[5], wire[6], wire[7:-2]) == wire, vector["name"]


def test_a_rating_is_sent_three_times_and_given_up() -> None:
    sets = Sets([3])
    assert sets.press(4, 1000)
    rating = bytes.fromhex("ff680303680311031716")
    assert sets.take_out() == rating
    assert not sets.press(1, 1100), "one at a time"
    for at, out in ((1399, b""), (1400, rating), (1800, rating), (2199, b"")):
        sets.tick(at)
        assert sets.take_out() == out
    assert sets.deadline() == 2200
    sets.tick(2200)
    assert (sets.take_out(), sets.pending, sets.deadline()) == (b"", 0, None)
    assert whats(sets) == ["pressed", "refused", "given-up"]


def test_only_the_right_answer_from_noise_is_an_answer() -> None:
    sets = Sets([1, 2])
    sets.press(3, 0, 2)
    for wrong in (frame(1, 1, b"\x02"), frame(2, 1, b"\x01"), frame(9, 1, b"\x02")):
        sets.received(wrong, 10)
    assert sets.pending == 1
    good = frame(2, 1, b"\x02")
    sets.received(b"\xff\x68\xff" + good[:4], 20)
    sets.received(good[4:], 30)
    assert sets.pending == 0
    assert whats(sets) == ["pressed", "unasked", "unasked", "acked"]


def test_the_keypad_wants_its_echo_and_opens_the_rating() -> None:
    sets = Sets([1])
    for key, code in KEYPAD.items():
        assert sets.keypad(key, 0)
        sent = sets.take_out()
        assert sent == frame(1, 1, bytes((code,)))
        sets.received(sent, 1)
        assert sets.pending == 0
    assert "please rate" in sets.picture(14_999)[0][1]
    assert "please rate" not in sets.picture(15_000)[0][1]


def test_what_the_host_shows() -> None:
    sets = Sets([1])
    for data in (
        frame(1, 2, b"\x04"),
        frame(1, 2, b"\x0a\x0a\x07\x01\x02\x03"),
        frame(1, 3, b""),
        frame(1, 1, b"\x0b"),
    ):
        sets.received(data, 0)
    assert (sets.stars[1], sets.digits[1]) == (4, "  7123")
    assert whats(sets) == ["stars", "waiting", "sound", "prompt"]
    assert not sets.press(5, 0)
    assert not sets.press(1, 0, 7), "no such set"


def test_a_printer_repeats_until_its_reply() -> None:
    printer = Printer("K{key}@{address}\r\n", "OK {key}\r")
    assert printer.press(2, 0, 7)
    assert not printer.press(3, 10)
    assert printer.take_out() == b"K2@7\r\n"
    printer.received(b"hello\r\nOK", 20)
    printer.received(b" 2\r", 30)
    assert (printer.pending, printer.deadline()) == (0, None)
    assert whats(printer) == ["pressed", "refused", "unasked", "acked"]
    assert printer.picture(0) == [("host said", "OK 2")]
    assert not printer.keypad("call", 0)


def test_a_printer_without_a_reply_says_it_once() -> None:
    printer = Printer("{key}\n", "")
    assert printer.press(1, 0)
    assert printer.press(1, 0)
    assert (printer.take_out(), printer.pending) == (b"1\n1\n", 0)


def test_a_strip_shows_its_own_text() -> None:
    strip = Strip([1])
    strip.received("@01请稍候\r@02暂停\rx@1\r@01".encode("gbk"), 0)
    assert strip.texts == {1: "请稍候"}
    assert whats(strip) == ["show", "elsewhere", "unreadable"]
    assert strip.picture(0) == [("strip 01", "请稍候")]
    strip.tick(0)
    assert not strip.press(1, 0)
    assert not strip.keypad("call", 0)
    assert (strip.pending, strip.deadline(), strip.take_out()) == (0, None, b"")


def test_steps_for_sets_and_stuck_keys() -> None:
    steps = read_script("press 3 at 12; keypad pause; keypad call at 2; stuck 3; stuck")
    assert steps == (Press(3, 12), Keypad("pause"), Keypad("call", 2), Stuck(on=True, key=3), Stuck(on=True))
    with pytest.raises(ValueError, match="keypad please-rate"):
        read_script("keypad sing")


def test_a_rig_of_sets_runs_its_script_alike_every_time() -> None:
    def run() -> bytes:
        rig = Rig(Model(bytes(8)), InMemory(), Noise(5, 0.05), 0, make=lambda _now: Sets([1, 2]))
        rig.add(read_script("keypad please-rate; press 4 at 2; wait 1s; stuck 2; press 2; reboot; press 1; drain 3s"))
        out = b"".join(rig.tick(at) for at in range(0, 5000, 50))
        assert rig.idle
        assert rig.counts["dead"] == 1, "a stuck key gives no more presses"
        return out

    assert run() == run()
