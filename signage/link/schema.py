"""The tables of outbox, inbox and commands: pass LINK to open_database."""

from typing import Final

from signage.link.database import Schema

LINK: Final = Schema(
    "link",
    (
        # `key` names an event in the outbox for good, `seq` is its number in the present epoch. An event of a device is
        # final when it has left the outbox: hence the trigger.
        """
        CREATE TABLE outbox_state (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, last INTEGER NOT NULL,
            head TEXT NOT NULL, upto INTEGER NOT NULL, final INTEGER NOT NULL);
        CREATE TABLE outbox (key INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL UNIQUE, raw BLOB NOT NULL);
        CREATE TABLE outbox_ids (id TEXT PRIMARY KEY, key INTEGER NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX outbox_ids_at ON outbox_ids (at_ms);
        CREATE TABLE inbox (node TEXT NOT NULL, epoch TEXT NOT NULL, last INTEGER NOT NULL, head TEXT,
            PRIMARY KEY (node, epoch)) WITHOUT ROWID;
        CREATE TABLE inbox_pending (node TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, key INTEGER NOT NULL,
            PRIMARY KEY (node, epoch, seq)) WITHOUT ROWID;
        CREATE INDEX inbox_pending_key ON inbox_pending (key);
        CREATE TRIGGER outbox_final AFTER DELETE ON outbox BEGIN
            DELETE FROM inbox_pending WHERE key = old.key;
        END;
        CREATE TABLE commands (id TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL, reply BLOB) WITHOUT ROWID;
        """,
        # The highest number ever sent: a receipt above it tells that this disk was an old copy.
        """
        ALTER TABLE outbox_state ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
        UPDATE outbox_state SET sent = last;
        """,
    ),
)
