"""The list of branches, and which of several collectors (or publishers) looks after which (contract: topics)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from signage.core.exits import Exit, Refusal
from signage.wire.topics import check_node

_COLUMNS: Final = ("id", "name", "region", "groups")


@dataclass(frozen=True)
class RosterBranch:
    id: str
    name: str
    region: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Shard:
    """This one of `count`; the branches of one alone are all of them."""

    index: int = 0
    count: int = 1

    @staticmethod
    def parse(text: str) -> "Shard":
        """``2/4``. Raises ValueError."""
        index, slash, count = text.partition("/")
        if not (slash and index.isascii() and index.isdigit() and count.isascii() and count.isdigit()):
            raise ValueError(f"{text!r} is no shard: wanted I/N, such as 2/4")
        shard = Shard(int(index), int(count))
        if not shard.index < shard.count <= 1000:
            raise ValueError(f"{text!r} is no shard: wanted I below N, and N at most 1000")
        return shard

    def holds(self, branch: str) -> bool:
        return int(sha256(branch.encode()).hexdigest()[:8], 16) % self.count == self.index

    def of(self, branches: Iterable[RosterBranch]) -> tuple[RosterBranch, ...]:
        return tuple(branch for branch in branches if self.holds(branch.id))


def read_roster(path: Path) -> tuple[RosterBranch, ...]:
    """Columns id, name, region, groups (separated by spaces). Raises Refusal: 78 if missing, 65 naming every bad line."""
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except FileNotFoundError:
        raise Refusal(Exit.CONFIGURATION, f"{path}: there is no such file; make it, or leave out [roster]") from None
    except OSError as error:
        raise Refusal(Exit.CONFIGURATION, f"{path}: cannot be read: {error.strerror}; make it readable") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: {error}; save it as CSV in UTF-8") from None
    if not lines or tuple(cell.strip() for cell in lines[0]) != _COLUMNS:
        raise Refusal(Exit.BAD_DATA, f"{path}: line 1: wanted the columns {','.join(_COLUMNS)}")
    return _branches(path, lines[1:])


def _branches(path: Path, lines: list[list[str]]) -> tuple[RosterBranch, ...]:
    branches: dict[str, RosterBranch] = {}
    mistakes = []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(_COLUMNS):
            mistakes.append(f"{path}: line {number}: {len(cells)} columns, wanted {len(_COLUMNS)}")
            continue
        identity, name, region, groups = (cell.strip() for cell in cells)
        try:
            check_node(identity)
        except ValueError as error:
            mistakes.append(f"{path}: line {number}: {error}")
            continue
        if identity in branches:
            mistakes.append(f"{path}: line {number}: {identity!r} stands twice, wanted each branch once")
        branches[identity] = RosterBranch(identity, name, region, tuple(groups.split()))
    if mistakes:
        raise Refusal(Exit.BAD_DATA, *mistakes)
    return tuple(branches.values())
