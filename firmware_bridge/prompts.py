"""Prompts and their numbers on the wire: one answer each, no number twice within a day (contract: A prompt takes one answer).

Pure: the bridge writes down what `take_changes` hands out in the same transaction as the event that caused it, and
makes a new book from what is written when that transaction fails.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Final

from signage.core.instants import Instant

NUMBERS: Final = 0xFFFF  # 1 to 65535; 0 says that none is open
REUSE_AFTER: Final = timedelta(hours=24)  # contract
FORGET_AFTER: Final = timedelta(days=31)  # a pad left in a drawer over the longest holiday still answers rightly
LATE_PRESS: Final = timedelta(seconds=3)  # a pad's first four repeats have come by then: 0.2 + 0.4 + 0.8 + 1.6 s
WHOLE_SECOND: Final = timedelta(seconds=1)  # a pad counts whole seconds from when it was told: it may end so much later
CLOCK_SLACK: Final = timedelta(seconds=2)  # pad's age against host's clock, before a prompt's opening


class Ending(Enum):
    """How a prompt ended. ELSEWHERE: another device took the answer, and tells so itself."""

    RATED = "rated"
    UNRATED = "unrated"
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Asked:
    """One prompt. It can be answered by presses made until `until`; `shown` once a pad was told."""

    number: int
    prompt: str
    counter: str
    teller: str | None
    opened: Instant
    until: Instant
    shown: bool = False
    answered: bool = False
    ending: Ending | None = None


@dataclass(frozen=True)
class Changes:
    """What to write down, and the prompts among it that have just ended."""

    written: tuple[Asked, ...] = ()
    ended: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a press with a number means: which prompt, and whether it is the one that counts."""

    asked: Asked
    counts: bool


@dataclass(frozen=True)
class Wanted:
    """What the controller asks at a counter: that prompt, or none."""

    counter: str
    prompt: str | None = None
    until: Instant | None = None
    teller: str | None = None


@dataclass(frozen=True)
class Shown:
    """A pad was told of that prompt, so it is ours to say how it ended."""

    prompt: str


class PromptBook:
    """All prompts of one bridge that may still be answered."""

    def __init__(self, known: Iterable[Asked] = ()) -> None:
        self._by_number: defaultdict[int, list[Asked]] = defaultdict(list)  # oldest first
        self._by_prompt: dict[str, Asked] = {}
        self._open: dict[str, Asked] = {}  # not ended, by prompt
        self._newest: dict[str, Asked] = {}  # by counter
        self._changed: dict[str, Asked] = {}
        self._ended: list[str] = []
        self._last_number = 0
        for asked in sorted(known, key=lambda asked: asked.opened):
            self._place(asked)
            self._last_number = asked.number

    def take_changes(self) -> Changes:
        """Everything to write down since the last call."""
        changes = Changes(tuple(self._changed.values()), tuple(self._by_prompt[prompt] for prompt in self._ended))
        self._changed.clear()
        self._ended.clear()
        return changes

    def want(self, wanted: Wanted, now: Instant) -> None:
        """Give a new prompt its number, ending the one before it; end what is no longer asked.

        With all 65535 numbers used within a day a prompt gets none, and no pad shows it.
        """
        if wanted.prompt is None or wanted.until is None:
            self._withdraw(wanted.counter, now)
        elif wanted.prompt not in self._by_prompt and now < wanted.until:
            self._cancel_open(wanted.counter, now)
            number = self._free_number(now)
            if number is not None:
                self._keep(Asked(number, wanted.prompt, wanted.counter, wanted.teller, now, wanted.until))

    def shown(self, shown: Shown) -> None:
        current = self._by_prompt.get(shown.prompt)
        if current is not None and not current.shown:
            self._keep(replace(current, shown=True))

    def open_at(self, counter: str, now: Instant) -> Asked | None:
        """The prompt that a pad there should show."""
        return next((asked for asked in self._open.values() if asked.counter == counter and now < asked.until), None)

    def answer(self, counter: str, number: int, pressed: Instant) -> Answer | None:
        """What a press of that number means, made at `pressed`. None: no prompt of that counter is known by it."""
        for asked in reversed(self._by_number.get(number, [])):
            if asked.counter == counter and asked.opened - CLOCK_SLACK <= pressed:
                if asked.answered or asked.ending is Ending.ELSEWHERE or pressed >= asked.until + WHOLE_SECOND:
                    return Answer(asked, counts=False)
                ending = asked.ending or Ending.RATED
                return Answer(self._keep(replace(asked, answered=True, ending=ending)), counts=True)
        return None

    def answer_open(self, counter: str, pressed: Instant) -> Answer | None:
        """What a press means whose pad knows no numbers: an answer to the prompt that was open then, if there was one."""
        newest = self._newest.get(counter)
        if newest is None or not newest.opened - CLOCK_SLACK <= pressed < newest.until:
            return None
        return self.answer(counter, newest.number, pressed)

    def lapse(self, counter: str, number: int, now: Instant) -> None:
        """The pad says that nobody answered: a press made until now may still be on its way."""
        for asked in tuple(self._open.values()):
            if asked.number == number and asked.counter == counter:
                self._keep(replace(asked, until=min(asked.until, now)))

    def _withdraw(self, counter: str, now: Instant) -> None:
        """The controller no longer asks there, before the time: it was answered somewhere else."""
        for asked in tuple(self._open.values()):
            if asked.counter == counter and now + CLOCK_SLACK < asked.until:
                self._keep(replace(asked, ending=Ending.ELSEWHERE))

    def end_due(self, now: Instant) -> tuple[Asked, ...]:
        """Prompts whose time, and that of a late press, is over with no answer."""
        due = [asked for asked in self._open.values() if asked.until + LATE_PRESS <= now]
        return tuple(self._keep(replace(asked, ending=Ending.UNRATED)) for asked in due)

    def deadline(self) -> Instant | None:
        """When `end_due` has something next."""
        return min((asked.until + LATE_PRESS for asked in self._open.values()), default=None)

    def _cancel_open(self, counter: str, now: Instant) -> None:
        for asked in tuple(self._open.values()):
            if asked.counter == counter:
                over = asked.until <= now
                ending = Ending.UNRATED if over else Ending.CANCELLED
                self._keep(replace(asked, until=min(asked.until, now), ending=ending))

    def _free_number(self, now: Instant) -> int | None:
        for step in range(NUMBERS):
            number = (self._last_number + step) % NUMBERS + 1
            uses = self._by_number.get(number)
            if not uses or uses[-1].until + REUSE_AFTER <= now:
                self._last_number = number
                return number
        return None

    def _place(self, asked: Asked) -> None:
        uses = self._by_number[asked.number]
        for use in tuple(uses):
            if use.prompt == asked.prompt or asked.opened - use.opened >= FORGET_AFTER:
                uses.remove(use)
                self._by_prompt.pop(use.prompt)
        uses.append(asked)
        uses.sort(key=lambda use: use.opened)
        self._by_prompt[asked.prompt] = asked
        newest = self._newest.get(asked.counter)
        if newest is None or newest.opened <= asked.opened:
            self._newest[asked.counter] = asked
        if asked.ending is None:
            self._open[asked.prompt] = asked
        else:
            self._open.pop(asked.prompt, None)

    def _keep(self, asked: Asked) -> Asked:
        before = self._by_prompt.get(asked.prompt)
        if asked.ending is not None and before is not None and before.ending is None:
            self._ended.append(asked.prompt)
        self._place(asked)
        self._changed[asked.prompt] = asked
        return asked
