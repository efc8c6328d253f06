"""How a group of events goes into the database: as few statements as there can be, in each database's own words.

On PostgreSQL groups are written one after another, whichever collector has them (`_TURN`): `key` then grows in the order in
which events become visible, and whoever follows it from the last one seen misses none. A collector that stops in the middle
is shown out by the server after `_PATIENCE_MS`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, insert, update

from signage.office.event_rows import COLUMNS, EventRow
from signage.office.tables import marks

_json: Final = msgspec.json.Encoder().encode
_TURN: Final = 0x516B
_PATIENCE_MS: Final = 15_000
_NAMES: Final = ", ".join(COLUMNS)
_SQLITE_EVENTS: Final = f"INSERT INTO events ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - constants
_SQLITE_IDS: Final = "INSERT INTO event_ids (id) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING"
_COPY: Final = f"COPY events ({_NAMES}) FROM STDIN (FORMAT BINARY)"
_TYPES: Final = (*("text",) * 7, "int8", "text", "bytea", "text", "bool", "text", "int8")
_PG_KNOWN_IDS: Final = f"""
WITH turn AS MATERIALIZED (
    SELECT pg_advisory_xact_lock({_TURN}), set_config('idle_in_transaction_session_timeout', '{_PATIENCE_MS}', true)
),
given AS MATERIALIZED (SELECT json_array_elements_text(%s::json) AS id FROM turn),
fresh AS (INSERT INTO event_ids (id) SELECT id FROM given ON CONFLICT DO NOTHING RETURNING id)
SELECT id FROM given EXCEPT SELECT id FROM fresh
"""  # noqa: S608 - constants
_MOVE: Final = (
    update(marks)
    .where(marks.c.node == bindparam("of_node"), marks.c.epoch == bindparam("of_epoch"))
    .values(last=bindparam("new_last"), head=bindparam("new_head"), stored_at=bindparam("new_stored_at"))
)


def claim(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that were stored nowhere yet; from now on they are. Sorted, so that two writers cannot lock crosswise.

    Nearly always all of them are: what comes back from the database are the others.
    """
    wanted = set(ids)
    told = (_json(sorted(wanted)).decode(),)
    if connection.dialect.name == "sqlite":
        return _claim_of_sqlite(connection, wanted, told)
    return wanted.difference(connection.exec_driver_sql(_PG_KNOWN_IDS, told).scalars())


def _claim_of_sqlite(connection: Connection, wanted: set[str], told: tuple[str]) -> set[str]:
    """SQLite names only those that it has inserted, at a price: asked for where they are not all."""
    connection.exec_driver_sql("SAVEPOINT claim")
    fresh = wanted
    if connection.exec_driver_sql(_SQLITE_IDS, told).rowcount != len(wanted):
        connection.exec_driver_sql("ROLLBACK TO claim")
        fresh = set(connection.exec_driver_sql(f"{_SQLITE_IDS} RETURNING id", told).scalars())
    connection.exec_driver_sql("RELEASE claim")
    return fresh


def put_events(connection: Connection, rows: Sequence[EventRow]) -> None:
    """After `claim`. Raises the driver's own errors, which `Store.begin` knows."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE_EVENTS, list(rows))
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for row in rows:
            copy.write_row(row)


def put_marks(connection: Connection, fresh: list[dict[str, Any]], moved: list[dict[str, Any]]) -> None:
    """Rows of `marks`. One that is there already although it is `fresh` raises IntegrityError: another had it first."""
    if fresh:
        connection.execute(insert(marks), fresh)
    if moved:
        renamed = {"node": "of_node", "epoch": "of_epoch"}
        connection.execute(
            _MOVE, [{renamed.get(key, f"new_{key}"): value for key, value in row.items()} for row in moved]
        )
