"""The sheets on which a customer writes and leaves a number, in words; and the question whether they are still there."""

from dataclasses import dataclass

from kiosk.view.forms import Choice, LetterKey
from kiosk.view.headed import Headed
from kiosk.view.ink import Ink
from kiosk.view.journey import entering, ring
from kiosk.view.letter import Letter, Sheet, Writing
from kiosk.view.letter_taps import OpenSheet, PickPhrase
from kiosk.view.pages import Touch
from kiosk.view.telephone import spaced
from kiosk.view.voice import Pair, Voice
from signage.core.cases import PHRASES_AT_MOST
from signage.core.instants import Instant


@dataclass(frozen=True, kw_only=True)
class InkView(Headed):
    """`full`: nothing more can be written; `warning`: the line says so, or that it soon will be so."""

    phrases_title: str
    phrases: tuple[Choice, ...]
    ink: Ink
    full: bool
    line: str
    warning: bool
    undo: Pair
    clear: Pair
    done: Pair


@dataclass(frozen=True, kw_only=True)
class ContactView(Headed):
    """`number` as far as it has been entered, in groups; `remove` where one was left before."""

    number: str
    line: str
    wrong: bool
    consent: str
    agree: Pair
    remove: Pair | None


@dataclass(frozen=True)
class StillView:
    title: Pair
    line: str
    go_on: Pair


def phrase_choices(letter: Letter, offered: tuple[str, ...], voice: Voice) -> tuple[Choice, ...]:
    """Once there are as many as may be, the others are closed."""
    picked, full = letter.phrases, _full(letter)
    return tuple(
        Choice(voice.both(f"opinion.phrase.{one}"), one in picked, PickPhrase(one), open=one in picked or not full)
        for one in offered
    )


def phrases_title(letter: Letter, voice: Voice) -> str:
    return voice.say("opinion.phrases_full" if _full(letter) else "opinion.phrases")


def _full(letter: Letter) -> bool:
    return len(letter.phrases) == PHRASES_AT_MOST


def ink_key(letter: Letter, voice: Voice, *, phrases: bool) -> LetterKey:
    """`phrases`: sentences can be picked on the sheet too."""
    name = "letter.words" if phrases else "letter.ink"
    done = bool(letter) if phrases else bool(letter.ink)
    return LetterKey(
        voice.both(name), voice.say("letter.ink_done" if done else f"{name}_line"), done, OpenSheet(Sheet.INK)
    )


def contact_key(letter: Letter, voice: Voice) -> LetterKey:
    """The number itself does not stand here: this page lies open to who stands beside."""
    done = letter.consented is not None
    line = voice.say("letter.contact_done" if done else "letter.contact_line")
    return LetterKey(voice.both("letter.contact"), line, done, OpenSheet(Sheet.CONTACT))


def sheet_view(writing: Writing, offered: tuple[str, ...], voice: Voice) -> InkView | ContactView | None:
    """What lies over the page; None: nothing does. `offered`: the phrases that can be picked on the sheet."""
    match writing.sheet:
        case Sheet.NONE:
            return None
        case Sheet.INK:
            return _ink(writing.draft, offered, voice)
        case _:
            return _contact(writing, voice)


def _ink(draft: Letter, offered: tuple[str, ...], voice: Voice) -> InkView:
    ink = draft.ink
    line = "ink.full" if ink.full else "ink.near" if ink.near_full else "ink.hint"
    return InkView(
        title=voice.both("ink.title"),
        phrases_title=phrases_title(draft, voice) if offered else "",
        phrases=phrase_choices(draft, offered, voice),
        ink=ink,
        full=ink.full,
        line=voice.say(line),
        warning=ink.near_full,
        undo=voice.both("ink.undo"),
        clear=voice.both("ink.clear"),
        done=voice.both("ink.done"),
    )


def _contact(writing: Writing, voice: Voice) -> ContactView:
    return ContactView(
        title=voice.both("contact.title"),
        number=spaced(writing.digits),
        line=voice.say("contact.wrong" if writing.wrong else "contact.prompt"),
        wrong=writing.wrong,
        consent=voice.say("contact.consent"),
        agree=voice.both("contact.agree"),
        remove=voice.both("contact.remove") if writing.letter.consented is not None else None,
    )


def still_view(touch: Touch, now: Instant, voice: Voice) -> StillView | None:
    """Asked over the last seconds before something unfinished would be lost."""
    seconds = ring(touch, now)
    if seconds is None or not entering(touch):
        return None
    return StillView(voice.both("still.title"), voice.say("still.line", seconds=seconds), voice.both("still.go_on"))
