"""The pages on which somebody chooses or waits: stars and reasons, a call, a PIN; and what a form is made of."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from kiosk.view.branch import Mood
from kiosk.view.happenings import Tap
from kiosk.view.pages import (
    Calling,
    CallStep,
    Keypad,
    RateStep,
    SignedOut,
    Trouble,
)
from kiosk.view.panel import Desk, Showing
from kiosk.view.voice import Pair

_IN_SECONDS: Final = 90  # of a lockout: longer ones are said in minutes


@dataclass(frozen=True)
class Choice:
    """`open`: it can be chosen, or taken back, now."""

    label: Pair
    chosen: bool
    tap: Tap
    open: bool = True


@dataclass(frozen=True)
class LetterKey:
    """A key to words or a number of the customer's own. `done`: something stands there."""

    label: Pair
    line: str
    done: bool
    tap: Tap


@dataclass(frozen=True)
class RatingView:
    heading: Pair
    step: RateStep
    question: Pair
    stars: int
    level: Pair
    reasons_title: str
    reasons: tuple[Choice, ...]
    submit: Pair
    message: Pair
    keys: tuple[LetterKey, ...] = ()


@dataclass(frozen=True)
class CallView:
    heading: Pair
    mood: Mood
    title: Pair
    line: str


@dataclass(frozen=True)
class KeypadView:
    """`filled` digits of a PIN that is never shown. `deaf`: nobody may try for a while."""

    title: Pair
    filled: int
    line: str
    mood: Mood | None
    deaf: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    choices: tuple[Choice, ...]
    columns: int


@dataclass(frozen=True)
class FormView:
    """`note`: what there is to say before anything is chosen."""

    title: Pair
    groups: tuple[Group, ...]
    confirm: Pair
    ready: bool
    grave: bool
    note: str = ""


_CALL_MOODS: Final = {
    CallStep.SAVING: Mood.ATTENTION,
    CallStep.SENT: Mood.ATTENTION,
    CallStep.UNHEARD: Mood.SUSPENDED,
    CallStep.HEARD: Mood.ATTENTION,
    CallStep.ANSWERED: Mood.OPEN,
    CallStep.FAILED: Mood.SUSPENDED,
}


def call_view(showing: Showing, page: Calling) -> CallView:
    voice = showing.voice
    return CallView(
        voice.both("touch.card.call"),
        _CALL_MOODS[page.step],
        voice.both(f"call.{page.step.value}"),
        voice.say(f"call.{page.step.value}_line", hotline=showing.state.branch.hotline),
    )


def keypad_view(desk: Desk, page: Keypad) -> KeypadView:
    voice = desk.voice
    title = voice.both("staff.title")
    if desk.touch.pending is not None:
        return KeypadView(title, len(page.digits), voice.say("staff.checking"), None)
    wait_s = 0 if page.until is None else -((desk.now - page.until).total_seconds() // 1)
    if page.trouble is None or (page.trouble is Trouble.LOCKED and wait_s <= 0):
        prompt = "staff.prompt_emergency" if desk.emergency else "staff.prompt"
        return KeypadView(title, len(page.digits), voice.say(prompt), None)
    key = f"staff.trouble.{page.trouble.value}"
    if page.trouble is Trouble.LOCKED and wait_s > _IN_SECONDS:
        key = "staff.trouble.locked_long"
    line = voice.say(key, left=page.left or 0, seconds=int(wait_s), minutes=ceil(wait_s / 60))
    return KeypadView(title, len(page.digits), line, Mood.SUSPENDED, deaf=page.trouble is Trouble.LOCKED)


def signed_out_view(desk: Desk, page: SignedOut) -> CallView:
    """Who has left, so that whoever comes next is not them."""
    voice = desk.voice
    line = voice.say("staff.signed_out_line", name=page.name)
    return CallView(voice.both("staff.title"), Mood.OPEN, voice.both("staff.signed_out"), line)
