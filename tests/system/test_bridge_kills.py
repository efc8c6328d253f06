"""The bridge killed again and again under four pads of all drivers at once. KILLS=500 for the documented run.

padlink, by the simulator and by the C firmware: rows are presses, each once, whatever happens.
ff68 and lines know no press by name and give up after three frames, so exactly this holds:
- a press that was answered has a row; one that was given up may have one (stored, and killed before the answer);
- no press has two rows: what is repeated within 1.5 s of the last, or of the port's opening after a restart, is one press;
- rows stand in the order of the presses;
- two presses are one only where that rule makes them so: the same key again within 1.5 s, or within 1.5 s of the port's
  opening when the bridge heard nothing else from that set since. The lines of counter 4 are numbered, so it never applies.
"""

import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.system.bridge_box import BridgeBox, program, wait_until
from tests.system.firmware_pad import FirmwarePad, build

pytestmark = pytest.mark.system
KILLS = int(os.environ.get("KILLS", "10"))
HEARD = 0.7  # of the lives begin before the presses; the others may end while the program still starts
DRIVERS = {
    "3": 'driver = "ff68"\naddress = 1',
    "4": """driver = "lines"
pattern = 'KEY (?P<key>[1-5]) #[0-9]+'
reply = "OK {key}\\r\\n"
stars = { "1" = 1, "2" = 2, "3" = 3, "4" = 4, "5" = 5 }""",
}
SAME_S = 1.5 + 0.8 + 0.2  # the rule's time, the two repeats of the frame before, and what the processes take
OPENING_S = 1.5 + 3.0  # the rule's time, and what the bridge takes from its start to the port's opening
FF68_STARS = {1: 2, 2: 3, 3: 4, 4: 5}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[BridgeBox]:
    made = BridgeBox(tmp_path, ("1", "2", "3", "4"))
    text = (tmp_path / "branch.toml").read_text()
    for counter, driver in DRIVERS.items():
        text = text.replace(f'counter = "{counter}"\ndriver = "padlink"', f'counter = "{counter}"\n{driver}')
    (tmp_path / "branch.toml").write_text(text)
    yield made
    made.close()


@pytest.fixture
def firmware(tmp_path: Path, box: BridgeBox) -> Iterator[FirmwarePad]:
    pad = FirmwarePad(build(tmp_path / "built") / "pad", box.pty("2"), tmp_path / "memory", "c0ffee0000000002")
    pad.power_on()
    yield pad
    pad.close()


def start_plain(box: BridgeBox, counter: str, driver: str, *more: str) -> None:
    pad = [program("pad-simulator"), "--port", f"pty:{box.pty(counter)}", "--driver", driver, "--stdin", "--json"]
    box.start(f"pad{counter}", [*pad, *more])


def test_four_pads_of_all_drivers(box: BridgeBox, firmware: FirmwarePad) -> None:
    chance = random.Random(500)
    start_plain(box, "3", "ff68", "--address", "1")
    start_plain(box, "4", "lines", "--line", r"KEY {key} #{address}\r\n", "--reply", "OK {key}")
    box.start_pad("1")
    box.start_broker()
    box.start_bridge()
    starts = [time.monotonic()]
    serial = said = 0
    for _ in range(KILLS):
        if chance.random() < HEARD:
            wait_until(lambda: "started" in box.errors("bridge")[said:], 30, "the bridge has started")  # noqa: B023 - at once
        until = time.monotonic() + chance.uniform(0.3, 1.5)
        while time.monotonic() < until:
            box.say("1", f"press {chance.randrange(1, 6)}")
            firmware.say(f"press {chance.randrange(1, 6)}")
            box.say("3", f"press {chance.randrange(1, 5)}")
            serial += 1
            box.say("4", f"press {chance.randrange(1, 6)} at {serial}")
            time.sleep(chance.uniform(0.05, 0.4))
        box.kill("bridge")
        time.sleep(chance.choice((0, 0.3, 1.5)))
        starts.append(time.monotonic())
        said = len(box.errors("bridge"))
        box.start_bridge()
    for number in ("1", "3", "4"):
        box.say(number, "drain 30s; quit")
    wait_until(lambda: all(box.told(number, "end") for number in "134"), 40, "all acknowledged or given up")
    wait_until(lambda: rows(box, "2") == firmware.presses(), 30, "the firmware's presses")
    assert rows(box, "1") == sorted((one["boot"], one["n"]) for one in box.told("1", "pressed"))
    told = [plain_holds(box, "3", FF68_STARS, starts), plain_holds(box, "4", {key: key for key in range(1, 6)}, [])]
    print(f"\n{KILLS} kills; padlink {len(rows(box, '1'))} and {len(rows(box, '2'))} presses, as many rows; {told}")


def rows(box: BridgeBox, counter: str) -> list[tuple[int, int]]:
    ratings = [event["data"] for event in box.events("rating")]
    return sorted((data["press"]["boot"], data["press"]["n"]) for data in ratings if data["counter"] == counter)


@dataclass
class Pressed:
    """`alike`: the rule may take it for the row before it, if that has the same stars."""

    stars: int
    answered: bool = False
    alike: bool = False


def plain_holds(box: BridgeBox, counter: str, stars: dict[int, int], starts: Sequence[float]) -> str:
    """The rule above; says the figures. No `starts`: nothing is ever alike."""
    presses: list[Pressed] = []
    last: dict[int, float] = {}
    for line in story(box, counter):
        key, at = int(line["key"]), float(line["mono"])
        if line["what"] == "pressed":
            alike = bool(starts) and at - last.get(key, at - 2 * SAME_S) <= SAME_S
            presses.append(Pressed(stars[key], alike=alike))
            last[key] = at
        else:
            presses[-1].answered = True
            presses[-1].alike |= any(0 <= at - start <= OPENING_S for start in starts)
    found = [event["data"]["stars"] for event in box.events("rating") if event["data"]["counter"] == counter]
    answered = sum(press.answered for press in presses)
    assert answered > 0
    assert fits(presses, found), f"counter {counter}: {presses} and rows {found}"
    return f"counter {counter}: {len(presses)} presses, {answered} answered, {len(found)} rows"


def story(box: BridgeBox, counter: str) -> list[dict[str, str]]:
    lines = [*box.told(counter, "pressed"), *box.told(counter, "acked")]
    return sorted(lines, key=lambda line: (line["mono"], line["what"] == "acked"))


def fits(presses: Sequence[Pressed], found: Sequence[int]) -> bool:
    """Whether the rows are the presses in their order, none twice, and only those left out that may be."""
    reached = {0}  # how many rows may be used up by the presses so far
    for press in presses:
        used = {count + 1 for count in reached if count < len(found) and found[count] == press.stars}
        merged = {count for count in reached if press.alike and count and found[count - 1] == press.stars}
        reached = used | merged | (set() if press.answered else reached)
    return len(found) in reached


def test_the_rule_itself() -> None:
    presses = [Pressed(5, answered=True), Pressed(4), Pressed(3, answered=True)]
    assert fits(presses, [5, 3])
    assert fits(presses, [5, 4, 3])
    assert not fits(presses, [5, 4])
    assert not fits([Pressed(5, answered=True)], [5, 5])
    assert not fits([Pressed(5, answered=True), Pressed(4, answered=True)], [4, 5])
    again = Pressed(5, answered=True, alike=True)
    assert fits([Pressed(5, answered=True), again], [5])
    assert not fits([Pressed(4, answered=True), again], [4])
