"""What a start leaves behind is given back, what is written is left alone, and the process goes on with what it needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import thrift
from kiosk.thrift import GROWN_BYTES, LOOK_S, SECOND_S, SETTLED_S, TRIM_S, Thrift, code, resident_bytes

ROLLED = 64 * 1024 * 1024
MAPS = """\
00400000-00401000 r-xp 00000000 fe:00 77                                 /usr/lib/libcompiler.so
Size:               4 kB
Rss:                4 kB
Anonymous:          0 kB
VmFlags: rd ex mr mw me
00401000-00402000 r-xp 00001000 fe:00 77                                 /usr/lib/libpatched.so
Size:               4 kB
Anonymous:          4 kB
VmFlags: rd ex mr mw me
00402000-00403000 r--p 00002000 fe:00 77                                 /usr/lib/libcompiler.so
Anonymous:          0 kB
00403000-00404000 rw-p 00003000 fe:00 77                                 /usr/lib/libcompiler.so
Anonymous:          0 kB
00404000-00405000 r-xp 00000000 00:00 0
Anonymous:          0 kB
00405000-00406000 r-xs 00000000 fe:00 77                                 /usr/lib/libcompiler.so
Anonymous:          0 kB
7f0000400000-7f0000600000 r-xp 00000000 fe:00 0
Anonymous:          0 kB
7f7e2e400000-7f7e34b7b000 r-xp 00000000 fe:00 1234567                    /usr/lib/libLLVM-15.so.1
Size:             105964 kB
Anonymous:          0 kB
"""


def test_only_code_that_nobody_has_written_is_given_up(tmp_path: Path) -> None:
    maps = tmp_path / "smaps"
    maps.write_text(MAPS)
    assert list(code(maps)) == [(0x400000, 0x1000), (0x7F7E2E400000, 0x677B000)]
    assert list(code(tmp_path / "none")) == []


def test_this_process_is_made_of_code_that_may_go() -> None:
    found = list(code(Path("/proc/self/smaps")))
    assert sum(length for _, length in found) > 1024 * 1024
    assert resident_bytes() > 1024 * 1024


HOLES = """
import hashlib, json
from kiosk.bare import spare_memory
spare_memory()
from kiosk.thrift import give_back, resident_bytes
held = [bytes(1000) for _ in range(60_000)]
keep = held[::20]
del held
before = resident_bytes()
give_back()
given = before - resident_bytes()
assert json.loads(json.dumps([len(keep), hashlib.sha256(b"x").hexdigest()[:4]])) == [3000, "2d71"]
print(given)
"""


def test_free_memory_between_used_blocks_is_the_systems_again() -> None:
    said = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    assert int(said.stdout) > 30 * 1000 * 1000


def test_it_is_given_back_once_the_start_has_settled_a_minute_later_and_whenever_much_has_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resident, did = [0], []
    monkeypatch.setattr(thrift, "resident_bytes", lambda: resident[0])
    monkeypatch.setattr(thrift, "spawn", lambda name, *_: did.append(name))
    one = Thrift(lambda: did.append("dismissed"), lambda _: None)

    def looks(now: float, size: int) -> bool:
        resident[0] = size
        return one.tend(now)

    assert not looks(0.0, ROLLED)
    assert not looks(SETTLED_S - 0.5, ROLLED)
    assert looks(SETTLED_S, ROLLED)
    assert did == ["dismissed", "thrift"]
    now = SETTLED_S
    for size, gives in (
        (ROLLED // 2, False),
        (ROLLED // 2 + GROWN_BYTES - 1, False),
        (ROLLED // 4, False),
        (ROLLED // 4 + GROWN_BYTES, True),
        (ROLLED, False),
        (ROLLED, True),  # a minute after the first time, whatever has come
        (ROLLED, False),
        (ROLLED + GROWN_BYTES - 1, False),
        (ROLLED + GROWN_BYTES, True),
    ):
        assert not looks(now + LOOK_S - 0.5, size + GROWN_BYTES * 9), "between two looks"
        now += LOOK_S
        assert looks(now, size) is gives, size


def test_free_blocks_go_every_minute_in_which_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    resident, did = [ROLLED], []
    monkeypatch.setattr(thrift, "resident_bytes", lambda: resident[0])
    one = Thrift(lambda: None, lambda _: None)
    now = [0.0]
    monkeypatch.setattr(thrift, "spawn", lambda name, *_: did.append((now[0], name)))
    while now[0] <= SETTLED_S + SECOND_S + 2.5 * TRIM_S:
        resident[0] = ROLLED * 2 if now[0] > SETTLED_S + SECOND_S + 2 * TRIM_S + LOOK_S else ROLLED
        one.tend(now[0])
        now[0] += 1.0
    second = SETTLED_S + SECOND_S
    assert did == [
        (SETTLED_S, "thrift"),
        (second, "thrift"),
        (second + TRIM_S, "trim"),
        (second + 2 * TRIM_S, "trim"),
        (second + 2 * TRIM_S + 2 * LOOK_S, "thrift"),
    ]


def test_what_is_in_use_again_a_moment_after_the_free_blocks_went_is_no_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    low, high = ROLLED, ROLLED + GROWN_BYTES
    resident, did = [low], []
    monkeypatch.setattr(thrift, "resident_bytes", lambda: resident[0])
    one = Thrift(lambda: None, lambda _: None)
    monkeypatch.setattr(thrift, "spawn", lambda name, *_: did.append(name))
    now = 0.0
    while did.count("trim") < 3:
        one.tend(now)
        resident[0] = high if did.count("trim") else low
        now += 1.0
    assert did == ["thrift", "thrift", "trim", "trim", "trim"]
