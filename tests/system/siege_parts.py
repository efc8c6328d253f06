"""Parts of a siege: the branch's file, colours for versions, bundles, torn databases, memory, and the table of cases."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from signage.content.bundle import unpack

BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "杭州一支行", en = "Hangzhou First" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {branch}
[upstream]
host = "127.0.0.1"
port = {office}
[state]
directory = "var/controller"
[content]
trusted_root = "root.json"
directory = "var/blobs"
[[screen]]
name = "wall"
kind = "wall"
size = [640, 360]
directory = "var/wall"
"""


@dataclass(frozen=True)
class Row:
    """One case: what each program said of the attack, what stayed on the glass meanwhile, and what became of the twin."""

    case: str
    controller: str
    wall: str
    kept: str
    twin: str


TABLE: list[Row] = []


def tell_table() -> None:
    """On standard output, and empty it."""
    print(f"\n{'case':56} {'controller':16} {'wall':16} {'meanwhile on the glass':44} twin")
    for row in TABLE:
        print(f"{row.case:56} {row.controller:16} {row.wall:16} {row.kept:44} {row.twin}")
    print(f"{len(TABLE)} cases")
    TABLE.clear()


def colour(version: int) -> tuple[int, int, int]:
    """What a version's pictures look like; no house slide has it."""
    red, green, blue = hashlib.sha256(b"%d" % version).digest()[:3]
    return red | 1, green | 1, blue | 1


def version_of(bundle: bytes) -> int:
    """The content version that a bundle is of."""
    files = unpack(bundle)
    assert isinstance(files, dict)
    version: int = json.loads(files["snapshot.json"])["signed"]["version"]
    return version


def repacked(bundle: bytes) -> bytes:
    """The same files as other bytes, so that nobody takes it for the bundle that was refused a moment ago."""
    return zlib.compress(zlib.decompress(bundle), 1)


def tear(path: Path, files: Collection[str]) -> None:
    """What a bad disk or a thief leaves of the metadata a node keeps; `*`: none of it."""
    with sqlite3.connect(path) as database:
        for file in files:
            if file == "*":
                database.execute("DELETE FROM content_files")
            else:
                database.execute("UPDATE content_files SET data = x'' WHERE name = ?", (file,))
    database.close()


def family(pid: int) -> list[int]:
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [pid, *(one for child in children for one in family(child))]


def peak_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
