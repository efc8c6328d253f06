"""The document of a month out of the measures: nothing is counted here, only brought together, ranked, scored and named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from signage.core.answers import Answer
from signage.core.faults import FaultSpell
from signage.core.measures import Tally, ranking
from signage.core.model import Text
from signage.core.score import Rules, Score, score
from signage.office import measures
from signage.office.measures import Month, Period, Profiles, RatingFigures
from signage.office.report.document import (
    BranchMonth,
    Complaints,
    Day,
    Document,
    ManagerMonth,
    Own,
    Part,
    Rated,
    Reason,
    RulePart,
    RuleSheet,
    Support,
    TellerMonth,
)
from signage.office.report.uncollected import uncollected
from signage.office.roster import RosterBranch
from signage.office.tables_imports import outside_columns, tellers

PRAISE: Final = frozenset({"friendly", "fast", "clear", "tidy", "guided", "easy"})
BLAME: Final = frozenset({"unfriendly", "slow", "unclear", "untidy", "complicated", "faulty"})
ANSWERS_FROM: Final = 10  # calls that somebody must have answered in a month to be ranked by how soon
_MINUTE_MS: Final = 60_000


@dataclass(frozen=True)
class Asked:
    """What a report is about and what it is called. `upto`: how far the month was counted, where it is not over."""

    month: str
    period: Period
    bank: Text
    rules: Rules
    roster: tuple[RosterBranch, ...]
    upto: str | None = None


class Person(NamedTuple):
    name: str
    role: str


@dataclass(frozen=True)
class Gathered:
    """A month of all branches, and what is of each alone."""

    document: Document
    own: Mapping[str, Own]


def gather(connection: Connection, asked: Asked, profiles: Profiles) -> Gathered:
    """Raises what the database raises; `Store.read` makes DatabaseAway of it."""
    with uncollected():
        counted = measures.month(connection, asked.period, profiles)
    people, outside = _people(connection), _outside(connection, asked.month)
    names = {one.id: one for one in asked.roster}
    branches = _branches(counted, asked, names, outside)
    sums = _own(
        _days(counted.ratings.days, asked.period),
        _faults(counted, counted.branches),
        _reasons(counted, counted.ratings.reasons),
    )
    document = Document(
        month=asked.month,
        bank=asked.bank,
        rules=_rule_sheet(asked.rules),
        branches=branches,
        tellers=_tellers(counted, names, people),
        managers=_managers(measures.answered(connection, asked.period), names, people),
        days=sums.days,
        support=sums.support,
        praise=sums.praise,
        complaint=sums.complaint,
        unnamed_reasons=sums.unnamed_reasons,
        ranked=sum(one.rated.place is not None for one in branches),
        upto=asked.upto,
    )
    by_branch: dict[str, dict[tuple[str, date], Tally]] = defaultdict(dict)
    for (branch, day), tally in counted.ratings.days.items():
        by_branch[branch][branch, day] = tally
    alone = {
        one.id: _own(_days(by_branch[one.id], asked.period), _faults(counted, [one.id]), _reasons(counted, [one.id]))
        for one in branches
    }
    return Gathered(document, alone)


def _own(days: tuple[Day, ...], faults: Sequence[FaultSpell], picked: Sequence[Reason]) -> Own:
    return Own(
        days=days,
        support=_support(faults),
        praise=tuple(one for one in picked if one.name in PRAISE),
        complaint=tuple(one for one in picked if one.name in BLAME),
        unnamed_reasons=sum(one.count for one in picked if one.name not in PRAISE | BLAME),
    )


def _faults(counted: Month, branches: Iterable[str]) -> list[FaultSpell]:
    return [fault for one in branches if one in counted.branches for fault in counted.branches[one].support.faults]


def _people(connection: Connection) -> dict[tuple[str, str], Person]:
    found = connection.execute(select(tellers)).mappings()
    return {(row["branch"], row["number"]): Person(row["name"], row["role"]) for row in found}


def _outside(connection: Connection, month: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in connection.execute(select(outside_columns).where(outside_columns.c.month == month)).mappings():
        found[row["branch"]][row["name"]] = float(row["value"])
    return found


def _rule_sheet(rules: Rules) -> RuleSheet:
    parts = tuple(
        RulePart(figure=one.figure, title=one.title, weight=one.weight, percent=one.percent) for one in rules.parts
    )
    return RuleSheet(version=rules.version, parts=parts, talk_above=rules.talk_above)


def _branches(
    counted: Month, asked: Asked, names: Mapping[str, RosterBranch], outside: Mapping[str, Mapping[str, float]]
) -> tuple[BranchMonth, ...]:
    """Every branch of the roster and every other that sent something, by place, then who could not be ranked."""
    ids = sorted({*names, *counted.branches})
    figures = {branch: counted.branches.get(branch, measures.BranchMonth()) for branch in ids}
    ranked = ranking(ids, lambda branch: figures[branch].ratings.tally)
    places = {one.who: one.place for one in ranked.places}
    scores = {branch: score(asked.rules, {**figures[branch].figures(), **outside.get(branch, {})}) for branch in ids}
    best = _by_score({branch: scores[branch] for branch in places})
    order = [*(one.who for one in ranked.places), *(who for who, _ in ranked.too_few)]
    return tuple(
        _branch(branch, names.get(branch), figures[branch], places.get(branch), scores[branch], best.get(branch))
        for branch in order
    )


def _by_score(scores: Mapping[str, Score]) -> dict[str, int]:
    """Places from 1, shared by who is equal; only who has enough ratings to rank is here at all."""
    totals = {branch: one.total for branch, one in scores.items() if one.total is not None}
    return {branch: 1 + sum(other > total for other in totals.values()) for branch, total in totals.items()}


def _branch(
    branch: str,
    listed: RosterBranch | None,
    figures: measures.BranchMonth,
    place: int | None,
    scored: Score,
    best: int | None,
) -> BranchMonth:
    suspended = figures.suspended_whole
    return BranchMonth(
        id=branch,
        name=listed.name if listed is not None and listed.name else branch,
        region=listed.region if listed is not None else "",
        rated=Rated.of(figures.ratings, place),
        suspended={reason: spent / _MINUTE_MS for reason, spent in suspended.reasons.items()},
        scheduled=suspended.scheduled / _MINUTE_MS,
        clocks={clock.value: Part(one.in_time, one.due) for clock, one in figures.cases.clocks.items() if one.due},
        display={item: Part(one.shown / _MINUTE_MS, one.owed / _MINUTE_MS) for item, one in figures.display.items()},
        complaints=Complaints(cases=figures.cases.complaints, transactions=figures.transactions),
        values=tuple(one.value for one in scored.parts),
        points=tuple(one.points for one in scored.parts),
        score=scored.total,
        place=best,
        talk=scored.talk,
    )


def _tellers(
    counted: Month, names: Mapping[str, RosterBranch], people: Mapping[tuple[str, str], Person]
) -> tuple[TellerMonth, ...]:
    figures: dict[tuple[str, str], RatingFigures] = counted.ratings.tellers()
    ranked = ranking(figures, lambda who: figures[who].tally)
    order: list[tuple[tuple[str, str], int | None]] = [(one.who, one.place) for one in ranked.places]
    order += [(who, None) for who, _ in ranked.too_few]
    return tuple(
        TellerMonth(
            branch=branch,
            branch_name=_branch_name(names, branch),
            number=number,
            name=people[branch, number].name if (branch, number) in people else "",
            rated=Rated.of(figures[branch, number], place),
        )
        for (branch, number), place in order
    )


def _branch_name(names: Mapping[str, RosterBranch], branch: str) -> str:
    return names[branch].name or branch if branch in names else branch


def _managers(
    answers: Mapping[tuple[str, str], Sequence[Answer]],
    names: Mapping[str, RosterBranch],
    people: Mapping[tuple[str, str], Person],
) -> tuple[ManagerMonth, ...]:
    """Who came soonest first, by the median; who answered too few calls is listed after them."""
    enough = sorted(
        (key for key, given in answers.items() if len(given) >= ANSWERS_FROM),
        key=lambda key: (median(one.seconds for one in answers[key]), -len(answers[key]), key),
    )
    order = [
        *((key, place) for place, key in enumerate(enough, 1)),
        *((key, None) for key in answers if key not in set(enough)),
    ]
    return tuple(
        ManagerMonth(
            branch=branch,
            branch_name=_branch_name(names, branch),
            actor=actor,
            name=people[branch, actor].name if (branch, actor) in people else "",
            calls=len(answers[branch, actor]),
            median_s=median(one.seconds for one in answers[branch, actor]),
            slowest_s=max(one.seconds for one in answers[branch, actor]),
            place=place,
        )
        for (branch, actor), place in order
    )


def _days(days: Mapping[tuple[str, date], Tally], period: Period) -> tuple[Day, ...]:
    sums = dict.fromkeys(period.days, Tally())
    for (_, day), tally in days.items():
        sums[day] += tally
    return tuple(Day(day.isoformat(), tally.stars) for day, tally in sums.items())


def _support(faults: Iterable[FaultSpell]) -> tuple[Support, ...]:
    """By code, the most frequent first."""
    by_code: dict[str, list[FaultSpell]] = defaultdict(list)
    for fault in faults:
        by_code[fault.code].append(fault)
    return tuple(
        _of_code(code, by_code[code]) for code in sorted(by_code, key=lambda code: (-len(by_code[code]), code))
    )


def _of_code(code: str, faults: Sequence[FaultSpell]) -> Support:
    taken = [(one.acknowledged.ms - one.raised.ms) / _MINUTE_MS for one in faults if one.acknowledged is not None]
    over = [(one.cleared.ms - one.raised.ms) / _MINUTE_MS for one in faults if one.cleared is not None]
    return Support(
        code=code,
        faults=len(faults),
        acknowledged=len(taken),
        cleared=len(over),
        acknowledge_median=median(taken) if taken else None,
        acknowledge_slow=_slow(taken),
        clear_median=median(over) if over else None,
        clear_slow=_slow(over),
    )


def _slow(minutes: Sequence[float]) -> float | None:
    """What nine in ten did not exceed."""
    if len(minutes) < 2:
        return minutes[0] if minutes else None
    return quantiles(minutes, n=10, method="inclusive")[-1]


def _reasons(counted: Month, branches: Iterable[str]) -> tuple[Reason, ...]:
    """What customers of these branches picked, the oftenest first."""
    sums: Counter[str] = Counter()
    for branch in branches:
        sums.update(counted.ratings.reasons.get(branch, {}))
    return tuple(Reason(name, count) for name, count in sorted(sums.items(), key=lambda one: (-one[1], one[0])))
