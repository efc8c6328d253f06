"""The opinion book: reading what was answered, and writing an opinion that becomes a case. Pure."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from kiosk.view.happenings import Effect, Emit, Happening, NotStored, Open, Place, Stored, Submit, World
from kiosk.view.letter import Sheet
from kiosk.view.letter_taps import PickSubject, TurnAnswers, WriteOpinion
from kiosk.view.opinion_pages import Book, Opinion, OpinionStep
from kiosk.view.writing import write
from signage.core.cases import SUBJECTS

WRITING: Final = timedelta(seconds=60)
NUMBER: Final = timedelta(seconds=20)  # to write a number down


def book(page: Book, happening: Happening, kept: Opinion | None) -> Book | Opinion | None:
    """A step on the book's first page; None: back home. `kept`: what the customer has begun and not sent."""
    match happening:
        case WriteOpinion():
            return kept or Opinion()
        case TurnAnswers(number):
            return replace(page, page=max(0, number))
        case Open(Place.OPINIONS):
            return page
        case Open():
            return None
        case _:
            return page


def opinion(page: Opinion, happening: Happening, world: World) -> tuple[Opinion | Book | None, tuple[Effect, ...]]:
    """A step of an opinion. None: home."""
    if page.step is OpinionStep.SAVING:
        return _saved(page, happening), ()
    if page.step is OpinionStep.THANKED:
        return (None if isinstance(happening, Open) else page), ()
    if page.writing.sheet is not Sheet.NONE:
        return replace(page, writing=write(page.writing, happening, phrases(page), world.now)), ()
    match happening:
        case Open():
            return Book(), ()
        case PickSubject(subject) if subject in SUBJECTS:
            return _about(page, subject), ()
        case Submit() if page.complete:
            sending = replace(page, step=OpinionStep.SAVING, event=world.fresh, unsaved=False)
            return sending, (Emit(world.fresh, "case", world.now, opinion_data(sending, world)),)
        case _:
            return replace(page, writing=write(page.writing, happening, phrases(page), world.now)), ()


def laid_aside(page: object) -> Opinion | None:
    """What of a page that is left is kept until the person has gone: an opinion begun and not sent."""
    if not isinstance(page, Opinion) or page.step is not OpinionStep.WRITING or page == Opinion():
        return None
    return page


def phrases(page: Opinion) -> tuple[str, ...]:
    """What can be picked about its subject."""
    return SUBJECTS.get(page.subject or "", ())


def _about(page: Opinion, subject: str) -> Opinion:
    """What was picked about another subject goes with it."""
    letter = page.writing.letter
    kept = tuple(phrase for phrase in letter.phrases if phrase in SUBJECTS[subject])
    return replace(page, subject=subject, writing=replace(page.writing, letter=replace(letter, phrases=kept)))


def _saved(page: Opinion, happening: Happening) -> Opinion:
    """Once it is on the disk this page knows its number and nothing else of it."""
    match happening:
        case Stored(event) if event == page.event:
            return Opinion(step=OpinionStep.THANKED, event=event, called=page.writing.letter.consented is not None)
        case NotStored(event) if event == page.event:
            return replace(page, step=OpinionStep.WRITING, event="", unsaved=True)
        case _:
            return page


def opinion_data(page: Opinion, world: World) -> dict[str, Any]:
    """The data of the `case` event (contract: Batch, Receipt; `subject`, `device`, `locale` are additions)."""
    letter = page.writing.letter
    data: dict[str, Any] = {
        "case": page.event,
        "action": "opened",
        "source": "opinion",
        "subject": page.subject,
        "device": world.device,
    }
    if world.locale:
        data["locale"] = world.locale
    if letter.phrases:
        data["text"] = world.spoken(letter.phrases)
    return data | letter.data()
