"""Two programs that write head office's repository: one after the other, never mixed, and nobody waits for ever."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from signage.content.lock import Lock
from signage.content.renewing import renew_lines
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.link.clock import now
from tests.system.office_box import OfficeBox

HOLDER = """
import sys
from pathlib import Path
from signage.content.lock import Lock
with Lock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.readline()
"""
MOVER = """
import sys
from pathlib import Path
from signage.content.repository import Repository
repository = Repository(Path(sys.argv[1]))
for number in range(40):
    repository.make_live(1, (f"{sys.argv[2]}-{number}",))
"""


def test_who_waits_too_long_is_told_who_writes(tmp_path: Path) -> None:
    with _program(HOLDER, str(tmp_path)) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(Refusal, match=f"process {holder.pid} is writing there") as refused,
            Lock(tmp_path).held(0.2),
        ):
            pass
        assert refused.value.code == Exit.UNREACHABLE
        holder.stdin.write("end\n")
        holder.stdin.flush()
        with Lock(tmp_path).held():  # waits until it has ended
            assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    with _program(HOLDER, str(tmp_path)) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait()
        with Lock(tmp_path).held(0):
            pass


def test_two_processes_lose_none_of_each_others_lines(tmp_path: Path) -> None:
    office = OfficeBox(tmp_path, 1, [])
    office.publish(b"picture")
    folder = str(tmp_path / "repository")
    movers = [_program(MOVER, folder, name) for name in ("hz", "nb")]
    for mover in movers:
        with mover:
            assert mover.wait(60) == 0
    live = {branch for line in Repository(tmp_path / "repository").lines() for branch in line.branches}
    assert live == {f"{name}-{number}" for name in ("hz", "nb") for number in range(40)}


def test_renewing_waits_for_nobody_and_who_holds_the_lock_may_write(tmp_path: Path) -> None:
    office = OfficeBox(tmp_path, 1, [])
    office.publish(b"picture")
    later = Instant.of(now() + timedelta(days=2))
    with Repository(tmp_path / "repository").lock.held(), pytest.raises(Refusal, match="is writing there"):
        renew_lines(office.repository, office.keys, later)
    with office.repository.lock.held():
        assert renew_lines(office.repository, office.keys, later) == (1,)


def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(Refusal, match="make its directory writable") as refused, Lock(tmp_path).held():
        pass
    assert refused.value.code == Exit.CANNOT_WRITE


def _program(text: str, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", text, *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
