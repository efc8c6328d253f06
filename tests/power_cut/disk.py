"""A disk that forgets: what is written and not yet synced may be lost, torn or kept without what came before it.

- A file's contents are safe up to its last fsync. Of the writes and truncations since, any subset survives, and of a
  write any subset of its 512-byte sectors; a sector beyond the safe size that was lost reads as zeros or as old rubbish.
- A name (made, moved, removed) is safe once the directory it stands in was synced; of those since, any subset survives.
- fsync of a file says nothing about its name, nor the reverse.
"""

import os
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.power_cut.recording import ACKNOWLEDGEMENTS, Op, Record

SECTOR: Final = 512
_NOT_KEPT: Final = "-shm"  # SQLite's shared memory: built anew by whoever opens the file


class Unmodelled(Exception):  # noqa: N818 - the workload did something that the model does not know
    """The harness cannot judge this workload until the model learns what it did."""


@dataclass
class Write:
    offset: int
    data: bytes


@dataclass
class Truncate:
    size: int


@dataclass
class File:
    """`safe`: what the disk surely holds; `since`: what came after the last sync, in order."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Write | Truncate] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.since:
            apply(self.safe, change)
        self.since.clear()


@dataclass(frozen=True)
class Folder:
    """Holds nothing itself: its names stand by their whole paths."""

    path: str


Named = File | Folder | None


@dataclass
class Naming:
    """Names that changed at once: path → what it names now. Safe when every folder in `unsynced` was synced."""

    names: dict[str, Named]
    unsynced: set[str]


class Style:
    """How one power cut treats what was not synced: the chance of each change, of each sector, and what a hole holds."""

    def __init__(self, chance: Random) -> None:
        self.keep = chance.choice((0.0, 0.0, 1.0, 0.1, 0.5, 0.9))
        self.tear = chance.choice((0.0, 0.0, 0.1, 0.5))
        self.names = chance.choice((0.0, 0.5, 1.0))
        self.rubbish = chance.random() < 0.2


class Disk:
    """Follows a recording, record by record; `cut` makes one state that a power cut might leave."""

    def __init__(self, base: str) -> None:
        self.acknowledged: list[str] = []
        self._base = base
        self._handles: dict[int, File | Folder | str | None] = {}  # a text: the acknowledgements; None: not followed
        self._now: dict[str, Named] = {"": Folder("")}
        self._safe: dict[str, Named] = {"": Folder("")}
        self._since: list[Naming] = []

    @property
    def unsynced(self) -> bool:
        named = [*self._safe.values(), *(one for naming in self._since for one in naming.names.values())]
        return bool(self._since) or any(isinstance(one, File) and one.since for one in named)

    def follow(self, record: Record) -> None:
        """Raises Unmodelled."""
        match record.op:
            case Op.OPEN:
                self._open(record)
            case Op.WRITE | Op.TRUNCATE:
                self._change(record)
            case Op.SYNC:
                self._sync(self._handles.get(record.fd))
            case Op.RENAME:
                self._rename(self._path(record.data[: record.number]), self._path(record.data[record.number + 1 :]))
            case Op.UNLINK:
                self._name({self._path(record.data): None})
            case Op.MKDIR:
                self._name({self._path(record.data): Folder(self._path(record.data))})
            case Op.CLOSE:
                self._handles.pop(record.fd, None)
            case Op.UNKNOWN:
                raise Unmodelled(record.data.decode())

    def cut(self, chance: Random) -> dict[str, bytes | None]:
        """Path → contents (None: a folder) after a power cut at this moment."""
        style = Style(chance)
        names = dict(self._safe)
        for naming in self._since:
            if chance.random() < style.names:
                names.update(naming.names)
        held: dict[str, bytes | None] = {}
        for path, named in sorted(names.items()):
            reached = all(isinstance(names.get(above), Folder) for above in _above(path))
            if path and named is not None and reached:
                held[path] = _contents(named, style, chance) if isinstance(named, File) else None
        return held

    def _path(self, whole: bytes) -> str:
        path = os.path.relpath(whole.decode(), self._base)
        return "" if path == "." else path

    def _open(self, record: Record) -> None:
        path = self._path(record.data)
        if path == ACKNOWLEDGEMENTS or path.endswith(_NOT_KEPT):
            self._handles[record.fd] = ACKNOWLEDGEMENTS if path == ACKNOWLEDGEMENTS else None
            return
        named = self._now.get(path)
        if named is None:
            if not record.number & os.O_CREAT:
                raise Unmodelled(f"{path} was opened, and nobody made it")
            named = File()
            self._name({path: named})
        elif isinstance(named, File) and record.number & os.O_TRUNC:
            named.since.append(Truncate(0))
        self._handles[record.fd] = named

    def _change(self, record: Record) -> None:
        target = self._handles.get(record.fd)
        if target == ACKNOWLEDGEMENTS:
            self.acknowledged.append(record.data.decode())
        elif isinstance(target, File):
            whole = Write(record.number, record.data) if record.op is Op.WRITE else Truncate(record.number)
            target.since.append(whole)

    def _sync(self, target: File | Folder | str | None) -> None:
        if isinstance(target, File):
            target.sync()
        elif isinstance(target, Folder):
            for naming in self._since:
                naming.unsynced.discard(target.path)
            self._settle()

    def _settle(self) -> None:
        """What was synced is safe, unless an earlier change of the same name is not."""
        waiting: list[Naming] = []
        disputed: set[str] = set()
        for naming in self._since:
            if naming.unsynced or disputed & naming.names.keys():
                waiting.append(naming)
                disputed |= naming.names.keys()
            else:
                self._safe.update(naming.names)
        self._since = waiting

    def _rename(self, old: str, new: str) -> None:
        moved = self._now.get(old)
        if not isinstance(moved, File):
            raise Unmodelled(f"{old} was renamed, and is no file that was made here")
        self._name({old: None, new: moved})

    def _name(self, names: dict[str, Named]) -> None:
        names = {path: named for path, named in names.items() if not path.endswith(_NOT_KEPT)}
        if names:
            self._now.update(names)
            self._since.append(Naming(names, {os.path.dirname(path) for path in names}))  # noqa: PTH120 - of a text


def _above(path: str) -> list[str]:
    """The folders that a path stands in, the disk itself left out."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def apply(contents: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Truncate):
        del contents[change.size :]
        contents.extend(bytes(change.size - len(contents)))
        return
    contents.extend(bytes(max(0, change.offset - len(contents))))
    contents[change.offset : change.offset + len(change.data)] = change.data


def _contents(file: File, style: Style, chance: Random) -> bytes:
    if not file.since:
        return bytes(file.safe)
    held = bytearray(file.safe)
    for change in file.since:
        if isinstance(change, Write) and style.tear:
            _torn(held, change, style, chance)
        elif chance.random() < style.keep:
            apply(held, change)
    return bytes(held)


def _torn(held: bytearray, write: Write, style: Style, chance: Random) -> None:
    """Each sector for itself."""
    at = 0
    while at < len(write.data):
        length = min(SECTOR - (write.offset + at) % SECTOR, len(write.data) - at)
        where = write.offset + at
        if chance.random() >= style.tear:
            apply(held, Write(where, write.data[at : at + length]))
        elif style.rubbish and where >= len(held):
            apply(held, Write(where, chance.randbytes(length)))
        at += length
