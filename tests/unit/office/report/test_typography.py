import re

import pytest
from markupsafe import Markup

from signage.office.report.numbers import decimal, duration, percent, whole
from signage.office.report.pages import css_string
from signage.office.report.typography import chinese, clauses


def plain(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup)


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("他说：“好。”（完）", ["：", "。", "”"]),
        ("《办法》（试行），见附表。", ["》", "）"]),
        ("完成）。", ["）"]),
        ("甲，乙。", []),
        ("「『内』」", ["「", "』"]),
        ("，", []),
    ],
)
def test_of_two_marks_the_first_gives_up_its_blank(text: str, halves: list[str]) -> None:
    made = chinese(text)
    assert re.findall("<span class=half>(.)</span>", made) == halves
    assert plain(made) == text


def test_a_paragraph_ends_with_at_least_four_letters_and_no_mark_alone() -> None:
    assert chinese("一二三四五六七八。") == Markup("一二三四五<span class=kept>六七八。</span>")
    assert chinese("一二三四，五六。") == Markup("一二三<span class=kept>四，五六。</span>")
    assert chinese("一二三。") == Markup("一二三。")
    assert chinese("") == Markup("")


def test_a_number_keeps_its_word() -> None:
    assert (
        plain(chinese("共 60 家网点，满意率 92.8% 以上的有几家。"))
        == "共\u00a060\u00a0家网点，满意率\u00a092.8%\u00a0以上的有几家。"
    )
    assert plain(chinese("Model Bank 的 A 支行")) == "Model Bank 的 A 支行"


def test_what_comes_from_data_is_no_markup() -> None:
    assert chinese("<b>甲乙丙丁戊己&") == Markup(
        "&lt;b&gt;甲乙<span class=kept>丙丁戊己&amp;</span>"
    ) or "<b>" not in chinese("<b>甲&")
    assert "<script" not in chinese("<script>，，）。")
    assert "<i>" not in clauses("<i>，<i>")


def test_a_short_text_breaks_at_its_commas() -> None:
    assert clauses("甲 1，乙 2") == Markup("<span class=kept>甲 1，</span><span class=kept>乙 2</span>")
    assert clauses("甲") == Markup("<span class=kept>甲</span>")


def test_a_name_cannot_leave_its_place_in_a_style_sheet() -> None:
    assert css_string('a"b\\</style>') == "a\\22 b\\5c \\3c /style\\3e "


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (percent(0.9276), "92.8%"),
        (percent(0.00666, 2), "0.67%"),
        (percent(None), "–"),
        (decimal(88.94), "88.9"),
        (decimal(12345.678, 2), "12,345.68"),
        (decimal(None), "–"),
        (whole(1234567.4), "1,234,567"),
        (whole(None), "–"),
        (duration(None), "–"),
        (duration(4.4), "0:04"),
        (duration(59.6), "1:00"),
        (duration(3599), "59:59"),
        (duration(3600), "1:00:00"),
    ],
)
def test_numbers(made: str, text: str) -> None:
    assert made == text
