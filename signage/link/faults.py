"""The faults that a link finds out about itself, for the Status, the log and the outbox."""

from collections.abc import Callable
from typing import Final

import structlog

from signage.core.instants import Instant
from signage.wire.messages import Fault

TEXTS: Final = {
    "clock": "this machine's clock differs from its parent's by more than 2 s; set it, or give it a time server",
    "outbox-old-copy": "the disk was an old copy: the parent had events that it lacks; check how it was restored",
    "storage-full": "the disk is full and the reserve is in use; free some space",
    "storage-broken": "writing to the disk failed; check the disk and the mount",
}


class Faults:
    """`told` gets (code, on, text) for every change, to make an event of it."""

    def __init__(self, told: Callable[[str, bool, str, Instant], None]) -> None:
        self._told = told
        self._faults: dict[str, Fault] = {}
        self._log = structlog.get_logger()

    @property
    def present(self) -> tuple[Fault, ...]:
        return tuple(self._faults.values())

    def set(self, code: str, on: bool, now: Instant) -> None:
        """Say how it is; only changes count."""
        if on == (code in self._faults):
            return
        text = TEXTS[code]
        if on:
            self._faults[code] = Fault(code=code, since=now, text=text)
            self._log.error("fault", code=code, text=text)
        else:
            del self._faults[code]
            self._log.info("fault is over", code=code)
        self._told(code, on, text, now)
