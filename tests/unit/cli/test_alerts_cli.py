"""`signage alerts` and `signage distrust`: what they print, and how they refuse."""

import json
from pathlib import Path

import pytest

from signage.cli.main import run
from signage.core.instants import Instant
from signage.office.alerts import rebuild
from signage.office.database import Store
from signage.office.measures import Profiles
from tests.unit.office.planted import Field, plant

NINE = Instant.parse("2026-11-24T01:00:00Z")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Three low ratings at counter 2 with a five among them, one at the touch kiosk an hour late, and a stuck key."""
    url = f"sqlite:///{tmp_path}/office.db"
    field = Field(NINE)
    for minute, stars in enumerate((2, 1, 5, 1)):
        field.rating(minute, stars, counter="2", teller="0017")
    field.rating(30, 1, counter=None)
    for press in range(15):
        field.rating(60 + press / 10, 3, counter="3")
    late = [one._replace(received_at=Instant.from_ms(NINE.ms + 90 * 60_000)) for one in field.grown]
    store = Store(url)
    store.prepare()
    plant(store, late)
    with store.begin() as connection:
        rebuild(connection, Profiles())
    store.close()
    file = tmp_path / "head-office.toml"
    file.write_text(f'[database]\nurl = "{url}"\n')
    return file


def test_alerts_are_listed_for_people_and_for_programs(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["alerts", "--config", str(config)]) == 0
    table = capsys.readouterr().out
    assert "低分提醒 5 条" in table
    assert "触摸屏" in table
    assert "90 分钟后才收到" in table
    assert (
        run(
            ["alerts", "--config", str(config), "--format", "jsonl", "--from", "2026-11-24T09:03", "--to", "2026-11-24"]
        )
        == 0
    )
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["kind"], row["n"], row["low"]) for row in rows] == [
        ("cluster", 4, 3),
        ("single", 1, 1),
        ("single", 1, 1),
    ]
    assert run(["alerts", "--config", str(config), "--branch", "nb-1", "--format", "jsonl", "--rebuild"]) == 0
    assert capsys.readouterr().out == ""


def test_distrust_tells_its_evidence(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["distrust", "--config", str(config), "--month", "2026-11", "--format", "jsonl", "--locale", "en"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["kind"], row["counter"], row["n"], row["stars"]) == ("stuck-key", "3", 15, 3)
    assert row["evidence"] == "The key for 3 at counter 3 was pressed 15 times in a row, every 6.0 s, almost evenly"
    assert run(["distrust", "--config", str(config), "--month", "2026-11"]) == 0
    assert "按键卡住" in capsys.readouterr().out
    assert run(["distrust", "--config", str(config), "--month", "2026-11", "--branch", "nb-1"]) == 0
    assert "未发现" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["distrust", "--month", "november"], 2, "--month"),
        (["distrust", "--month", "2026-11", "--locale", "xx"], 2, "--locale"),
        (["alerts", "--from", "yesterday"], 2, "--from"),
    ],
)
def test_wrong_use_is_one_line(
    config: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run([*arguments, "--config", str(config)]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_without_a_database_both_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "head-office.toml"
    file.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/none.db"\n[report]\ntimezone = "Asia/Shanghai"\n')
    for arguments in (["alerts"], ["distrust", "--month", "2026-11"]):
        assert run([*arguments, "--config", str(file)]) == 69
        assert "no such database" in capsys.readouterr().err
    file.write_text('[report]\ntimezone = "Mars"\n')
    assert run(["alerts", "--config", str(file)]) == 78
    assert "timezone" in capsys.readouterr().err
