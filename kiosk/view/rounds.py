"""A round on its way: one step after the other, each found in order or not, kept until it is sent."""

from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from signage.core.checklists import Checklist, CheckStep

RESULT: Final = "checklist.result"
FOLLOW: Final = "finding.update"


class StepAnswer(Struct, frozen=True, omit_defaults=True):
    """What was seen at one step. `phrase`: which of the things that may be wrong, `note` its words."""

    step: str
    ok: bool
    phrase: str = ""
    note: str = ""


class KeptRound(Struct, frozen=True):
    """A round that is not yet sent, as it lies on the disk: of one person, for one day (YYYY-MM-DD)."""

    day: str
    actor: str
    checklist: str
    version: int
    answers: tuple[StepAnswer, ...]


@dataclass(frozen=True)
class Walking:
    """At step `at`, counted from 0; past the last one all is said, and it can be sent. `noting`: what is wrong is asked.

    `sheet`: of what may be wrong, or of what was found.
    """

    checklist: Checklist
    answers: tuple[StepAnswer, ...] = ()
    at: int = 0
    noting: bool = False
    sheet: int = 0

    @property
    def step(self) -> CheckStep | None:
        return self.checklist.steps[self.at] if self.at < len(self.checklist.steps) else None


def begin(checklist: Checklist, kept: KeptRound | None) -> Walking:
    """From the first step that has no answer yet. A newer version begins anew."""
    if kept is None or kept.version != checklist.version:
        return Walking(checklist)
    answers = kept.answers[: len(checklist.steps)]
    return Walking(checklist, answers, len(answers))


def answered(walking: Walking, answer: StepAnswer) -> Walking:
    """On to the next step; an answer that is given anew replaces the former one."""
    answers = (*walking.answers[: walking.at], answer, *walking.answers[walking.at + 1 :])
    at = len(answers) if walking.at >= len(answers) - 1 else walking.at + 1
    return Walking(walking.checklist, answers, at)


def back(walking: Walking) -> Walking:
    """The step before, or the question before."""
    at = walking.at if walking.noting else max(0, walking.at - 1)
    return Walking(walking.checklist, walking.answers, at)


def result(walking: Walking) -> dict[str, Any]:
    """Of the command `checklist.result`."""
    steps = [
        {"step": one.step, "ok": one.ok}
        | ({"note": one.note} if one.note else {})
        | ({"phrase": one.phrase} if one.phrase else {})
        for one in walking.answers
    ]
    return {"checklist": walking.checklist.id, "version": walking.checklist.version, "steps": steps}


def kept_for(kept: tuple[KeptRound, ...], checklist: Checklist, actor: str, day: str) -> KeptRound | None:
    """What this person has begun today and not sent."""
    return next((one for one in kept if (one.day, one.actor, one.checklist) == (day, actor, checklist.id)), None)
