"""Head office's publications on disk. What was published once is never changed, only added to.

```
office.json                 who the publishers are, and how many hash bins there are
metadata/<v>.<role>.json    every signed document of every version
timestamps/<v>.json         the newest timestamp of content version v
published/<v>.json          one record for each content version, written last: without it the version does not exist
lines.json                  which version is live where
blobs/<2>/<sha256>          pictures and films
draft/                      what waits for its second signature (`draft`)
lock                        whoever writes holds it (`lock`)
```
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from tuf.api.metadata import Metadata

from signage.content import names
from signage.content.catalogue import Catalogue, read_catalogue, role_versions, targets_of
from signage.content.files import read_file, write_file
from signage.content.lock import Lock, alone
from signage.content.signed import CUSTOM, read_timetable
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.wire.codec import Malformed, decode, encode

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_RESTORE: Final = "restore the repository from its backup"
T = TypeVar("T", bound=msgspec.Struct)


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of authoring. `publishers`: person → key id."""

    publishers: dict[str, str]
    bits: int = 8
    timezone: str = "Asia/Shanghai"


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One content version. `root`: the newest root when it was made; `by`: who signed."""

    version: int
    root: int
    at: Instant
    by: tuple[str, ...]
    note: str


class Line(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where a version is live: at these branches, or, without any, at all that no other line names."""

    version: int
    branches: tuple[str, ...] = ()


class _Lines(msgspec.Struct, frozen=True, kw_only=True):
    lines: tuple[Line, ...]


