"""Who works here, what each role may do, and for how long a PIN lets somebody in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Meta, Struct

from signage.core.instants import Instant
from signage.core.model import Source

TOKEN_LIFE: Final = timedelta(minutes=10)
TOKENS_KEPT: Final = 100
# OWASP's minimum for argon2id: 19 MiB, two passes. A PIN is tried against everybody's hash, so each must be quick.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class Role(StrEnum):
    TELLER = "teller"
    LOBBY_MANAGER = "lobby-manager"
    BRANCH_MANAGER = "branch-manager"


class Right(StrEnum):
    """Something only certain roles may do."""

    SERVICE_BRANCH = "suspend and resume the branch"
    SERVICE_PART = "suspend and resume a counter or a device"
    NOTICE = "post and withdraw notices"
    CALL = "acknowledge calls"
    SCREEN = "switch and identify screens"
    AMENITY = "say whether an amenity is to be had"
    CASE = "read and follow up cases"
    CHECKLIST = "walk rounds and follow up what they found"

    @property
    def code(self) -> str:
        """How a touch screen is told of it, so that it offers only what its person may do."""
        return self.name.lower().replace("_", "-")


_LOBBY: Final = frozenset(Right)
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.TELLER: frozenset({Right.SERVICE_PART, Right.CHECKLIST}),
    Role.LOBBY_MANAGER: _LOBBY,
    Role.BRANCH_MANAGER: _LOBBY,
}
SOURCES: Final[Mapping[Role, Source]] = {
    Role.TELLER: "teller",
    Role.LOBBY_MANAGER: "manager",
    Role.BRANCH_MANAGER: "manager",
}


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(min_length=1, max_length=64)]
    name: Annotated[str, Meta(min_length=1, max_length=64)]
    role: Role
    hash: str


class PinsFile(Struct, frozen=True, forbid_unknown_fields=True):
    person: tuple[Person, ...] = ()


class PinsUnreadable(ValueError):  # noqa: N818 - names the state of the file
    """The pins file is missing, no TOML, or says something twice. `reason` says what and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def hash_pin(pin: str) -> str:
    """What stands in the pins file for a PIN."""
    return _HASHER.hash(pin)


def read_pins(path: Path) -> tuple[Person, ...]:
    """Everybody in the pins file. Raises PinsUnreadable."""
    try:
        people = msgspec.toml.decode(path.read_bytes(), type=PinsFile).person
    except OSError as error:
        raise PinsUnreadable(path, error.strerror or "cannot be read") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PinsUnreadable(path, str(error)) from error
    seen: set[str] = set()
    for person in people:
        if person.id in seen:
            raise PinsUnreadable(path, f"person {person.id} stands there twice")
        if not person.hash.startswith("$argon2"):
            raise PinsUnreadable(path, f"the hash of person {person.id} is no argon2 hash")
        seen.add(person.id)
    return people


def whose(pin: str, people: tuple[Person, ...]) -> Person | None:
    """The person with this PIN. Slow on purpose: call it in a thread of its own."""
    for person in people:
        try:
            if _HASHER.verify(person.hash, pin):
                return person
        except (VerificationError, InvalidHashError):
            continue
    return None


@dataclass(frozen=True)
class Badge:
    """Somebody who is signed in at one device until `until`."""

    person: Person
    device: str
    until: Instant


class Badges:
    """The tokens that are out. They live in memory: after a restart everybody signs in again."""

    def __init__(self) -> None:
        self._badges: dict[str, Badge] = {}

    def issue(self, person: Person, device: str, now: Instant) -> tuple[str, Badge]:
        """A new token; of too many, the oldest goes."""
        self._badges = {token: badge for token, badge in self._badges.items() if badge.until > now}
        while len(self._badges) >= TOKENS_KEPT:
            del self._badges[next(iter(self._badges))]
        token = secrets.token_urlsafe(24)
        badge = Badge(person, device, Instant.of(now + TOKEN_LIFE))
        self._badges[token] = badge
        return token, badge

    def holder(self, token: str | None, actor: str | None, device: str, now: Instant) -> Person | None:
        """Who stands at the device with this token; None if nobody validly does."""
        badge = self._badges.get(token or "")
        if badge is None or badge.until <= now or badge.device != device or badge.person.id != actor:
            return None
        return badge.person
