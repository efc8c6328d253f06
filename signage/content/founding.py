"""The first publication: a repository with its keys, empty of content; and changes of keys later on."""

from collections.abc import Iterable
from typing import Final

import msgspec
from securesystemslib.signer import CryptoSigner, Key

from signage.content import minting, names
from signage.content.catalogue import Catalogue, root_of
from signage.content.draft import author, discard, working
from signage.content.files import make_folder, write_file
from signage.content.keys import ONLINE_KEYS, ROOT_KEYS, Keys
from signage.content.lock import alone
from signage.content.publishing import MEDIA_LIFE, ROOT_LIFE, Change, publish
from signage.content.repository import Office, Repository
from signage.content.signed import Declarations, Timetable
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.programme import Asset

_TWO: Final = 2


def found(repository: Repository, keys: Keys, publishers: tuple[str, ...], bits: int, now: Instant) -> int:
    """Keys, root and an empty first version. Raises Refusal if there is one already, or fewer than two people."""
    try:
        make_folder(repository.folder)
    except OSError as error:
        line = f"{repository.folder}: cannot be made: {error.strerror}; make its directory writable"
        raise Refusal(Exit.CANNOT_WRITE, line) from None
    return _found(repository, keys, publishers, bits, now)


@alone
def _found(repository: Repository, keys: Keys, publishers: tuple[str, ...], bits: int, now: Instant) -> int:
    if (repository.folder / "office.json").exists():
        raise Refusal(Exit.WRONG_USE, f"{repository.folder}: a repository is there already; name another directory")
    if len(set(publishers)) < _TWO:
        raise Refusal(Exit.WRONG_USE, "--publisher: wanted two people or more, since everything takes two signatures")
    reserved = set(publishers) & {*ROOT_KEYS, *ONLINE_KEYS}
    if reserved:
        raise Refusal(Exit.WRONG_USE, f"--publisher {min(reserved)}: that is a machine's key; wanted a person's name")
    roots = [keys.make(name) for name in ROOT_KEYS]
    online = {name: keys.make(name) for name in ONLINE_KEYS}
    people = {name: keys.make(name) for name in dict.fromkeys(publishers)}
    root = minting.root(
        1, Instant.of(now + ROOT_LIFE), _public(roots), _public(people.values()),
        online["snapshot"].public_key, online["timestamp"].public_key,
    )  # fmt: skip
    signed_root = minting.sign(root, roots[:_TWO])
    repository.write_root(1, signed_root)
    write_file(repository.folder / "root.json", signed_root)
    expires = Instant.of(now + MEDIA_LIFE)
    two = list(people.values())[:_TWO]
    documents = {
        names.TARGETS: minting.targets(
            1, expires, _public(people.values()), online["scheduler"].public_key, Declarations()
        ),
        names.MEDIA: minting.media(1, expires, _public(people.values()), bits),
        **{name: minting.media_bin(1, expires, []) for name in minting.bin_names(bits)},
    }
    files = {names.role_file(role): minting.sign(document, two) for role, document in documents.items()}
    version = publish(repository, keys, Change(tuple(people)[:_TWO], "founded", files, Timetable(items=())), now)
    repository.write_office(
        Office(publishers={name: signer.public_key.keyid for name, signer in people.items()}, bits=bits)
    )
    return version


@alone
def replace_person(repository: Repository, keys: Keys, name: str, successor: str, by: str, now: Instant) -> None:
    """A publisher's key is lost, stolen or old: `successor` (perhaps the same person) gets a new one, and all is signed anew.

    It takes two root keys, then the author `by` and an approver who hold keys that stay. Raises Refusal.
    """
    office = repository.office()
    if name not in office.publishers:
        raise Refusal(Exit.WRONG_USE, f"{name}: no publisher; wanted one of {', '.join(sorted(office.publishers))}")
    if successor != name and successor in office.publishers:
        raise Refusal(Exit.WRONG_USE, f"--successor {successor}: is a publisher already; wanted somebody else")
    signer = keys.make(successor)
    people = {(successor if person == name else person): keyid for person, keyid in office.publishers.items()}
    people[successor] = signer.public_key.keyid
    _rekey(repository, keys, Office(publishers=people, bits=office.bits), by, f"{name}'s key replaced", now)


@alone
def revoke_person(repository: Repository, keys: Keys, name: str, by: str, now: Instant) -> None:
    """A publisher leaves, and nobody comes. Raises Refusal if fewer than two would stay."""
    office = repository.office()
    people = {person: keyid for person, keyid in office.publishers.items() if person != name}
    if len(people) == len(office.publishers):
        raise Refusal(Exit.WRONG_USE, f"{name}: no publisher; wanted one of {', '.join(sorted(people))}")
    if len(people) < _TWO:
        raise Refusal(Exit.WRONG_USE, f"{name}: only {len(people)} publisher would stay; name a --successor")
    _rekey(repository, keys, Office(publishers=people, bits=office.bits), by, f"{name}'s key revoked", now)


