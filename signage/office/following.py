"""How far a follower of `events` may read: up to a key below which nothing can appear any more.

Keys are given when a row is written, but rows become visible when their transaction ends. Several collectors may end
theirs in another order, so a follower that trusted the highest key would pass over a row for good.
"""

from sqlalchemy import Connection, func, select, text

from signage.office.database import Store
from signage.office.tables import events


def settled_key(store: Store) -> int:
    """Every event up to this key is there to be read; 0: there is none. Raises DatabaseAway.

    PostgreSQL: whoever is writing now is waited for (milliseconds); who writes later gets higher keys. SQLite has one
    writer at a time.
    """
    if store.engine.name != "postgresql":
        return highest_key(store)
    with store.begin() as connection:
        connection.execute(text("LOCK TABLE events IN SHARE MODE"))
        return _highest(connection)


def highest_key(store: Store) -> int:
    """The highest key that can be read now. A follower that has seen it has seen everything there is."""
    with store.read() as connection:
        return _highest(connection)


def _highest(connection: Connection) -> int:
    highest: int | None = connection.execute(select(func.max(events.c.key))).scalar()
    return highest or 0
