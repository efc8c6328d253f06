"""What a bridge writes down beside its outbox, in the same file and the same transactions."""

from datetime import timedelta
from typing import Final

from firmware_bridge.admission import Admission, Seen
from firmware_bridge.prompts import FORGET_AFTER, Asked, Ending, PromptBook
from firmware_bridge.sessions import Press
from signage.core.instants import Instant
from signage.link.database import Database, Schema

PRESSES_KEPT: Final = timedelta(days=400)  # a pad that comes back from repair still has its press counted once

BRIDGE: Final = Schema(
    "bridge",
    (
        """
        CREATE TABLE pads (serial TEXT PRIMARY KEY, boot INTEGER NOT NULL, port TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE presses (serial TEXT NOT NULL, boot INTEGER NOT NULL, n INTEGER NOT NULL, stored_ms INTEGER NOT NULL,
            PRIMARY KEY (serial, boot, n)) WITHOUT ROWID;
        CREATE TABLE prompts (prompt TEXT PRIMARY KEY, number INTEGER NOT NULL, counter TEXT NOT NULL, teller TEXT,
            opened_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, shown INTEGER NOT NULL, answered INTEGER NOT NULL,
            ending TEXT) WITHOUT ROWID;
        """,
    ),
)


class Store:
    """Reads and writes; committing is the caller's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admission(self) -> Admission:
        """All pads ever let in."""
        return Admission(Seen(*row) for row in self._database.execute("SELECT serial, boot, port FROM pads"))

    def see(self, seen: Seen) -> None:
        self._database.execute("INSERT OR REPLACE INTO pads VALUES (?, ?, ?)", seen.serial, seen.boot, seen.port)

    def has(self, press: Press) -> bool:
        """Whether that press is stored."""
        key = "SELECT 1 FROM presses WHERE serial = ? AND boot = ? AND n = ?"
        return bool(self._database.execute(key, press.pad.name, press.pad.boot, press.n))

    def add(self, press: Press, now: Instant) -> None:
        row = "INSERT INTO presses VALUES (?, ?, ?, ?)"
        self._database.execute(row, press.pad.name, press.pad.boot, press.n, now.ms)

    def prompts(self) -> PromptBook:
        """Every prompt that may still be answered."""
        rows = self._database.execute(
            "SELECT number, prompt, counter, teller, opened_ms, until_ms, shown, answered, ending FROM prompts"
        )
        return PromptBook(_asked(*row) for row in rows)

    def keep(self, asked: Asked) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            asked.prompt,
            asked.number,
            asked.counter,
            asked.teller,
            asked.opened.ms,
            asked.until.ms,
            asked.shown,
            asked.answered,
            asked.ending.value if asked.ending else None,
        )

    def prune(self, now: Instant) -> None:
        """Forget what nothing can refer to any more. Call at the start."""
        self._database.execute("DELETE FROM presses WHERE stored_ms < ?", Instant.of(now - PRESSES_KEPT).ms)
        self._database.execute("DELETE FROM prompts WHERE until_ms < ?", Instant.of(now - FORGET_AFTER).ms)


def _asked(
    number: int,
    prompt: str,
    counter: str,
    teller: str | None,
    opened_ms: int,
    until_ms: int,
    shown: int,
    answered: int,
    ending: str | None,
) -> Asked:
    return Asked(
        number,
        prompt,
        counter,
        teller,
        Instant.from_ms(opened_ms),
        Instant.from_ms(until_ms),
        shown=bool(shown),
        answered=bool(answered),
        ending=Ending(ending) if ending else None,
    )
