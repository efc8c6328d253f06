"""The catalogues together: the same messages with the same fields, Hong Kong's as it is made, and what CLDR calls days and months."""

import re
from string import Formatter

import pytest
from babel.dates import get_day_names, get_month_names

from signage.core.phrases import Catalogue
from signage.link.catalogues import load_catalogues
from tests.catalogues.hong_kong import SOURCE, TARGET, made, spoken

CATALOGUES = load_catalogues()
LOCALES = ("zh", "zh-HK", "en")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_there_with_the_same_fields(locale: str) -> None:
    first, other = CATALOGUES["zh"].messages, CATALOGUES[locale].messages
    assert set(other) == set(first)
    assert {key: fields(text) for key, text in other.items()} == {key: fields(text) for key, text in first.items()}


@pytest.mark.parametrize("locale", LOCALES)
def test_words_are_polite_and_say_no_codes(locale: str) -> None:
    for key, text in CATALOGUES[locale].messages.items():
        assert not re.search(r"[!！]|\berror\b|错误|錯誤", text, re.IGNORECASE), key


def test_hong_kongs_is_what_is_made_of_the_mainlands() -> None:
    here = TARGET.read_text(encoding="utf-8")
    assert here == made(SOURCE.read_text(encoding="utf-8")), "zh-HK.po is old: run make words"


@pytest.mark.parametrize(
    ("mainland", "there"),
    [
        ("3号窗口暂停服务", "3號櫃位暫停服務"),
        ("网点营业时间", "分行營業時間"),
        ("对公业务 {窗口}", "企業銀行 {窗口}"),
        ("客户较多", "客戶較多"),
        ("一周营业时间", "一週營業時間"),
    ],
)
def test_a_bank_there_calls_things_by_its_own_names(mainland: str, there: str) -> None:
    assert spoken(mainland) == there


def _said(catalogue: Catalogue, key: str, count: int) -> list[str]:
    return [catalogue.messages[f"{key}.{number}"] for number in range(1, count + 1)]


@pytest.mark.parametrize(("locale", "cldr"), [("zh", "zh_CN"), ("zh-HK", "zh_Hant_HK"), ("en", "en_GB")])
def test_months_and_days_are_called_as_the_locale_calls_them(locale: str, cldr: str) -> None:
    months = get_month_names("abbreviated" if locale != "en" else "wide", locale=cldr)
    assert _said(CATALOGUES[locale], "month", 12) == [months[number] for number in range(1, 13)]
    short = get_day_names("abbreviated", locale=cldr)
    assert _said(CATALOGUES[locale], "weekday.short", 7) == [short[number] for number in range(7)]
