"""What is read out of a file, and what is said about one that cannot be read."""

import pytest

from signage.office.imports import cells
from signage.office.imports.columns import Column, check
from signage.office.imports.findings import Finding, Unfit, shown
from signage.office.imports.sheet import Encoding, Unreadable, read_sheet
from signage.office.imports.subjects import Subject, columns_of, mixed_grains

NAMES = "网点,姓名\nhz-1,王敏\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (NAMES.encode(), Encoding.UTF8),
        (b"\xef\xbb\xbf" + NAMES.encode(), Encoding.UTF8),
        (NAMES.encode("gb18030"), Encoding.GB18030),
        (NAMES.replace("\n", "\r\n").encode("gb18030"), Encoding.GB18030),
        (("\ufeff" + NAMES).encode("gb18030"), Encoding.GB18030),
    ],
)
def test_either_encoding_with_or_without_a_mark(content: bytes, encoding: Encoding) -> None:
    sheet = read_sheet(content)
    assert (sheet.encoding, sheet.heads) == (encoding, ("网点", "姓名"))
    assert [(line.number, line.cells) for line in sheet.lines] == [(2, ("hz-1", "王敏"))]


def test_an_encoding_that_is_named_is_taken() -> None:
    text = "联通\n1\n"  # two letters whose GB18030 is sound UTF-8 too: U+001F and other letters
    assert read_sheet(text.encode("gb18030"), Encoding.GB18030).heads == ("联通",)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    sheet = read_sheet('a,b\n\n"two\nlines", x \n　,\n3,4\n'.encode())
    assert [(line.number, line.cells) for line in sheet.lines] == [(3, ("two\nlines", "x")), (6, ("3", "4"))]


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (b"", 1, "nothing"),
        (b"a,b\n\n", 2, "nothing"),
        (b"\n \n", 1, "nothing"),
        ("a,b\n".encode("utf-16"), 1, "UTF-16"),
        (b"PK\x03\x04rest", 1, "a workbook"),
        (b"a,b\n1,\xff\xff\n", 2, "byte 0xff"),
        (b"a,b\n1,2\n\xe7", 3, "byte 0xe7"),
        (b'a,b\n1,"2\n', 2, "unexpected end of data"),
        (b'a,b\n1,2\n1,"2"x\n', 3, "',' expected after '\"'"),
        (b"a,b\n1,\0\n", 2, "a cell without an end"),
        (b'a,b\n1,"' + b"x" * 10_001 + b'"\n', 2, "a cell without an end"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, line: int, found: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_sheet(content)
    assert (refused.value.finding.line, refused.value.finding.found) == (line, found)


@pytest.mark.parametrize(
    ("read", "good", "means"),
    [
        (cells.new_branch, "hz-0571-001", "hz-0571-001"),
        (cells.person, "阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        (cells.maybe_name, "", ""),
        (cells.staff_number, "A-0007", "A-0007"),
        (cells.maybe_staff_number, "", ""),
        (cells.maybe_counter, "A12", "A12"),
        (cells.role, "大堂经理", "lobby-manager"),
        (cells.role, "", "teller"),
        (cells.groups, "city  zhejiang", "city zhejiang"),
        (cells.day, "2026/2/8", "2026-02-08"),
        (cells.day, "2024-02-29", "2024-02-29"),
        (cells.month, "2026-11", "2026-11"),
        (cells.whole, "0012", "12"),
        (cells.decimal, "71.5%", "0.715"),
        (cells.decimal, "100％", "1"),
        (cells.decimal, "-0.50", "-0.5"),
        (cells.decimal, "0", "0"),
        (cells.decimal, "", ""),
    ],
)
def test_cells_that_are_right(read: cells.Read, good: str, means: str) -> None:
    assert read(good) == means


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (cells.new_branch, "all"),
        (cells.new_branch, "HZ 1"),
        (cells.branch_of({"hz-1"}), "hz-2"),
        (cells.person, ""),
        (cells.person, "x" * 61),
        (cells.person, "a\tb"),
        (cells.staff_number, ""),
        (cells.staff_number, "0" * 21),
        (cells.staff_number, "王敏"),
        (cells.maybe_counter, "1/2"),
        (cells.role, "经理"),
        (cells.groups, "City"),
        (cells.day, "2026-02-29"),
        (cells.day, "24.11.2026"),
        (cells.day, "2026-11"),
        (cells.day, "2026-11-24-1"),
        (cells.month, "2026-13"),
        (cells.month, "2026-1"),
        (cells.whole, "-1"),
        (cells.whole, "1,250"),
        (cells.whole, "１２"),
        (cells.whole, "1234567890"),
        (cells.decimal, "1,250.5"),
        (cells.decimal, "nan"),
        (cells.decimal, "inf%"),
        (cells.decimal, "%"),
        (cells.decimal, "1e12"),
        (cells.decimal, "七成"),
    ],
)
def test_cells_that_are_wrong(read: cells.Read, bad: str) -> None:
    with pytest.raises(Unfit, match=r"."):
        read(bad)


