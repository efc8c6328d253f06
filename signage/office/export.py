"""Rows of the database as people and programs take them away (contract: exported rows)."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TextIO

from sqlalchemy import Connection, Select, func, select

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.erasing import IMPERSONAL
from signage.office.tables import events
from signage.wire.sealing import SEALED, Unopened, unsealed_data, without_personal

_AT_ONCE: Final = 1000  # rows read from the database at a time
_FIXED: Final = ("branch", "received_at", "id", "at", "kind", "origin", "origin_epoch", "origin_seq")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a customer's words as a formula


class Subject(StrEnum):
    RATINGS = "ratings"
    EVENTS = "events"
    SUSPENSIONS = "suspensions"
    CASES = "cases"
    PLAYS = "plays"


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


_KINDS: Final[Mapping[Subject, str]] = {
    Subject.RATINGS: "rating",
    Subject.SUSPENSIONS: "suspension",
    Subject.CASES: "case",
    Subject.PLAYS: "play",
}


@dataclass(frozen=True)
class Selection:
    """`first` included, `end` excluded, by the time of the event (of its receipt where it cannot be read).

    `unsealed`: with customers' words and numbers, those that are sealed as far as the key `private` opens them.
    """

    subject: Subject
    first: Instant | None = None
    end: Instant | None = None
    branch: str | None = None
    unsealed: bool = False
    private: bytes | None = field(default=None, repr=False)


def export(store: Store, selection: Selection, form: Format, out: TextIO) -> None:
    """Write the selected rows in the order they were stored. Raises DatabaseAway, OSError of `out`.

    What customers wrote and their numbers are in them only where the selection is `unsealed`.
    """
    write: Callable[[Connection, Selection, TextIO], None] = _csv if form is Format.CSV else _jsonl
    with store.read() as connection:
        write(connection, selection, out)


def _query(selection: Selection) -> Select[Any]:
    moment = func.coalesce(events.c.at, events.c.received_at)
    query = select(*(events.c[name] for name in _FIXED), events.c.data, events.c.problem, events.c.raw)
    if selection.subject is not Subject.EVENTS:
        query = query.where(events.c.kind == _KINDS[selection.subject])
    if selection.first is not None:
        query = query.where(moment >= str(selection.first))
    if selection.end is not None:
        query = query.where(moment < str(selection.end))
    if selection.branch is not None:
        query = query.where(events.c.branch == selection.branch)
    return query.order_by(events.c.key)


def _rows(connection: Connection, selection: Selection) -> Iterator[dict[str, Any]]:
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(_query(selection)):
        data = _data(row.kind, row.id or "", json.loads(row.data), selection)
        exported = {name: getattr(row, name) for name in _FIXED} | {"data": data}
        if row.problem is not None:
            exported["problem"] = row.problem
            if selection.unsealed or row.kind in IMPERSONAL:
                exported["raw"] = row.raw.decode(errors="replace")
        yield exported


def _data(kind: str, identity: str, data: dict[str, Any], selection: Selection) -> dict[str, Any]:
    """An envelope that does not open says why in its place."""
    if not selection.unsealed:
        return without_personal(kind, data)
    if SEALED not in data:
        return data
    if selection.private is None:
        return data | {SEALED: "wanted the private key that opens it"}
    try:
        return unsealed_data(kind, identity, data, selection.private)
    except Unopened as error:
        return data | {SEALED: str(error)}


def _jsonl(connection: Connection, selection: Selection, out: TextIO) -> None:
    out.writelines(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in _rows(connection, selection)
    )


def _csv(connection: Connection, selection: Selection, out: TextIO) -> None:
    """Two passes over the same transaction: the columns of `data` are known only when all rows have been seen."""
    extra: set[str] = set()
    for row in _rows(connection, selection):
        extra.update(key for key, _ in _flat(row) if key not in _FIXED)
    writer = csv.DictWriter(out, [*_FIXED, *sorted(extra)], restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(connection, selection):
        writer.writerow({key: _cell(value) for key, value in _flat(row)})


def _flat(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested objects with dots; lists stay one cell of JSON."""
    for key, part in value.items():
        if isinstance(part, dict):
            yield from _flat(part, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", part


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool() | list():
            return json.dumps(value, ensure_ascii=False)
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
        case _:
            return value
