"""What is counted of ratings, prompts and transactions, as whole numbers; the rates are made from them when asked."""

from dataclasses import dataclass, field
from typing import NamedTuple

from signage.core.measures import Tally, rate


class Cell(NamedTuple):
    """The finest place a rating is counted at. `counter` None: at a touch kiosk; `teller` None: nobody was signed in."""

    branch: str
    counter: str | None
    teller: str | None


@dataclass(frozen=True)
class Kept:
    """Ratings that are kept and shown and never counted, each under the first of these that it is.

    `near`: within `min_gap_s` of the last counted one at its counter, where no prompt is required. `unreadable`: no
    stars from 1 to 5, or flags that are no list of words.
    """

    test: int = 0
    suspended: int = 0
    repeat: int = 0
    unprompted: int = 0
    near: int = 0
    unreadable: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.test + other.test,
            self.suspended + other.suspended,
            self.repeat + other.repeat,
            self.unprompted + other.unprompted,
            self.near + other.near,
            self.unreadable + other.unreadable,
        )

    @property
    def n(self) -> int:
        return self.test + self.suspended + self.repeat + self.unprompted + self.near + self.unreadable


@dataclass(frozen=True)
class Prompts:
    """How often somebody was asked to rate, by what came of it. Each prompt once, however many devices tell of it."""

    rated: int = 0
    unrated: int = 0
    cancelled: int = 0

    @property
    def n(self) -> int:
        return self.rated + self.unrated + self.cancelled

    def __add__(self, other: "Prompts") -> "Prompts":
        return Prompts(self.rated + other.rated, self.unrated + other.unrated, self.cancelled + other.cancelled)


@dataclass(frozen=True)
class RatingFigures:
    """Of one place, person or branch in a period. `transactions`: completed ones, 0 where the system reports none.

    `asked_there`: prompts at the counters whose system reports transactions, the only ones a prompt rate can be of.
    """

    tally: Tally = field(default_factory=Tally)
    kept: Kept = field(default_factory=Kept)
    prompts: Prompts = field(default_factory=Prompts)
    transactions: int = 0
    asked_there: int = 0

    @property
    def response_rate(self) -> float | None:
        """评价率: counted ratings by prompts. Above 1 where customers rate who were not asked."""
        return rate(self.tally.n, self.prompts.n)

    @property
    def prompt_rate(self) -> float | None:
        """邀评率: prompts by completed transactions; None where no counter's system reports them."""
        return rate(self.asked_there, self.transactions)

    def __add__(self, other: "RatingFigures") -> "RatingFigures":
        return RatingFigures(
            self.tally + other.tally,
            self.kept + other.kept,
            self.prompts + other.prompts,
            self.transactions + other.transactions,
            self.asked_there + other.asked_there,
        )
