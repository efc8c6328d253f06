"""A month as it is printed: every figure that stands in bulletin, brief, slides and tables, and nothing else.

Made once from the measures, then rendered as often as anybody asks: what is rendered depends on nothing but this. A closed
month is kept in this form, so its fields may be added to and never change their meaning.
"""

from typing import Literal

import msgspec
from msgspec import Struct, field

from signage.core.measures import Tally, rate
from signage.core.model import Text
from signage.office.measures import Prompts, RatingFigures


class Part(Struct, frozen=True):
    """`part` of `whole`: never printed without its whole."""

    part: float
    whole: float

    @property
    def rate(self) -> float | None:
        return rate(self.part, self.whole)


class Rated(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Counted ratings of 1 to 5 stars, what was kept and not counted, prompts by outcome, completed transactions.

    `place` None: too few to rank.
    """

    stars: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    kept: int = 0
    rated: int = 0
    unrated: int = 0
    cancelled: int = 0
    transactions: int = 0
    asked_there: int = 0
    place: int | None = None

    @staticmethod
    def of(figures: RatingFigures, place: int | None = None) -> "Rated":
        asked = figures.prompts
        return Rated(
            stars=figures.tally.stars,
            kept=figures.kept.n,
            rated=asked.rated,
            unrated=asked.unrated,
            cancelled=asked.cancelled,
            transactions=figures.transactions,
            asked_there=figures.asked_there,
            place=place,
        )

    @property
    def tally(self) -> Tally:
        return Tally(self.stars)

    @property
    def figures(self) -> RatingFigures:
        asked = Prompts(self.rated, self.unrated, self.cancelled)
        return RatingFigures(
            tally=self.tally, prompts=asked, transactions=self.transactions, asked_there=self.asked_there
        )


class Complaints(Struct, frozen=True, kw_only=True):
    """`transactions` 0: none were reported or imported, and there is no rate."""

    cases: int = 0
    transactions: int = 0

    @property
    def per_10k(self) -> float | None:
        found = rate(self.cases, self.transactions)
        return None if found is None else found * 10_000


class BranchMonth(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`suspended`: minutes by reason; `scheduled`: counter-minutes inside announced hours, 0 where hours are not known.

    `clocks`: cases in time of those due, by clock. `display`: minutes shown of those owed, by required item. `values` and
    `points`: of the score's parts, in the rules' order.
    """

    id: str
    name: str
    region: str = ""
    rated: Rated = Rated()
    suspended: dict[str, float] = {}
    scheduled: float = 0.0
    clocks: dict[str, Part] = {}
    display: dict[str, Part] = {}
    complaints: Complaints = Complaints()
    values: tuple[float | None, ...] = ()
    points: tuple[float | None, ...] = ()
    score: float | None = None
    place: int | None = None  # by score
    talk: bool = False

    @property
    def suspended_minutes(self) -> Part:
        return Part(sum(self.suspended.values()), self.scheduled)

    @property
    def displayed(self) -> Part:
        return Part(sum(one.part for one in self.display.values()), sum(one.whole for one in self.display.values()))


class TellerMonth(Struct, frozen=True, kw_only=True):
    """`name` is the roster's; empty where the roster does not know the number."""

    branch: str
    branch_name: str
    number: str
    name: str
    rated: Rated


class ManagerMonth(Struct, frozen=True, kw_only=True):
    """A lobby manager's answers to calls. Seconds from call to acknowledgement. `place` None: too few calls to rank."""

    branch: str
    branch_name: str
    actor: str
    name: str
    calls: int
    median_s: float
    slowest_s: float
    place: int | None


class Support(Struct, frozen=True, kw_only=True):
    """Faults of one code: how long until somebody acknowledged, and until it was cleared, in minutes."""

    code: str
    faults: int
    acknowledged: int
    cleared: int
    acknowledge_median: float | None = None
    acknowledge_slow: float | None = None  # nine in ten were faster
    clear_median: float | None = None
    clear_slow: float | None = None


class Reason(Struct, frozen=True):
    """What customers picked, by the catalogues' name of it, and how often."""

    name: str
    count: int


class Day(Struct, frozen=True):
    """Counted ratings of a date."""

    date: str
    stars: tuple[int, int, int, int, int]


class Own(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is of one branch alone and stands in a document of all only as a sum."""

    days: tuple[Day, ...] = ()
    support: tuple[Support, ...] = ()
    praise: tuple[Reason, ...] = ()
    complaint: tuple[Reason, ...] = ()
    unnamed_reasons: int = 0


class RulePart(Struct, frozen=True, kw_only=True):
    figure: str
    title: Text
    weight: float
    percent: bool


class RuleSheet(Struct, frozen=True, kw_only=True):
    version: str
    parts: tuple[RulePart, ...]
    talk_above: float | None = None


class Document(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`branch` None: all of them. `upto`: the month is not over, and this is how far it was counted."""

    month: str
    bank: Text
    rules: RuleSheet
    branches: tuple[BranchMonth, ...]  # by place, then who could not be ranked
    tellers: tuple[TellerMonth, ...]
    managers: tuple[ManagerMonth, ...] = ()
    days: tuple[Day, ...] = ()
    support: tuple[Support, ...] = ()
    praise: tuple[Reason, ...] = ()
    complaint: tuple[Reason, ...] = ()
    unnamed_reasons: int = 0  # picked reasons that the catalogues do not know
    ranked: int = 0  # branches that were ranked by satisfaction, of all there are
    branch: str | None = None
    upto: str | None = None
    v: Literal[1] = field(default=1)

    @property
    def whole(self) -> RatingFigures:
        return sum((one.rated.figures for one in self.branches), RatingFigures())

    @property
    def kept(self) -> int:
        return sum(one.rated.kept for one in self.branches)


def of_branch(document: Document, branch: str, own: Own) -> Document:
    """The same month, of one branch; its places are those among all. Raises KeyError for a branch that is not in it."""
    found = tuple(one for one in document.branches if one.id == branch)
    if not found:
        raise KeyError(branch)
    return msgspec.structs.replace(
        document,
        branches=found,
        tellers=tuple(one for one in document.tellers if one.branch == branch),
        managers=tuple(one for one in document.managers if one.branch == branch),
        days=own.days,
        support=own.support,
        praise=own.praise,
        complaint=own.complaint,
        unnamed_reasons=own.unnamed_reasons,
        branch=branch,
    )
