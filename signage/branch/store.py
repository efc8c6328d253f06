"""The controller's own rows beside the link's, in one database, so that facts, events and receipts commit together."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from signage.branch.facts import Facts
from signage.branch.letters import Letter
from signage.core.instants import Instant
from signage.core.lockout import Lockout
from signage.core.model import Case
from signage.link.database import Database, Schema, open_database
from signage.link.floors import FLOORS
from signage.link.schema import LINK
from signage.wire.codec import Malformed, decode, encode

AUDIT_KEPT: Final = 100_000
FILE: Final = "branch.db"
BRANCH: Final = Schema(
    "branch",
    (
        """
        CREATE TABLE facts (one INTEGER PRIMARY KEY CHECK (one = 1), document BLOB NOT NULL);
        CREATE TABLE lockouts (device TEXT PRIMARY KEY, document BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE audit (number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, detail TEXT NOT NULL);
        """,
        """
        CREATE TABLE letters (case_id TEXT PRIMARY KEY, document BLOB NOT NULL) WITHOUT ROWID;
        """,
    ),
)


class FactsUnreadable(ValueError):  # noqa: N818 - names the state of the file
    """The stored facts are not what this program writes. Nothing was changed."""


def open_store(directory: Path) -> Database:
    """Open or make the controller's database. Raises NewerDatabase, StorageFull, StorageBroken."""
    return open_database(directory / FILE, LINK, BRANCH, FLOORS)


class Store:
    """Reads and writes; every writing joins the transaction that is open."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def facts(self) -> Facts | None:
        """None: this controller has never kept anything. Raises FactsUnreadable."""
        rows = self.database.execute("SELECT document FROM facts")
        if not rows:
            return None
        try:
            return decode(rows[0][0], Facts, "facts")
        except Malformed as error:
            raise FactsUnreadable(str(error)) from error

    def keep_facts(self, facts: Facts) -> None:
        self.database.execute("INSERT OR REPLACE INTO facts (one, document) VALUES (1, ?)", encode(facts))

    def lockout(self, device: str) -> Lockout:
        rows = self.database.execute("SELECT document FROM lockouts WHERE device = ?", device)
        return decode(rows[0][0], Lockout, "lockouts") if rows else Lockout()

    def keep_lockout(self, device: str, lockout: Lockout) -> None:
        self.database.execute(
            "INSERT OR REPLACE INTO lockouts (device, document) VALUES (?, ?)", device, encode(lockout)
        )

    def letter(self, case: str) -> Letter | None:
        """What the customer of an open case wrote; None: nothing of it is here."""
        rows = self.database.execute("SELECT document FROM letters WHERE case_id = ?", case)
        return decode(rows[0][0], Letter, "letters") if rows else None

    def keep_letter(self, case: str, letter: Letter) -> None:
        self.database.execute("INSERT OR REPLACE INTO letters (case_id, document) VALUES (?, ?)", case, encode(letter))

    def keep_letters_of(self, cases: Iterable[Case]) -> None:
        """What customers wrote goes with their cases."""
        opened = msgspec.json.encode([case.id for case in cases]).decode()
        self.database.execute("DELETE FROM letters WHERE case_id NOT IN (SELECT value FROM json_each(?))", opened)

    def audit(self, actor: str, action: str, detail: str, now: Instant) -> None:
        """One line of who did what; the oldest fall out beyond 100,000."""
        self.database.execute(
            "INSERT INTO audit (at, actor, action, detail) VALUES (?, ?, ?, ?)", str(now), actor, action, detail
        )
        self.database.execute("DELETE FROM audit WHERE number <= (SELECT max(number) FROM audit) - ?", AUDIT_KEPT)


def plain_detail(args: dict[str, object], without: frozenset[str] = frozenset()) -> str:
    """A command's arguments as a line of JSON; what cannot be said short is cut, and `without` left out."""
    told = {name: value for name, value in args.items() if name not in without}
    return msgspec.json.encode(told).decode()[:1000]
