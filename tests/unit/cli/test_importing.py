"""`signage import` as a person uses it, rightly and wrongly."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from signage.cli.main import run
from signage.office.database import Store
from signage.office.tables_imports import imports, outside_columns, tellers, transaction_counts
from tests.unit.config.samples import HEAD_OFFICE, changed

RULES = Path("config/branch-score.toml").resolve()


class Office:
    """Head office's file and database in a folder of their own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.file = folder / "head-office.toml"
        text = changed(HEAD_OFFICE, "sqlite:///var", f"sqlite:///{folder}")
        text = changed(text, "config/branches.csv", f"{folder}/branches.csv")
        self.file.write_text(changed(text, "config/branch-score.toml", str(RULES)), encoding="utf-8")
        self.roster.write_text(
            "id,name,region,groups\nhz-1,高新支行,浙江,city\nhz-2,滨江支行,浙江,\n", encoding="utf-8"
        )

    @property
    def roster(self) -> Path:
        return self.folder / "branches.csv"

    def bring(self, subject: str, text: str | bytes, *options: str) -> tuple[int, str, list[str]]:
        file = self.folder / "brought.csv"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        code = run(["import", subject, str(file), "--config", str(self.file), "--by", "王敏", *options])
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err.replace(f"{file}", "FILE").splitlines()

    def rows(self, table: Table) -> list[dict[str, Any]]:
        store = Store(f"sqlite:///{self.folder}/head-office.db")
        store.prepare()
        with store.read() as connection:
            found = [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        store.close()
        return found


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


TELLERS = "网点,工号,姓名,岗位\nhz-1,0007,王敏,大堂经理\nhz-1,0008,李雷,\nhz-2,0008,韩梅,柜员\n"


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    assert office.bring("tellers", TELLERS) == (
        0,
        "tellers: 3 lines in UTF-8: 3 new, 0 changed, 0 as before, 0 gone; stored, brought by 王敏\n",
        [],
    )
    first = office.rows(tellers)
    assert office.bring("tellers", TELLERS.encode("gb18030"))[1] == (
        "tellers: 3 lines in GB18030: 0 new, 0 changed, 3 as before, 0 gone; stored, brought by 王敏\n"
    )
    assert office.rows(tellers) == first
    assert first[0] == {"branch": "hz-1", "number": "0007", "name": "王敏", "role": "lobby-manager"}
    audits = office.rows(imports)
    assert [(one["actor"], one["subject"], one["encoding"], one["added"], one["same"]) for one in audits] == [
        ("王敏", "tellers", "utf-8", 3, 0),
        ("王敏", "tellers", "gb18030", 0, 3),
    ]
    assert len({one["sha256"] for one in audits}) == 2


def test_what_a_file_does_not_name_stays_unless_it_is_the_whole_list(office: Office) -> None:
    office.bring("tellers", TELLERS)
    _, out, _ = office.bring("tellers", "网点,工号,姓名\nhz-1,0008,李蕾\n")
    assert "0 new, 1 changed, 0 as before, 0 gone" in out
    assert [row["name"] for row in office.rows(tellers)] == ["王敏", "李蕾", "韩梅"]
    _, out, _ = office.bring("tellers", "网点,工号,姓名\nhz-1,0008,李蕾\n", "--whole")
    assert "0 new, 0 changed, 1 as before, 2 gone" in out
    assert [row["name"] for row in office.rows(tellers)] == ["李蕾"]


def test_nothing_is_stored_if_a_line_is_wrong(office: Office) -> None:
    code, out, said = office.bring("tellers", TELLERS + "hz-3,1,x,\nhz-1,1,,\n")
    assert (code, out) == (65, "")
    assert said == [
        'FILE: line 5, column 网点: found "hz-3", wanted a branch of the roster',
        "FILE: line 6, column 姓名: found nothing, wanted a name of at most 60 letters",
        "signage: FILE: 2 lines with something wrong; nothing was stored",
    ]
    assert office.rows(tellers) == office.rows(imports) == []


def test_the_good_lines_may_be_kept(office: Office) -> None:
    code, out, said = office.bring("tellers", TELLERS + "hz-3,1,x,\n", "--keep-good")
    assert (code, len(said)) == (1, 1)
    assert "3 new, 0 changed, 0 as before, 0 gone; 1 line with something wrong; stored" in out
    assert [row["refused"] for row in office.rows(imports)] == [1]
    assert office.bring("tellers", "网点,工号\nhz-1,7\n", "--keep-good")[0] == 65  # no line can be read


def test_a_dry_run_tells_and_stores_nothing(office: Office) -> None:
    code, out, _ = office.bring("tellers", TELLERS, "--dry-run")
    assert (code, out) == (
        0,
        "tellers: 3 lines in UTF-8: 3 new, 0 changed, 0 as before, 0 gone; nothing stored, a dry run\n",
    )
    assert office.rows(tellers) == office.rows(imports) == []
    assert office.bring("tellers", TELLERS + "hz-3,1,x,\n", "--dry-run")[0] == 65


def test_a_branchs_day_takes_the_place_of_that_day(office: Office) -> None:
    head = "网点,日期,柜台,笔数\n"
    office.bring("transactions", head + "hz-1,2026-11-02,1,50\nhz-1,2026-11-02,2,40\nhz-1,2026-11-03,1,7\n")
    _, out, _ = office.bring("transactions", "branch,day,count\nhz-1,2026/11/02,91\n")
    assert "1 new, 0 changed, 0 as before, 2 gone" in out
    found = {(row["day"], row["counter"]): row["count"] for row in office.rows(transaction_counts)}
    assert found == {("2026-11-02", ""): 91, ("2026-11-03", "1"): 7}
    code, _, said = office.bring("transactions", "网点,日期,柜台,笔数\nhz-1,2026-11-02,1,5\nhz-1,2026-11-02,,9\n")
    assert code == 65
    assert said[0].startswith(
        "FILE: line 3: found a count of the whole branch, wanted a count of a counter, as on line 2"
    )


def test_outside_columns_are_those_of_the_rules(office: Office) -> None:
    code, _, _ = office.bring("columns", "网点,月份,离柜率\nhz-1,2026-11,71.5%\nhz-2,2026-11,\n")
    assert code == 0
    assert office.rows(outside_columns) == [
        {"branch": "hz-1", "month": "2026-11", "name": "off-counter-share", "value": "0.715"}
    ]
    code, _, said = office.bring("columns", "网点,月份,离柜\nhz-1,2026-11,1\n")
    assert (code, said[0]) == (65, 'FILE: line 1, column 离柜: found "离柜", wanted 离柜率')
    code, _, said = office.bring("columns", "网点,月份,离柜率\nhz-1,2026-11,七成\n")
    assert (
        said[0]
        == 'FILE: line 2, column 离柜率: found "七成", wanted a number such as 71.5 or 71.5%, without separators'
    )


def test_branches_go_into_the_rosters_file(office: Office) -> None:
    before = office.roster.read_bytes()
    text = "网点编号,网点名称,区域,分组\nnb-1,鄞州支行,浙江,zhejiang city\nhz-2,滨江支行,浙江,\n"
    assert "1 new, 0 changed, 1 as before, 0 gone" in office.bring("branches", text, "--dry-run")[1]
    assert office.roster.read_bytes() == before
    office.bring("branches", text)
    assert office.roster.read_text(encoding="utf-8").splitlines()[1:] == [
        "hz-1,高新支行,浙江,city",
        "hz-2,滨江支行,浙江,",
        "nb-1,鄞州支行,浙江,zhejiang city",
    ]
    assert "0 new, 0 changed, 2 as before, 1 gone" in office.bring("branches", text, "--whole")[1]
    assert "hz-1" not in office.roster.read_text(encoding="utf-8")
    assert len(office.rows(imports)) == 2


def test_the_first_branch_list_makes_the_file(office: Office) -> None:
    office.roster.unlink()
    assert office.bring("branches", "id,name,region\nhz-9,x,y\n")[0] == 0
    assert office.roster.read_text(encoding="utf-8") == "id,name,region,groups\nhz-9,x,y,\n"


@pytest.mark.parametrize(
    ("subject", "options", "code", "word"),
    [
        ("tellers", ("--whole", "--keep-good"), 2, "--whole"),
        ("columns", ("--whole",), 2, "month by month"),
        ("rates", (), 2, "rates"),
    ],
)
def test_wrong_use_is_said(office: Office, subject: str, options: tuple[str, ...], code: int, word: str) -> None:
    ended, _, said = office.bring(subject, TELLERS, *options)
    assert ended == code
    assert word in said[0]


def test_a_file_of_heads_alone_wipes_nothing(office: Office) -> None:
    office.bring("tellers", TELLERS)
    code, _, said = office.bring("tellers", "网点,工号,姓名\n", "--whole")
    assert (code, said[0]) == (65, "signage: FILE: line 2: found nothing, wanted at least one line under the heads")
    assert len(office.rows(tellers)) == 3


def test_a_file_that_is_no_table(office: Office) -> None:
    code, _, said = office.bring("tellers", b"\xff\xfe\x00")
    assert (code, len(said)) == (65, 1)
    assert "UTF-16" in said[0]
