"""`signage report` and `signage talks` used wrongly, and the part of it that needs no printer."""

from pathlib import Path

import pytest
from sqlalchemy import insert

from signage.cli.main import run
from signage.core.instants import Instant
from signage.link.clock import now
from signage.office.database import Store
from signage.office.report.closing import Closed, keep
from signage.office.report.document import BranchMonth, Complaints, Document, RuleSheet
from signage.office.report.gathering import Gathered
from signage.office.tables_imports import tellers
from tests.unit.config.samples import HEAD_OFFICE, changed

CLOSED_AT = Instant.parse("2026-02-02T01:00:00Z")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A database in which January 2026 is closed, one of its branches asked for a talk."""
    text = changed(HEAD_OFFICE, "sqlite:///var", f"sqlite:///{tmp_path}")
    file = tmp_path / "head-office.toml"
    file.write_text(changed(text, "config/branches.csv", f"{tmp_path}/branches.csv"), encoding="utf-8")
    (tmp_path / "branches.csv").write_text("id,name,region,groups\nhz-1,高新支行,浙江,\n", encoding="utf-8")
    store = Store(f"sqlite:///{tmp_path}/head-office.db")
    store.prepare()
    talk = BranchMonth(id="hz-1", name="高新支行", complaints=Complaints(cases=2, transactions=4000), talk=True)
    quiet = BranchMonth(id="hz-2", name="滨江支行")
    document = Document(
        month="2026-01",
        bank={"zh": "行"},
        rules=RuleSheet(version="1", parts=(), talk_above=3.0),
        branches=(talk, quiet),
        tellers=(),
    )
    with store.begin() as connection:
        keep(connection, Closed("2026-01", CLOSED_AT, "王敏", "0" * 64, Gathered(document, {}), frozenset()))
        connection.execute(insert(tellers).values(branch="hz-1", number="1", name="x", role="teller"))
    store.close()
    return file


def said(capsys: pytest.CaptureFixture[str], office: Path, *arguments: str) -> tuple[int, str, str]:
    code = run([*arguments, "--config", str(office)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--month", "2026-1"), 2, "'2026-1' is no month"),
        (("--month", "2026-13"), 2, "is no month"),
        (("--month", "2999-01"), 2, "2999-01 has not begun"),
        (("--month", "2026-01", "--branch", "hz-9"), 2, "'hz-9' is not on the roster and has sent nothing"),
        (("--month", "2026-01", "--branch", "hz-1", "--close"), 2, "closed for all branches"),
        (("--month", "2026-01", "--close"), 77, "2026-01 was closed by 王敏 at 2026-02-02T01:00:00.000Z"),
        (("--month", f"{now():%Y-%m}", "--close"), 2, "is not over"),
    ],
)
def test_wrong_use_is_said(
    capsys: pytest.CaptureFixture[str], office: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended, _, err = said(capsys, office, "report", "--out", str(office.parent / "out"), *arguments)
    assert ended == code
    assert words in err
    assert not (office.parent / "out").exists()


def test_a_month_of_which_nothing_is_stored_is_said_and_printed_all_the_same(
    capsys: pytest.CaptureFixture[str], office: Path
) -> None:
    code, out, err = said(
        capsys, office, "report", "--month", "2025-12", "--branch", "hz-1", "--out", str(office.parent / "out")
    )
    assert (code, err.count("\n")) == (0, 1)
    assert "2025-12: not one rating of it is stored in" in err
    assert "files in" in out
    assert (office.parent / "out").is_dir()


def test_a_database_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    (office.parent / "head-office.db").unlink()
    code, _, err = said(capsys, office, "report", "--month", "2026-01", "--out", str(office.parent / "out"))
    assert code == 69
    assert "there is no such database yet" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--month", "2026-02"), 2, "2026-02 is not closed"),
        (("--month", "2026-01", "--acknowledge", "hz-1"), 2, "wanted --acknowledge and --by"),
        (("--month", "2026-01", "--acknowledge", "hz-2", "--by", "李雷"), 2, "hz-2 is not asked for a talk in 2026-01"),
    ],
)
def test_a_talk_is_of_a_closed_month_and_by_name(
    capsys: pytest.CaptureFixture[str], office: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended, _, err = said(capsys, office, "talks", *arguments)
    assert ended == code
    assert words in err


def test_talks_are_listed_with_who_acknowledged_them(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    assert said(capsys, office, "talks", "--month", "2026-01")[1] == "hz-1\t高新支行\t5.00\twaits\n"
    arguments = ("talks", "--month", "2026-01", "--acknowledge", "hz-1", "--by", "李雷", "--note", "已整改")
    code, out, _ = said(capsys, office, *arguments)
    assert code == 0
    assert out.startswith("hz-1\t高新支行\t5.00\t李雷\t")
    assert out.endswith("\t已整改\n")
    assert said(capsys, office, *arguments)[0] == 77


def test_a_closed_month_is_printed_out_of_what_was_kept(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    out = office.parent / "out"
    code, told, _ = said(capsys, office, "report", "--month", "2026-01", "--branch", "hz-1", "--out", str(out))
    assert (code, told) == (
        0,
        f"2026-01: 12 files in {out}; closed by 王敏 at 2026-02-02T01:00:00.000Z, figures 0000000000000000\n",
    )
    assert "已结账 · 王敏 · 2026年2月2日" in (out / "branch.html").read_text(encoding="utf-8")
    assert (out / "branch.pdf").read_bytes().startswith(b"%PDF")
