"""`signage fleet` and `signage fleet ack`, as typed; and the watch on a real terminal of 80 columns."""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import termios
from pathlib import Path

import pytest
from msgspec.structs import replace

from signage.cli.demo.cast import program
from signage.cli.main import run
from signage.core.instants import Instant
from signage.link.clock import monotonic, now
from signage.office.database import Store
from tests.unit.office.fleets import BRANCH, BRIDGE, ROSTER, WALL, fault, tell


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Head office's file, with a roster of three branches of which one has just spoken."""
    rows = "".join(f"{one.id},{one.name},{one.region},{' '.join(one.groups)}\n" for one in ROSTER)
    (tmp_path / "roster.csv").write_text(f"id,name,region,groups\n{rows}")
    file = tmp_path / "office.toml"
    file.write_text(
        f'[database]\nurl = "sqlite:///{tmp_path}/office.db"\n[content]\nrepository = "{tmp_path}/repository"\n'
        f'[roster]\nfile = "{tmp_path}/roster.csv"\n'
    )
    store = Store(f"sqlite:///{tmp_path}/office.db")
    store.prepare()
    since = Instant.parse("2026-11-01T00:00:00.000Z")
    clock = replace(WALL, faults=(fault("clock", since, "3 s behind"),))
    tell(store, "hz-1", BRANCH, clock, BRIDGE, at=now())
    store.close()
    return file


def typed(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run(["fleet", *(str(word) for word in words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_taking_a_fault_on(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = typed(capsys, "ack", "hz-1", "wall", "clock", "--by", " 李  娜 ", "--config", office)
    assert (code, out) == (0, "hz-1 wall clock: taken on by 李 娜, raised 2026-11-01T00:00:00.000Z\n")
    code, out, _ = typed(capsys, "ack", "hz-1", "wall", "clock", "--by", "王敏", "--config", office)
    assert code == 0
    assert "李 娜 has had it since" in out
    _, out, _ = typed(capsys, "--config", office, "--format", "json", "--branch", "hz-*", "--faults")
    (branch,) = json.loads(out)["branches"]
    assert [(one["code"], (one["by"] or {}).get("actor")) for one in branch["faults"]] == [
        ("pad-lost", None),
        ("clock", "李 娜"),
    ]
    code, out, _ = typed(capsys, "ack", "*", "*", "*", "--by", "王敏", "--config", office)
    assert (code, len(out.splitlines())) == (0, 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ack", "hz-9", "wall", "clock", "--by", "x"), 65, "no such branch"),
        (("ack", "hz-1", "-", "clock", "--by", "x"), 65, "there are: bridge-1 pad-lost, wall clock"),
        (("ack", "hz-2", "-", "clock", "--by", "x"), 65, "nothing is wrong there"),
        (("ack", "hz-1", "wall", "clock", "--by", "  "), 2, "--by"),
        (("--locale", "xx"), 2, "--locale"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_cure(
    office: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    done, _, error = typed(capsys, *words, "--config", office)
    assert done == code
    assert said in error
    assert len(error.splitlines()) == 1


def test_without_a_file_or_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = typed(capsys)
    assert code == 2
    assert "--config" in error
    (tmp_path / "office.toml").write_text(f'[database]\nurl = "sqlite:///{tmp_path}/none.db"\n')
    assert typed(capsys, "--config", tmp_path / "office.toml")[0] == 69


def test_everybody_is_silent_when_nothing_is_stored(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(f"sqlite:///{office.parent}/office.db")
    for device in (BRANCH, WALL, BRIDGE):
        tell(store, "hz-1", device, at=Instant.parse("2026-11-01T00:00:00.000Z"))
    store.close()
    _, out, _ = typed(capsys, "--config", office, "--locale", "en")
    assert out.startswith("nothing has been stored for")


@pytest.mark.system
def test_watching_on_a_terminal(office: Path) -> None:
    keyboard, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [program("signage"), "fleet", "--watch", "--config", str(office)]
    environment = os.environ | {"TERM": "xterm", "LANG": "C.UTF-8", "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment) as watching:
        try:
            until(keyboard, "江苏")
            os.write(keyboard, b"\x1b[B\r")
            until(keyboard, "hz-1")
            os.write(keyboard, b"\r")
            until(keyboard, "padlink")
            os.write(keyboard, b"\x1b")
            until(keyboard, "hz-2")
            os.write(keyboard, b"q")
            assert watching.wait(30) == 0
        finally:
            watching.kill()
            os.close(keyboard)
            os.close(terminal)


def until(keyboard: int, text: str) -> None:
    """Read what is shown until that stands there."""
    seen, deadline = b"", monotonic() + 20
    while text.encode() not in seen:
        assert monotonic() < deadline, seen.decode(errors="replace")
        if select.select([keyboard], [], [], 0.2)[0]:
            seen += os.read(keyboard, 65536)
