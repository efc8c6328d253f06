"""The emergency PIN: known to this screen by its hash alone, so that service can be suspended with no controller at all.

A try is counted, and on the disk, before it is verified; verifying takes its time, in a thread of its own. What became of it
has the codes of a controller that is asked for an ordinary PIN.
"""

import queue
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.memory import Memory
from signage.core import lockout
from signage.core.instants import Instant

ROLE: Final = "emergency"
NOBODY: Final = "(nobody)"  # whom the audit names, as the controller's does, where nobody was let in
LIFE: Final = timedelta(minutes=10)
_LIMIT: Final = 1024  # characters of the file


@dataclass(frozen=True)
class EmergencyChecked:
    """A PIN has been compared. `problem`: why it could not be."""

    id: str
    right: bool
    problem: str = ""


@dataclass(frozen=True)
class _Try:
    id: str
    pin: str


@dataclass(frozen=True)
class Verdict:
    """What became of a try: `code` says why nobody was let in, `result` is what a controller's reply would have."""

    code: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return not self.code

    @property
    def actor(self) -> str:
        return str(self.result["actor"]) if self.right else NOBODY


class Emergency:
    """`file` holds one line, an argon2 hash (`signage pin --emergency`). Belongs to the drawing thread but for `verify_all`."""

    def __init__(self, file: Path, memory: Memory, name: str) -> None:
        self._file = file
        self._memory = memory
        self._name = name
        self._tries: queue.Queue[_Try | None] = queue.Queue(1)

    def ask(self, identity: str, pin: str, now: Instant) -> Verdict | None:
        """Begin to compare; None: the answer comes as EmergencyChecked. Else the refusal, at once."""
        try:
            counted = lockout.attempt(self._memory.lockout(), now)
        except lockout.Locked as locked:
            return Verdict("locked", {"tries_left": 0, "wait_s": locked.wait_s})
        try:
            self._memory.keep_lockout(counted)  # a disk that does not count gives no tries
            self._tries.put_nowait(_Try(identity, pin))
        except (OSError, queue.Full) as error:
            structlog.get_logger().warning("the emergency PIN cannot be checked", reason=str(error) or "busy")
            return Verdict("busy" if isinstance(error, queue.Full) else "storage")
        return None

    def answer(self, checked: EmergencyChecked, now: Instant) -> Verdict:
        """Whether to let them in."""
        if checked.problem:
            structlog.get_logger().error("the emergency PIN cannot be checked", reason=checked.problem)
            return Verdict("no-staff")
        if not checked.right:
            tried = self._memory.lockout()
            return Verdict("wrong-pin", {"tries_left": tried.tries_left, "wait_s": lockout.remaining_s(tried, now)})
        try:
            self._memory.keep_lockout(lockout.Lockout())
        except OSError as error:
            structlog.get_logger().warning("wrong PINs stay counted", reason=str(error))
        until = Instant.of(now + LIFE)
        return Verdict(result={"actor": f"{ROLE}@{self._name}", "role": ROLE, "token": "", "until": str(until)})

    def verify_all(self, put: Callable[[EmergencyChecked], None]) -> None:
        """The verifying thread. The file is read anew for every try."""
        while (given := self._tries.get()) is not None:
            put(self._verify(given))

    def close(self) -> None:
        """End the thread once it has compared what it has."""
        self._tries.put(None)

    def _verify(self, given: _Try) -> EmergencyChecked:
        try:
            with self._file.open(encoding="ascii") as file:
                known = file.read(_LIMIT).strip()
            PasswordHasher().verify(known, given.pin)
        except InvalidHashError:
            return EmergencyChecked(given.id, right=False, problem=f"{self._file} holds no argon2 hash")
        except VerificationError:
            return EmergencyChecked(given.id, right=False)
        except (OSError, UnicodeDecodeError) as error:
            return EmergencyChecked(given.id, right=False, problem=str(error))
        return EmergencyChecked(given.id, right=True)
