"""Phrases to text: fields, lists, texts in several locales, and what is missing."""

import pytest

from signage.core.phrases import Catalogue, Phrase, given, pick

ZH = Catalogue(
    "zh",
    {
        "list.separator": "、",
        "list.last": "和",
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
