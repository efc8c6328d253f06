"""The branch score 网点考核得分: a weighted sum by a versioned set of rules, and who is asked for an admonition talk 诫勉约谈."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from signage.core.model import Text


class Figure(StrEnum):
    """What is measured of a branch. Shares are 0 to 1."""

    SATISFACTION = "satisfaction"
    RESPONSE_RATE = "response-rate"
    PROMPT_RATE = "prompt-rate"
    HAPPY_INDEX = "happy-index"  # 0 to 100
    COMPLAINTS = "complaints-per-10k"  # per 10,000 transactions
    INVESTIGATED = "investigated-in-time"
    HANDLED = "handled-in-time"
    FED_BACK = "fed-back-in-time"
    WHOLE_CASE = "whole-case-in-time"
    OPINIONS_ANSWERED = "opinions-answered"
    SUSPENDED = "suspended-minutes"  # of scheduled counter-minutes
    DISPLAY = "display-compliance"
    MEETINGS = "meetings-held"  # in the month


@dataclass(frozen=True)
class Part:
    """One line of the rules: `worst` and beyond gives nothing, `best` and beyond all of `weight`, between them in proportion.

    `figure` is a `Figure`, or the name of an outside column that is imported.
    """

    figure: str
    title: Text
    weight: float
    worst: float
    best: float
    percent: bool = True

    def __post_init__(self) -> None:
        if self.worst == self.best:
            raise ValueError(f"{self.figure}: worst and best are the same: nothing lies between them")

    @property
    def imported(self) -> bool:
        return self.figure not in set(Figure)


@dataclass(frozen=True)
class Rules:
    """`talk_above`: complaints per 10,000 transactions above which a branch is asked for a talk."""

    version: str
    parts: tuple[Part, ...]
    talk_above: float | None = None


@dataclass(frozen=True)
class Scored:
    """`points` None: the figure is not known, and its weight counts neither for nor against."""

    part: Part
    value: float | None
    points: float | None


@dataclass(frozen=True)
class Score:
    parts: tuple[Scored, ...]
    talk: bool

    @property
    def weight_known(self) -> float:
        return sum(one.part.weight for one in self.parts if one.points is not None)

    @property
    def total(self) -> float | None:
        """Of 100, over the weights of what is known; None where nothing is."""
        known = self.weight_known
        return 100 * sum(one.points for one in self.parts if one.points is not None) / known if known else None


def score(rules: Rules, figures: Mapping[str, float | None]) -> Score:
    """`figures` by name; what is missing is not known."""
    parts = tuple(
        Scored(part, value, _points(part, value) if value is not None else None)
        for part in rules.parts
        for value in (figures.get(part.figure),)
    )
    complaints = figures.get(Figure.COMPLAINTS)
    return Score(parts, rules.talk_above is not None and complaints is not None and complaints > rules.talk_above)


def _points(part: Part, value: float) -> float:
    share = (value - part.worst) / (part.best - part.worst)
    return part.weight * min(1.0, max(0.0, share))
