"""Which ratings count (domain: counted rating). All others are kept, shown, and never counted."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """What a rating is: counted, or the first of the reasons that keep it from being."""

    COUNTED = "counted"
    UNREADABLE = "unreadable"  # no stars from 1 to 5, or flags that are no list of words
    TEST = "test"
    SUSPENDED = "suspended"  # its counter was
    REPEAT = "repeat"  # as its device says
    UNPROMPTED = "unprompted"  # where the branch requires a prompt
    NEAR = "near"  # within the least gap of the last counted one at its counter, where no prompt is required


_FLAGGED: Final = (Verdict.TEST, Verdict.SUSPENDED, Verdict.REPEAT)


@dataclass(frozen=True)
class RatingRules:
    """A branch's `[ratings]`. A press that comes `min_gap_ms` after the last counted one counts again."""

    require_prompt: bool = False
    min_gap_ms: int = 5000


def judged(stars: int | None, flags: Collection[str] | None, rules: RatingRules) -> Verdict:
    """By itself, without what came before it. None: it could not be read."""
    if stars is None or not 1 <= stars <= 5 or flags is None:
        return Verdict.UNREADABLE
    if not flags:
        return Verdict.COUNTED
    flagged = next((verdict for verdict in _FLAGGED if verdict in flags), None)
    if flagged is not None:
        return flagged
    return Verdict.UNPROMPTED if rules.require_prompt and Verdict.UNPROMPTED in flags else Verdict.COUNTED


class Judge:
    """Judges ratings in the order in which they happened; remembers the last counted one at each counter."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}

    def judge(
        self,
        branch: str,
        counter: str | None,
        at_ms: int,
        stars: int | None,
        flags: Collection[str] | None,
        rules: RatingRules,
    ) -> Verdict:
        verdict = judged(stars, flags, rules)
        if verdict is not Verdict.COUNTED or counter is None or rules.require_prompt:
            return verdict
        last = self._last.get((branch, counter))
        if last is not None and at_ms - last < rules.min_gap_ms:
            return Verdict.NEAR
        self._last[branch, counter] = at_ms
        return verdict
