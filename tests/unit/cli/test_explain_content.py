"""`signage explain` with head office's content: what the controller keeps, a bundle, a whole day, and content not to be believed."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from signage.branch.store import FILE
from signage.content.bundle import pack
from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem
from signage.link.clock import now
from tests.system.office_box import OfficeBox
from tests.unit.cli.test_hours_lint import branch, said
from tests.unit.cli.test_lint_content import keeping

ENGLISH = Asset(ref="hello", kind="text", uses=("advertisement",), text={"en": "Hello"}, locale="en")
RULES = Asset(ref="rules", kind="text", uses=("house",), text={"zh": "利率"})


@pytest.fixture
def office(tmp_path: Path) -> OfficeBox:
    (tmp_path / "office").mkdir()
    box = OfficeBox(tmp_path / "office", 1, (("hz-0571-001", "city"),))
    box.publish(
        b"one",
        b"two",
        also=(
            (ENGLISH, ProgrammeItem(id="hello", asset="hello", cls="advertisement")),
            (RULES, ProgrammeItem(id="rules", asset="rules", cls="house", every_s=900)),
        ),
    )
    return box


def kept(folder: Path, office: OfficeBox) -> Path:
    """The same with a controller that has run and knows of nothing else."""
    config = keeping(folder, office)
    with sqlite3.connect(folder / FILE) as database:
        database.execute("CREATE TABLE facts (one, document)")
    database.close()
    return config


def workday() -> str:
    """The next date that the sample branch is open on: Monday to Friday."""
    day = Instant.of(now() + timedelta(hours=8))
    while day.weekday() > 4:
        day = Instant.of(day + timedelta(days=1))
    return str(day)[:10]


def test_what_the_controller_keeps_is_explained_item_by_item(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, office: OfficeBox
) -> None:
    config = kept(tmp_path, office)
    code, out, _ = said(
        capsys, "explain", "--config", config, "--screen", "lobby-wall", "--at", f"{workday()}T10:00:05", "--format", "json"
    )  # fmt: skip
    answer = json.loads(out)
    why = {one["candidate"]: one["reason"] for one in answer["why"]}
    assert (code, next(one["candidate"] for one in answer["why"] if one["won"])[:5]) == (0, "item:")
    assert why["item:hello"] == "hello is in en, and this screen speaks zh"
    assert sum("has this turn; its own comes" in reason for reason in why.values()) == 2
    assert why["house"].startswith("beaten by item:")


def test_a_bundle_is_explained_for_a_whole_day(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, office: OfficeBox
) -> None:
    bundle = tmp_path / "push.bundle"
    bundle.write_bytes(pack(office.repository.files_since(None)))
    content = f'[content]\ntrusted_root = "{office.folder / "root.json"}"\n\n[broker]'
    config = branch(tmp_path, ('directory = "var/branch"', f'directory = "{tmp_path}"'), ("[broker]", content))
    asked = ("explain", "--config", config, "--screen", "lobby-wall", "--content", bundle, "--day", "--at", workday())
    code, out, _ = said(capsys, *asked)
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "lobby-wall, times in Asia/Shanghai")
    assert lines[1].startswith("00:00:00-")
    assert lines[-1].partition("  ")[0].endswith("-24:00:00")
    assert any("item:rules: its turn as house, required every 900 s" in line for line in lines)
    begins = [line.partition("-")[0] for line in lines[1:]]
    ends = [line.partition("-")[2].partition(" ")[0] for line in lines[1:]]
    assert begins[1:] == ends[:-1]
    code, out, _ = said(capsys, *asked, "--format", "json")
    scenes = json.loads(out)
    assert [one["until"] for one in scenes[:-1]] == [one["from"] for one in scenes[1:]]


def test_content_that_cannot_be_believed_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, office: OfficeBox
) -> None:
    config = kept(tmp_path, office)
    lost, torn = tmp_path / "lost", tmp_path / "torn"
    torn.write_bytes(pack(office.repository.files_since(None))[:-9])
    for chosen in (lost, torn, tmp_path / "office"):
        code, out, err = said(capsys, "explain", "--config", config, "--screen", "lobby-wall", "--content", chosen)
        told = [line for line in err.splitlines() if str(chosen) in line]
        assert (code, out, len(told)) == (65, "", 1)
    (tmp_path / "plain").mkdir()
    code, _, err = said(
        capsys, "explain", "--config", branch(tmp_path / "plain"), "--screen", "lobby-wall", "--content", torn
    )
    assert code == 78
    assert "trusted_root is missing" in err
