"""The opinion book, and words and a number beside a rating, step by step."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.gallery import samples
from kiosk.view import opinion
from kiosk.view.attract import idle
from kiosk.view.happenings import (
    CallManager,
    Emit,
    Erase,
    HoldEmblem,
    Keep,
    NotStored,
    Open,
    Passed,
    Place,
    PressDigit,
    PressStar,
    Stored,
    Submit,
    SwitchElder,
    SwitchLanguage,
    Tap,
)
from kiosk.view.ink import Ink, written
from kiosk.view.journey import CHOOSING, RING, entering, ring, step
from kiosk.view.letter import Letter, Sheet, Writing
from kiosk.view.letter_taps import (
    Agree,
    ClearInk,
    CloseSheet,
    Draw,
    OpenSheet,
    PickPhrase,
    PickSubject,
    RemoveNumber,
    StillHere,
    TurnAnswers,
    UndoLine,
    WriteOpinion,
)
from kiosk.view.opinion_pages import Book, Opinion, OpinionStep
from kiosk.view.pages import Home, RateStep, Rating, Touch
from kiosk.view.telephone import DIGITS_AT_MOST, spaced, whole
from kiosk.view.touch import Known, touch_view
from signage.core.cases import SUBJECTS
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from tests.unit.kiosk.worlds import NOW, at, walk

LINE = ((10, 10), (200, 40), (90, 400))
PHONE = "13800138000"
WORDS = {"long-wait": "等候时间太长", "few-counters": "希望多开几个窗口"}
WORLD = replace(at(), words=WORDS, locale="en")
DIGITS = tuple(PressDigit(digit) for digit in PHONE)


def begun() -> Touch:
    return walk(Touch(), Open(Place.OPINIONS), WriteOpinion())[0]


def page_of(touch: Touch) -> Opinion:
    assert isinstance(touch.page, Opinion)
    return touch.page


def test_an_opinion_becomes_a_case_and_is_thanked_for_only_once_it_is_stored() -> None:
    touch, effects = walk(begun(), PickSubject("waiting"), PickPhrase("long-wait"), Submit(), world=WORLD)
    (emit,) = effects
    assert emit == Emit(
        "id-1",
        "case",
        NOW,
        {
            "case": "id-1",
            "action": "opened",
            "source": "opinion",
            "subject": "waiting",
            "device": "lobby-touch",
            "locale": "en",
            "text": "等候时间太长",
            "phrases": ["long-wait"],
        },
    )
    assert page_of(touch).step is OpinionStep.SAVING
    assert walk(touch, Submit(), Stored("other"), PressDigit("1"), PickSubject("other"))[0].page == touch.page
    thanked, _ = walk(touch, Stored("id-1"))
    assert thanked.page == Opinion(step=OpinionStep.THANKED, event="id-1")
    assert thanked.home_at == Instant.of(NOW + opinion.NUMBER)
    assert walk(thanked, Submit())[0].page == thanked.page
    assert walk(thanked, Open(Place.OPINIONS))[0] == Touch()


def test_words_handwriting_and_number_go_with_it_and_nothing_stays_on_the_page() -> None:
    touch, effects = walk(
        begun(),
        PickSubject("waiting"),
        OpenSheet(Sheet.INK),
        Draw(LINE, 700),
        CloseSheet(),
        OpenSheet(Sheet.CONTACT),
        *DIGITS,
        Agree(),
        Submit(),
    )
    (emit,) = effects
    assert isinstance(emit, Emit)
    assert emit.data["strokes"] == written(Ink(), LINE, 700).strokes()
    assert (emit.data["contact"], emit.data["consent"]) == (PHONE, str(NOW))
    assert "text" not in emit.data
    thanked, _ = walk(touch, Stored("id-1"))
    assert thanked.page == Opinion(step=OpinionStep.THANKED, event="id-1", called=True)


def test_what_the_disk_does_not_take_can_be_sent_again() -> None:
    touch, _ = walk(begun(), PickSubject("other"), PickPhrase("praise"), Submit(), NotStored("id-1"))
    assert page_of(touch) == Opinion("other", Writing(Letter(("praise",))), unsaved=True)
    again, effects = walk(touch, Submit())
    assert [effect.kind for effect in effects if isinstance(effect, Emit)] == ["case"]
    assert not page_of(again).unsaved


def test_nothing_is_sent_without_a_subject_and_words() -> None:
    for taps in ([], [PickSubject("waiting")], [PickPhrase("long-wait")], [OpenSheet(Sheet.CONTACT), *DIGITS, Agree()]):
        assert walk(begun(), *taps, Submit())[1] == []


def test_sentences_belong_to_their_subject_and_are_three_at_most() -> None:
    touch, _ = walk(begun(), PickSubject("weather"), PickSubject("waiting"), PickPhrase("praise"))
    assert page_of(touch).writing.letter == Letter()
    picked, _ = walk(touch, *(PickPhrase(phrase) for phrase in SUBJECTS["waiting"]))
    assert page_of(picked).writing.letter.phrases == SUBJECTS["waiting"][:3]
    fewer, _ = walk(picked, PickPhrase("long-wait"))
    assert page_of(fewer).writing.letter.phrases == SUBJECTS["waiting"][1:3]
    other, _ = walk(picked, PickSubject("other"))
    assert page_of(other).writing.letter.phrases == ()


def test_the_back_key_keeps_what_is_begun_until_the_person_has_gone() -> None:
    touch, _ = walk(begun(), PickSubject("waiting"), OpenSheet(Sheet.INK), Draw(LINE, 700), Open(Place.HOME))
    written_page = page_of(touch)
    assert written_page.writing.letter.ink
    back, _ = walk(touch, Open(Place.OPINIONS))
    assert (back.page, back.kept) == (Book(), written_page)
    again, _ = walk(back, WriteOpinion())
    assert (again.page, again.kept) == (written_page, None)
    assert walk(back, TurnAnswers(2), Open(Place.OPINIONS), CallManager())[0] == replace(back, page=Book(2))
    assert walk(back, TurnAnswers(-1))[0].page == Book(0)
    assert step(back, Passed(), at(600))[0] == Touch()


def laid_aside() -> tuple[Touch, Opinion]:
    """On the first page, an opinion with handwriting and a number laid aside."""
    touch, _ = walk(begun(), PickSubject("waiting"), OpenSheet(Sheet.INK), Draw(LINE, 700), CloseSheet())
    touch, _ = walk(touch, OpenSheet(Sheet.CONTACT), *DIGITS, Agree())
    home, _ = walk(touch, Open(Place.OPINIONS), Open(Place.HOME))
    assert isinstance(home.page, Home)
    return home, page_of(touch)


def test_two_presses_of_back_lose_nothing_that_was_written() -> None:
    home, draft = laid_aside()
    ways: list[list[Tap]] = [
        [],
        [Open(Place.WEEK)],
        [CallManager(), Open(Place.HOME)],
        [SwitchLanguage("en")],
        [StillHere()],
    ]
    for taps in ways:
        found, _ = walk(home, *taps, Open(Place.HOME), Open(Place.OPINIONS), WriteOpinion())
        assert (found.page, found.kept) == (draft, None)
    sent, effects = walk(home, Open(Place.OPINIONS), WriteOpinion(), Submit(), Stored("id-1"))
    assert [effect.kind for effect in effects if isinstance(effect, Emit)] == ["case"]
    assert walk(sent, Open(Place.OPINIONS))[0] == Touch()


def test_an_opinion_in_which_nothing_stands_is_not_kept() -> None:
    assert walk(begun(), Open(Place.OPINIONS))[0].kept is None
    assert walk(begun(), Open(Place.OPINIONS), Open(Place.HOME))[0] == Touch()


@pytest.mark.parametrize("elder", [False, True])
def test_who_has_laid_an_opinion_aside_is_asked_and_then_it_is_gone(elder: bool) -> None:
    home, _ = laid_aside()
    if elder:
        home, _ = walk(home, SwitchElder())
    ways: list[list[Tap]] = [[], [Open(Place.WEEK)], [Open(Place.OPINIONS)], [CallManager()]]
    pages = [walk(home, *taps)[0] for taps in ways]
    for touch in (*pages, walk(pages[-1], Stored("id-1"))[0]):
        allowed = opinion.WRITING * (2 if elder else 1)
        assert touch.home_at == Instant.of(NOW + allowed)
        assert entering(touch)
        assert not idle(touch)
        end = allowed.total_seconds()
        assert ring(touch, at(end - RING.total_seconds() - 0.001).now) is None
        assert ring(touch, at(end - RING.total_seconds()).now) == RING.total_seconds()
        waiting, _ = step(touch, Passed(), at(end - 0.001))
        assert waiting.kept is not None
        gone, effects = step(touch, Passed(), at(end))
        assert (gone, effects) == (Touch(), ())
        assert idle(gone)


def test_nothing_of_it_is_left_for_who_comes_next() -> None:
    home, _ = laid_aside()
    gone, _ = step(home, Passed(), at(opinion.WRITING.total_seconds()))
    later = at(opinion.WRITING.total_seconds() + 1)
    found, _ = walk(gone, Open(Place.OPINIONS), WriteOpinion(), world=later)
    assert (found.page, found.kept) == (Opinion(), None)
    staffed, _ = walk(home, HoldEmblem())
    assert staffed.kept is None
    assert not idle(replace(home, home_at=None)), "nothing attracts over it, however it got there"


def test_a_rating_beside_it_counts_in_its_own_time_and_its_thanks_wait_for_the_opinion() -> None:
    home, draft = laid_aside()
    rating, _ = walk(home, PressStar(5), world=at(fresh="r-1"))
    assert rating.home_at == Instant.of(NOW + CHOOSING)
    assert not entering(rating)
    saving, effects = step(rating, Passed(), at(CHOOSING.total_seconds()))
    assert [effect.kind for effect in effects if isinstance(effect, Emit)] == ["rating"]
    thanked, _ = step(saving, Stored("r-1"), at(CHOOSING.total_seconds()))
    assert thanked.home_at == Instant.of(NOW + CHOOSING + opinion.WRITING)
    assert entering(thanked)
    found, _ = walk(thanked, Open(Place.HOME), Open(Place.OPINIONS), WriteOpinion())
    assert found.page == draft


def test_the_first_page_asks_too_and_says_nothing_of_what_was_written() -> None:
    home, _ = laid_aside()
    known = Known(samples.house(), read_hours(samples.house().hours), True, {}, "lobby-touch")
    for left_s, asked in ((RING.total_seconds() + 1, False), (9, True)):
        touch = replace(home, home_at=Instant.of(samples.AFTERNOON + timedelta(seconds=left_s)))
        view = touch_view(known, touch, load_catalogues(), samples.AFTERNOON)
        assert (view.still is not None) is asked
        assert replace(view, still=None) == touch_view(known, Touch(), load_catalogues(), samples.AFTERNOON)


def test_who_walks_away_has_said_nothing() -> None:
    touch, _ = walk(begun(), PickSubject("waiting"), PickPhrase("long-wait"), OpenSheet(Sheet.CONTACT), *DIGITS)
    assert touch.home_at == Instant.of(NOW + opinion.WRITING)
    after, effects = step(touch, Passed(), at(opinion.WRITING.total_seconds()))
    assert (after, effects) == (Touch(), ())


def test_handwriting_is_undone_line_by_line_and_cleared() -> None:
    touch, _ = walk(begun(), OpenSheet(Sheet.INK), Draw(LINE, 700), Draw(((5, 5),), 700), Draw((), 700))
    assert len(page_of(touch).writing.draft.ink.lines) == 2
    undone, _ = walk(touch, UndoLine())
    assert len(page_of(undone).writing.draft.ink.lines) == 1
    cleared, _ = walk(touch, ClearInk(), CloseSheet())
    assert page_of(cleared).writing == Writing()
    assert walk(touch, PressDigit("1"))[0].page == touch.page


def test_a_number_is_checked_agreed_to_changed_and_taken_back() -> None:
    sheet, _ = walk(begun(), OpenSheet(Sheet.CONTACT), *DIGITS[:5], Agree())
    assert page_of(sheet).writing == Writing(sheet=Sheet.CONTACT, digits="13800", wrong=True)
    assert not page_of(walk(sheet, Erase())[0]).writing.wrong
    assert page_of(walk(sheet, CloseSheet())[0]).writing == Writing()
    left, _ = walk(sheet, Erase(), *DIGITS[4:], Agree())
    assert page_of(left).writing.letter == Letter(phone=PHONE, consented=NOW)
    again, _ = walk(left, OpenSheet(Sheet.CONTACT))
    assert page_of(again).writing.digits == PHONE
    assert page_of(walk(again, Erase(), Open(Place.HOME))[0]).writing.letter.phone == PHONE
    assert page_of(walk(again, RemoveNumber())[0]).writing == Writing()
    assert page_of(walk(again, *DIGITS)[0]).writing.digits == (PHONE * 2)[:DIGITS_AT_MOST]
    assert walk(again, PickPhrase("praise"))[0].page == again.page


@pytest.mark.parametrize(
    ("digits", "good"),
    [
        ("13800138000", True),
        ("12800138000", False),
        ("1380013800", False),
        ("057187654321", True),
        ("01087654321", True),
        ("0571", False),
        ("21234567", True),
        ("11234567", False),
        ("0085221234567", True),
        ("00852", False),
        ("138001380001", False),
        ("", False),
    ],
)
def test_which_numbers_can_be_called(digits: str, good: bool) -> None:
    assert whole(digits) is good


@pytest.mark.parametrize(
    ("digits", "read"),
    [
        ("", ""),
        ("13", "13"),
        ("13800138000", "138 0013 8000"),
        ("057187654321", "0571 8765 4321"),
        ("21234567", "2123 4567"),
        ("12345678", "123 4567 8"),
    ],
)
def test_numbers_stand_in_groups(digits: str, read: str) -> None:
    assert spaced(digits) == read


# ---- beside a rating -------------------------------------------------------------------------------------------------


def test_words_and_a_number_beside_a_rating_are_stored_with_it() -> None:
    world = replace(WORLD, fresh="r-1")
    touch, effects = walk(
        Touch(),
        PressStar(2),
        OpenSheet(Sheet.INK),
        PickPhrase("long-wait"),
        Draw(LINE, 700),
        CloseSheet(),
        OpenSheet(Sheet.CONTACT),
        *DIGITS,
        Agree(),
        Submit(),
        world=world,
    )
    keeps = [effect for effect in effects if isinstance(effect, Keep)]
    assert [sorted(keep.data) for keep in keeps] == [
        ["channel", "flags", "reasons", "stars"],
        ["channel", "comment", "flags", "phrases", "reasons", "stars", "strokes"],
        ["channel", "comment", "consent", "contact", "flags", "phrases", "reasons", "stars", "strokes"],
    ]
    emit = effects[-1]
    assert isinstance(emit, Emit)
    assert (emit.kind, emit.data["comment"], emit.data["contact"]) == ("rating", "等候时间太长", PHONE)
    assert dict(emit.data) == dict(keeps[-1].data)
    thanked, _ = walk(touch, Stored("r-1"))
    assert isinstance(thanked.page, Rating)
    assert thanked.page.writing == Writing()


def test_an_open_sheet_of_a_rating_is_left_by_its_keys_and_counts_for_nothing_when_abandoned() -> None:
    open_sheet, _ = walk(Touch(), PressStar(2), OpenSheet(Sheet.INK), Draw(LINE, 700))
    assert open_sheet.home_at == Instant.of(NOW + opinion.WRITING)
    back, _ = walk(open_sheet, Open(Place.HOME))
    assert isinstance(back.page, Rating)
    assert back.page.step is RateStep.CHOOSING
    assert back.page.writing.letter.ink
    _, effects = step(open_sheet, Passed(), at(opinion.WRITING.total_seconds()))
    (emit,) = effects
    assert isinstance(emit, Emit)
    assert "strokes" not in emit.data
    assert emit.data["stars"] == 2


def test_praise_does_not_stay_beside_two_stars() -> None:
    touch, _ = walk(Touch(), PressStar(5), PickPhrase("kind-staff"), PressStar(2))
    assert isinstance(touch.page, Rating)
    assert touch.page.writing.letter.phrases == ()
