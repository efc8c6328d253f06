"""Commands are executed at most once: their ids are kept on disk until they expire (contract: Command, Reply)."""

from signage.core.instants import Instant
from signage.link.database import Database
from signage.wire.messages import Reply


class Commands:
    def __init__(self, database: Database) -> None:
        raise NotImplementedError

    def begin(self, command_id: str, expires_at: Instant, now: Instant) -> bool:
        """Note the id, committed (or joining your transaction). False: it was begun before, do not execute it."""
        raise NotImplementedError

    def finish(self, reply: Reply) -> None:
        """Keep the answer, so that a repeated command gets the same one again."""
        raise NotImplementedError

    def answer(self, command_id: str) -> Reply | None:
        raise NotImplementedError
