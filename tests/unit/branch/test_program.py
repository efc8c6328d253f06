"""How the controller refuses to begin: one line, with place and cure."""

import sqlite3
from pathlib import Path

import pytest

from signage.branch.program import locked, run_controller
from signage.branch.store import FILE, open_store
from signage.core.exits import Exit, Refusal
from signage.core.model import HoursPlan
from tests.unit.branch.ground import settings


def refusal(**changed: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        run_controller(settings(**changed), "test")
    assert len(refused.value.lines) == 1
    assert "\n" not in refused.value.lines[0]
    return refused.value


def test_a_second_controller_on_the_same_directory(tmp_path: Path) -> None:
    with locked(tmp_path):
        refused = refusal(directory=tmp_path)
    assert refused.code == Exit.CANNOT_WRITE
    assert "another controller" in refused.lines[0]
    with locked(tmp_path):
        pass  # whoever comes later may have it


def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    refused = refusal(directory=tmp_path / "var" / "branch")
    assert (refused.code, str(tmp_path / "var" / "branch") in refused.lines[0]) == (Exit.CANNOT_WRITE, True)


@pytest.mark.parametrize("part", ["branch", "link"])
def test_a_database_of_a_newer_version_is_left_as_it_is(tmp_path: Path, part: str) -> None:
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        table = next(
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if {"part", "version"} <= {column[1] for column in connection.execute(f"PRAGMA table_info({name})")}
        )
        connection.execute(f"UPDATE {table} SET version = 99 WHERE part = ?", (part,))
    connection.close()
    refused = refusal(directory=tmp_path)
    assert refused.code == Exit.CONFIGURATION
    assert all(word in refused.lines[0] for word in (FILE, "99", part))


def test_facts_that_nobody_wrote(tmp_path: Path) -> None:
    database = open_store(tmp_path)
    database.execute("INSERT INTO facts VALUES (1, ?)", b'{"suspensions":1}')
    database.close()
    refused = refusal(directory=tmp_path)
    assert (refused.code, FILE in refused.lines[0]) == (Exit.BAD_DATA, True)


def test_no_pins_file_and_no_hours(tmp_path: Path) -> None:
    refused = refusal(directory=tmp_path, pins_file=tmp_path / "pins.toml")
    assert (refused.code, "pins.toml" in refused.lines[0]) == (Exit.CONFIGURATION, True)
    wrong = HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr nine to five"})
    refused = refusal(directory=tmp_path, hours=wrong)
    assert (refused.code, "[hours]" in refused.lines[0]) == (Exit.CONFIGURATION, True)
