"""Checked rows into head office's database (the branches: into the roster's file), with a row of who brought them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select

from signage.content.files import write_file
from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.imports.subjects import KEYS, TABLES, Subject
from signage.office.roster import RosterBranch
from signage.office.tables_imports import imports

_AT_ONCE: Final = 500  # branches that one statement names


@dataclass(frozen=True)
class Change:
    """How many rows an import brings, alters, leaves as they were and takes away."""

    added: int
    changed: int
    same: int
    removed: int


@dataclass(frozen=True)
class Brought:
    """Who brought which file, when."""

    actor: str
    at: Instant
    file: str
    content: bytes
    encoding: str
    refused: int


def store_rows(
    store: Store, subject: Subject, rows: Sequence[Mapping[str, Any]], brought: Brought, *, whole: bool, dry: bool
) -> Change:
    """All in one transaction, none of it when `dry`. Raises DatabaseAway.

    A row takes the place of the one with its key; of transactions, a branch's day takes the place of that day. `whole`: what
    the file does not name goes.
    """
    table = TABLES[subject]
    with store.begin() as connection:
        before = _before(connection, table, subject, rows, whole=whole)
        change = compare(before, {_key(subject, row): dict(row) for row in rows})
        if not dry:
            if change.added or change.changed or change.removed:
                _replace(connection, table, before.values(), rows)
            connection.execute(insert(imports).values(**_audit(subject, brought, change)))
    return change


def store_branches(
    store: Store, path: Path, known: Sequence[RosterBranch], rows: Sequence[Mapping[str, Any]], brought: Brought,
    *, whole: bool, dry: bool,
) -> Change:  # fmt: skip
    """The roster's file anew, in its own order, the new ones at its end. Raises DatabaseAway, Refusal (73)."""
    before = {(one.id,): asdict(one) | {"groups": " ".join(one.groups)} for one in known}
    named = {(str(row["id"]),): dict(row) for row in rows}
    change = compare(before if whole else {key: row for key, row in before.items() if key in named}, named)
    if dry:
        return change
    kept = {key: row for key, row in before.items() if not whole or key in named}
    with store.begin() as connection:  # the file is replaced last: no change without its row
        connection.execute(insert(imports).values(**_audit(Subject.BRANCHES, brought, change)))
        if change.added or change.changed or change.removed:
            write_file(path, _roster_file((kept | named).values()))
    return change


def compare(before: Mapping[Any, Mapping[str, Any]], after: Mapping[Any, Mapping[str, Any]]) -> Change:
    changed = sum(key in before and before[key] != row for key, row in after.items())
    added = sum(key not in before for key in after)
    return Change(added, changed, len(after) - added - changed, sum(key not in after for key in before))


def _key(subject: Subject, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _key_columns(subject))


def _key_columns(subject: Subject) -> tuple[str, ...]:
    return (*KEYS[subject], "name") if subject is Subject.COLUMNS else KEYS[subject]


def _before(
    connection: Connection, table: Table, subject: Subject, rows: Sequence[Mapping[str, Any]], *, whole: bool
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The stored rows whose place the new ones take."""
    if whole:
        found = [dict(row) for row in connection.execute(select(table)).mappings()]
    else:
        span = ("branch", "day") if subject is Subject.TRANSACTIONS else _key_columns(subject)
        places = {tuple(row[name] for name in span) for row in rows}
        found = [dict(row) for row in _near(connection, table, rows) if tuple(row[name] for name in span) in places]
    return {_key(subject, row): row for row in found}


def _near(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[Any, Any]]:
    """The stored rows of the same branches and the same time."""
    branches = sorted({str(row["branch"]) for row in rows})
    time = next((column for column in table.primary_key if column.name in {"day", "month"}), None)
    for first in range(0, len(branches), _AT_ONCE):
        query = select(table).where(table.c.branch.in_(branches[first : first + _AT_ONCE]))
        if time is not None:
            times = [str(row[time.name]) for row in rows]
            query = query.where(time.between(min(times), max(times)))
        yield from connection.execute(query).mappings()


def _replace(
    connection: Connection, table: Table, old: Iterable[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> None:
    keys = list(table.primary_key)
    gone = [{f"old_{key.name}": row[key.name] for key in keys} for row in old]
    if gone:
        connection.execute(delete(table).where(and_(*(key == bindparam(f"old_{key.name}") for key in keys))), gone)
    if new:
        connection.execute(insert(table), [dict(row) for row in new])


def _audit(subject: Subject, brought: Brought, change: Change) -> dict[str, Any]:
    return {
        "at": str(brought.at),
        "actor": brought.actor,
        "subject": subject.value,
        "file": brought.file,
        "sha256": sha256(brought.content).hexdigest(),
        "encoding": brought.encoding,
        "refused": brought.refused,
        **asdict(change),
    }


def _roster_file(rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "name", "region", "groups"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
