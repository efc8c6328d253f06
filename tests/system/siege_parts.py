"""What a siege is told by: colours for versions, versions of bundles, the memory of programs, and the table of cases."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from signage.content.bundle import unpack


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


def family(pid: int) -> list[int]:
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [pid, *(one for child in children for one in family(child))]


def peak_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
