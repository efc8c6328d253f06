"""Commands are executed at most once: their ids are kept on disk until they expire (contract: Command, Reply)."""

from datetime import timedelta
from typing import Final

from signage.core.instants import Instant
from signage.link.database import Database
from signage.wire.codec import decode, encode
from signage.wire.messages import Reply

_GRACE: Final = timedelta(days=1)  # clocks are put right, also backwards


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
