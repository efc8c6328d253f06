"""How often a PIN may be tried at one device. Pure; a try is counted, and committed, before it is verified."""

from datetime import timedelta
from math import ceil
from typing import Final

from msgspec.structs import replace

from signage.core.instants import Instant
from signage.core.model import Model

TRIES: Final = 5
FIRST_WAIT_S: Final = 30  # a million PINs at this pace take centuries, a person who mistyped takes a breath
LONGEST_WAIT_S: Final = 3600


class Locked(Exception):  # noqa: N818 - an answer to a person, not a failure
    """Too many wrong PINs: the next try is taken in `wait_s` seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many wrong PINs: wait {seconds} s")
        self.wait_s = seconds


class Lockout(Model, frozen=True, omit_defaults=True, kw_only=True):
    """Failures in a row at one device, and until when it must wait."""

    failures: int = 0
    until: Instant | None = None

    @property
    def tries_left(self) -> int:
        return max(0, TRIES - self.failures)


def wait_s(failures: int) -> int:
    """How long to wait after that many failures in a row: none before the fifth, then doubling."""
    if failures < TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** min(failures - TRIES, 20), LONGEST_WAIT_S))


def remaining_s(lockout: Lockout, now: Instant) -> int:
    """Whole seconds until the next try; never more than the failures deserve, whatever the clock did."""
    if lockout.until is None or lockout.until <= now:
        return 0
    return min(ceil((lockout.until - now) / timedelta(seconds=1)), wait_s(lockout.failures))


def attempt(lockout: Lockout, now: Instant) -> Lockout:
    """One more try, counted as failed until it has succeeded. Raises Locked while it must wait."""
    left = remaining_s(lockout, now)
    if left > 0:
        raise Locked(left)
    failures = lockout.failures + 1
    wait = wait_s(failures)
    until = Instant.of(now + timedelta(seconds=wait)) if wait else None
    return replace(lockout, failures=failures, until=until)
