"""A content version is made: documents signed by people, then the programme, snapshot and timestamp by the online keys.

Nothing is published that a screen would refuse: the whole is verified from the first root on, as a new screen would.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from signage.content import minting, names
from signage.content.catalogue import role_versions, targets_of
from signage.content.keys import Keys
from signage.content.lock import alone
from signage.content.repository import Publication, Repository
from signage.content.signed import Timetable
from signage.content.trust import Held, Verified, verify
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant

ROOT_LIFE: Final = timedelta(days=3 * 365)
MEDIA_LIFE: Final = timedelta(days=400)  # what two people sign: renewed once a year, with time to spare
PROGRAMME_LIFE: Final = timedelta(days=60)
SNAPSHOT_LIFE: Final = timedelta(days=60)
TIMESTAMP_LIFE: Final = timedelta(days=14)  # a branch that hears nothing for so long stops advertising


@dataclass(frozen=True)
class Change:
    """What becomes of the newest version. `documents`: newly signed roles and roots by file name."""

    by: tuple[str, ...]
    note: str
    documents: Mapping[str, bytes]
    timetable: Timetable


@alone
def publish(repository: Repository, keys: Keys, change: Change, now: Instant) -> int:
    """The next content version; it is live nowhere yet. Raises Refusal (65) if screens would not accept it."""
    last = repository.published()
    files = {**(repository.everything() if last is not None else {}), **change.documents}
    version = (last or 0) + 1
    versions = role_versions(files[names.role_file(names.SNAPSHOT)]) if last is not None else {}
    programme = versions.get(names.PROGRAMME, 0) + 1
    files[names.role_file(names.PROGRAMME)] = minting.sign(
        minting.programme(programme, now + PROGRAMME_LIFE, change.timetable), [keys.signer("scheduler")]
    )
    roles = _roles(files)
    files[names.role_file(names.SNAPSHOT)] = minting.sign(
        minting.snapshot(version, now + SNAPSHOT_LIFE, roles), [keys.signer("snapshot")]
    )
    files[names.role_file(names.TIMESTAMP)] = sign_timestamp(repository, keys, version, now)
    newest = max((number for file in change.documents if (number := names.root_version(file)) is not None), default=0)
    newest = max(newest, repository.newest_root())
    _check(repository, files, now)
    for file, data in change.documents.items():
        number = names.root_version(file)
        if number is not None:
            repository.write_root(number, data)
    record = Publication(version=version, root=newest, at=now, by=change.by, note=change.note)
    repository.write_publication(record, files)
    return version


def sign_timestamp(repository: Repository, keys: Keys, version: int, now: Instant) -> bytes:
    """A new timestamp for one line. Its number rises over all lines, so that no line's older one is ever accepted again."""
    number = repository.last_timestamp_number() + 1
    return minting.sign(minting.timestamp(number, now + TIMESTAMP_LIFE, version, now), [keys.signer("timestamp")])


def _roles(files: Mapping[str, bytes]) -> dict[str, int]:
    """Each role's version as the file itself says it."""
    apart = {names.role_file(names.SNAPSHOT), names.role_file(names.TIMESTAMP)}
    return {
        file.removesuffix(".json"): targets_of(data).version
        for file, data in files.items()
        if file not in apart and names.root_version(file) is None
    }


def _check(repository: Repository, files: Mapping[str, bytes], now: Instant) -> None:
    pinned = files.get(names.root_file(1)) or repository.root(1)
    arrived = {file: data for file, data in files.items() if file != names.root_file(1)}
    verdict = verify(pinned, Held(), arrived, now)
    if not isinstance(verdict, Verified):
        raise Refusal(
            Exit.BAD_DATA, f"not published, since no screen would accept it: {verdict.code}: {verdict.text}; mend that"
        )
