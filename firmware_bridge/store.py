"""What a bridge writes down beside its outbox, in the same file and the same transactions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from firmware_bridge.admission import Admission, Seen
from firmware_bridge.drivers import Recalled
from firmware_bridge.pauses import Pause
from firmware_bridge.prompts import FORGET_AFTER, Asked, Ending, PromptBook
from firmware_bridge.sessions import Note, Press
from signage.core.instants import Instant
from signage.link.database import Database, Schema
from signage.wire.messages import Fault

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
        """
        CREATE TABLE notes (port TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (port, key))
            WITHOUT ROWID;
        CREATE TABLE faults (place TEXT NOT NULL, code TEXT NOT NULL, since_ms INTEGER NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (place, code)) WITHOUT ROWID;
        CREATE TABLE pauses (counter TEXT PRIMARY KEY, suspended INTEGER NOT NULL, told INTEGER NOT NULL) WITHOUT ROWID;
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

    def note(self, port: str, note: Note) -> None:
        self._database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", port, note.key, note.text)

    def recalled(self, port: str, places: Mapping[str, str]) -> Recalled:
        """What a session of that port finds again. `places`: a fault's place → its counter."""
        notes = dict(self._database.execute("SELECT key, text FROM notes WHERE port = ?", port))
        known = self._database.execute("SELECT place, code FROM faults")
        return Recalled(notes, frozenset((places[place], code) for place, code in known if place in places))

    def faults(self) -> tuple[tuple[str, Fault], ...]:
        """What was wrong when the program ended, with its place."""
        rows = self._database.execute("SELECT place, code, since_ms, text FROM faults ORDER BY since_ms")
        return tuple(
            (place, Fault(code=code, since=Instant.from_ms(since_ms), text=text))
            for place, code, since_ms, text in rows
        )

    def keep_fault(self, place: str, code: str, present: Fault | None) -> None:
        if present is None:
            self._database.execute("DELETE FROM faults WHERE place = ? AND code = ?", place, code)
        else:
            row = "INSERT OR REPLACE INTO faults VALUES (?, ?, ?, ?)"
            self._database.execute(row, place, code, present.since.ms, present.text)

    def pauses(self) -> tuple[Pause, ...]:
        rows = self._database.execute("SELECT counter, suspended, told FROM pauses")
        return tuple(Pause(counter, suspended=bool(on), told=bool(told)) for counter, on, told in rows)

    def keep_pause(self, pause: Pause) -> None:
        """One that is over and told is forgotten."""
        if pause.told and not pause.suspended:
            self._database.execute("DELETE FROM pauses WHERE counter = ?", pause.counter)
        else:
            row = "INSERT OR REPLACE INTO pauses VALUES (?, ?, ?)"
            self._database.execute(row, pause.counter, pause.suspended, pause.told)

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
