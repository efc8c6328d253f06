"""What a column may hold: each function reads one cell, or raises Unfit saying what is wanted."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from signage.office.imports.findings import Unfit
from signage.wire.topics import check_node

Read = Callable[[str], str]

_STAFF: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
_COUNTER: Final = re.compile(r"[^\s/+#$.:]{1,8}")
_GROUP: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,25}")
_MONTH: Final = re.compile(r"(?:19[7-9]\d|2\d{3})-(?:0[1-9]|1[0-2])")
_WHOLE: Final = re.compile(r"\d{1,9}")
_NAME_LIMIT: Final = 60  # characters
_ROLES: Final[Mapping[str, str]] = {
    "": "teller",
    "柜员": "teller",
    "teller": "teller",
    "大堂经理": "lobby-manager",
    "lobby-manager": "lobby-manager",
    "网点负责人": "branch-manager",
    "branch-manager": "branch-manager",
}


def new_branch(cell: str) -> str:
    try:
        check_node(cell)
    except ValueError:
        raise Unfit('a branch\'s id: a-z, 0-9 and "-", at most 32, such as hz-0571-001') from None
    return cell


def branch_of(known: Collection[str]) -> Read:
    """A branch that stands in the roster."""

    def read(cell: str) -> str:
        if cell not in known:
            raise Unfit("a branch of the roster")
        return cell

    return read


def person(cell: str) -> str:
    if not 0 < len(cell) <= _NAME_LIMIT or not cell.isprintable():
        raise Unfit(f"a name of at most {_NAME_LIMIT} letters")
    return cell


def maybe_name(cell: str) -> str:
    return person(cell) if cell else ""


def staff_number(cell: str) -> str:
    if not _STAFF.fullmatch(cell):
        raise Unfit("a staff number: letters, digits and “-”, at most 20")
    return cell


def maybe_staff_number(cell: str) -> str:
    return staff_number(cell) if cell else ""


def maybe_counter(cell: str) -> str:
    if cell and not _COUNTER.fullmatch(cell):
        raise Unfit("a counter's number, such as 1 or A12, or nothing")
    return cell


def role(cell: str) -> str:
    if cell not in _ROLES:
        raise Unfit("柜员, 大堂经理 or 网点负责人 (teller, lobby-manager, branch-manager)")
    return _ROLES[cell]


def groups(cell: str) -> str:
    tags = cell.split()
    if not all(_GROUP.fullmatch(tag) for tag in tags):
        raise Unfit("group tags with blanks between: a-z, 0-9 and “-”")
    return " ".join(tags)


def day(cell: str) -> str:
    """``2026-11-24``, or as spreadsheets write it, ``2026/11/24``."""
    year, *rest = cell.replace("/", "-").split("-")
    try:
        return date(int(year), *(int(part) for part in rest)).isoformat()  # two of them, or TypeError
    except (ValueError, TypeError):
        raise Unfit("a date such as 2026-11-24") from None


def month(cell: str) -> str:
    if not _MONTH.fullmatch(cell):
        raise Unfit("a month such as 2026-11")
    return cell


def whole(cell: str) -> str:
    if not (cell.isascii() and _WHOLE.fullmatch(cell)):
        raise Unfit("a whole number without a sign or separators, such as 1250")
    return str(int(cell))


def decimal(cell: str) -> str:
    """``71.5%`` is ``0.715``. Nothing stays nothing: that branch has no such figure this month."""
    if not cell:
        return ""
    percent = cell.endswith(("%", "％"))
    try:
        value = Decimal(cell.rstrip("%％").strip()) if cell.isascii() or percent else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise Unfit("a number such as 71.5 or 71.5%, without separators")
    return f"{(value / 100 if percent else value).normalize():f}"
