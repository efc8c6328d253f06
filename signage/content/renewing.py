"""What the online keys sign again before it expires, unattended: `signage publisher` calls `renew` every few minutes."""

from datetime import timedelta
from typing import Any, Final

from tuf.api.metadata import Metadata

from signage.content import names
from signage.content.keys import Keys
from signage.content.lock import alone
from signage.content.publishing import Change, publish, sign_timestamp
from signage.content.repository import Repository
from signage.core.instants import Instant

_TIMESTAMP_LEFT: Final = timedelta(days=13)  # of 14: once a day
_ROLES_LEFT: Final = timedelta(days=30)  # of 60: once a month
_ONLINE: Final = (names.SNAPSHOT, names.PROGRAMME)
_BY_PEOPLE: Final = (names.TARGETS, names.MEDIA)


@alone
def renew(repository: Repository, keys: Keys, now: Instant, version: int | None = None) -> bool:
    """Sign anew what will soon expire; True if anything was, and nodes of that line should be sent it.

    `version`: an older line that is still live somewhere: its snapshot stays, only its timestamp is renewed. Without it
    the newest content version: once a month snapshot and programme too, as a new version, which takes the old one's line.
    """
    newest = repository.published()
    if newest is None:
        return False
    if version is None or version == newest:
        files = repository.everything(newest)
        if any(expiry(files[names.role_file(role)]) - now < _ROLES_LEFT for role in _ONLINE):
            timetable = repository.catalogue(newest).timetable
            change = Change(by=(), note=f"version {newest} signed anew", documents={}, timetable=timetable)
            repository.supersede(newest, publish(repository, keys, change, now))
            return True
    line = version if version is not None else newest
    if expiry(repository.timestamp(line)) - now >= _TIMESTAMP_LEFT:
        return False
    repository.write_timestamp(line, sign_timestamp(repository, keys, line, now))
    return True


def renew_lines(repository: Repository, keys: Keys, now: Instant) -> tuple[int, ...]:
    """`renew` for every version that is live somewhere; the versions, as they now are, that nodes should be sent.

    Waits for nobody: raises Refusal (69) while another program writes.
    """
    renewed = []
    with repository.lock.held(wait_s=0):
        for version in sorted({line.version for line in repository.lines()}):
            before = repository.published()
            if renew(repository, keys, now, version):
                after = repository.published()
                renewed.append(after if after is not None and after != before else version)
    return tuple(renewed)


def expiry(file: bytes) -> Instant:
    """When a signed file expires."""
    return Instant.of(Metadata[Any].from_bytes(file).signed.expires)


def expiries(repository: Repository) -> dict[str, Instant]:
    """When what is live expires, by role; of a role in several files (media's bins, each line's timestamp) the earliest.

    Raises Refusal (65), OSError, ValueError.
    """
    newest = repository.published()
    if newest is None:
        return {}
    found = [(names.ROOT, expiry(repository.root(repository.newest_root())))]
    found += [(names.TIMESTAMP, expiry(repository.timestamp(line.version))) for line in repository.lines()]
    for file, data in repository.everything(newest).items():
        role = file.removesuffix(".json")
        if role != names.TIMESTAMP:
            found.append((names.MEDIA if role.startswith(f"{names.MEDIA}-") else role, expiry(data)))
    earliest: dict[str, Instant] = {}
    for role, until in found:
        earliest[role] = min(until, earliest.get(role, until))
    return earliest


def people_due(repository: Repository, now: Instant, within: timedelta) -> tuple[tuple[str, Instant], ...]:
    """What only people can renew, and expires within that time: roles and their expiry, the earliest first."""
    newest = repository.published()
    if newest is None:
        return ()
    files = repository.everything(newest)
    found = [(names.ROOT, expiry(repository.root(repository.newest_root())))]
    for file, data in files.items():
        role = file.removesuffix(".json")
        if role in _BY_PEOPLE or role.startswith(f"{names.MEDIA}-"):
            found.append((role, expiry(data)))
    return tuple(sorted((one for one in found if one[1] - now < within), key=lambda one: one[1]))
