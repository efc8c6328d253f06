"""A change on its way: signed by its author, waiting for somebody else. What is signed is what will be published, to the byte."""

import json
import shutil
from collections.abc import Mapping
from typing import Final

import msgspec
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Targets

from signage.content import minting, names
from signage.content.catalogue import Catalogue, read_catalogue, role_versions, root_of, targets_of
from signage.content.files import sync_folder, write_file
from signage.content.keys import Keys
from signage.content.lock import alone
from signage.content.publishing import MEDIA_LIFE, Change, publish
from signage.content.refusal import RefusedError
from signage.content.repository import Office, Repository
from signage.content.signed import Timetable
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem
from signage.wire.codec import Malformed, convert, encode

_FILE: Final = "draft.json"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """`notes`: what was done, a line each; `flags`: what the approver should look at twice; `office`: as it will be."""

    author: str
    notes: tuple[str, ...]
    flags: tuple[str, ...]
    timetable: Timetable
    office: Office


def pending(repository: Repository) -> Draft | None:
    """What waits for its second signature. Raises Refusal (65) if it cannot be read."""
    path = repository.folder / "draft" / _FILE
    if not path.exists():
        return None
    try:
        return convert(json.loads(path.read_bytes()), Draft, str(path))
    except (Malformed, ValueError) as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: {error}; `signage content discard` and author it again") from None


def documents(repository: Repository) -> dict[str, bytes]:
    """The draft's signed files by name."""
    found = sorted((repository.folder / "draft").glob("*.json"))
    return {path.name: path.read_bytes() for path in found if names.is_file_name(path.name)}


def working(repository: Repository) -> Catalogue:
    """The newest publication with the draft on top: what the next change starts from."""
    files = repository.everything()
    draft = pending(repository)
    if draft is None:
        return read_catalogue(files)
    try:
        found = read_catalogue({**files, **documents(repository)})
    except (RefusedError, RepositoryError) as error:
        raise Refusal(Exit.BAD_DATA, f"the draft: {error}; `signage content discard` and author it again") from None
    return msgspec.structs.replace(found, timetable=draft.timetable)


@alone
def author(
    repository: Repository,
    keys: Keys,
    by: str,
    wanted: Catalogue,
    note: str,
    now: Instant,
    *,
    flags: tuple[str, ...] = (),
    office: Office | None = None,
    new_root: bytes | None = None,
    everything: bool = False,
) -> int | None:
    """Sign `wanted` as its author. The version, if no second signature is needed (the programme alone changes), else None.

    `office`, `new_root`, `everything`: keys change, and all that people sign is signed anew. Raises Refusal.
    """
    before = pending(repository)
    future = office or (before.office if before is not None else repository.office())
    if by not in future.publishers:
        raise Refusal(
            Exit.NOT_PERMITTED, f"--by {by}: no publisher; wanted one of {', '.join(sorted(future.publishers))}"
        )
    files = repository.everything()
    roots = {name: data for name, data in documents(repository).items() if names.root_version(name) is not None}
    if new_root is not None:
        roots[names.root_file(root_of(new_root).version)] = new_root
    unsigned = _unsigned(files, wanted, future, keys, now, everything=everything or bool(roots))
    timetable = narrowed(wanted)
    notes = (*(before.notes if before is not None else ()), note)
    if not unsigned and not roots:
        discard(repository)
        return publish(repository, keys, Change((by,), "; ".join(notes), {}, timetable), now)
    signer = keys.signer(by)
    signed = {file: minting.sign(document, [signer]) for file, document in unsigned.items()}
    shown = (*(before.flags if before is not None else ()), *flags)
    _write(
        repository, Draft(author=by, notes=notes, flags=shown, timetable=timetable, office=future), {**signed, **roots}
    )
    return None


