"""The measured month beside the recount, figure by figure."""

from collections.abc import Iterator, Mapping
from math import isclose
from typing import Any

from signage.core.timelies import Clocked
from signage.office.measures import Month
from tests.recount.ground import Ground


def differences(month: Month, ground: Ground) -> list[str]:
    """Empty: every figure is the same. Each line names the figure, the place, and what either side says."""
    return [*_ratings(month, ground), *_suspended(month, ground), *_rest(month, ground)]


def figures(month: Month) -> int:
    """How many figures are compared, to say that there are some."""
    return len(month.branches) * 30 + len(month.ratings.tellers()) * 3 + len(month.ratings.days) * 2


def _unlike(what: str, mine: Mapping[Any, tuple[Any, ...]], theirs: Mapping[Any, tuple[Any, ...]]) -> Iterator[str]:
    for key in sorted({*mine, *theirs}, key=str):
        one, other = mine.get(key), theirs.get(key)
        if one is None or other is None or len(one) != len(other) or not all(map(_same, one, other)):
            yield f"{what} of {key}: measured {one}, recounted {other}"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return bool(one == other)


def _ratings(month: Month, ground: Ground) -> Iterator[str]:
    branches = {name: one.ratings for name, one in month.branches.items()}
    rated = {name: one.tally for name, one in branches.items() if one.tally.n}
    mine = {name: (t.n, t.satisfied, t.low, t.happy_index, t.bound) for name, t in rated.items()}
    yield from _unlike("ratings", mine, ground.keyed("rated_branch", 1))
    asked = {name: (p.prompts.n, p.prompts.rated, p.prompts.unrated, p.asked_there) for name, p in branches.items()}
    yield from _unlike("prompts", {k: v for k, v in asked.items() if v[0]}, ground.keyed("asked_branch", 1))
    served = {name: (one.transactions,) for name, one in branches.items() if one.transactions}
    yield from _unlike("transactions", served, ground.keyed("served_branch", 1))
    tellers = {key: one.tally for key, one in month.ratings.tellers().items() if one.tally.n}
    by_teller = {key: (t.n, t.satisfied, t.happy_index) for key, t in tellers.items()}
    yield from _unlike("ratings", by_teller, ground.keyed("rated_teller", 2))
    days = {key: (t.n, sum(n * s for s, n in enumerate(t.stars, 1))) for key, t in month.ratings.days.items()}
    yield from _unlike("ratings", days, ground.keyed("rated_day", 2))
    reasons = {(branch, r): (n,) for branch, some in month.ratings.reasons.items() for r, n in some.items()}
    yield from _unlike("reasons", reasons, ground.keyed("given_reason", 2))


def _suspended(month: Month, ground: Ground) -> Iterator[str]:
    counters = [(name, c, s) for name, one in month.branches.items() for c, s in one.suspended.items()]
    yield from _unlike(
        "scheduled milliseconds", {(name, c): (s.scheduled,) for name, c, s in counters}, ground.keyed("scheduled", 2)
    )
    spent = {(name, c, reason): (ms,) for name, c, s in counters for reason, ms in s.reasons.items()}
    yield from _unlike("suspended milliseconds", spent, ground.keyed("suspended", 3))


def _rest(month: Month, ground: Ground) -> Iterator[str]:
    clocks = {
        (name, str(what)): (t.due, t.in_time)
        for name, one in month.branches.items()
        for what in Clocked
        if (t := one.cases.clocks[what]).due
    }
    yield from _unlike("clocks", clocks, ground.keyed("timely", 2))
    opened = {(name, source): (n,) for name, one in month.branches.items() for source, n in one.cases.opened.items()}
    told = ground.keyed("opened_case", 2)
    yield from _unlike("cases", opened, {key: row[:1] for key, row in told.items()})
    answers = {name: (one.cases.answered,) for name, one in month.branches.items() if one.cases.opened.get("opinion")}
    yield from _unlike("answers", answers, {key[0]: row[1:] for key, row in told.items() if key[1] == "opinion"})
    faults = {
        (name, f.device, f.code, f.raised.ms): (f.cleared and f.cleared.ms, f.acknowledged and f.acknowledged.ms)
        for name, one in month.branches.items()
        for f in one.support.faults
    }
    yield from _unlike("faults", faults, ground.keyed("fault", 4))
    displayed = {
        (name, item): (d.owed, d.shown) for name, one in month.branches.items() for item, d in one.display.items()
    }
    yield from _unlike("display", displayed, ground.keyed("displayed", 2))
