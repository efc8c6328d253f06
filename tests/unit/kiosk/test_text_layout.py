from itertools import pairwise

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.design.box import Box
from kiosk.design.breaking import ELLIPSIS, Measure, atoms, balance, clip, fits, wrap
from kiosk.design.fitting import fit
from kiosk.design.tokens import LINE_HEIGHT
from kiosk.design.words_whole import MAINLAND, WHOLE

TEXTS = st.text(alphabet="网点暂停服务,。、:（）abc 17:00-9", max_size=60)


def ten(text: str) -> float:
    """A font whose Chinese characters are 10 wide and whose others 5."""
    return sum(10 if ord(char) >= 0x2E80 else 5 for char in text)


def at(px: int) -> Measure:
    return lambda text: ten(text) * px / 10


def test_chinese_breaks_between_words_and_never_before_a_closing_mark() -> None:
    assert wrap("请到一、二号窗口。", 40, ten) == ["请到一、", "二号", "窗口。"]
    assert wrap("（左右）", 20, ten) == ["（左", "右）"]


def test_words_and_times_stay_whole() -> None:
    assert wrap("open until 17:00 today", 50, ten) == ["open until", "17:00", "today"]
    assert atoms("至17:00止") == ["至", "17:00", "止"]
    assert wrap("one\ntwo", 100, ten) == ["one", "two"]
    assert wrap("", 10, ten) == [""]


def test_a_figure_stands_with_its_unit_and_a_date_in_one_piece() -> None:
    assert atoms("复杂的 30 日内答复") == ["复杂", "的", " ", "30 日内", "答复"]
    assert atoms("2027年12月28日以后") == ["2027年", "12月28日", "以后"]
    assert atoms("請到 4 號櫃位，約 15 分鐘") == ["請", "到", " ", "4 號", "櫃位，", "約", " ", "15 分鐘"]
    assert atoms("8 things, 15 s") == ["8", " ", "things,", " ", "15", " ", "s"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("如需帮助，请咨询大堂经理或致电 95599", ("致电", "大堂经理", "帮助，", "咨询")),
        ("对答复不满意，可致电服务监督电话或向监管部门反映", ("服务监督电话", "监管部门", "满意，")),
        ("如需幫助，請諮詢大堂經理或致電 95599", ("致電", "大堂經理", "諮詢")),
        ("請工作人員在營業時間內處理，複雜的 30 日內答覆", ("工作人員", "營業時間", "處理，", "30 日內", "答覆")),
    ],
)
def test_words_of_a_branchs_day_are_never_torn(text: str, whole: tuple[str, ...]) -> None:
    for width in range(60, 300, 5):
        for lines in (wrap(text, width, ten), balance(text, width, ten)):
            torn = [word for word in whole if not any(word in line for line in lines)]
            assert torn == [], (width, lines)


def test_hong_kong_writes_the_same_words_with_its_own_characters() -> None:
    written = opencc.OpenCC("s2hk")
    assert {written.convert(word) for word in MAINLAND} <= set(WHOLE)
    assert len(set(WHOLE)) == len(WHOLE)


def test_a_headline_leaves_no_widow() -> None:
    assert wrap("甲乙丙丁戊己庚辛", 70, ten) == ["甲乙丙丁戊己庚", "辛"]
    assert balance("甲乙丙丁戊己庚辛", 70, ten) == ["甲乙丙丁", "戊己庚辛"]
    assert balance("短", 70, ten) == ["短"]
    assert balance("一\n二三四", 70, ten) == ["一", "二三四"]


def test_a_headline_breaks_between_words_and_rather_after_a_clause() -> None:
    leave = "请听从工作人员引导，从安全出口有序离开。"
    assert balance(leave, 120, ten) == ["请听从工作人员引导，", "从安全出口有序离开。"]
    assert balance(leave, 50, ten) == ["请听从", "工作人员", "引导，", "从安全出口", "有序离开。"]
    for width in range(40, 200, 10):
        assert not any(line.endswith("出") or line.startswith("口") for line in balance(leave, width, ten))
    english = "Please follow our staff and leave calmly by the emergency exits."
    for width in range(45, 340, 5):
        lines = balance(english, width, ten)
        assert " ".join(lines) == english


