"""The pages on which somebody chooses: stars and reasons, a PIN, a suspension, a notice."""

from dataclasses import dataclass
from typing import Final

from kiosk.view.branch import Mood, counter_rows
from kiosk.view.happenings import PickCause, PickCounter, PickExpected, PickReason, PickTemplate, Tap
from kiosk.view.pages import (
    Calling,
    CallStep,
    Expected,
    Keypad,
    NoticeForm,
    RateStep,
    Rating,
    SuspendForm,
    Trouble,
)
from kiosk.view.panel import Showing
from kiosk.view.rate import reasons_for
from kiosk.view.staff import ready
from kiosk.view.voice import Pair
from signage.core.model import BRANCH_SCOPE, Reason
from signage.core.templates import TEMPLATES, BlankKind, template


@dataclass(frozen=True)
class Choice:
    label: Pair
    chosen: bool
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


@dataclass(frozen=True)
class CallView:
    heading: Pair
    mood: Mood
    title: Pair
    line: str


@dataclass(frozen=True)
class KeypadView:
    """`filled` digits of a PIN that is never shown."""

    title: Pair
    filled: int
    line: str
    mood: Mood | None


@dataclass(frozen=True)
class Group:
    title: str
    choices: tuple[Choice, ...]
    columns: int


@dataclass(frozen=True)
class FormView:
    title: Pair
    groups: tuple[Group, ...]
    confirm: Pair
    ready: bool
    grave: bool


_CALL_MOODS: Final = {
    CallStep.SAVING: Mood.ATTENTION,
    CallStep.SENT: Mood.ATTENTION,
    CallStep.HEARD: Mood.ATTENTION,
    CallStep.ANSWERED: Mood.OPEN,
    CallStep.FAILED: Mood.SUSPENDED,
}


def rating_view(showing: Showing, page: Rating) -> RatingView:
    voice = showing.voice
    message = "rate.failed" if page.step is RateStep.FAILED else "rate.thanks"
    return RatingView(
        heading=voice.both("rate.title"),
        step=page.step,
        question=voice.both("rate.question"),
        stars=page.stars,
        level=voice.both(f"rate.level.{page.stars}"),
        reasons_title=voice.say("rate.reasons"),
        reasons=tuple(
            Choice(voice.both(f"rate.reason.{reason}"), reason in page.reasons, PickReason(reason))
            for reason in reasons_for(page.stars)
        ),
        submit=voice.both("rate.submit"),
        message=voice.both(message),
    )


def call_view(showing: Showing, page: Calling) -> CallView:
    voice = showing.voice
    return CallView(
        voice.both("touch.card.call"),
        _CALL_MOODS[page.step],
        voice.both(f"call.{page.step.value}"),
        voice.say(f"call.{page.step.value}_line", hotline=showing.state.branch.hotline),
    )


def keypad_view(showing: Showing, page: Keypad) -> KeypadView:
    voice = showing.voice
    title = voice.both("staff.title")
    if showing.touch.pending is not None:
        return KeypadView(title, len(page.digits), voice.say("staff.checking"), None)
    wait_s = 0 if page.until is None else -((showing.now - page.until).total_seconds() // 1)
    if page.trouble is None or (page.trouble is Trouble.LOCKED and wait_s <= 0):
        prompt = "staff.prompt_emergency" if showing.emergency else "staff.prompt"
        return KeypadView(title, len(page.digits), voice.say(prompt), None)
    line = voice.say(f"staff.trouble.{page.trouble.value}", left=page.left or 0, seconds=int(wait_s))
    return KeypadView(title, len(page.digits), line, Mood.SUSPENDED)


def suspend_view(showing: Showing, page: SuspendForm) -> FormView:
    voice = showing.voice
    causes = tuple(
        Choice(voice.both(f"reason.{reason.value}"), reason.value == page.reason, PickCause(reason.value))
        for reason in Reason
    )
    place = voice.both("staff.whole_branch") if page.scope == BRANCH_SCOPE else _counter_name(showing, page.scope)
    return FormView(
        title=Pair(voice.say("staff.suspend_place", place=place.first)),
        groups=(
            Group(voice.say("staff.cause"), causes, 2),
            Group(voice.say("staff.expected"), _expected(showing, page.expected, tuple(Expected)), 3),
        ),
        confirm=voice.both("staff.confirm_suspend"),
        ready=page.complete,
        grave=True,
    )


def _counter_name(showing: Showing, scope: str) -> Pair:
    return showing.voice.both("staff.counter", number=scope.partition(":")[2])


def notice_view(showing: Showing, page: NoticeForm) -> FormView:
    voice = showing.voice
    templates = tuple(
        Choice(voice.both(one.title_key), one.id == page.template, PickTemplate(one.id)) for one in TEMPLATES
    )
    groups = [Group(voice.say("staff.template"), templates, 2)]
    chosen = template(page.template or "")
    if chosen is not None and BlankKind.COUNTER in chosen.blanks.values():
        rows = counter_rows(showing.state, showing.hours, showing.now, voice)
        numbers = tuple(
            Choice(voice.both("staff.counter", number=row.number), row.number == page.counter, PickCounter(row.number))
            for row in rows
        )
        groups.append(Group(voice.say("staff.which_counter"), numbers, 3))
    known = tuple(expected for expected in Expected if expected is not Expected.UNKNOWN)
    groups.append(Group(voice.say("staff.notice_for"), _expected(showing, page.expected, known), 2))
    return FormView(
        title=voice.both("staff.post"),
        groups=tuple(groups),
        confirm=voice.both("staff.confirm_post"),
        ready=ready(page),
        grave=False,
    )


def _expected(showing: Showing, chosen: Expected | None, offered: tuple[Expected, ...]) -> tuple[Choice, ...]:
    closing = closing_of(showing)
    return tuple(
        Choice(showing.voice.both(f"staff.expected.{one.value}"), one is chosen, PickExpected(one))
        for one in offered
        if one is not Expected.CLOSING or closing
    )


def closing_of(showing: Showing) -> bool:
    """Whether the branch is open, so that there is a closing time to wait for."""
    return any(showing.hours.at(service, showing.now).open for service in showing.hours.services)
