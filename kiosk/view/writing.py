"""Words and a number beside a rating or an opinion: one step of the sheets that two pages share. Pure.

What is done on a sheet counts once it is closed, by its own key or by the back key, and a number once the customer has
agreed. Who walks away from an open sheet has neither written nor agreed.
"""

from dataclasses import replace

from kiosk.view.happenings import Erase, Happening, Open, PressDigit
from kiosk.view.ink import Ink, written
from kiosk.view.letter import Letter, Sheet, Writing
from kiosk.view.letter_taps import (
    Agree,
    ClearInk,
    CloseSheet,
    Draw,
    OpenSheet,
    PickPhrase,
    RemoveNumber,
    UndoLine,
)
from kiosk.view.telephone import DIGITS_AT_MOST, whole
from signage.core.cases import PHRASES_AT_MOST
from signage.core.instants import Instant


def write(writing: Writing, happening: Happening, offered: tuple[str, ...], now: Instant) -> Writing:
    """One step. `offered`: the phrases that may be picked. Whatever does not belong to the sheet changes nothing."""
    match writing.sheet:
        case Sheet.NONE:
            return _beside(writing, happening, offered)
        case Sheet.INK:
            return _on_ink(writing, happening, offered)
        case _:
            return _on_contact(writing, happening, now)


def _beside(writing: Writing, happening: Happening, offered: tuple[str, ...]) -> Writing:
    match happening:
        case OpenSheet(sheet):
            return Writing(writing.letter, sheet, writing.letter, writing.letter.phone)
        case PickPhrase(phrase):
            return replace(writing, letter=_picked(writing.letter, phrase, offered))
        case _:
            return writing


def _on_ink(writing: Writing, happening: Happening, offered: tuple[str, ...]) -> Writing:
    draft = writing.draft
    match happening:
        case PickPhrase(phrase):
            return replace(writing, draft=_picked(draft, phrase, offered))
        case Draw(line, height):
            return replace(writing, draft=replace(draft, ink=written(draft.ink, line, height)))
        case UndoLine():
            return replace(writing, draft=replace(draft, ink=draft.ink.undone()))
        case ClearInk():
            return replace(writing, draft=replace(draft, ink=Ink()))
        case CloseSheet() | Open():
            return Writing(draft)
        case _:
            return writing


def _on_contact(writing: Writing, happening: Happening, now: Instant) -> Writing:
    letter = writing.letter
    match happening:
        case PressDigit(digit) if len(writing.digits) < DIGITS_AT_MOST:
            return replace(writing, digits=writing.digits + digit, wrong=False)
        case Erase():
            return replace(writing, digits=writing.digits[:-1], wrong=False)
        case Agree() if whole(writing.digits):
            return Writing(replace(letter, phone=writing.digits, consented=now))
        case Agree():
            return replace(writing, wrong=True)
        case RemoveNumber():
            return Writing(replace(letter, phone="", consented=None))
        case CloseSheet() | Open():
            return Writing(letter)
        case _:
            return writing


def _picked(letter: Letter, phrase: str, offered: tuple[str, ...]) -> Letter:
    if phrase in letter.phrases:
        return replace(letter, phrases=tuple(other for other in letter.phrases if other != phrase))
    if phrase not in offered or len(letter.phrases) == PHRASES_AT_MOST:
        return letter
    return replace(letter, phrases=(*letter.phrases, phrase))
