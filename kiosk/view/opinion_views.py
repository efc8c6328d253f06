"""The opinion book in words."""

from dataclasses import dataclass
from typing import Final

from kiosk.view.forms import Choice, LetterKey
from kiosk.view.happenings import Place
from kiosk.view.headed import Headed
from kiosk.view.letter_taps import PickSubject
from kiosk.view.letter_views import (
    ContactView,
    InkView,
    contact_key,
    ink_key,
    phrase_choices,
    phrases_title,
    sheet_view,
)
from kiosk.view.opinion import phrases
from kiosk.view.opinion_pages import Book, Opinion, OpinionStep
from kiosk.view.panel import Showing
from kiosk.view.voice import Pair, Voice
from signage.core.cases import SUBJECTS, case_number
from signage.core.model import Answer
from signage.core.wording import day_and_month

ANSWERS: Final = 3
ANSWERS_ELDER: Final = 2


@dataclass(frozen=True)
class AnswerView:
    """`said` is empty where the customer picked no sentence."""

    subject: str
    day: str
    said_title: str
    said: str
    answer_title: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class BookView(Headed):
    """`pager` is empty where one page holds all; `newer`, `older`: the page that key leads to, None where there is none."""

    heading: Pair
    answers: tuple[AnswerView, ...]
    empty: str
    pager: str
    newer_label: Pair
    newer: int | None
    older_label: Pair
    older: int | None
    write: Pair
    write_line: str


@dataclass(frozen=True, kw_only=True)
class OpinionView(Headed):
    """`submit`: until it is `ready`, beneath the word stands what is missing."""

    lead: Pair
    lead_line: str
    subjects_title: str
    subjects: tuple[Choice, ...]
    phrases_title: str
    phrases: tuple[Choice, ...]
    keys: tuple[LetterKey, ...]
    trouble: str
    submit: Pair
    ready: bool


@dataclass(frozen=True, kw_only=True)
class OpinionSentView(Headed):
    """`number` is empty while it is being stored."""

    message: Pair
    number_title: str
    number: str
    line: str


def book_view(showing: Showing, page: Book) -> BookView:
    voice, answers = showing.voice, showing.state.answers
    each = ANSWERS_ELDER if showing.touch.elder else ANSWERS
    pages = max(1, -(-len(answers) // each))
    at = min(page.page, pages - 1)
    return BookView(
        title=voice.both("touch.card.opinions"),
        heading=voice.both("opinion.answered"),
        answers=tuple(_answer(answer, showing) for answer in answers[at * each : (at + 1) * each]),
        empty="" if answers else voice.say("opinion.none"),
        pager=voice.say("opinion.page", page=at + 1, pages=pages) if pages > 1 else "",
        newer_label=voice.both("opinion.newer"),
        newer=at - 1 if at > 0 else None,
        older_label=voice.both("opinion.older"),
        older=at + 1 if at + 1 < pages else None,
        write=voice.both("opinion.write"),
        write_line=voice.say("opinion.write_line"),
    )


def _answer(answer: Answer, showing: Showing) -> AnswerView:
    """Phrases of a newer list than this screen's are left out."""
    voice = showing.voice
    known = tuple(phrase for phrase in answer.phrases if f"opinion.phrase.{phrase}" in voice.first)
    return AnswerView(
        subject=voice.say(f"opinion.subject.{answer.subject}") if answer.subject in SUBJECTS else "",
        day=voice.render(day_and_month(answer.opened.astimezone(showing.hours.zone).date())).first,
        said_title=voice.say("opinion.said"),
        said=voice.say("opinion.sentences").join(voice.say(f"opinion.phrase.{one}") for one in known),
        answer_title=voice.say("opinion.bank_says"),
        answer=voice.pick(answer.text).first,
    )


def opinion_view(showing: Showing, page: Opinion) -> OpinionView | OpinionSentView | InkView | ContactView:
    voice = showing.voice
    if page.step is not OpinionStep.WRITING:
        return _sent(page, voice)
    sheet = sheet_view(page.writing, (), voice)
    if sheet is not None:
        return sheet
    letter = page.writing.letter
    return OpinionView(
        title=voice.both("opinion.title"),
        back=Place.OPINIONS,
        lead=voice.both("opinion.lead"),
        lead_line=voice.say("opinion.lead_line"),
        subjects_title=voice.say("opinion.subject"),
        subjects=tuple(
            Choice(voice.both(f"opinion.subject.{name}"), name == page.subject, PickSubject(name)) for name in SUBJECTS
        ),
        phrases_title=phrases_title(letter, voice) if page.subject else voice.say("opinion.phrases_first"),
        phrases=phrase_choices(letter, phrases(page), voice),
        keys=(ink_key(letter, voice, phrases=False), contact_key(letter, voice)),
        trouble=voice.say("opinion.failed") if page.unsaved else "",
        submit=_submit(page, voice),
        ready=page.complete,
    )


def _submit(page: Opinion, voice: Voice) -> Pair:
    if page.complete:
        return voice.both("opinion.submit")
    missing = "opinion.phrases_first" if page.subject is None else "opinion.words_first"
    return Pair(voice.say("opinion.submit"), voice.say(missing))


def _sent(page: Opinion, voice: Voice) -> OpinionSentView:
    saved = page.step is OpinionStep.THANKED
    line = "opinion.thanks_call" if page.called else "opinion.thanks_line"
    return OpinionSentView(
        title=voice.both("opinion.title"),
        message=voice.both("opinion.thanks" if saved else "opinion.saving"),
        number_title=voice.say("opinion.number"),
        number=case_number(page.event) if saved else "",
        line=voice.say(line) if saved else "",
    )
