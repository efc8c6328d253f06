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


def test_chinese_sentences_have_chinese_marks() -> None:
    for locale in ("zh", "zh-HK"):
        for key, text in CATALOGUES[locale].messages.items():
            words = re.sub(r"\{[^}]*\}", "数", text).replace("分:秒", "")
            assert not re.search(r"[一-鿿][,;:(]|[)][一-鿿]", words), (locale, key, text)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_answer_is_promised_only_with_its_exception(locale: str) -> None:
    """15 days are the rule and 30 the exception: nowhere stands the one as if there were no other."""
    said = {"zh": r"一般|复杂", "zh-HK": r"一般|複雜", "en": r"usually|complex"}[locale]
    promises = {key: text for key, text in CATALOGUES[locale].messages.items() if re.search(r"\b15 (日|days)", text)}
    assert len(promises) == 4
    for key, text in promises.items():
        assert re.search(said, text), key


@pytest.mark.parametrize(
    ("locale", "kept", "asked"),
    [("zh", "一并保存", "可要求删除"), ("zh-HK", "一併保存", "可要求刪除"), ("en", "is kept", "deleted on request")],
)
def test_whoever_leaves_a_number_is_told_the_same_in_every_language(locale: str, kept: str, asked: str) -> None:
    """And only what is done: nothing is erased by itself unless a bank sets days for it."""
    consent = CATALOGUES[locale].messages["contact.consent"]
    assert kept in consent
    assert asked in consent


def test_one_thing_has_one_name() -> None:
    """By the glossary: a weekend day worked in exchange for a holiday is called the same wherever it is named."""
    keys = ("touch.kind.makeup", "wall.day.makeup", "day.kind.makeup")
    for locale, name in (("zh", "调休补班"), ("zh-HK", "補班日"), ("en", "make-up workday")):
        assert {CATALOGUES[locale].messages[key].lower() for key in keys} == {name}


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
        ("单位业务", "企業銀行"),
        ("请按“完成”", "請按「完成」"),
        ("按权重折算", "按權重折算"),
        ("重启后调阅", "重啟後調閱"),
        ("请咨询大堂经理", "請向大堂經理查詢"),
        ("工单", "個案"),
    ],
)
def test_a_bank_there_calls_things_by_its_own_names(mainland: str, there: str) -> None:
    assert spoken(mainland) == there


def test_what_there_is_only_on_the_mainland_is_not_said_there() -> None:
    for key, text in CATALOGUES["zh-HK"].messages.items():
        assert not re.search(r"調休|區號|單位業務|窗口|網點|[“”啓閲摺]", text), key


def _said(catalogue: Catalogue, key: str, count: int) -> list[str]:
    return [catalogue.messages[f"{key}.{number}"] for number in range(1, count + 1)]


@pytest.mark.parametrize(("locale", "cldr"), [("zh", "zh_CN"), ("zh-HK", "zh_Hant_HK"), ("en", "en_GB")])
def test_months_and_days_are_called_as_the_locale_calls_them(locale: str, cldr: str) -> None:
    months = get_month_names("abbreviated" if locale != "en" else "wide", locale=cldr)
    assert _said(CATALOGUES[locale], "month", 12) == [months[number] for number in range(1, 13)]
    short = get_day_names("abbreviated", locale=cldr)
    assert _said(CATALOGUES[locale], "weekday.short", 7) == [short[number] for number in range(7)]
