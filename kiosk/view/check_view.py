"""One step of a round on the glass: what to look at, and two large keys; or what is wrong; or all of it before it is sent."""

from dataclasses import dataclass
from typing import Final

from kiosk.view.forms import Choice
from kiosk.view.happenings import Place
from kiosk.view.headed import Headed
from kiosk.view.paging import turned
from kiosk.view.panel import Pager, Showing
from kiosk.view.rounds import StepAnswer, Walking
from kiosk.view.staff_taps import PickFinding, TurnSheet
from kiosk.view.voice import Pair
from signage.core.model import Text

GENERAL: Final = ("broken", "missing", "not-clean", "not-as-required", "not-possible", "other")
LINES_A_SHEET: Final = 6
PHRASES_A_SHEET: Final = 8


@dataclass(frozen=True)
class CheckView(Headed):
    """`progress` of `of` steps are answered. `phrases` are offered while what is wrong is asked; `lines` before sending.

    `pager`: where there is more of either than one sheet holds.
    """

    place: str
    progress: int
    of: int
    question: Pair
    said: str  # what was answered here before, or which step it is that something is wrong with
    ok: Pair
    wrong: Pair
    phrases: tuple[Choice, ...] = ()
    lines: tuple[str, ...] = ()
    send: Pair | None = None
    busy: bool = False
    step_back: str = ""
    pager: Pager | None = None


def check_view(showing: Showing, page: Walking) -> CheckView:
    voice, steps = showing.voice, page.checklist.steps
    step = page.step
    wrong = [one for one in page.answers if not one.ok]
    if step is None:
        key = "staff.check.all_well" if not wrong else "staff.check.some_wrong"
        question = voice.both(key, count=len(wrong))
        found = [_found(showing, page, one) for one in wrong]
        lines, pager = turned(found, page.sheet, LINES_A_SHEET, TurnSheet, voice)
        phrases: tuple[Choice, ...] = ()
    else:
        question, lines = voice.pick(step.text), ()
        offered = _phrases(showing, page) if page.noting else ()
        phrases, pager = turned(offered, page.sheet, PHRASES_A_SHEET, TurnSheet, voice)
    before = page.answers[page.at] if step is not None and page.at < len(page.answers) else None
    return CheckView(
        title=voice.pick(page.checklist.title),
        back=Place.PANEL,
        place=voice.say("staff.check.place", at=min(page.at + 1, len(steps)), of=len(steps)),
        progress=len(page.answers),
        of=len(steps),
        question=voice.both("staff.check.what") if page.noting and step is not None else question,
        said=voice.pick(step.text).first if page.noting and step is not None else _said(showing, before),
        ok=voice.both("staff.check.ok"),
        wrong=voice.both("staff.check.wrong"),
        phrases=phrases,
        lines=lines,
        send=voice.both("staff.check.send") if step is None else None,
        busy=showing.touch.pending is not None,
        step_back=voice.say("staff.check.back") if page.at > 0 or page.noting else "",
        pager=pager,
    )


def _phrases(showing: Showing, page: Walking) -> tuple[Choice, ...]:
    """The step's own list; else what may be wrong with anything."""
    voice, step = showing.voice, page.step
    own: dict[str, Text] = step.phrases if step is not None else {}
    if own:
        return tuple(
            Choice(voice.pick(text), chosen=False, tap=PickFinding(key, voice.pick(text).first))
            for key, text in own.items()
        )
    return tuple(
        Choice(voice.both(f"staff.phrase.{key}"), chosen=False, tap=PickFinding(key, voice.say(f"staff.phrase.{key}")))
        for key in GENERAL
    )


def _said(showing: Showing, answer: StepAnswer | None) -> str:
    if answer is None:
        return ""
    return (
        showing.voice.say("staff.check.was_ok")
        if answer.ok
        else showing.voice.say("staff.check.was_wrong", what=answer.note)
    )


def _found(showing: Showing, page: Walking, answer: StepAnswer) -> str:
    step = next(one for one in page.checklist.steps if one.id == answer.step)
    return showing.voice.say("staff.check.found", step=showing.voice.pick(step.text).first, what=answer.note)
