"""What every page of the touch screen says of the branch: its state, its counters, where to go instead."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.view.voice import Pair, Voice
from signage.core.counters import CounterView, counter_views
from signage.core.hours import Hours
from signage.core.hours_words import condition, day_words, describe
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.phrases import Phrase, given
from signage.core.resuming import service_back
from signage.core.suspension import branch_held
from signage.core.wording import instead_phrase, moment_from, reason_phrase


class Mood(StrEnum):
    """How a state is meant: each has its own shape, colour and word."""

    OPEN = "open"
    ATTENTION = "attention"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True)
class StateWord:
    mood: Mood
    words: Pair


@dataclass(frozen=True)
class SuspendedView:
    """The branch serves nobody: why, and until when."""

    title: Pair
    reason: Pair
    until: Pair
    instead: Pair
    cause: str  # the reason's code, for its icon


@dataclass(frozen=True)
class CounterRow:
    """One counter: who it serves, its state, and what follows from that for a customer.

    `expected`: of a suspended counter, when service is back; `level`: the teller's star grade, 0 where it is not known.
    """

    number: str
    business: Pair
    state: StateWord
    line: str
    level: int
    expected: str = ""


@dataclass(frozen=True)
class HoursLine:
    service: Pair
    today: str


def branch_state_word(
    state: BranchState, hours: Hours, now: Instant, voice: Voice, *, brief: bool = False
) -> StateWord:
    """The state of the branch, as its main business has it; `brief`: without until when. Of unknown hours nothing is claimed."""
    if branch_held(state, now) is not None:
        return StateWord(Mood.SUSPENDED, voice.both("touch.suspended"))
    service = main_service(hours)
    if service is None:
        return StateWord(Mood.ATTENTION, voice.both("state.ask_staff"))
    mood = Mood.OPEN if hours.at(service, now).open else Mood.CLOSED
    word = condition(hours, service, now)
    if brief:
        return StateWord(mood, voice.render(word))
    until = describe(hours, service, now)
    if mood is Mood.OPEN:
        return StateWord(mood, voice.render(until))  # "open until" says both
    return StateWord(mood, voice.render(Phrase("touch.state", {"state": word, "hours": until})))


def main_service(hours: Hours) -> str | None:
    """The service most customers come for: the first of the plan; None: no hours are known."""
    return next(iter(hours.services), None)


def hours_today(hours: Hours, now: Instant, voice: Voice) -> tuple[HoursLine, ...]:
    today = hours.local_date(now)
    return tuple(
        HoursLine(voice.both(f"touch.service.{service}"), voice.render(day_words(hours, service, today)).first)
        for service in hours.services
    )


def suspended_view(state: BranchState, hours: Hours, now: Instant, voice: Voice) -> SuspendedView | None:
    """None while the branch serves."""
    held = branch_held(state, now)
    if held is None:
        return None
    return SuspendedView(
        voice.both("touch.suspended"),
        voice.render(reason_phrase(held.suspension.reason, held.suspension.text)),
        voice.render(_expected(held.expected, None, hours, now)),
        voice.render(instead_phrase(state.branch)),
        held.suspension.reason,
    )


def suspended_line(state: BranchState, hours: Hours, now: Instant, voice: Voice) -> str:
    """The same in one line, for pages about something else; empty while the branch serves."""
    held = suspended_view(state, hours, now, voice)
    if held is None:
        return ""
    return voice.say("touch.suspended_line", state=held.title.first, reason=held.reason.first, until=held.until.first)


def counter_rows(state: BranchState, hours: Hours, now: Instant, voice: Voice) -> tuple[CounterRow, ...]:
    return tuple(_row(view, hours, now, voice) for view in counter_views(state, hours, now))


def _row(view: CounterView, hours: Hours, now: Instant, voice: Voice) -> CounterRow:
    mood = Mood(view.condition)
    line = voice.render(_line(view, hours, now)).first
    state = StateWord(mood, voice.both(f"touch.counter.{view.condition}"))
    expected = voice.render(_expected(view.until, view.service, hours, now)).first if mood is Mood.SUSPENDED else ""
    level = view.level or 0 if mood is Mood.OPEN else 0
    return CounterRow(view.number, voice.pick(view.business), state, line, level, expected)


def _expected(until: Instant | None, service: str | None, hours: Hours, now: Instant) -> Phrase:
    """What customers are told of a suspension's end; `service`: a counter's."""
    back = service_back(hours, service, until)
    if back is None:
        return Phrase("touch.resumes_unknown")
    return Phrase("touch.resumes", {"time": moment_from(back, now, hours.zone)})


def _line(view: CounterView, hours: Hours, now: Instant) -> Phrase:
    if view.condition == "suspended":
        reason = reason_phrase(view.reason, view.text)
        if view.alternatives:
            return Phrase("touch.counter.instead", {"reason": reason, "numbers": view.alternatives})
        if view.machines:
            machines = tuple(given(one.place) for one in view.machines)
            return Phrase("touch.counter.machines", {"reason": reason, "machines": machines})
        return Phrase("touch.counter.wait", {"reason": reason})
    if view.condition == "closed" and hours.at(view.service, now).open:
        return Phrase("touch.counter.unmanned")
    return describe(hours, view.service, now)
