"""How a group of events goes into the database: as few statements as there can be, in each database's own words.

On PostgreSQL groups are written one after another, whichever collector has them (`_TURN`): `key` then grows in the order in
which events become visible, and whoever follows it from the last one seen misses none. A collector that stops in the middle
is shown out by the server after `_PATIENCE_MS`.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, update

from signage.office.event_rows import COLUMNS, EventRow
from signage.office.tables import marks

_TURN: Final = 0x516B
_PATIENCE_MS: Final = 15_000
_NAMES: Final = ", ".join(COLUMNS)
_SQLITE_EVENTS: Final = f"INSERT INTO events ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - constants
_SQLITE_IDS: Final = (
    "INSERT INTO event_ids (id) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING RETURNING id"
)
_COPY: Final = f"COPY events ({_NAMES}) FROM STDIN (FORMAT BINARY)"
_TYPES: Final = (*("text",) * 7, "int8", "text", "bytea", "text", "bool", "text", "int8")
_PG_IDS: Final = f"""
WITH turn AS MATERIALIZED (
    SELECT pg_advisory_xact_lock({_TURN}), set_config('idle_in_transaction_session_timeout', '{_PATIENCE_MS}', true)
)
INSERT INTO event_ids (id) SELECT unnest(%s::text[]) FROM turn ON CONFLICT DO NOTHING RETURNING id
"""  # noqa: S608 - constants
_MOVE: Final = (
    update(marks)
    .where(marks.c.node == bindparam("of_node"), marks.c.epoch == bindparam("of_epoch"))
    .values(last=bindparam("new_last"), head=bindparam("new_head"), stored_at=bindparam("new_stored_at"))
)


def claim(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that were stored nowhere yet; from now on they are. Sorted, so that two writers cannot lock crosswise."""
    ordered = sorted(set(ids))
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(_SQLITE_IDS, (json.dumps(ordered),))
    else:
        found = connection.exec_driver_sql(_PG_IDS, (ordered,))
    return set(found.scalars())


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
