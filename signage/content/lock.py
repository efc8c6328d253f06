"""One program at a time writes head office's repository: a lock on a file in it, which goes when its holder does."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import Event
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

from signage.core.exits import Exit, Refusal

WAIT_S: Final = 5.0  # a publication takes less
_LOOK_EVERY_S: Final = 0.05
_FILE: Final = "lock"


class Lock:
    """Of one folder. Whoever holds it may take it again."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _FILE
        self._mine = False

    @contextmanager
    def held(self, wait_s: float = WAIT_S) -> Iterator[None]:
        """Raises Refusal (69: somebody else writes for longer than `wait_s`; 73: no lock can be made there)."""
        if self._mine or not self.path.parent.is_dir():  # where nothing is, there is nobody to wait for
            yield
            return
        handle = self._open()
        try:
            self._take(handle, wait_s)
            self._mine = True
            yield
        finally:
            self._mine = False
            os.close(handle)

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise Refusal(
                Exit.CANNOT_WRITE, f"{self.path}: cannot be written: {error.strerror}; make its directory writable"
            ) from None

    def _take(self, handle: int, wait_s: float) -> None:
        pause = Event()
        for look in range(int(wait_s / _LOOK_EVERY_S) + 1):
            if look:
                pause.wait(_LOOK_EVERY_S)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
            return
        who = os.pread(handle, 20, 0).decode(errors="replace") or "unknown"
        raise Refusal(
            Exit.UNREACHABLE, f"{self.path.parent}: process {who} is writing there; wait for it to end, then try again"
        )


class Lockable(Protocol):
    @property
    def lock(self) -> Lock: ...


P = ParamSpec("P")
R = TypeVar("R")
L = TypeVar("L", bound=Lockable)


def alone(work: Callable[Concatenate[L, P], R]) -> Callable[Concatenate[L, P], R]:
    """For what reads a repository, its first argument, and writes what follows from it: nobody writes in between."""

    @wraps(work)
    def locked(repository: L, /, *others: P.args, **named: P.kwargs) -> R:
        with repository.lock.held():
            return work(repository, *others, **named)

    return locked
