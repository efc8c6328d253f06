"""Which rating a counter's customers are asked for: by the branch, or by a keypad here before the branch knows. Pure."""

from collections.abc import Iterable
from datetime import timedelta

from firmware_bridge.prompts import Wanted
from firmware_bridge.settings import PROMPT_S, PadSettings
from signage.core.instants import Instant
from signage.core.model import Counter


class Asking:
    """`pads`: their `prompt_timeout_s` bounds what the branch asks for and is what a keypad asks for."""

    def __init__(self, pads: Iterable[PadSettings]) -> None:
        self._limits_s = {pad.counter: pad.prompt_timeout_s for pad in pads}
        self._here: dict[str, tuple[str, Instant]] = {}  # counter → a keypad's prompt that no state has shown, its end

    def seconds(self, counter: str) -> float:
        """How long what a keypad opens there stays open."""
        return self._limits_s.get(counter) or PROMPT_S

    def by_keypad(self, counter: str, prompt: str, teller: str | None, now: Instant) -> Wanted:
        until = Instant.of(now + timedelta(seconds=self.seconds(counter)))
        self._here[counter] = prompt, until
        return Wanted(counter, prompt, until, teller)

    def by_branch(self, counter: Counter, now: Instant) -> Wanted | None:
        """The branch's word; None while a keypad's prompt stands that a state of before it cannot know."""
        here = self._here.get(counter.number)
        if counter.prompt is None and here is not None and now < here[1]:
            return None
        self._here.pop(counter.number, None)
        if counter.prompt is None:
            return Wanted(counter.number)
        limit_s = self._limits_s.get(counter.number)
        until = counter.prompt.until
        if limit_s is not None:
            until = min(until, Instant.of(now + timedelta(seconds=limit_s)))
        return Wanted(counter.number, counter.prompt.id, until, counter.teller)

    def undo(self, counter: str) -> str | None:
        """What the keypad asked for could not be stored: the prompt that it was, if any."""
        here = self._here.pop(counter, None)
        return here[0] if here is not None else None
