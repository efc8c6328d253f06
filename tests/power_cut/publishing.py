"""Head office's repository under power cuts: a publication is there whole or not at all, and what was said to be live is."""

import hashlib
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from signage.content.repository import Repository
from signage.content.trust import Held, Verified, verify
from signage.link.clock import now
from tests.power_cut.content import syncing
from tests.system.office_box import OfficeBox

VERSIONS = 6


def workload(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """Publications of one new picture each, made live."""
    office = OfficeBox(folder, 1, [])
    for number in range(1, VERSIONS + 1):
        assert office.publish(b"picture %d" % number * 50) == number
        acknowledge(str(number))


def contents_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """Files are renamed before their bytes are safe."""
    with syncing(stat.S_ISDIR):
        workload(folder, acknowledge)


def names_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """Files are called written before their names are safe."""
    with syncing(lambda mode: not stat.S_ISDIR(mode)):
        workload(folder, acknowledge)


def check(folder: Path, acknowledged: Sequence[str]) -> None:
    """Every version that has a record is whole; those that were said to be published are among them, the last one live."""
    repository = Repository(folder / "repository")
    last = max((int(word) for word in acknowledged), default=0)
    versions = repository.versions()
    assert versions == list(range(1, len(versions) + 1)), versions
    assert len(versions) >= last, f"version {last} was published and is lost"
    live = repository.line_of("any") or 0
    assert live >= last, f"version {last} was made live, {live} is"
    assert live <= len(versions), f"version {live} is live and is lost"
    if not versions:
        return
    verdict = verify(repository.root(1), Held(), repository.files_since(None, versions[-1]), now())
    assert isinstance(verdict, Verified), verdict
    assert verdict.content.version == versions[-1]
    for version in versions:
        repository.everything(version)
    for asset in verdict.content.assets:
        path = repository.blob(asset.renditions[0].sha256)
        assert path is not None, f"{asset.ref} is missing"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, f"{asset.ref} is half a file"
