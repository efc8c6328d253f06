"""Phrases to text: fields, lists, texts in several locales, and what is missing."""

import pytest

from signage.core.phrases import Catalogue, Phrase, given, pick

ZH = Catalogue(
    "zh",
    {
        "list.separator": "、",
        "list.last": "和",
        "list.or": "或",
        "go.either": "请到 {numbers:or} 号窗口",
        "things": "{n} thing{n:|s}, {n:it is|they are} {numbers:lone|joined}",
        "text.given": "{text}",
        "go": "请到 {numbers} 号窗口",
        "count": "{count} 个",
        "inside": "[{inner}]",
    },
)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((), "请到  号窗口"),
        (("1",), "请到 1 号窗口"),
        (("1", "2"), "请到 1和2 号窗口"),
        (("1", 2, "3"), "请到 1、2和3 号窗口"),
    ],
)
def test_lists(numbers: tuple[str | int, ...], text: str) -> None:
    assert ZH.render(Phrase("go", {"numbers": numbers})) == text


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((), ""), (("1",), "1"), (("1", "2"), "1或2"), (("1", 2, "3"), "1、2或3")],
)
def test_a_message_may_leave_the_choice(numbers: tuple[str | int, ...], text: str) -> None:
    assert ZH.text("go.either", numbers=numbers) == f"请到 {text} 号窗口"


@pytest.mark.parametrize(
    ("n", "numbers", "text"),
    [
        (1, ("4",), "1 thing, it is lone"),
        ("1", ("4", "5"), "1 thing, it is joined"),
        (0, (), "0 things, they are joined"),
        (21, ("4",), "21 things, they are lone"),
        ("1,001", ("4",), "1,001 things, they are lone"),
    ],
)
def test_a_message_has_a_word_for_one_and_a_word_for_more(n: int | str, numbers: tuple[str, ...], text: str) -> None:
    assert ZH.text("things", n=n, numbers=numbers) == text


def test_fields_of_every_sort() -> None:
    assert ZH.text("count", count=3) == "3 个"
    assert ZH.render(Phrase("inside", {"inner": Phrase("count", {"count": "4"})})) == "[4 个]"
    assert ZH.render(given({"en": "Hello", "zh": "您好"})) == "您好"
    assert ZH.text("count", count="{x}") == "{x} 个", "what is filled in is not read as a form"


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        ZH.render(Phrase("no.such"))
    with pytest.raises(KeyError):
        ZH.text("count")
    assert "count" in ZH
    assert "no.such" not in ZH


@pytest.mark.parametrize(
    ("locale", "text", "words"),
    [
        ("zh", {"zh": "您好", "en": "Hello"}, "您好"),
        ("zh-CN", {"zh": "您好", "en": "Hello"}, "您好"),
        ("en_GB", {"zh": "您好", "en": "Hello"}, "Hello"),
        ("zh-Hant", {"zh": "您好", "zh-Hant": "您好!"}, "您好!"),
        ("en", {"zh": "您好"}, "您好"),
        ("en", {"zh": "", "bo": "བཀྲ་ཤིས།"}, "བཀྲ་ཤིས།"),
        ("en", {"en": ""}, ""),
        ("en", {}, ""),
    ],
)
def test_the_nearest_words(locale: str, text: dict[str, str], words: str) -> None:
    assert pick(text, locale) == Catalogue(locale, {}).pick(text) == words
