"""What fascias and strips say, and how it is laid out: widths here are those of a face that is easy to reckon with."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.gallery import lines, samples
from kiosk.view.branch import Mood
from kiosk.view.fascia import TIGHTEST, FasciaPage, Frame, fascia_pages
from kiosk.view.line import line_view
from kiosk.view.line_parts import LineView, Said, Spoken
from kiosk.view.strip import Badge, Strip, StripPage, strip_pages
from kiosk.view.voice import Voice
from signage.core.items import HouseSlide
from signage.core.layouts import Zone
from signage.core.model import ScreenEntry
from signage.core.phrases import Phrase
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues
from tests.unit.core.programmes import item, published
from tests.unit.core.programmes import words as signed_words

CATALOGUES = load_catalogues()
CASES = {("fascia", case[0]): case for case in lines.fascia_cases()} | {
    ("strip", case[0]): case for case in lines.strip_cases()
}


def view(kind: str, name: str, locale: str = "zh") -> LineView:
    return lines.view_of(CATALOGUES, locale, CASES[kind, name], kind)


def words(shown: LineView, language: int = 0) -> list[str]:
    return [one.words for one in shown.languages[language].lines]


def test_a_fascia_says_who_we_are_and_until_when_in_one_language_and_then_the_other() -> None:
    shown = view("fascia", "open")
    assert (shown.mood, shown.loud) == (Mood.OPEN, False)
    assert [spoken.name for spoken in shown.languages] == ["杭州高新支行", "Hangzhou Gaoxin Sub-branch"]
    assert [words(shown)[0], words(shown, 1)[0]] == ["营业至 17:00", "Open until 17:00"]
    english = view("fascia", "open", "en")
    assert words(english)[0] == "Open until 17:00"


def test_a_suspension_is_loud_and_comes_first_with_why_and_until_when() -> None:
    shown = view("fascia", "suspended")
    assert (shown.mood, shown.loud, shown.emergency) == (Mood.SUSPENDED, True, False)
    assert words(shown) == ["暂停服务", "网点停电", "预计 15:00 恢复"]


def test_an_emergency_leaves_nothing_beside_its_words_not_even_the_name() -> None:
    for kind in ("fascia", "strip"):
        shown = view(kind, "emergency")
        assert (shown.loud, shown.emergency, shown.languages[0].name) == (True, True, "")
        assert words(shown) == ["请听从工作人员引导，从安全出口有序离开。"]


def test_a_notice_stands_after_the_state_and_the_mark_of_silence_last() -> None:
    shown = view("fascia", "notice")
    assert [one.kind for one in shown.languages[0].lines][-1] == "notice"
    shown = view("fascia", "unheard")
    assert (shown.languages[0].lines[-1].kind, words(shown)[-1]) == ("unheard", "14:02 起未更新")
    assert view("strip", "unheard").languages[0].lines[-1].kind == "unheard"
    shown = view("strip", "notice-beside")
    assert [one.kind for one in shown.languages[0].lines] == ["state", "notice"]
    assert words(shown) == ["热情为您服务", "今日办理业务的客户较多，请您耐心等候。"]


def test_a_strip_says_the_three_things_that_strips_say() -> None:
    assert words(view("strip", "open")) == ["热情为您服务"]
    assert words(view("strip", "rate")) == ["请评价"]
    assert words(view("strip", "suspended")) == ["暂停服务", "请到 4 号窗口办理"]
    assert words(view("strip", "suspended-branch")) == ["暂停服务", "预计 15:00 恢复"]
    assert (view("strip", "closed").mood, view("strip", "notice").mood) == (Mood.CLOSED, Mood.ATTENTION)


def test_nothing_known_is_no_state() -> None:
    for kind in ("fascia", "strip"):
        assert view(kind, "safe").mood is None


def test_a_strip_of_a_counter_that_is_not_known_says_what_concerns_everybody() -> None:
    lone = ScreenEntry(name="strip-9", kind="strip", counter="9")
    now, voice = samples.AFTERNOON, Voice.of(CATALOGUES, "zh")

    def seen(state: object) -> LineView:
        return line_view(scene(state, None, None, lone, now), now, voice)  # type: ignore[arg-type]  # a branch's state

    assert words(seen(samples.suspended("branch", "power", "15:00"))) == ["暂停服务", "预计 15:00 恢复"]
    busy = {"zh": "请稍候", "en": "Please wait"}
    assert (seen(samples.noticed(busy, 0, "strip")).mood, seen(samples.noticed(busy, 0, "strip")).emergency) == (
        Mood.ATTENTION,
        False,
    )
    assert seen(samples.noticed(busy, 100, "strip")).emergency
    assert seen(samples.house()).mood is None


def test_a_strip_of_a_counter_that_is_not_known_says_a_signed_emergency_too() -> None:
    lone = ScreenEntry(name="strip-9", kind="strip", counter="9")
    leave = signed_words("leave", text={"zh": "请立即离开", "en": "Please leave at once"})
    signed = published(item("e-1", "emergency", asset="leave", until=samples.EVENING), assets=(leave,))
    now, voice = samples.AFTERNOON, Voice.of(CATALOGUES, "zh")
    shown = line_view(scene(samples.house(), signed, None, lone, now), now, voice)
    assert (shown.mood, shown.emergency) == (Mood.SUSPENDED, True)
    assert [words(shown), words(shown, 1)] == [["请立即离开"], ["Please leave at once"]]


def test_a_text_in_one_language_is_said_once() -> None:
    alone = samples.noticed({"zh": "请绕行东门"}, 100, "fascia")
    now = samples.AFTERNOON
    shown = line_view(scene(alone, None, None, lines.FASCIA, now), now, Voice.of(CATALOGUES, "zh"))
    assert [words(shown, number) for number in range(len(shown.languages))] == [["请绕行东门"]]


def test_no_other_item_stands_on_a_line() -> None:
    odd = Scene("ad", (Zone("main", HouseSlide("welcome", Phrase("safe.title"), ())),), None, ())
    with pytest.raises(TypeError, match="HouseSlide"):
        line_view(odd, samples.AFTERNOON, Voice.of(CATALOGUES, "zh"))


# --- laid out


def em(text: str, px: int) -> float:
    """A face in which Chinese is as wide as high, and Latin half of that."""
    return sum(px if ord(char) >= 0x2E80 else px / 2 for char in text)


def pixel(text: str, face: int) -> int:
    return sum(face if ord(char) >= 0x2E80 else face // 2 for char in text)


FRAMES = [Frame(*size) for size in lines.FASCIA_SIZES]


@pytest.mark.parametrize(
    ("frame", "case", "locale"), list(product(FRAMES, lines.fascia_cases(), ("zh", "zh-HK", "en")))
)
def test_letters_are_two_thirds_high_and_nothing_is_lost(frame: Frame, case: lines.Case, locale: str) -> None:
    shown = lines.view_of(CATALOGUES, locale, case, "fascia")
    pages = fascia_pages(shown, frame, em)
    for page in pages:
        assert frame.px * TIGHTEST - 1 <= page.px <= frame.px
        name = em(page.name, page.px)
        assert em(page.words, page.px) <= frame.words(name, signed=shown.mood is not None).w + 1
        assert frame.field(name).right <= frame.width
    told = "".join(page.words for page in pages).replace("…", "").replace(" ", "")
    assert told == "".join(one.words for spoken in shown.languages for one in spoken.lines).replace(" ", "")


def test_the_name_has_a_page_of_its_own_where_nothing_fits_beside_it_but_not_before_bad_news() -> None:
    frame = Frame(1000, 100)
    quiet = LineView(Mood.OPEN, False, (Spoken("n" * 20, (Said("w" * 18),)),))
    assert [(page.name, page.words) for page in fascia_pages(quiet, frame, em)] == [("n" * 20, ""), ("", "w" * 18)]
    loud = LineView(Mood.SUSPENDED, False, quiet.languages)
    assert [page.name for page in fascia_pages(loud, frame, em)] == [""]
    assert fascia_pages(LineView(None, False, ()), frame, em) == (FasciaPage("", "", "state", frame.px),)


def test_a_sentence_goes_on_at_marks_and_a_word_that_is_too_long_is_still_whole() -> None:
    frame = Frame(600, 100)
    pages = fascia_pages(LineView(Mood.OPEN, False, (Spoken("", (Said("今日客户较多请您耐心等候"),)),)), frame, em)
    assert [page.words[-1:] for page in pages] == ["…"] * (len(pages) - 1) + [pages[-1].words[-1]]
    assert all(page.words.startswith("…") for page in pages[1:])
    endless = fascia_pages(LineView(Mood.OPEN, False, (Spoken("", (Said("w" * 40),)),)), frame, em)
    assert [page.words for page in endless] == ["w" * 40]
    assert em(endless[0].words, endless[0].px) <= frame.words(0, signed=True).w + 20


STRIPS = [Strip(*size, "3") for size in lines.STRIP_SIZES]


@pytest.mark.parametrize(("strip", "case", "locale"), list(product(STRIPS, lines.strip_cases(), ("zh", "zh-HK", "en"))))
def test_a_strip_loses_nothing_and_stays_within_its_pixels(strip: Strip, case: lines.Case, locale: str) -> None:
    shown = lines.view_of(CATALOGUES, locale, case, "strip")
    pages = strip_pages(shown, strip, pixel)
    for page in pages:
        assert page.face * page.scale * len(page.rows) <= strip.height
        room = strip.width - strip.badge_width(page.badge, pixel, shaped=shown.mood is not None)
        assert all(pixel(row, page.face) * page.scale <= room for row in page.rows)
    told = "".join(row for page in pages for row in page.rows).replace(" ", "")
    assert told == "".join(one.words for spoken in shown.languages for one in spoken.lines).replace(" ", "")


def test_the_word_is_as_tall_as_the_strip_allows_with_number_and_shape() -> None:
    def first(width: int, height: int, text: str = "暂停服务", number: str = "3") -> StripPage:
        shown = LineView(Mood.SUSPENDED, False, (Spoken("", (Said(text),)),))
        return strip_pages(shown, Strip(width, height, number), pixel)[0]

    assert first(256, 32) == StripPage(("暂停服务",), 16, 2, Badge.BESIDE, "state")
    assert first(192, 16) == StripPage(("暂停服务",), 16, 1, Badge.BESIDE, "state")
    assert first(128, 32) == StripPage(("暂停服务",), 12, 2, Badge.STACKED, "state")
    assert first(512, 64) == StripPage(("暂停服务",), 16, 4, Badge.BESIDE, "state")
    assert first(84, 16) == StripPage(("暂停服务",), 16, 1, Badge.NUMBER, "state")
    assert first(128, 32, number="").badge is Badge.STACKED
    assert first(256, 32, number="").badge is Badge.BESIDE
    assert first(128, 32, "停" * 12).rows == ("停" * 6, "停" * 6)
    assert first(128, 16, "停" * 12).rows == ("停" * 6,)


def test_a_strip_that_has_nothing_to_say_is_dark() -> None:
    assert strip_pages(LineView(None, False, ()), Strip(128, 32, ""), pixel) == (
        StripPage((), 16, 2, Badge.NONE, "state"),
    )
    plain = LineView(None, False, (Spoken("", (Said("欢迎"),)),))
    assert strip_pages(plain, Strip(128, 32, ""), pixel)[0].badge is Badge.NONE
    assert strip_pages(plain, Strip(128, 32, "3"), pixel)[0].badge is Badge.BESIDE


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("停业务， a1"), min_size=1, max_size=60).filter(str.strip),
    st.integers(96, 512),
    st.sampled_from([16, 24, 32, 48]),
)
def test_any_words_find_their_rows(text: str, width: int, height: int) -> None:
    shown = LineView(Mood.OPEN, False, (Spoken("", (Said(text.strip()),)),))
    for page in strip_pages(shown, Strip(width, height, "12"), pixel):
        assert 1 <= len(page.rows) * page.face * page.scale <= height