class Repository:
    """Reading is free for everybody; writing is for one program at a time: `lock`, which every writing method takes.

    Whoever writes what follows from what it read holds it over both (`lock.alone`).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = Lock(folder)

    # ---- what is published

    def published(self) -> int | None:
        """The newest content version, live or not; None before the first."""
        return max(self.versions(), default=None)

    def versions(self) -> list[int]:
        """All content versions, rising."""
        return sorted(int(path.stem) for path in (self.folder / "published").glob("[1-9]*.json"))

    def record(self, version: int) -> Publication:
        """Who published what when. Raises Refusal (65)."""
        return self._document(self.folder / "published" / f"{version}.json", Publication)

    def files_since(self, version: int | None, of: int | None = None) -> dict[str, bytes]:
        """What a node that holds `version` lacks for version `of` (the newest): new roots, timestamp, and changed roles.

        Of the hash bins only those whose assets the programme names. Everything it needs for None, for a version that is
        not known here, and for a later one than `of`. Raises Refusal (65).
        """
        wanted = self._version(of)
        known = version if version is not None and version <= wanted and version in self.versions() else None
        before = self._needed(known) if known is not None else {}
        since = self.record(known).root if known is not None else 1
        files = {names.role_file(names.TIMESTAMP): self.timestamp(wanted)}
        for root in range(since + 1, self.record(wanted).root + 1):
            files[names.root_file(root)] = self.root(root)
        if known != wanted:
            files[names.role_file(names.SNAPSHOT)] = self._metadata(wanted, names.SNAPSHOT)
        for role, number in self._needed(wanted).items():
            if before.get(role) != number:
                files[names.role_file(role)] = self._metadata(number, role)
        return files

    def everything(self, of: int | None = None) -> dict[str, bytes]:
        """All files of a version, bins that no programme names included: what authoring starts from."""
        wanted = self._version(of)
        files = self.files_since(None, wanted)
        for role, number in self._roles(wanted).items():
            files[names.role_file(role)] = self._metadata(number, role)
        return files

    def catalogue(self, of: int | None = None) -> Catalogue:
        """All that version `of` (the newest) says. Raises Refusal (65)."""
        return read_catalogue(self.everything(of))

    def blob(self, sha256: str) -> Path | None:
        """The file of a signed picture or film."""
        if not _SHA256.fullmatch(sha256):
            return None
        path = self.folder / "blobs" / sha256[:2] / sha256
        return path if path.is_file() else None

    def root(self, version: int) -> bytes:
        """One version of root. Raises Refusal (65)."""
        return self._metadata(version, names.ROOT)

    def newest_root(self) -> int:
        """The version of the newest root; also one that no publication has carried yet."""
        found = (self.folder / "metadata").glob(f"[1-9]*.{names.ROOT}.json")
        return max((int(path.name.split(".")[0]) for path in found), default=0)

    def timestamp(self, version: int) -> bytes:
        """The newest timestamp of a content version. Raises Refusal (65)."""
        return read_file(self.folder / "timestamps" / f"{version}.json", _RESTORE)

    def last_timestamp_number(self) -> int:
        """The highest version that any line's timestamp has: the next one is higher."""
        found = (self.folder / "timestamps").glob("[1-9]*.json")
        return max((Metadata[Any].from_bytes(path.read_bytes()).signed.version for path in found), default=0)

    def office(self) -> Office:
        """Raises Refusal (65) before `init`."""
        path = self.folder / "office.json"
        if not path.exists():
            raise Refusal(Exit.BAD_DATA, f"{path}: there is no repository; make one with `signage content init`")
        return self._document(path, Office)

    # ---- where it is live

    def lines(self) -> tuple[Line, ...]:
        """Which version is live where; nothing before the first push."""
        path = self.folder / "lines.json"
        return self._document(path, _Lines).lines if path.exists() else ()

    def line_of(self, branch: str) -> int | None:
        """The version that is live at a branch; None before the first push."""
        lines = self.lines()
        own = next((line.version for line in lines if branch in line.branches), None)
        return own if own is not None else next((line.version for line in lines if not line.branches), None)

    @alone
    def make_live(self, version: int, branches: tuple[str, ...] | None = None) -> None:
        """Put a version on a line: for these branches (a partial push), or for all (None), which ends every other line."""
        self.record(version)
        if branches is None:
            lines: tuple[Line, ...] = (Line(version=version),)
        else:
            moved = set(branches)
            others = [
                Line(version=line.version, branches=rest)
                for line in self.lines()
                if line.branches and (rest := tuple(one for one in line.branches if one not in moved))
            ]
            base = [line for line in self.lines() if not line.branches]
            lines = (*base, *others, Line(version=version, branches=tuple(sorted(moved))))
        write_file(self.folder / "lines.json", encode(_Lines(lines=lines)))

    @alone
    def supersede(self, old: int, new: int) -> None:
        """The same content signed anew: whatever line `old` was on, `new` is on."""
        lines = tuple(
            msgspec.structs.replace(line, version=new) if line.version == old else line for line in self.lines()
        )
        if lines != self.lines():
            write_file(self.folder / "lines.json", encode(_Lines(lines=lines)))

    # ---- writing

    @alone
    def write_office(self, office: Office) -> None:
        write_file(self.folder / "office.json", encode(office))

    @alone
    def write_root(self, version: int, data: bytes) -> None:
        write_file(self.folder / "metadata" / f"{version}.{names.ROOT}.json", data)

    @alone
    def write_timestamp(self, version: int, data: bytes) -> None:
        write_file(self.folder / "timestamps" / f"{version}.json", data)

    @alone
    def write_publication(self, record: Publication, files: Mapping[str, bytes]) -> None:
        """All files of a version, its record last, so that it is there whole or not at all."""
        roles = role_versions(files[names.role_file(names.SNAPSHOT)])
        roles[names.SNAPSHOT] = record.version
        for role, number in roles.items():
            path = self.folder / "metadata" / f"{number}.{role}.json"
            file = names.role_file(role)
            if file in files and not (path.exists() and path.read_bytes() == files[file]):
                write_file(path, files[file])
        self.write_timestamp(record.version, files[names.role_file(names.TIMESTAMP)])
        write_file(self.folder / "published" / f"{record.version}.json", encode(record))

    @alone
    def put_blob(self, content: bytes) -> str:
        """Keep a file under its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self.blob(sha256) is None:
            write_file(self.folder / "blobs" / sha256[:2] / sha256, content)
        return sha256

    def _version(self, of: int | None) -> int:
        wanted = of if of is not None else self.published()
        if wanted is None:
            raise Refusal(Exit.BAD_DATA, f"{self.folder}: nothing is published; make it with `signage content init`")
        return wanted

    def _roles(self, version: int) -> dict[str, int]:
        return role_versions(self._metadata(version, names.SNAPSHOT))

    def _needed(self, version: int) -> dict[str, int]:
        """The roles that a node needs for a version: not the bins whose assets the programme does not name."""
        roles = self._roles(version)
        programme = targets_of(self._metadata(roles[names.PROGRAMME], names.PROGRAMME))
        named = {item.asset for item in read_timetable(programme.unrecognized_fields.get(CUSTOM)).items}
        media = targets_of(self._metadata(roles[names.MEDIA], names.MEDIA))
        bins = media.delegations.succinct_roles if media.delegations is not None else None
        needed = {bins.get_role_for_target(names.MEDIA_PATH + ref) for ref in named} if bins is not None else set()
        return {role: number for role, number in roles.items() if not role.startswith("media-") or role in needed}

    def _metadata(self, number: int, role: str) -> bytes:
        return read_file(self.folder / "metadata" / f"{number}.{role}.json", _RESTORE)

    @staticmethod
    def _document(path: Path, kind: type[T]) -> T:
        try:
            return decode(read_file(path, _RESTORE), kind, str(path))
        except Malformed as error:
            raise Refusal(Exit.BAD_DATA, f"{error}; {_RESTORE}") from None
