"""Lets staff in by PIN: the try is counted and committed, then verified in a thread of its own, then answered."""

import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from msgspec import Struct

from signage.branch.facts import Refused
from signage.branch.staff import RIGHTS, Badges, Person, PinsUnreadable, read_pins, whose
from signage.branch.store import Store
from signage.core import lockout
from signage.core.instants import Instant
from signage.wire.codec import Malformed, convert
from signage.wire.messages import Command

WAITING: Final = 16  # more than one at each screen of a branch is no person
STRANGERS: Final = "(others)"  # devices that are not configured share one count


class EnterArgs(Struct, frozen=True):
    pin: str


@dataclass(frozen=True)
class PinTry:
    device: str
    command: str
    pin: str = field(repr=False)


@dataclass(frozen=True)
class PinChecked:
    """The answer of the verifying thread. `problem`: the pins file could not be read."""

    device: str
    command: str
    person: Person | None
    problem: str | None = None


class Doorkeeper:
    """`devices`: the configured ones, each with a count of its own."""

    def __init__(self, store: Store, pins_file: Path | None, devices: frozenset[str]) -> None:
        self.badges = Badges()
        self._store = store
        self._pins_file = pins_file
        self._devices = devices
        self._tries: queue.Queue[PinTry | None] = queue.Queue(maxsize=WAITING)
        self._busy: set[str] = set()

    def ask(self, command: Command, device: str, now: Instant) -> None:
        """Count the try and hand it to the verifying thread. Raises Refused; StorageError: then nothing is verified."""
        if self._pins_file is None:
            raise Refused("no-staff", "no pins file is configured: nobody can sign in")
        try:
            pin = convert(command.args, EnterArgs).pin
        except Malformed as error:  # its reason could quote the PIN
            raise Refused("bad-args", "staff.enter wants a pin") from error
        name = self._counted_as(device)
        if name in self._busy or self._tries.full():
            raise Refused("busy", "the last PIN is still being checked")
        try:
            self._store.database.run(
                lambda: self._store.keep_lockout(name, lockout.attempt(self._store.lockout(name), now))
            )
        except lockout.Locked as locked:
            raise Refused("locked", str(locked), tries_left=0, wait_s=locked.wait_s) from locked
        self._busy.add(name)
        self._tries.put_nowait(PinTry(device, command.id, pin))

    def answer(self, checked: PinChecked, now: Instant) -> dict[str, str | list[str]]:
        """The result for who is let in. Raises Refused for everybody else; StorageError."""
        name = self._counted_as(checked.device)
        self._busy.discard(name)
        if checked.problem is not None:
            raise Refused("no-staff", "the pins file cannot be read: see the controller's log")
        if checked.person is None:
            tried = self._store.lockout(name)
            wait_s = lockout.remaining_s(tried, now)
            raise Refused("wrong-pin", "wrong PIN", tries_left=tried.tries_left, wait_s=wait_s)
        self._store.database.run(lambda: self._store.keep_lockout(name, lockout.Lockout()))
        token, badge = self.badges.issue(checked.person, checked.device, now)
        return {
            "actor": checked.person.id,
            "name": checked.person.name,
            "role": checked.person.role.value,
            "token": token,
            "until": str(badge.until),
            "rights": sorted(right.code for right in RIGHTS[checked.person.role]),
        }

    def verify_all(self, put: Callable[[PinChecked], None]) -> None:
        """The verifying thread. The file is read anew for every try, so that a person who left is out at once."""
        assert self._pins_file is not None
        while (given := self._tries.get()) is not None:
            try:
                person = whose(given.pin, read_pins(self._pins_file))
                put(PinChecked(given.device, given.command, person))
            except PinsUnreadable as error:
                put(PinChecked(given.device, given.command, None, problem=str(error)))

    def close(self) -> None:
        """End the thread once it has verified what it has."""
        self._tries.put(None)

    def _counted_as(self, device: str) -> str:
        return device if device in self._devices else STRANGERS
