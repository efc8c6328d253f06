"""All the figures of a period, branch by branch: what reports and scores are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Final

from sqlalchemy import Connection, func, select

from signage.core.measures import rate
from signage.core.score import Figure
from signage.core.timelies import Clocked
from signage.office.measures.display import Displayed, display
from signage.office.measures.figures import RatingFigures
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profiles
from signage.office.measures.ratings import Ratings, ratings
from signage.office.measures.reading import happened, token, word
from signage.office.measures.support import Support, support
from signage.office.measures.suspended import Suspended, suspended
from signage.office.measures.timelies import Cases, cases
from signage.office.tables import events
from signage.office.tables_imports import transaction_counts

_PER: Final = 10_000  # transactions
MEETING: Final = "monthly-meeting"  # the checklist that a meeting held is


@dataclass(frozen=True)
class BranchMonth:
    """`suspended` by counter, `display` by required item. `transactions`: imported ones where there are any."""

    ratings: RatingFigures = field(default_factory=RatingFigures)
    suspended: Mapping[str, Suspended] = field(default_factory=dict)
    cases: Cases = field(default_factory=Cases)
    support: Support = field(default_factory=Support)
    display: Mapping[str, Displayed] = field(default_factory=dict)
    transactions: int = 0
    meetings: int = 0

    @property
    def suspended_whole(self) -> Suspended:
        return reduce(add, self.suspended.values(), Suspended())

    @property
    def display_whole(self) -> Displayed:
        return reduce(add, self.display.values(), Displayed())

    @property
    def complaints_per_10k(self) -> float | None:
        return rate(self.cases.complaints * _PER, self.transactions)

    def figures(self) -> dict[str, float | None]:
        """By the names that the rules of the branch score use."""
        clocks = self.cases.clocks
        return {
            Figure.SATISFACTION: self.ratings.tally.satisfaction,
            Figure.RESPONSE_RATE: self.ratings.response_rate,
            Figure.PROMPT_RATE: self.ratings.prompt_rate,
            Figure.HAPPY_INDEX: self.ratings.tally.happy_index,
            Figure.COMPLAINTS: self.complaints_per_10k,
            Figure.INVESTIGATED: clocks[Clocked.INVESTIGATED].rate,
            Figure.HANDLED: clocks[Clocked.HANDLED].rate,
            Figure.FED_BACK: clocks[Clocked.FED_BACK].rate,
            Figure.WHOLE_CASE: clocks[Clocked.WHOLE].rate,
            Figure.OPINIONS_ANSWERED: self.cases.answer_rate,
            Figure.SUSPENDED: self.suspended_whole.rate,
            Figure.DISPLAY: self.display_whole.rate,
            Figure.MEETINGS: float(self.meetings),
        }


@dataclass(frozen=True)
class Month:
    """`branches`: every one that has a profile or has sent something that is measured, in order."""

    period: Period
    ratings: Ratings
    branches: Mapping[str, BranchMonth]


def month(connection: Connection, period: Period, profiles: Profiles) -> Month:
    """One pass over each kind of event. Cut the period with `upto` while it lasts."""
    rated = ratings(connection, period, profiles)
    by_branch = rated.branches()
    paused, cased = suspended(connection, period, profiles), cases(connection, period, profiles)
    supported, displayed = support(connection, period), display(connection, period, profiles)
    brought, met = _imported(connection, period), _meetings(connection, period)
    every = {*profiles, *by_branch, *paused, *cased, *supported, *brought, *met}
    branches = {
        branch: BranchMonth(
            ratings=(figures := by_branch.get(branch, RatingFigures())),
            suspended=paused.get(branch, {}),
            cases=cased.get(branch, Cases()),
            support=supported.get(branch, Support()),
            display=displayed.get(branch, {}),
            transactions=brought.get(branch) or figures.transactions,
            meetings=met.get(branch, 0),
        )
        for branch in sorted(every)
    }
    return Month(period, rated, branches)


def _imported(connection: Connection, period: Period) -> dict[str, int]:
    """Completed transactions as they were brought in, for the dates of the period."""
    days = period.days
    if not days:
        return {}
    table = transaction_counts.c
    read = select(table.branch, func.sum(table.count)).group_by(table.branch)
    rows = connection.execute(read.where(table.day >= days[0].isoformat(), table.day <= days[-1].isoformat()))
    return {branch: int(count) for branch, count in rows}


def _meetings(connection: Connection, period: Period) -> dict[str, int]:
    read = happened("checklist", period, events.c.branch, token("checklist"), func.count())
    rows = connection.execute(read.group_by(events.c.branch, token("checklist")))
    held: dict[str, int] = {}
    for branch, checklist, times in rows:
        if word(checklist) == MEETING:
            held[branch] = held.get(branch, 0) + times
    return held
