"""Erasure: what customers wrote and their numbers leave the database, sealed or not; that it was there, and when, stays.

The event keeps its place in the chain: in its raw form the hash of what it was stands for the words that are gone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, or_, select, text, update

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.tables import commands, events
from signage.wire.chain import NotCanonical, canonical, link_hash
from signage.wire.custody import KINDS
from signage.wire.sealing import PERSONAL, SEALED

ERASED: Final = "erased"  # in an event's data and raw form: when it was
IMPERSONAL: Final = KINDS - set(PERSONAL)  # of these even what cannot be read holds no customer's word
_AT_ONCE: Final = 500
_KEYS: Final = tuple(dict.fromkeys((SEALED, *(key for keys in PERSONAL.values() for key in keys))))


@dataclass(frozen=True)
class Erasure:
    """Everything `before` an instant, or everything of one `case`, of one `branch` or all."""

    before: Instant | None = None
    case: str | None = None
    branch: str | None = None


def count(store: Store, wanted: Erasure) -> int:
    """How many events would lose something. Raises DatabaseAway."""
    query = select(events.c.kind, events.c.data, events.c.problem).where(*_where(wanted))
    with store.read() as connection:
        return sum(_personal(row) for row in connection.execute(query).mappings())


def erase(store: Store, wanted: Erasure, at: Instant) -> int:
    """Erase, and have the database overwrite what it was; how many events lost something. Raises DatabaseAway."""
    erased, after = 0, 0
    while True:
        with store.begin() as connection:
            if store.engine.name == "sqlite":
                connection.execute(text("PRAGMA secure_delete=ON"))
            found = _next(connection, wanted, after)
            for row in found:
                erased += _erase(connection, row, at)
            if wanted.before is not None and not found:
                _forget_notes(connection, wanted.before)
        if not found:
            break
        after = found[-1]["key"]
    if erased:
        _overwrite(store)
    return erased


def _where(wanted: Erasure) -> list[ColumnElement[bool]]:
    held = or_(*(events.c.data.like(f'%"{key}"%') for key in _KEYS))
    unreadable = and_(events.c.problem.is_not(None), events.c.kind.not_in(sorted(IMPERSONAL)))
    conditions: list[ColumnElement[bool]] = [or_(unreadable, and_(events.c.kind.in_(sorted(PERSONAL)), held))]
    if wanted.before is not None:
        conditions.append(func.coalesce(events.c.at, events.c.received_at) < str(wanted.before))
    if wanted.branch is not None:
        conditions.append(events.c.branch == wanted.branch)
    if wanted.case is not None:
        named = events.c.data.like(f"%{json.dumps(wanted.case, ensure_ascii=False)}%")
        conditions.append(or_(events.c.id == wanted.case, named))
    return conditions


def _next(connection: Connection, wanted: Erasure, after: int) -> Sequence[RowMapping]:
    columns = (events.c.key, events.c.kind, events.c.data, events.c.problem, events.c.raw)
    query = select(*columns).where(events.c.key > after, *_where(wanted)).order_by(events.c.key).limit(_AT_ONCE)
    return connection.execute(query).mappings().all()


def _personal(row: RowMapping) -> bool:
    """Whether there is something to erase: in the data, or in an event that could not be read and still is as it came."""
    data = json.loads(row["data"])
    return any(key in data for key in (SEALED, *PERSONAL.get(row["kind"], ()))) or (
        row["problem"] is not None and ERASED not in data
    )


def _erase(connection: Connection, row: RowMapping, at: Instant) -> bool:
    if not _personal(row):
        return False
    data = _without(row["kind"], json.loads(row["data"])) | {ERASED: str(at)}
    values = {"data": json.dumps(data, ensure_ascii=False), "raw": _raw(row, at)}
    connection.execute(update(events).where(events.c.key == row["key"]).values(values))
    return True


def _raw(row: RowMapping, at: Instant) -> bytes:
    """The event as it was received but for what is erased, and the hash by which the next one names it."""
    try:
        event = json.loads(row["raw"])
        digest = link_hash(event)
    except (NotCanonical, ValueError, RecursionError):
        event, digest = None, sha256(row["raw"]).hexdigest()
    if not isinstance(event, dict) or not isinstance(event.get("data"), dict):
        return canonical({ERASED: str(at), "sha256": digest})
    return canonical(event | {"data": _without(row["kind"], event["data"]), ERASED: str(at), "sha256": digest})


def _without(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != SEALED and key not in PERSONAL.get(kind, ())}


def _forget_notes(connection: Connection, before: Instant) -> None:
    """Commands that have long expired may carry a sealed note."""
    noted = commands.c.document.like(f'%"{SEALED}"%')
    connection.execute(delete(commands).where(commands.c.expires_at < str(before), noted))


def _overwrite(store: Store) -> None:
    """SQLite: the write-ahead log goes into the file, and is emptied. PostgreSQL: old versions of rows are cleared away."""
    statement = "PRAGMA wal_checkpoint(TRUNCATE)" if store.engine.name == "sqlite" else "VACUUM events"
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        if store.engine.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text(statement))
        else:
            connection.rollback()
            driver.execute(statement).fetchall()
