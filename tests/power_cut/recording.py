"""Runs a workload in a process of its own and hears every change it makes to its folder, in order (interpose.c)."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

ACKNOWLEDGEMENTS: Final = "acknowledgements"  # a file below the folder: each write to it is a promise
_HEADER: Final = struct.Struct("=IiqQ")
_ROOT: Final = Path(__file__).parents[2]


class Op(IntEnum):
    """As in interpose.c."""

    OPEN = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    RENAME = 5
    UNLINK = 6
    MKDIR = 7
    CLOSE = 8
    UNKNOWN = 9


@dataclass(frozen=True)
class Record:
    """`number`: a position in bytes, a size, the flags of an OPEN, or where in `data` the first name of a RENAME ends."""

    op: Op
    fd: int
    number: int
    data: bytes


def build(folder: Path) -> Path:
    """Compile the recorder. Raises CalledProcessError; a machine without a C compiler cannot judge power cuts."""
    library = folder / "interpose.so"
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler is not None, "no C compiler: install gcc"
    source = str(Path(__file__).with_name("interpose.c"))
    words = [
        compiler,
        "-std=gnu11",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-O1",
        "-shared",
        "-fPIC",
        "-o",
        str(library),
        source,
    ]
    subprocess.run([*words, "-ldl", "-lpthread"], check=True)
    return library


def record(workload: str, folder: Path) -> list[Record]:
    """Run `module:function` below `folder`; what it did. The folder `disk` in it stays as it is without a power cut."""
    disk, log = folder / "disk", folder / "log"
    disk.mkdir()
    surroundings = os.environ | {
        "LD_PRELOAD": str(build(folder)),
        "POWER_CUT_BASE": str(disk),
        "POWER_CUT_LOG": str(log),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    words = [sys.executable, "-m", "tests.power_cut.run", workload, str(disk)]
    done = subprocess.run(words, env=surroundings, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(_read(log.read_bytes()))


def _read(log: bytes) -> Iterator[Record]:
    at = 0
    while at < len(log):
        op, fd, number, length = _HEADER.unpack_from(log, at)
        at += _HEADER.size
        yield Record(Op(op), fd, number, log[at : at + length])
        at += length