TELLERS = columns_of(Subject.TELLERS, {"hz-1"}, {})


def test_every_mistake_of_a_file_is_found_at_its_place() -> None:
    text = "工号,姓名,网点\n0007,王敏,hz-1\n0008,李雷,hz-9\n0 9,,hz-1\n1,2\n0007,韩梅,hz-1\n"
    checked = check(read_sheet(text.encode()), TELLERS, ("branch", "number"))
    assert [row.cells for row in checked.rows] == [
        {"number": "0007", "name": "王敏", "branch": "hz-1", "role": "teller"}
    ]
    assert not checked.fatal
    assert [(one.line, one.column, one.found) for one in checked.findings] == [
        (3, "网点", '"hz-9"'),
        (4, "工号", '"0 9"'),
        (4, "姓名", "nothing"),
        (5, "", "2 cells"),
        (6, "", "the same as on line 2"),
    ]
    assert (
        checked.findings[0].told("f.csv") == 'f.csv: line 3, column 网点: found "hz-9", wanted a branch of the roster'
    )
    assert checked.findings[4].told("f.csv") == "f.csv: line 6: found the same as on line 2, wanted each only once"


@pytest.mark.parametrize(
    ("heads", "mistakes"),
    [
        ("网点,工号,姓名,岗位", []),
        ("Branch,Number,name", []),
        ("网点,工号", [("", "no column 姓名")]),
        ("网点,工号,姓名,名字", [("名字", '"名字"')]),
        ("网点,工号,姓名,number", [("number", "a column that stands twice")]),
    ],
)
def test_heads(heads: str, mistakes: list[tuple[str, str]]) -> None:
    checked = check(read_sheet(f"{heads}\n1,2,3,4".encode()), TELLERS, ("number",))
    assert [(one.column, one.found) for one in checked.findings if one.line == 1] == mistakes
    assert checked.fatal is bool(mistakes)


def test_the_nearest_head_is_told() -> None:
    def wanted(head: str) -> str:
        columns = [Column("off-counter-share", "离柜率", cells.decimal), Column("count", "笔数", cells.whole)]
        return check(read_sheet(f"离柜率,笔数,{head}\n1".encode()), columns, ()).findings[0].wanted

    assert wanted("off-counter") == "off-counter-share"
    assert wanted("zzz") == "one of 离柜率, 笔数"


def test_a_branchs_day_is_counted_in_one_way() -> None:
    text = "网点,日期,柜台,工号,笔数\nhz-1,2026-11-02,1,,5\nhz-1,2026-11-02,2,,5\nhz-1,2026-11-02,,0007,9\nhz-1,2026-11-03,,,9\n"
    checked = check(read_sheet(text.encode()), columns_of(Subject.TRANSACTIONS, {"hz-1"}, {}), ())
    assert [row.line for row in checked.rows] == [2]  # with no key all are the same
    checked = check(
        read_sheet(text.encode()), columns_of(Subject.TRANSACTIONS, {"hz-1"}, {}), ("day", "counter", "teller")
    )
    ((row, finding),) = mixed_grains(checked.rows)
    assert (row.line, finding) == (
        4,
        Finding(
            4, "", "a count of a teller", "a count of a counter, as on line 2: a branch's day is counted in one way"
        ),
    )


def test_a_cell_is_shown_on_one_line() -> None:
    assert shown("a\nb\u202e") == '"a\\nb\\u202e"'
    assert len(shown("x" * 100)) == 62
