"""The opinion book and the sheets beside a rating, as they stand on the glass."""

from datetime import timedelta

from msgspec.structs import replace as with_

from kiosk.gallery import samples
from kiosk.gallery.opinions import answered, handwriting
from kiosk.view import opinion
from kiosk.view.forms import RatingView
from kiosk.view.happenings import Place, SwitchLanguage
from kiosk.view.journey import RING, entering
from kiosk.view.letter import Letter, Sheet, Writing
from kiosk.view.letter_taps import PickPhrase, StillHere
from kiosk.view.letter_views import ContactView, InkView
from kiosk.view.opinion_pages import Book, Opinion, OpinionStep
from kiosk.view.opinion_views import BookView, OpinionSentView, OpinionView
from kiosk.view.pages import Home, RateStep, Rating, Touch
from kiosk.view.rate import HARD_WORDS
from kiosk.view.touch import Known, touch_view
from kiosk.view.voice import Pair
from signage.core.cases import SUBJECTS, case_number
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import Answer, BranchState
from signage.link.catalogues import load_catalogues
from tests.unit.kiosk.worlds import NOW, walk

PHONE = "13800138000"


def seen(page: object, state: BranchState | None = None, *, elder: bool = False, left_s: float = 50) -> object:
    touch = Touch(page=page, elder=elder, home_at=Instant.of(samples.AFTERNOON + timedelta(seconds=left_s)))  # type: ignore[arg-type]  # any page
    shown = state or samples.house()
    known = Known(shown, read_hours(shown.hours), True, {}, "lobby-touch")
    return touch_view(known, touch, load_catalogues(), samples.AFTERNOON)


def view_of(page: object, state: BranchState | None = None, *, elder: bool = False) -> object:
    return seen(page, state, elder=elder).page  # type: ignore[attr-defined]  # a touch view


def test_answers_are_turned_page_by_page_newest_first() -> None:
    state = answered(5)
    first = view_of(Book(), state)
    assert isinstance(first, BookView)
    assert (len(first.answers), first.newer, first.older, first.pager) == (3, None, 1, "第 1 页，共 2 页")
    assert first.answers[0].said == "等候时间太长；希望多开几个窗口"
    assert (first.answers[0].subject, first.answers[0].answer) == (
        "排队等候",
        "已在每日上午增开一个现金窗口，感谢您的意见。",
    )
    last = view_of(Book(9), state)
    assert isinstance(last, BookView)
    assert (len(last.answers), last.newer, last.older) == (2, 0, None)
    large = view_of(Book(1), state, elder=True)
    assert isinstance(large, BookView)
    assert (len(large.answers), large.newer, large.older) == (2, 0, 2)


def test_a_book_without_answers_says_so_and_newer_words_are_left_out() -> None:
    empty = view_of(Book())
    assert isinstance(empty, BookView)
    assert (empty.answers, empty.pager, bool(empty.empty)) == ((), "", True)
    newer = Answer(id="a", opened=NOW, at=NOW, text={"zh": "好"}, subject="weather", phrases=("rain", "long-wait"))
    one = view_of(Book(), with_(samples.house(), answers=(newer,)))
    assert isinstance(one, BookView)
    assert (one.answers[0].subject, one.answers[0].said, one.empty) == ("", "等候时间太长", "")


def test_the_form_leads_back_to_the_book_and_never_shows_the_number() -> None:
    letter = Letter(("long-wait",), handwriting(), PHONE, NOW)
    form = view_of(Opinion("waiting", Writing(letter), unsaved=True))
    assert isinstance(form, OpinionView)
    assert (form.back, form.ready, [key.done for key in form.keys]) == (Place.OPINIONS, True, [True, True])
    assert form.trouble
    assert PHONE not in repr(form)
    assert "138" not in repr(form)
    empty = view_of(Opinion())
    assert isinstance(empty, OpinionView)
    assert (empty.phrases, empty.ready, [key.done for key in empty.keys], empty.trouble) == ((), False, [False] * 2, "")


def test_until_it_can_be_sent_the_key_says_what_is_missing() -> None:
    letter = Letter(("long-wait",))
    forms = [view_of(page) for page in (Opinion(), Opinion("waiting"), Opinion("waiting", Writing(letter)))]
    assert [form.submit for form in forms if isinstance(form, OpinionView)] == [
        Pair("提交意见", "请先选择是关于什么"),
        Pair("提交意见", "请选一句话，或手写几句"),
        Pair("提交意见", "Send"),
    ]


