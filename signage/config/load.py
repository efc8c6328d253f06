"""Reads configuration files. A file with mistakes is refused whole, every mistake in one line of its own, exit 78."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from signage.config.branch_file import BranchConfig
from signage.config.check import Checked, walk
from signage.config.entries import inconsistencies
from signage.config.leaves import Raw, Table
from signage.config.office_file import HeadOfficeConfig
from signage.config.places import Mistake
from signage.config.references import contradictions
from signage.core.exits import Exit, Refusal

_SIZE_LIMIT_BYTES: Final = 1024 * 1024  # a thousand counters would fit
T = TypeVar("T", bound=Table)


class BadConfiguration(Refusal):
    """A configuration file that cannot be used. `lines`: one for each mistake."""

    def __init__(self, *lines: str) -> None:
        super().__init__(Exit.CONFIGURATION, *lines)


def load_branch(path: Path) -> BranchConfig:
    """Read `config/branch.toml`. Raises BadConfiguration."""
    raw = read_toml(path)
    if not _is_branch(raw) and ("database" in raw or "roster" in raw):
        raise BadConfiguration(f"{path}: this is head office's file; wanted a branch's, with [branch]")
    return _read(raw, BranchConfig, path)


def load_head_office(path: Path) -> HeadOfficeConfig:
    """Read `config/head-office.toml`. Raises BadConfiguration."""
    raw = read_toml(path)
    if _is_branch(raw):
        raise BadConfiguration(f"{path}: this is a branch's file; wanted head office's, without [branch]")
    return _read(raw, HeadOfficeConfig, path)


def load_either(path: Path) -> BranchConfig | HeadOfficeConfig:
    """Read a file of either sort: one with a [branch] is a branch's. Raises BadConfiguration."""
    raw = read_toml(path)
    return _read(raw, BranchConfig, path) if _is_branch(raw) else _read(raw, HeadOfficeConfig, path)


def _is_branch(raw: Raw) -> bool:
    return any(table in raw for table in ("branch", "counter", "screen"))


def read_toml(path: Path) -> Raw:
    """A file's data, not yet checked. Raises BadConfiguration."""
    try:
        with path.open("rb") as file:
            content = file.read(_SIZE_LIMIT_BYTES + 1)
    except FileNotFoundError:
        raise BadConfiguration(f"{path}: there is no such file; name one with --config") from None
    except OSError as error:
        raise BadConfiguration(f"{path}: cannot be read: {error.strerror or error}; make it readable") from None
    if len(content) > _SIZE_LIMIT_BYTES:
        raise BadConfiguration(f"{path}: larger than 1 MiB; this is no configuration")
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise BadConfiguration(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadConfiguration(f"{path}: not TOML: {error}; mend that place") from None


def _read(raw: Raw, kind: type[T], path: Path) -> T:
    checked = walk(raw, kind)
    mistakes = [*checked.mistakes, *_semantics(raw, checked)]
    if mistakes:
        raise BadConfiguration(*[mistake.line(str(path)) for mistake in mistakes])
    return msgspec.convert(raw, kind)


def _semantics(raw: Raw, checked: Checked) -> Iterator[Mistake]:
    yield from inconsistencies(checked)
    yield from contradictions(raw, checked)
