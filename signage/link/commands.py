"""Commands are executed at most once: their ids are kept on disk until they expire (contract: Command, Reply)."""

from datetime import timedelta
from enum import Enum
from typing import Final

from signage.core.instants import Instant
from signage.link.database import Database
from signage.wire.codec import decode, encode
from signage.wire.messages import Command, Reply

_GRACE: Final = timedelta(days=1)  # clocks are put right, also backwards
_LONGEST: Final = timedelta(hours=24)  # after issue
_CLOCKS: Final = timedelta(minutes=5)  # a command from further in the future was issued by a wrong clock


class Life(Enum):
    """From when a command's life counts: devices' clocks differ, so on a branch's broker it is from receipt."""

    FROM_RECEIPT = "from receipt"
    FROM_ISSUE = "from issue"


def expiry(command: Command, now: Instant, life: Life) -> Instant | None:
    """When the command, received now, expires; None: it may not be executed any more."""
    span = min(command.expires_at - command.issued_at, _LONGEST)
    if span <= timedelta(0):
        return None
    if life is Life.FROM_RECEIPT:
        return Instant.of(now + span)
    expires_at = Instant.of(command.issued_at + span)
    return expires_at if command.issued_at <= now + _CLOCKS and now < expires_at else None


class Commands:
    """What was begun, and what was answered. Shares its owner's database and transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, command_id: str, expires_at: Instant, now: Instant) -> bool:
        """Note the id, committed (or joining your transaction). False: it was begun before, do not execute it."""

        def note() -> bool:
            self._database.execute("DELETE FROM commands WHERE expires_ms < ?", Instant.of(now - _GRACE).ms)
            insert = "INSERT INTO commands (id, expires_ms) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1"
            return bool(self._database.execute(insert, command_id, expires_at.ms))

        return self._database.run(note)

    def finish(self, reply: Reply) -> None:
        """Keep the answer, so that a repeated command gets the same one again."""
        update = "UPDATE commands SET reply = ? WHERE id = ?"
        self._database.run(lambda: self._database.execute(update, encode(reply), reply.id))

    def answer(self, command_id: str) -> Reply | None:
        """The answer that was given; None: none yet, or never heard of."""
        rows = self._database.execute("SELECT reply FROM commands WHERE id = ?", command_id)
        return decode(rows[0][0], Reply) if rows and rows[0][0] else None
