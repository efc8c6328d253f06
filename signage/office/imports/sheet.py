"""A CSV file as lines of cells, whatever program of the bank wrote it: UTF-8 or GB18030, with or without a mark."""

import codecs
import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signage.office.imports.findings import Finding

SIZE_LIMIT: Final = 64 * 1024 * 1024  # bytes; a year of 500 branches' days is a tenth of it
_CELL_LIMIT: Final = 10_000  # characters; an unclosed quote swallows the rest of a file


class Encoding(StrEnum):
    AUTO = "auto"
    UTF8 = "utf-8"
    GB18030 = "gb18030"


@dataclass(frozen=True)
class Line:
    """One record; `number` is the line of the file on which it begins."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    encoding: Encoding
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


class Unreadable(Exception):  # noqa: N818 - says what the file is
    """The file is no table at all."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.wanted)
        self.finding = finding


def read_sheet(content: bytes, encoding: Encoding = Encoding.AUTO) -> Sheet:
    """Empty lines are left out, white space around cells too (the full-width blank included). Raises Unreadable."""
    text, used = _decoded(content, encoding)
    lines = _lines(text)
    if not lines:
        raise Unreadable(Finding(1, "", "nothing", "a line of column heads"))
    if not lines[1:]:
        raise Unreadable(Finding(lines[0].number + 1, "", "nothing", "at least one line under the heads"))
    return Sheet(used, lines[0].cells, tuple(lines[1:]))


def _decoded(content: bytes, encoding: Encoding) -> tuple[str, Encoding]:
    """UTF-8 where it can be that: GB18030 text of more than a few letters never is."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(Finding(1, "", "UTF-16", "CSV in UTF-8 or GB18030; in a spreadsheet: save as “CSV UTF-8”"))
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable(Finding(1, "", "a workbook", "a table of it saved as CSV"))
    tried = (Encoding.UTF8, Encoding.GB18030) if encoding is Encoding.AUTO else (encoding,)
    worst: UnicodeDecodeError | None = None
    for one in tried:
        try:
            text = content.removeprefix(codecs.BOM_UTF8).decode(one.value)
        except UnicodeDecodeError as error:
            worst = error if worst is None or error.start > worst.start else worst
        else:
            return text.removeprefix("\ufeff"), one
    assert worst is not None
    line = content.count(b"\n", 0, worst.start) + 1
    byte = f"byte {content[worst.start]:#04x}" if worst.start < len(content) else "half a letter"
    raise Unreadable(Finding(line, "", byte, f"text in {' or '.join(one.value.upper() for one in tried)}"))


def _lines(text: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    begins = 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                lines.append(Line(begins, stripped))
            if any(len(cell) > _CELL_LIMIT or "\0" in cell for cell in cells):
                raise Unreadable(Finding(begins, "", "a cell without an end", "every quote closed on its line"))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Finding(begins, "", str(error), "CSV: cells with commas between, quotes closed")) from None
    return lines