@alone
def replace_machine(repository: Repository, keys: Keys, name: str, by: str | None, now: Instant) -> int | None:
    """A new key for an online role or a root key. The scheduler's takes two publishers (None is returned). Raises Refusal."""
    if name == "scheduler" and by is None:
        raise Refusal(Exit.WRONG_USE, "scheduler: its key is named by the publishers; say --by, and have it approved")
    previous = [keys.signer(one) for one in ROOT_KEYS]
    keys.make(name)
    office = repository.office()
    if name == "scheduler" and by is not None:
        author(repository, keys, by, working(repository), "scheduler's key replaced", now, everything=True)
        return None
    return _new_root(repository, keys, office, previous, f"{name}'s key replaced", now)


@alone
def renew_root(repository: Repository, keys: Keys, now: Instant) -> int:
    """The same root for another three years."""
    previous = [keys.signer(one) for one in ROOT_KEYS]
    return _new_root(repository, keys, repository.office(), previous, "root renewed", now)


@alone
def renew_media(repository: Repository, keys: Keys, by: str, now: Instant) -> None:
    """Everything that people sign, signed anew before it expires: a draft."""
    author(repository, keys, by, working(repository), "all media signed anew", now, everything=True)


@alone
def restore(repository: Repository, keys: Keys, to: int, by: str | None, now: Instant) -> int | None:
    """What version `to` said, signed anew with a higher version.

    At once (the new version is returned) if the media that its programme names are signed as they were; else it is a
    draft of `by` (None is returned), since media take two signatures. Raises Refusal.
    """
    old, new = repository.catalogue(to), repository.catalogue()
    needed = {item.asset for item in old.timetable.items}
    lost = {ref: old.assets[ref] for ref in needed if new.assets.get(ref) != old.assets[ref]}
    wanted = msgspec.structs.replace(new, timetable=old.timetable, assets={**new.assets, **lost})
    note = f"back to version {to}"
    if not lost:
        return publish(repository, keys, Change((by,) if by else (), note, {}, wanted.timetable), now)
    if by is None:
        raise Refusal(Exit.WRONG_USE, f"{', '.join(sorted(lost))}: changed since; say --by, and have it approved")
    return author(repository, keys, by, wanted, note, now)


def former(repository: Repository) -> int | None:
    """The last version before the newest whose programme or its media were others: what to go back to."""
    versions = repository.versions()
    if not versions:
        return None
    newest = _played(repository, versions[-1])
    return next((one for one in reversed(versions[:-1]) if _played(repository, one) != newest), None)


def _played(repository: Repository, version: int) -> tuple[Timetable, list[Asset | None]]:
    catalogue = repository.catalogue(version)
    return catalogue.timetable, [catalogue.assets.get(item.asset) for item in catalogue.timetable.items]


def _rekey(repository: Repository, keys: Keys, office: Office, by: str, note: str, now: Instant) -> None:
    discard(repository)  # what a replaced key has begun is not carried on
    root = _root(repository, keys, office, [keys.signer(one) for one in ROOT_KEYS], now)
    wanted: Catalogue = repository.catalogue()
    author(repository, keys, by, wanted, note, now, office=office, new_root=root, everything=True)


def _new_root(
    repository: Repository, keys: Keys, office: Office, previous: list[CryptoSigner], note: str, now: Instant
) -> int:
    root = _root(repository, keys, office, previous, now)
    file = names.root_file(root_of(root).version)
    timetable = repository.catalogue().timetable
    return publish(repository, keys, Change((), note, {file: root}, timetable), now)


def _root(repository: Repository, keys: Keys, office: Office, previous: list[CryptoSigner], now: Instant) -> bytes:
    """The next root, signed by the keys that it names and by those that the one before it named."""
    roots = [keys.signer(name) for name in ROOT_KEYS]
    people = [keys.signer(person).public_key for person in office.publishers]
    root = minting.root(
        repository.newest_root() + 1, Instant.of(now + ROOT_LIFE), _public(roots), people,
        keys.signer("snapshot").public_key, keys.signer("timestamp").public_key,
    )  # fmt: skip
    signers = {signer.public_key.keyid: signer for signer in [*roots, *previous]}
    return minting.sign(root, list(signers.values()))


def _public(signers: Iterable[CryptoSigner]) -> list[Key]:
    return [signer.public_key for signer in signers]
