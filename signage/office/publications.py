"""What the publisher says of the repository: which content is for whom, as messages and blobs. Reads, never writes.

Bundles are made once for each (what a branch has, what it is to have) and kept while there is room; who asks for one that
was dropped asks anew with its next Sync.
"""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from signage.content.bundle import pack
from signage.content.repository import Repository
from signage.link.serving import as_content
from signage.wire.messages import Content, Sync

_KEPT_BYTES: Final = 64 * 1024 * 1024
_SESSIONS_KEPT: Final = 50_000


@dataclass(frozen=True)
class _Bundle:
    content: Content
    packed: bytes


class Publications:
    """Belongs to the main loop."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._stamp: tuple[object, ...] = ()
        self._base: int | None = None
        self._apart: dict[str, int] = {}  # branch → the version of its own line
        self._bundles: OrderedDict[tuple[int | None, int], _Bundle] = OrderedDict()
        self._bytes = 0
        self._told: OrderedDict[str, tuple[str, str]] = OrderedDict()  # branch → session, hash: what it was answered

    @property
    def base(self) -> int | None:
        """The version for all that have no line of their own; None before the first push to all."""
        return self._base

    @property
    def apart(self) -> dict[str, int]:
        """Branches of a roll-out in parts, and their version."""
        return self._apart

    def look(self) -> bool:
        """Whether anything was pushed or signed anew since the last look. Raises Refusal (65), OSError."""
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return False
        lines = self._repository.lines()
        self._base = next((line.version for line in lines if not line.branches), None)
        self._apart = {branch: line.version for line in lines for branch in line.branches}
        self._bundles.clear()
        self._bytes = 0
        self._stamp = stamp
        return True

    def version_of(self, branch: str) -> int | None:
        return self._apart.get(branch, self._base)

    def for_all(self) -> Content | None:
        """Everything, for whoever has whatever. Raises Refusal (65)."""
        return None if self._base is None else self._bundle(None, self._base).content

    def for_branch(self, branch: str, since: int | None) -> Content | None:
        """What a branch that holds `since` lacks; None if it holds more than it should. Raises Refusal (65)."""
        wanted = self.version_of(branch)
        if wanted is None or (since or 0) > wanted:
            return None
        return self._bundle(since or None, wanted).content

    def answer(self, branch: str, sync: Sync) -> Content | None:
        """To a Sync. Who has the version gets its newest timestamp, once in a session. Raises Refusal (65)."""
        content = self.for_branch(branch, sync.content)
        if content is None or content.version != sync.content:
            return content
        told = (sync.session, content.sha256)
        if self._told.get(branch) == told:
            return None
        self._told[branch] = told
        self._told.move_to_end(branch)
        while len(self._told) > _SESSIONS_KEPT:
            self._told.popitem(last=False)
        return content

    def blob(self, sha256: str) -> bytes | Path | None:
        """A bundle that was told of, or signed media."""
        packed = next((one.packed for one in self._bundles.values() if one.content.sha256 == sha256), None)
        return packed if packed is not None else self._repository.blob(sha256)

    def _bundle(self, since: int | None, wanted: int) -> _Bundle:
        key = (since, wanted)
        known = self._bundles.get(key)
        if known is None:
            packed = pack(self._repository.files_since(since, wanted))
            known = self._bundles[key] = _Bundle(as_content(wanted, packed), packed)
            self._bytes += len(packed)
            while self._bytes > _KEPT_BYTES and len(self._bundles) > 1:
                _, dropped = self._bundles.popitem(last=False)
                self._bytes -= len(dropped.packed)
        self._bundles.move_to_end(key)
        return known

    def _read_stamp(self) -> tuple[object, ...]:
        """Changes whenever a file that decides anything is replaced: each is written beside and renamed."""
        folder = self._repository.folder
        live = sorted({line.version for line in self._repository.lines()})
        files = [folder / "lines.json", *(folder / "timestamps" / f"{version}.json" for version in live)]
        return tuple((path.name, _written(path)) for path in files)


def _written(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino
