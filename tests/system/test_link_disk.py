"""The outbox on a disk that is full, and on one whose fsync fails. Real file systems and real failures."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from signage.core.instants import Instant
from signage.link.database import Database, StorageBroken, StorageFull, open_database
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.messages import Receipt

pytestmark = pytest.mark.system

NOON = Instant.parse("2026-11-24T04:00:00Z")

# fsync and fdatasync fail with EIO while the file named by SICK exists.
SICK_SYNC = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static int sick(void) { const char *flag = getenv("SICK"); return flag && access(flag, F_OK) == 0; }
int fsync(int fd) {
    if (sick()) { errno = EIO; return -1; }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(fd);
}
int fdatasync(int fd) {
    if (sick()) { errno = EIO; return -1; }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
"""

SICK_PROGRAM = """
import os, sys
from pathlib import Path
from signage.core.instants import Instant
from signage.link.database import StorageBroken, open_database
from signage.link.outbox import Outbox
from signage.link.schema import LINK
noon = Instant.parse("2026-11-24T04:00:00Z")
flag = Path(os.environ["SICK"])
database = open_database(Path(sys.argv[1]), LINK)
outbox = Outbox(database, "bridge-1")
outbox.append("rating", {"stars": 5}, noon, "before")
flag.touch()
try:
    outbox.append("rating", {"stars": 5}, noon, "while")
except StorageBroken as error:
    print("told:", error)
else:
    sys.exit("an event was acknowledged though its sync had failed")
for attempt in ("while", "another"):
    try:
        outbox.append("rating", {"stars": 5}, noon, attempt)
    except StorageBroken as error:
        print("told again:", error)
    else:
        sys.exit("the disk is still sick, and yet something was acknowledged")
assert database.trouble == "storage-broken", database.trouble
flag.unlink()
outbox.append("rating", {"stars": 5}, noon, "while")
outbox.append("rating", {"stars": 5}, noon, "after")
database.repair()
assert database.trouble is None
print("held:", [row[0] for row in database.execute("SELECT id FROM outbox_ids ORDER BY key")])
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB. Mounting one takes root; there is no honest test of a full disk without a full disk."""
    if os.getuid() != 0:
        pytest.skip("mounting a small file system takes root; test_a_file_that_may_not_grow runs for everybody")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    made = subprocess.run(mount, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"no mounts here ({made.stderr.strip()}); test_a_file_that_may_not_grow runs for everybody")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)  # a failed test may have left a file open


def fill(outbox: Outbox, limit: int = 100_000) -> int:
    """Press until the disk takes no more; how many presses were acknowledged."""
    for count in range(limit):
        try:
            outbox.append("rating", {"stars": 5, "comment": "x" * 400}, NOON, f"press-{outbox.epoch}-{outbox.last}")
        except StorageFull:
            return count
    raise AssertionError("the disk never became full")


def take_all_room(file: Path) -> None:
    handle = os.open(file, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):
        while True:
            os.write(handle, b"x" * 4096)
    os.close(handle)
    assert shutil.disk_usage(file.parent).free == 0


def trouble_of(database: Database) -> str | None:
    return database.trouble


def check_goes_on(database: Database, outbox: Outbox, acknowledged: int) -> None:
    """What was acknowledged is there; receipts still delete; and then presses are taken again."""
    assert outbox.last == outbox.backlog == acknowledged
    assert database.trouble == "storage-full"
    for upto in (acknowledged // 4, acknowledged // 2, acknowledged):
        outbox.sending(upto)
        assert outbox.confirm(Receipt(epoch=outbox.epoch, upto=upto, final=upto, v=1)), "deleting takes room too"
    assert outbox.oldest == acknowledged + 1
    assert outbox.append("rating", {"stars": 5}, NOON, "after").new


def test_a_full_disk_loses_nothing_and_drains(small_disk: Path) -> None:
    path = small_disk / "link.db"
    database = open_database(path, LINK)
    outbox = Outbox(database, "bridge-1")
    reserve = small_disk / "link.db.reserve"
    assert reserve.exists()
    acknowledged = fill(outbox)
    print(f"{acknowledged} presses fitted, free now: {shutil.disk_usage(small_disk).free}")
    assert acknowledged > 100
    assert not reserve.exists(), "the reserve is what it goes on with"
    check_goes_on(database, outbox, acknowledged)
    database.close()


def test_somebody_elses_files_fill_the_disk(small_disk: Path) -> None:
    path = small_disk / "link.db"
    database = open_database(path, LINK)
    outbox = Outbox(database, "bridge-1")
    outbox.append("rating", {"stars": 5}, NOON, "first")
    take_all_room(small_disk / "log")
    acknowledged = 1 + fill(outbox)
    assert acknowledged > 10, "the reserve took these"
    check_goes_on(database, outbox, acknowledged)
    database.repair()
    assert trouble_of(database) == "storage-full", "there is no room for the reserve yet"
    (small_disk / "log").unlink()
    database.repair()
    assert trouble_of(database) is None
    assert (small_disk / "link.db.reserve").exists()
    database.close()
    again = open_database(path, LINK)
    assert Outbox(again, "bridge-1").last == acknowledged + 1
    again.close()


def test_a_database_opens_on_a_disk_that_is_full_already(small_disk: Path) -> None:
    path = small_disk / "link.db"
    database = open_database(path, LINK)
    acknowledged = fill(Outbox(database, "bridge-1"))
    database.close()
    database = open_database(path, LINK)
    outbox = Outbox(database, "bridge-1")
    assert outbox.last == acknowledged
    outbox.sending(acknowledged)
    assert outbox.confirm(Receipt(epoch=outbox.epoch, upto=acknowledged, final=acknowledged, v=1))
    database.close()


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """For everybody, root or not: the process may not write files beyond 1 MiB."""
    script = (
        "import sys, resource, signal\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from tests.system.test_link_disk import limited\n"
        "from pathlib import Path\n"
        "limited(Path(sys.argv[1]))\n"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "link.db"), root], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    database = open_database(tmp_path / "link.db", LINK)
    assert Outbox(database, "bridge-1").last == int(done.stdout)
    database.close()


def limited(path: Path) -> None:
    """Runs in its own process."""
    database = open_database(path, LINK)
    outbox = Outbox(database, "bridge-1")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, most))
    acknowledged: list[str] = []
    try:
        for number in range(100_000):
            outbox.append("rating", {"stars": 5, "comment": "x" * 400}, NOON, f"press-{number}")
            acknowledged.append(f"press-{number}")
    except (StorageFull, StorageBroken):
        assert database.trouble is not None
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    held = [row[0] for row in database.execute("SELECT id FROM outbox_ids ORDER BY key")]
    assert len(acknowledged) > 100
    assert held[: len(acknowledged)] == acknowledged
    again = f"press-{len(acknowledged)}"  # whether the one that failed is there is not known: its id tells
    assert outbox.append("rating", {"stars": 5}, NOON, again).new is (len(held) == len(acknowledged))
    sys.stdout.write(str(outbox.last))


def test_a_failed_sync_is_never_acknowledged(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler to make fsync fail")
    source, library = tmp_path / "sick.c", tmp_path / "sick.so"
    source.write_text(SICK_SYNC)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    surroundings = os.environ | {"LD_PRELOAD": str(library), "SICK": str(tmp_path / "sick")}
    done = subprocess.run(
        [sys.executable, "-c", SICK_PROGRAM, str(tmp_path / "link.db")],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert "told:" in done.stdout
    assert "held: ['before', 'while', 'after']" in done.stdout