def test_once_three_sentences_are_picked_the_others_are_closed_and_the_title_says_so() -> None:
    three = Writing(Letter(SUBJECTS["waiting"][:3]))
    form = view_of(Opinion("waiting", three))
    assert isinstance(form, OpinionView)
    assert [choice.open for choice in form.phrases] == [True, True, True, False]
    assert form.phrases_title == "已选三句，再按一下可取消"
    drafted = Rating("e", NOW, 2, writing=Writing(sheet=Sheet.INK, draft=Letter(HARD_WORDS[:3])))
    sheet = view_of(drafted)
    assert isinstance(sheet, InkView)
    assert [choice.open for choice in sheet.phrases] == [True] * 3 + [False] * 3
    assert sheet.phrases_title == form.phrases_title


def test_the_thanks_name_the_number_of_the_case() -> None:
    sent = view_of(Opinion(step=OpinionStep.THANKED, event="id-1"))
    assert isinstance(sent, OpinionSentView)
    assert sent.number == case_number("id-1")
    called = view_of(Opinion(step=OpinionStep.THANKED, event="id-1", called=True))
    assert isinstance(called, OpinionSentView)
    assert called.line != sent.line
    saving = view_of(Opinion(step=OpinionStep.SAVING, event="id-1"))
    assert isinstance(saving, OpinionSentView)
    assert (saving.number, saving.line) == ("", "")


def test_the_sheets_in_words() -> None:
    ink = view_of(Rating("e", NOW, 2, writing=Writing(sheet=Sheet.INK)))
    assert isinstance(ink, InkView)
    assert (len(ink.phrases), ink.warning, ink.full) == (6, False, False)
    large = view_of(Rating("e", NOW, 5, writing=Writing(sheet=Sheet.INK)), elder=True)
    assert isinstance(large, InkView)
    assert len(large.phrases) == 4
    number = view_of(Opinion(writing=Writing(Letter(phone=PHONE, consented=NOW), Sheet.CONTACT, digits=PHONE)))
    assert isinstance(number, ContactView)
    assert (number.number, number.wrong, number.remove is None) == ("138 0013 8000", False, False)
    rating = view_of(Rating("e", NOW, 2, writing=Writing(Letter(("long-wait",)))))
    assert isinstance(rating, RatingView)
    assert [key.done for key in rating.keys] == [True, False]
    saving = view_of(Rating("e", NOW, 2, step=RateStep.SAVING, writing=Writing(sheet=Sheet.INK)))
    assert isinstance(saving, RatingView)


def test_large_type_offers_fewer_sentences_and_always_those_that_are_picked() -> None:
    def offered(writing: Writing) -> list[tuple[str, bool]]:
        sheet = view_of(Rating("e", NOW, 2, writing=writing), elder=True)
        assert isinstance(sheet, InkView)
        return [(choice.tap.phrase, choice.chosen) for choice in sheet.phrases if isinstance(choice.tap, PickPhrase)]

    last = HARD_WORDS[3:]
    assert offered(Writing(sheet=Sheet.INK)) == [(one, False) for one in HARD_WORDS[:4]]
    picked = Writing(Letter(last), Sheet.INK, Letter(last))
    assert offered(picked) == [(HARD_WORDS[0], False), *((one, True) for one in last)]
    one_less = Writing(Letter(last), Sheet.INK, Letter(last[:2]))
    assert offered(one_less) == [(HARD_WORDS[0], False), (last[0], True), (last[1], True), (last[2], False)]


def test_somebody_who_is_writing_is_asked_before_it_is_lost() -> None:
    writing = Opinion("waiting")
    assert seen(writing, left_s=RING.total_seconds() + 1).still is None  # type: ignore[attr-defined]  # a touch view
    still = seen(writing, left_s=9).still  # type: ignore[attr-defined]  # a touch view
    assert "9" in still.line
    assert seen(Opinion(), left_s=9).still is None  # type: ignore[attr-defined]  # a touch view
    assert entering(Touch(Rating("e", NOW, 2, writing=Writing(sheet=Sheet.CONTACT))))
    assert not entering(Touch(Rating("e", NOW, 2)))
    assert not entering(Touch(Home()))
    touch = Touch(writing, home_at=Instant.of(NOW + timedelta(seconds=9)))
    after, effects = walk(touch, StillHere())
    assert (after.page, after.home_at, effects) == (writing, Instant.of(NOW + opinion.WRITING), [])
    assert walk(touch, SwitchLanguage("en"))[0].page == writing
