"""A rating in words: stars, reasons, and what may be added."""

from typing import Final

from kiosk.view.forms import Choice, RatingView
from kiosk.view.happenings import PickReason
from kiosk.view.letter_views import ContactView, InkView, contact_key, ink_key, sheet_view
from kiosk.view.pages import REASONS_AT_MOST, RateStep, Rating
from kiosk.view.panel import Showing
from kiosk.view.rate import phrases_for, reasons_for

SENTENCES_ELDER: Final = 4  # large type shows less


def rating_view(showing: Showing, page: Rating) -> RatingView | InkView | ContactView:
    voice, letter = showing.voice, page.writing.letter
    offered = _fewer(page) if showing.touch.elder else phrases_for(page.stars)
    sheet = sheet_view(page.writing, offered, voice)
    if sheet is not None and page.step is RateStep.CHOOSING:
        return sheet
    chosen, full = page.reasons, len(page.reasons) == REASONS_AT_MOST
    message = "rate.failed" if page.step is RateStep.FAILED else "rate.thanks"
    return RatingView(
        heading=voice.both("rate.title"),
        step=page.step,
        question=voice.both("rate.question"),
        stars=page.stars,
        level=voice.both(f"rate.level.{page.stars}"),
        reasons_title=voice.say("rate.reasons_full" if full else "rate.reasons"),
        reasons=tuple(
            Choice(voice.both(f"rate.reason.{one}"), one in chosen, PickReason(one), open=one in chosen or not full)
            for one in reasons_for(page.stars)
        ),
        submit=voice.both("rate.submit"),
        message=voice.both(message),
        keys=(ink_key(letter, voice, phrases=True), contact_key(letter, voice)),
    )


def _fewer(page: Rating) -> tuple[str, ...]:
    """As many sentences as large type shows, in their order: those that are picked, and the first of the others."""
    every, writing = phrases_for(page.stars), page.writing
    picked_first = dict.fromkeys((*writing.draft.phrases, *writing.letter.phrases, *every))
    kept = tuple(picked_first)[:SENTENCES_ELDER]
    return tuple(phrase for phrase in every if phrase in kept)
