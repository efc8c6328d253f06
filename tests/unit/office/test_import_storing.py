"""Rows that were brought in, in both sorts of database."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from signage.office.database import DatabaseAway, Store
from signage.office.imports.storing import Brought, Change, store_rows
from signage.office.imports.subjects import Subject
from signage.office.tables_imports import imports, transaction_counts
from tests.unit.office.outboxes import NOW

BROUGHT = Brought("王敏", NOW, "f.csv", b"x", "utf-8", 0)


def day(number: int, counter: str, count: int, branch: str = "hz-1") -> dict[str, str | int]:
    return {"branch": branch, "day": f"2026-11-{number:02d}", "counter": counter, "teller": "", "count": count}


def counts(store: Store) -> list[tuple[str, str, str, int]]:
    with store.read() as connection:
        found = connection.execute(select(transaction_counts).order_by(*transaction_counts.primary_key))
        return [(row.branch, row.day, row.counter, row[4]) for row in found]


def bring(store: Store, *rows: dict[str, str | int]) -> Change:
    return store_rows(store, Subject.TRANSACTIONS, rows, BROUGHT, whole=False, dry=False)


def test_rows_take_the_place_of_their_day(store: Store) -> None:
    assert bring(store, day(2, "1", 5), day(2, "2", 6), day(3, "1", 7), day(2, "", 9, "hz-2")) == Change(4, 0, 0, 0)
    assert bring(store, day(2, "1", 5), day(2, "3", 2)) == Change(1, 0, 1, 1)
    assert counts(store) == [
        ("hz-1", "2026-11-02", "1", 5),
        ("hz-1", "2026-11-02", "3", 2),
        ("hz-1", "2026-11-03", "1", 7),
        ("hz-2", "2026-11-02", "", 9),
    ]
    assert bring(store, *(day(4, "", 1, f"b-{number}") for number in range(1200))) == Change(1200, 0, 0, 0)
    assert bring(store, *(day(4, "", 1 + number % 2, f"b-{number}") for number in range(1200))) == Change(
        0, 600, 600, 0
    )


def test_rows_and_their_audit_are_stored_together_or_not_at_all(store: Store) -> None:
    with pytest.raises(DatabaseAway):
        store_rows(
            store,
            Subject.TRANSACTIONS,
            [day(2, "1", 5)],
            replace(BROUGHT, actor=None),  # type: ignore[arg-type]  # the audit row cannot be written
            whole=False,
            dry=False,
        )
    assert counts(store) == []
    bring(store, day(2, "1", 5))
    with store.read() as connection:
        (row,) = connection.execute(select(imports))
    assert (row.actor, row.at, row.file, row.added, len(row.sha256)) == ("王敏", str(NOW), "f.csv", 1, 64)
