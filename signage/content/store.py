"""Blobs by their SHA-256 in one folder: `<hash>` is whole, `<hash>.part` is on its way.

A name without `.part` appears only once its bytes were hashed and synced: written beside, hashed, synced, renamed, the
folder synced. It is hashed again before this life uses it (`check`), since disks rot. All trouble of the disk is a state
(`trouble`), never an exception: a screen goes on without its next picture.
"""

import contextlib
import errno
import hashlib
import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from signage.content.files import make_folder, sync_folder

_NAME: Final = re.compile(r"[0-9a-f]{64}")
_PART: Final = ".part"
_PIECE: Final = 1024 * 1024
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class BlobStore:
    """`limit_bytes`: of whole blobs and parts together; the caller says whom to remove for it."""

    def __init__(self, directory: Path, limit_bytes: int) -> None:
        self.trouble: str | None = None  # one line for a person
        self.limit_bytes = limit_bytes
        self._directory = directory
        self._sound: set[str] = set()  # hashed in this life
        try:
            make_folder(directory)
            sync_folder(directory)
            if not os.access(directory, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "it is read-only")
        except OSError as error:
            self._failed(error)

    # ---- reading -----------------------------------------------------------------------------------------------------

    def path(self, sha256: str) -> Path | None:
        """Of a whole blob that was hashed in this life."""
        return self._directory / sha256 if sha256 in self._sound else None

    def present(self, sha256: str) -> bool:
        """Whether a whole blob lies here, hashed in this life or not."""
        return bool(_NAME.fullmatch(sha256)) and (self._directory / sha256).is_file()

    def size(self, sha256: str) -> int:
        """Bytes that lie here of a blob, whole or in part: where to go on."""
        return max(_size(self._directory / sha256), _size(self._directory / (sha256 + _PART)))

    def lying(self) -> tuple[frozenset[str], dict[str, int]]:
        """The hashes of all that lies here whole, and the bytes of each part: one look for many questions."""
        sizes = self._sizes()
        parts = {name.removesuffix(_PART): size for name, size in sizes.items() if name.endswith(_PART)}
        return frozenset(name for name in sizes if not name.endswith(_PART)), parts

    def used_bytes(self) -> int:
        return sum(self._sizes().values())

    def names(self) -> frozenset[str]:
        """The hashes of all that lies here, parts included."""
        return frozenset(name.removesuffix(_PART) for name in self._files())

    # ---- writing -----------------------------------------------------------------------------------------------------

    def append(self, sha256: str, offset: int, data: bytes) -> bool:
        """Bytes of a part, at its present end. False: they do not belong there, or the disk does not take them."""
        part = self._directory / (sha256 + _PART)
        if not _NAME.fullmatch(sha256) or _size(part) != offset:
            return False
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                _write(handle, offset, data)
            except OSError:
                os.ftruncate(handle, offset)  # what was written of it does not count
                raise
            finally:
                os.close(handle)
        except OSError as error:
            self._failed(error)
            return False
        self.trouble = None
        return True

    def finish(self, sha256: str, size: int) -> bool:
        """Make a part whole, if it is what its name says; otherwise it is removed. Hashes all of it: for a thread."""
        part, whole = self._directory / (sha256 + _PART), self._directory / sha256
        try:
            with part.open("rb") as file:
                sound = _size(part) == size and _hash(file.fileno()) == sha256
                if sound:
                    os.fsync(file.fileno())
            if not sound:
                part.unlink()
                return False
            part.chmod(0o644)
            part.rename(whole)
            sync_folder(self._directory)
        except FileNotFoundError:
            return False
        except OSError as error:
            self._failed(error)
            return False
        self._sound.add(sha256)
        return True

    def check(self, sha256: str) -> bool:
        """Hash a whole blob again; one that has rotted is removed. For a thread."""
        path = self._directory / sha256
        try:
            with path.open("rb") as file:
                sound = _hash(file.fileno()) == sha256
        except OSError:
            sound = False
        if sound:
            self._sound.add(sha256)
        else:
            self.remove(sha256)
        return sound

    def remove(self, sha256: str) -> None:
        """Whole or part. What cannot be removed is left."""
        self._sound.discard(sha256)
        if _NAME.fullmatch(sha256):
            for path in (self._directory / sha256, self._directory / (sha256 + _PART)):
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    self._failed(error)

    def sweep(self, named: Collection[str]) -> int:
        """Remove what nobody names; returns how many blobs and parts those were."""
        orphans = self.names() - set(named)
        for sha256 in orphans:
            self.remove(sha256)
        return len(orphans)

    def make_room(self, needed: int, order: Iterable[str], kept: Collection[str]) -> bool:
        """Remove blobs until `needed` more bytes fit the limit, those that `order` has last or not at all first, never `kept`."""
        free = self.limit_bytes - self.used_bytes()
        if free >= needed:
            return True
        late = {sha256: place for place, sha256 in enumerate(order)}
        for sha256 in sorted(self.names() - set(kept), key=lambda one: late.get(one, len(late)), reverse=True):
            free += self.size(sha256)
            self.remove(sha256)
            if free >= needed:
                return True
        return False

    def _files(self) -> list[str]:
        try:
            found = os.listdir(self._directory)  # noqa: PTH208 - thousands of names; no need for a Path of each
            return [name for name in found if _NAME.fullmatch(name.removesuffix(_PART))]
        except OSError:
            return []

    def _sizes(self) -> dict[str, int]:
        """By file name. A folder descriptor spares the kernel a walk for each of thousands of names."""
        sizes = {}
        try:
            folder = os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return {}
        try:
            for name in self._files():
                with contextlib.suppress(OSError):  # it may have gone meanwhile
                    sizes[name] = os.stat(name, dir_fd=folder).st_size
        finally:
            os.close(folder)
        return sizes

    def _failed(self, error: OSError) -> None:
        if error.errno in _FULL:
            self.trouble = f"{self._directory}: the disk is full; free some space"
        else:
            why = error.strerror or str(error)
            self.trouble = f"{self._directory}: {why}; give this user the folder, or set [content] directory"


def _write(handle: int, offset: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        count = os.pwrite(handle, view, offset)
        view, offset = view[count:], offset + count


def _hash(handle: int) -> str:
    digest = hashlib.sha256()
    offset = 0
    while piece := os.pread(handle, _PIECE, offset):
        digest.update(piece)
        offset += len(piece)
    return digest.hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
