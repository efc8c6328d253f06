"""What a screen keeps on its disk beside the outbox: the last branch state, unfinished ratings and rounds, what staff meant.

Each is one small file, replaced as a whole: written aside, synced, renamed, the folder synced. A file that cannot be
read is as good as none; nothing that is drawn waits for this disk.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct

from kiosk.view.dimming import Dimming
from kiosk.view.rounds import KeptRound
from signage.core.instants import Instant
from signage.core.lockout import Lockout
from signage.core.model import BranchState, Intention
from signage.wire.codec import MESSAGE_LIMIT_BYTES, Malformed, decode, encode

STATE: Final = "state.json"
DRAFT: Final = "rating.json"
DIMMING: Final = "dimming.json"
INTENTIONS: Final = "local.json"
LOCKOUT: Final = "lockout.json"
ROUNDS: Final = "rounds.json"
PANEL: Final = "touch-panel.json"
T = TypeVar("T")


class Draft(Struct, frozen=True):
    """A rating whose customer has not said that it is complete."""

    event: str
    at: Instant
    data: dict[str, Any]


class Intentions(Struct, frozen=True):
    """What staff meant without the controller, and it has not yet considered."""

    meant: tuple[Intention, ...]


class KeptRounds(Struct, frozen=True):
    rounds: tuple[KeptRound, ...]


class Panel(Struct, frozen=True):
    """The touch panel that this screen last had."""

    name: str


class Memory:
    """Raises OSError where a file cannot be written."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with suppress(OSError):
            self._aside(DRAFT).unlink(missing_ok=True)  # half a customer's words, of a life that was cut short

    def keep_state(self, state: BranchState) -> None:
        self._replace(STATE, encode(state))

    def last_state(self) -> BranchState | None:
        return self._read(STATE, BranchState)

    def keep_draft(self, draft: Draft) -> None:
        self._replace(DRAFT, encode(draft))

    def draft(self) -> Draft | None:
        return self._read(DRAFT, Draft)

    def drop_draft(self) -> None:
        (self._directory / DRAFT).unlink(missing_ok=True)
        self._aside(DRAFT).unlink(missing_ok=True)

    def keep_intentions(self, intentions: tuple[Intention, ...]) -> None:
        self._replace(INTENTIONS, encode(Intentions(intentions)))

    def intentions(self) -> tuple[Intention, ...]:
        kept = self._read(INTENTIONS, Intentions)
        return kept.meant if kept is not None else ()

    def keep_lockout(self, lockout: Lockout) -> None:
        self._replace(LOCKOUT, encode(lockout))

    def lockout(self) -> Lockout:
        return self._read(LOCKOUT, Lockout) or Lockout()

    def keep_dimming(self, dimming: Dimming) -> None:
        self._replace(DIMMING, encode(dimming))

    def dimming(self) -> Dimming | None:
        """How bright the screen was told to be."""
        return self._read(DIMMING, Dimming)

    def keep_rounds(self, rounds: tuple[KeptRound, ...]) -> None:
        self._replace(ROUNDS, encode(KeptRounds(rounds)))

    def rounds(self) -> tuple[KeptRound, ...]:
        """What staff have begun to walk and not sent."""
        kept = self._read(ROUNDS, KeptRounds)
        return kept.rounds if kept is not None else ()

    def keep_panel(self, name: str) -> None:
        self._replace(PANEL, encode(Panel(name)))

    def panel(self) -> str | None:
        """The touch panel's name, as it was last seen; None: never."""
        kept = self._read(PANEL, Panel)
        return kept.name if kept is not None else None

    def _read(self, name: str, kind: type[T]) -> T | None:
        try:
            with (self._directory / name).open("rb") as file:
                return decode(file.read(MESSAGE_LIMIT_BYTES + 1), kind, name)
        except (OSError, Malformed):
            return None

    def _aside(self, name: str) -> Path:
        return (self._directory / name).with_suffix(".part")

    def _replace(self, name: str, content: bytes) -> None:
        aside = self._aside(name)
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # a customer's words are in some
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._directory / name)
        folder = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
