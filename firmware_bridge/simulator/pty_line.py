"""A serial line that needs no hardware: a pseudo-terminal under a name of one's choosing."""

import contextlib
import os
import select
import tty
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

READ_LIMIT_BYTES: Final = 4096


@dataclass(frozen=True)
class LineBytes:
    """The host sent something."""

    data: bytes


class PtyLine:
    """`link` becomes a symbolic link to the terminal while the cable is plugged in."""

    def __init__(
        self, link: Path, put: Callable[[LineBytes], None], spawn: Callable[[str, Callable[[], None]], object]
    ) -> None:
        self._link = link
        self._put = put
        self._spawn = spawn
        self._master: int | None = None
        self._wake: int | None = None

    def plug(self) -> None:
        """Make the terminal and its name. Raises OSError."""
        if self._master is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        wake_read, wake_write = os.pipe()
        draft = self._link.with_name(f".{self._link.name}.new")
        draft.unlink(missing_ok=True)
        draft.symlink_to(os.ttyname(slave))
        draft.replace(self._link)
        self._master, self._wake = master, wake_write
        self._spawn("pty-read", lambda: self._read(master, slave, wake_read))

    def unplug(self) -> None:
        """Whoever has the terminal open loses it, as with a cable pulled out."""
        self._link.unlink(missing_ok=True)
        self._master = None
        if self._wake is not None:
            os.close(self._wake)
            self._wake = None

    def send(self, data: bytes) -> None:
        """What does not fit, because nobody reads, is lost, as on a wire."""
        if self._master is not None and data:
            with contextlib.suppress(OSError):
                os.write(self._master, data)

    def _read(self, master: int, slave: int, wake: int) -> None:
        """Until unplugged. The other end is held open too: else it would hang up whenever the host closes it."""
        try:
            while True:
                ready, _, _ = select.select([master, wake], [], [])
                if wake in ready:
                    return
                with contextlib.suppress(OSError):
                    self._put(LineBytes(os.read(master, READ_LIMIT_BYTES)))
        finally:
            for number in (master, slave, wake):
                os.close(number)
