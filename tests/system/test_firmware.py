"""The reference firmware: a second implementation of padlink, written from the contract in C, beside the real bridge."""

import json
import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.system.bridge_box import BridgeBox, wait_until
from tests.system.firmware_pad import SLOT_BYTES, FirmwarePad, build

pytestmark = pytest.mark.system
ROUNDS = int(os.environ.get("FIRMWARE_ROUNDS", "12"))
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "unit" / "firmware_bridge" / "pad-frames.json").read_text()
)["padlink"]
FRAMES: list[dict[str, Any]] = VECTORS["frames"]
SERIAL = "c0ffee0000000001"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("firmware"))


@pytest.fixture
def box(tmp_path: Path) -> Iterator[BridgeBox]:
    made = BridgeBox(tmp_path)
    yield made
    made.close()


@pytest.fixture
def pad(built: Path, tmp_path: Path) -> Iterator[FirmwarePad]:
    made = FirmwarePad(built / "pad", tmp_path / "pad-1", tmp_path / "memory", SERIAL)
    yield made
    made.close()
    assert made.errors() == "", "a sanitizer spoke"


def frames(built: Path, *orders: str) -> list[list[str]]:
    """Answers to each order."""
    done = subprocess.run([built / "frames"], input="\n".join(orders), capture_output=True, text=True, check=True)
    answers: list[list[str]] = [[]]
    for line in done.stdout.splitlines():
        answers[-1].append(line)
        if line.startswith(("end", "wire")):
            answers.append([])
    return answers[:-1]


def test_every_golden_frame_is_written_and_read(built: Path) -> None:
    written = frames(built, *(f"write {vector['body']}" for vector in FRAMES))
    assert written == [[f"wire {vector['wire']}"] for vector in FRAMES]
    read = frames(built, *(f"read {vector['wire']}" for vector in FRAMES))
    assert read == [[f"body {vector['body']}", "end cobs=0 crc=0 short=0 overrun=0"] for vector in FRAMES]


def test_every_golden_stream_is_framed_alike(built: Path) -> None:
    """The reader of frames knows no types: what the contract discards for type, length or value it hands on."""
    bodies = {vector["name"]: vector["body"] for vector in FRAMES}
    for stream in VECTORS["streams"]:
        *got, end = frames(built, f"read {stream['bytes']}")[0]
        above = sum(stream["discarded"].get(reason, 0) for reason in ("type", "length", "value"))
        wanted = {reason: stream["discarded"].get(reason, 0) for reason in ("cobs", "crc", "short", "overrun")}
        assert end == "end " + " ".join(f"{reason}={count}" for reason, count in wanted.items()), stream["name"]
        assert [line for line in got if line[5:] in bodies.values()] == [f"body {bodies[n]}" for n in stream["frames"]]
        assert len(got) == len(stream["frames"]) + above, stream["name"]


def test_no_small_damage_makes_another_frame(built: Path) -> None:
    damaged = []
    for vector in FRAMES:
        wire = bytes.fromhex(vector["wire"])
        damaged += [(wire[:cut] + b"\0", vector["body"]) for cut in range(len(wire) - 1)]
        damaged += [(wire[:cut] + wire[cut + 1 :] + b"\0", vector["body"]) for cut in range(len(wire))]
        for bit in range(len(wire) * 8):
            flipped = bytearray(wire)
            flipped[bit // 8] ^= 1 << bit % 8
            damaged.append((bytes(flipped) + b"\0", vector["body"]))
    answers = frames(built, *(f"read {wire.hex()}" for wire, _ in damaged))
    for (_, body), answer in zip(damaged, answers, strict=True):
        assert set(answer[:-1]) <= {f"body {body}"}
    print(f"\n{len(damaged)} damaged frames")


def test_it_needs_nothing_but_four_functions(built: Path) -> None:
    assert set((built / "size").read_text().split()) <= {"memcpy", "memmove", "memset", "memcmp"}


def test_a_write_torn_anywhere_loses_nothing_that_was_told(pad: FirmwarePad) -> None:
    pad.power_on()
    pad.press(1)
    held = 1
    for after in range(0, SLOT_BYTES - 4, 11):
        pad.tear(3, after)
        pad.power_on()
        what, boot, count = pad.told[-1]
        assert (what, boot, count) == ("started", pad.count("started"), held), f"torn after {after} bytes"
    for key in (2, 3, 4):
        pad.press(key)
    pad.power_off()
    pad.power_on()
    assert pad.told[-1][2] == 4


def test_the_seventeenth_press_is_refused_and_told(box: BridgeBox, pad: FirmwarePad) -> None:
    pad.power_on()
    for _ in range(17):
        pad.press(5)
    assert (pad.count("pressed"), pad.count("refused")) == (16, 1)
    box.start_bridge()
    pad.wait(lambda: pad.count("acked") == 16, "acknowledged", 20)
    assert rows(box) == pad.presses()
    wait_until(lambda: any(e["data"]["code"] == "pad-overflow" for e in box.events("fault")), 8, "the fault")


def test_presses_survive_power_losses_noise_and_kills(box: BridgeBox, pad: FirmwarePad) -> None:
    chance = random.Random(11)
    pad.power_on()
    box.start_bridge()
    pad.noise.rate = 0.005
    for _ in range(ROUNDS):
        for _ in range(chance.randrange(1, 5)):
            if pad.count("pressed") - pad.count("acked") < 12:
                pad.press(chance.randrange(1, 6))
            time.sleep(chance.uniform(0, 0.05))
        time.sleep(chance.uniform(0, 0.5))
        match chance.randrange(4):
            case 0:
                pad.power_off()
                pad.power_on()
            case 1:
                pad.tear(chance.randrange(1, 6), chance.randrange(SLOT_BYTES - 4))
                pad.power_on()
            case 2:
                box.kill("bridge")
                box.start_bridge()
            case _:
                box.kill("bridge")
                pad.power_off()
                box.start_bridge()
                pad.power_on()
    pad.noise.rate = 0
    wait_until(lambda: rows(box) == pad.presses(), 30, "rows = presses")
    print(f"\n{ROUNDS} rounds, {len(pad.presses())} presses, {pad.count('started') - 1} power losses")


def rows(box: BridgeBox) -> list[tuple[int, int]]:
    return sorted((e["data"]["press"]["boot"], e["data"]["press"]["n"]) for e in box.events("rating"))
