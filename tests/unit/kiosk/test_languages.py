"""Which languages a screen offers, which stands beneath which, and what its buttons and letters are then."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.design.fonts import family_of
from kiosk.gallery import samples
from kiosk.languages import check_languages, offered
from kiosk.settings import KioskSettings
from kiosk.view.pages import Touch
from kiosk.view.touch import Known, TouchView, touch_view
from kiosk.view.voice import Voice
from signage.core.exits import Exit, Refusal
from signage.core.hours import read_hours
from signage.link.catalogues import load_catalogues
from signage.link.client import Address

ALL = load_catalogues()
FILE = Path("branch.toml")


def settings(locale: str = "zh", *languages: str) -> KioskSettings:
    here = Path()
    return KioskSettings("t", "touch", (1080, 1920), Address("h", 1), here, locale=locale, languages=languages)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (settings(), ["zh", "en"]),
        (settings("en"), ["zh", "en"]),
        (settings("zh-HK"), ["zh-HK", "en"]),
        (settings("zh", "zh", "zh-HK", "en"), ["zh", "zh-HK", "en"]),
        (settings("zh", "zh"), ["zh"]),
    ],
)
def test_languages_are_offered_in_their_order(given: KioskSettings, names: list[str]) -> None:
    check_languages(ALL, given, FILE)
    assert list(offered(ALL, given, given.locale)) == names


def test_the_language_in_which_somebody_reads_stays_till_they_have_gone() -> None:
    assert list(offered(ALL, settings("zh", "zh", "en"), "zh-HK")) == ["zh", "en", "zh-HK"]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (settings("fr"), 'key locale: found "fr", wanted one of "en", "zh", "zh-HK"'),
        (settings("zh", "zh", "fr"), 'key languages: found "fr", wanted some of "en", "zh", "zh-HK"'),
        (
            settings("zh", "en"),
            'key languages: "zh" is not among them, and it is the language of the screen (key locale)',
        ),
    ],
)
def test_what_cannot_be_is_named(given: KioskSettings, line: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_languages(ALL, given, FILE)
    assert refusal.value.code is Exit.CONFIGURATION
    assert refusal.value.lines == (f'branch.toml: [[screen]] "t", {line}',)


def test_beneath_chinese_stands_english_and_beneath_english_the_chinese_that_is_offered() -> None:
    for locale, names, second in (
        ("zh-HK", ("zh-HK", "en"), "en"),
        ("en", ("zh-HK", "en"), "zh-HK"),
        ("zh", ("zh",), None),
    ):
        voice = Voice.of({name: ALL[name] for name in names}, locale)
        assert (voice.second.locale if voice.second is not None else None) == second


def seen(locale: str, *names: str, elder: bool = False) -> TouchView:
    state = replace(samples.house(), screens=())
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device="t")
    return touch_view(known, Touch(locale=locale, elder=elder), {name: ALL[name] for name in names}, samples.AFTERNOON)


def test_the_button_leads_to_the_next_language_and_is_not_there_for_one() -> None:
    three = ("zh", "zh-HK", "en")
    assert [(seen(name, *three).frame.language, seen(name, *three).frame.next_locale) for name in three] == [
        ("繁體中文", "zh-HK"),
        ("English", "en"),
        ("中文", "zh"),
    ]
    assert seen("zh", "zh").frame.language == ""


@pytest.mark.parametrize("names", [("zh",), ("zh", "zh-HK"), ("zh", "en")])
def test_the_elder_key_says_where_it_leads_whatever_languages_there_are(names: tuple[str, ...]) -> None:
    assert seen("zh", *names).frame.elder == "长辈版"
    assert seen("zh", *names, elder=True).frame.elder == "标准版"


def test_hong_kong_has_letters_of_its_own() -> None:
    assert [family_of(name) for name in ("zh", "en", "zh-HK")] == ["ui", "ui", "ui-hk"]
    assert ALL["zh-HK"].pick({"zh": "现金", "en": "Cash"}) == "现金"
    assert ALL["zh-HK"].pick({"fr": "Espèces", "en": "Cash"}) == "Cash"