def test_what_must_be_cut_says_so() -> None:
    assert clip(["一二三四五", "六"], 50, 1, ten) == [f"一二三四{ELLIPSIS}"]
    assert clip(["一二"], 50, 1, ten) == ["一二"]
    assert clip(["一二三"], 20, 2, ten) == [f"一{ELLIPSIS}"]
    assert clip(["一"], 5, 1, ten) == ["一"]  # nothing is left to cut


@given(TEXTS, st.integers(20, 300))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    for lines in (wrap(text, width, ten), balance(text, width, ten)):
        assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(60, 300))
def test_an_even_text_takes_no_more_lines(text: str, width: int) -> None:
    lines = wrap(text, width, ten)
    if fits(lines, width, 99, ten):
        assert fits(balance(text, width, ten), width, len(lines), ten)


@given(TEXTS, st.integers(12, 400), st.integers(8, 200), st.integers(1, 4))
def test_a_fitted_text_is_inside_its_box_whatever_it_says(text: str, width: int, height: int, lines: int) -> None:
    fitted = fit(text, width, height, (40, 20, 10, 8), at, lines=lines)
    assert fitted.width <= width
    assert len(fitted.lines) <= lines
    assert fitted.height - fitted.px * (LINE_HEIGHT - 1) <= height + 1e-6
    if not fitted.clipped:
        assert "".join("".join(fitted.lines).split()) == "".join(text.split())


def test_a_long_text_shrinks_step_by_step_and_is_cut_last() -> None:
    assert fit("一二三四", 100, 100, (40, 20, 10), at).px == 20
    assert fit("一二三四", 100, 100, (40, 20, 10), at, lines=2).px == 40
    assert fit("一二三四", 100, 60, (40, 20, 10), at, lines=2, even=True).px == 20
    cut = fit("一二三四五六七八九十", 50, 100, (40, 20, 10), at)
    assert (cut.lines, cut.px, cut.clipped) == ((f"一二三四{ELLIPSIS}",), 10, True)
    assert cut.pitch == 13.5


def test_several_lines_are_rather_more_than_too_long_to_follow() -> None:
    def lengths(text: str, lines: int, height: int = 1000) -> list[int]:
        return [len(line) for line in fit(text, 400, height, (10,), at, lines=lines).lines]

    assert lengths("甲" * 60, 3) == [28, 28, 4]
    assert lengths("甲" * 60, 2) == [40, 20]  # rather long than cut
    assert lengths("甲" * 60, 3, height=25) == [40, 20]
    assert lengths("甲" * 36, 3) == [36]  # one line has nothing to follow


def test_cuts_share_a_box_without_overlap() -> None:
    box = Box(0, 0, 100, 50)
    top, rest = box.cut_top(20, 5)
    assert (top.y, rest.h, rest.top) == (30, 25, 25)
    bottom, rest = box.cut_bottom(20, 5)
    assert (bottom.top, rest.y, rest.top) == (20, 25, 50)
    left, rest = box.cut_left(30, 5)
    assert (left.right, rest.x, rest.right) == (30, 35, 100)
    right, rest = box.cut_right(30, 5)
    assert (right.x, rest.right) == (70, 65)
    assert box.cut_top(80)[0].h == 50
    assert box.inset(60) == Box(60, 60, 0, 0)
    assert box.centred(20, 10) == Box(40, 20, 20, 10)
    assert (box.cx, box.cy) == (50, 25)


@given(st.integers(1, 9), st.integers(0, 7), st.integers(100, 2000))
def test_columns_and_rows_stay_inside_and_apart(count: int, gap: int, length: int) -> None:
    box = Box(3, 5, length, length)
    columns, rows = box.columns(count, gap), box.rows(count, gap)
    assert all(box.holds(cell) for cell in (*columns, *rows))
    assert all(one.right <= other.x for one, other in pairwise(columns))
    assert all(other.x - one.right == gap for one, other in pairwise(columns))
    assert all(one.y - other.top == gap for one, other in pairwise(rows))
    assert all(one.y >= other.top for one, other in pairwise(rows))
    assert not box.holds(Box(0, 0, 1, 1))
