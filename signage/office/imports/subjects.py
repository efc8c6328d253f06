"""What may be brought in: the columns of each sheet, and the table its rows go into."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from sqlalchemy import Table

from signage.office.imports import cells
from signage.office.imports.columns import Column, Row
from signage.office.imports.findings import Finding
from signage.office.tables_imports import outside_columns, tellers, transaction_counts


class Subject(StrEnum):
    TELLERS = "tellers"
    BRANCHES = "branches"
    TRANSACTIONS = "transactions"
    COLUMNS = "columns"


TABLES: Final[Mapping[Subject, Table]] = {
    Subject.TELLERS: tellers,
    Subject.TRANSACTIONS: transaction_counts,
    Subject.COLUMNS: outside_columns,
}
KEYS: Final[Mapping[Subject, tuple[str, ...]]] = {
    Subject.TELLERS: ("branch", "number"),
    Subject.BRANCHES: ("id",),
    Subject.TRANSACTIONS: ("branch", "day", "counter", "teller"),
    Subject.COLUMNS: ("branch", "month"),
}


def columns_of(subject: Subject, known: Collection[str], outside: Mapping[str, str]) -> tuple[Column, ...]:
    """`known`: the branches of the roster. `outside`: the outside columns of the score's rules, name to Chinese title."""
    branch = Column("branch", "网点", cells.branch_of(known))
    match subject:
        case Subject.TELLERS:
            return (
                branch,
                Column("number", "工号", cells.staff_number),
                Column("name", "姓名", cells.person),
                Column("role", "岗位", cells.role, required=False),
            )
        case Subject.BRANCHES:
            return (
                Column("id", "网点编号", cells.new_branch),
                Column("name", "网点名称", cells.person),
                Column("region", "区域", cells.maybe_name),
                Column("groups", "分组", cells.groups, required=False),
            )
        case Subject.TRANSACTIONS:
            return (
                branch,
                Column("day", "日期", cells.day),
                Column("counter", "柜台", cells.maybe_counter, required=False),
                Column("teller", "工号", cells.maybe_staff_number, required=False),
                Column("count", "笔数", cells.whole),
            )
        case Subject.COLUMNS:
            values = [Column(name, title, cells.decimal, required=False) for name, title in outside.items()]
            return (branch, Column("month", "月份", cells.month), *values)


def stored_rows(subject: Subject, rows: Sequence[Row]) -> Iterator[Mapping[str, str | int]]:
    """The rows as the table of the subject holds them; for the branches, as the roster's file does."""
    for row in rows:
        match subject:
            case Subject.TRANSACTIONS:
                yield {**row.cells, "count": int(row.cells["count"])}
            case Subject.COLUMNS:
                place = {"branch": row.cells["branch"], "month": row.cells["month"]}
                yield from (
                    {**place, "name": name, "value": value}
                    for name, value in row.cells.items()
                    if name not in place and value
                )
            case _:
                yield dict(row.cells)


def mixed_grains(rows: Sequence[Row]) -> Iterator[tuple[Row, Finding]]:
    """Transactions of a branch's day are counted in one way, or some would be counted twice."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        other = first.setdefault((row.cells["branch"], row.cells["day"]), row)
        if _grain(row) != _grain(other):
            wanted = f"{_GRAINS[_grain(other)]}, as on line {other.line}: a branch's day is counted in one way"
            yield row, Finding(row.line, "", _GRAINS[_grain(row)], wanted)


_GRAINS: Final = {
    (False, False): "a count of the whole branch",
    (True, False): "a count of a counter",
    (False, True): "a count of a teller",
    (True, True): "a count of a teller at a counter",
}


def _grain(row: Row) -> tuple[bool, bool]:
    return bool(row.cells["counter"]), bool(row.cells["teller"])