@alone
def approve(repository: Repository, keys: Keys, by: str, now: Instant) -> int:
    """The second signature, by another key than the author's; then it is published. Raises Refusal."""
    draft = pending(repository)
    if draft is None:
        raise Refusal(Exit.BAD_DATA, "nothing waits for a second signature; author something first")
    people = draft.office.publishers
    if by not in people:
        raise Refusal(Exit.NOT_PERMITTED, f"--by {by}: no publisher; wanted one of {', '.join(sorted(people))}")
    if by == draft.author or people[by] == people[draft.author]:
        raise Refusal(
            Exit.NOT_PERMITTED,
            f"--by {by}: {draft.author} is the author; author and approver are two people, every screen counts two keys",
        )
    _check_base(repository)
    signer = keys.signer(by)
    signed = {
        file: data if names.root_version(file) is not None else minting.countersign(data, signer)
        for file, data in documents(repository).items()
    }
    change = Change((draft.author, by), "; ".join(draft.notes), signed, draft.timetable)
    version = publish(repository, keys, change, now)
    repository.write_office(draft.office)
    discard(repository)
    return version


@alone
def discard(repository: Repository) -> bool:
    """Forget the draft; whether there was one."""
    folder = repository.folder / "draft"
    if not folder.exists():
        return False
    shutil.rmtree(folder)
    sync_folder(repository.folder)
    return True


def narrowed(catalogue: Catalogue) -> Timetable:
    """The programme within what the publishers sign now: validity is cut to the asset's."""
    return Timetable(items=tuple(_narrow(item, catalogue.assets.get(item.asset)) for item in catalogue.timetable.items))


def _narrow(item: ProgrammeItem, asset: Asset | None) -> ProgrammeItem:
    if asset is None:
        return item
    start, until = item.start, item.until
    if start is not None and asset.start is not None:
        start = max(start, asset.start)
    if until is not None and asset.until is not None:
        until = min(until, asset.until)
    return msgspec.structs.replace(item, start=start, until=until)


def _unsigned(
    files: Mapping[str, bytes], wanted: Catalogue, office: Office, keys: Keys, now: Instant, *, everything: bool
) -> dict[str, Targets]:
    """The documents that differ from what is published, one version on."""
    versions = role_versions(files[names.role_file(names.SNAPSHOT)])
    base = read_catalogue(files)
    expires = Instant.of(now + MEDIA_LIFE)
    found: dict[str, Targets] = {}
    people = [keys.signer(person).public_key for person in office.publishers]
    if everything or wanted.declarations != base.declarations:
        scheduler = keys.signer("scheduler").public_key
        found[names.TARGETS] = minting.targets(
            versions[names.TARGETS] + 1, expires, people, scheduler, wanted.declarations
        )
    if everything:
        found[names.MEDIA] = minting.media(versions[names.MEDIA] + 1, expires, people, office.bits)
    old, new = _by_bin(base, office.bits), _by_bin(wanted, office.bits)
    for name in minting.bin_names(office.bits):
        if everything or old.get(name) != new.get(name):
            found[name] = minting.media_bin(versions[name] + 1, expires, new.get(name, []))
    return {names.role_file(role): document for role, document in found.items()}


def _by_bin(catalogue: Catalogue, bits: int) -> dict[str, list[Asset]]:
    bins: dict[str, list[Asset]] = {}
    for ref in sorted(catalogue.assets):
        bins.setdefault(minting.bin_of(ref, bits), []).append(catalogue.assets[ref])
    return bins


def _write(repository: Repository, draft: Draft, files: Mapping[str, bytes]) -> None:
    discard(repository)
    for name, data in files.items():
        write_file(repository.folder / "draft" / name, data)
    write_file(repository.folder / "draft" / _FILE, encode(draft))


def _check_base(repository: Repository) -> None:
    """What was signed must follow what is published now: somebody else may have published in between."""
    current = role_versions(repository.everything()[names.role_file(names.SNAPSHOT)])
    for file, data in documents(repository).items():
        if names.root_version(file) is not None:
            Metadata.from_bytes(data)
        elif targets_of(data).version != current.get(file.removesuffix(".json"), 0) + 1:
            raise Refusal(Exit.BAD_DATA, f"the draft's {file} follows an older publication; author it again")
