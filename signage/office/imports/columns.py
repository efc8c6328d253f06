"""A sheet's lines against the columns that are wanted: every mistake of the file at once, and the rows that are good."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from signage.office.imports.cells import Read
from signage.office.imports.findings import Finding, Unfit, shown
from signage.office.imports.sheet import Line, Sheet

_CLOSE: Final = 0.5


@dataclass(frozen=True)
class Column:
    """`name` is how programs write its head, `title` how people do; either may stand in a file."""

    name: str
    title: str
    read: Read
    required: bool = True


@dataclass(frozen=True)
class Row:
    """A good line: its cells by the columns' names; those that the file lacks are as if they stood there empty."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Checked:
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    fatal: bool = False  # the heads are wrong: no line can be read


def check(sheet: Sheet, columns: Sequence[Column], key: Sequence[str]) -> Checked:
    """`key` names the columns that tell one row from another: no two lines of a file may agree in them."""
    heads, mistakes = _heads(sheet.heads, columns)
    if mistakes:
        return Checked((), tuple(mistakes), fatal=True)
    rows: list[Row] = []
    findings: list[Finding] = []
    first: dict[tuple[str, ...], int] = {}
    for line in sheet.lines:
        row, wrong = _row(line, sheet.heads, heads, columns)
        findings += wrong
        if row is None:
            continue
        known = first.setdefault(tuple(row.cells[name] for name in key), line.number)
        if known != line.number:
            findings.append(Finding(line.number, "", f"the same as on line {known}", "each only once"))
        else:
            rows.append(row)
    return Checked(tuple(rows), tuple(findings))


def _heads(heads: Sequence[str], columns: Sequence[Column]) -> tuple[list[Column], list[Finding]]:
    named = {head: column for column in columns for head in (column.name, column.title)}
    found: list[Column] = []
    mistakes: list[Finding] = []
    for head in heads:
        column = named.get(head) or named.get(head.lower())
        if column is None:
            mistakes.append(Finding(1, head, shown(head), _nearest(head, columns)))
        elif column in found:
            mistakes.append(Finding(1, head, "a column that stands twice", "it once"))
        else:
            found.append(column)
    missing = [column for column in columns if column.required and column not in found]
    mistakes += [Finding(1, "", f"no column {column.title}", f"{column.title} or {column.name}") for column in missing]
    return found, mistakes


def _nearest(head: str, columns: Sequence[Column]) -> str:
    known = [name for column in columns for name in (column.title, column.name)]
    close = get_close_matches(head, known, n=1, cutoff=_CLOSE)
    return close[0] if close else "one of " + ", ".join(column.title for column in columns)


def _row(
    line: Line, titles: Sequence[str], heads: Sequence[Column], columns: Sequence[Column]
) -> tuple[Row | None, list[Finding]]:
    if len(line.cells) != len(heads):
        return None, [Finding(line.number, "", f"{len(line.cells)} cells", f"{len(heads)}, as many as heads")]
    cells = {column.name: column.read("") for column in columns if column not in heads}
    wrong = []
    for title, column, cell in zip(titles, heads, line.cells, strict=True):
        try:
            cells[column.name] = column.read(cell)
        except Unfit as unfit:
            wrong.append(Finding(line.number, title, shown(cell) if cell else "nothing", str(unfit)))
    return (None if wrong else Row(line.number, cells)), wrong
