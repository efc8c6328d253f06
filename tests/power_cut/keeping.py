"""Signed content adopted under power cuts: what was adopted is there again, and nothing older is taken.

`prepare` is head office: its bundles lie beside the disk that loses power, so that the judge can offer them again.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from signage.content.bundle import pack
from signage.content.keeper import Keeper
from signage.content.pinned import read_pinned
from signage.link.clock import now
from signage.link.database import open_database
from signage.link.floors import FLOORS, Vault
from tests.system.office_box import OfficeBox

VERSIONS = 8
FILE = "state/branch.db"


def prepare(folder: Path) -> None:
    """`office` below: the pinned root, and for each version its whole bundle."""
    place = folder / "office"
    place.mkdir()
    office = OfficeBox(place, 1, [])
    for number in range(1, VERSIONS + 1):
        office.publish(b"picture %d" % number, alone=True)
        (place / f"{number}.bundle").write_bytes(pack(office.repository.files_since(None, number)))


def workload(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """As a node does it."""
    _adopt_all(folder, acknowledge, "FULL")


def careless(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """A commit returns before it is safe."""
    _adopt_all(folder, acknowledge, "NORMAL")


def check(folder: Path, acknowledged: Sequence[str]) -> None:
    """The last adopted or a newer one is drawn again; the one before it is refused; the newest is taken."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    last = max((int(word) for word in acknowledged), default=0)
    keeper = _open(folder, "FULL")
    assert keeper.version >= last, f"version {last} was adopted and is lost: {keeper.version}, {keeper.refused}"
    here = keeper.version
    if here > 1:
        keeper.offer(_bundle(folder, here - 1), now())
        assert keeper.version == here, f"version {here} was adopted, and {keeper.version} was taken instead"
        assert keeper.refused is not None
    keeper.offer(_bundle(folder, VERSIONS), now())
    assert keeper.version == VERSIONS, f"{VERSIONS} is not taken: {keeper.refused}"


def _adopt_all(folder: Path, acknowledge: Callable[[str], object], synchronous: str) -> None:
    keeper = _open(folder, synchronous)
    for number in range(1, VERSIONS + 1):
        keeper.offer(_bundle(folder, number), now())
        assert keeper.version == number
        acknowledge(str(number))


def _open(folder: Path, synchronous: str) -> Keeper:
    database = open_database(folder / FILE, FLOORS)
    database.execute(f"PRAGMA synchronous={synchronous}")
    keeper = Keeper(read_pinned(folder.parent / "office/root.json"), Vault(database))
    keeper.recall(now())
    return keeper


def _bundle(folder: Path, number: int) -> bytes:
    return (folder.parent / f"office/{number}.bundle").read_bytes()
