"""Ratings, prompts and transactions of a period: one pass over each kind, in the order in which things happened.

Whether a press counts can depend on the one before it at its counter, so ratings are read in order and judged one by
one; prompts and transactions are counted by the database.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from signage.core.counting import Verdict
from signage.core.measures import Tally
from signage.office.measures.figures import Cell, Kept, Prompts, RatingFigures
from signage.office.measures.period import Period
from signage.office.measures.presses import Press, presses
from signage.office.measures.profiles import Profiles
from signage.office.measures.reading import happened, token, word
from signage.office.tables import events

_OUTCOMES: Final = ("rated", "unrated", "cancelled")  # of several words about one prompt the first of these stands


@dataclass(frozen=True)
class Ratings:
    """A period's ratings. `days`: counted ratings by branch and date; `reasons`: how often each was given, by branch."""

    cells: Mapping[Cell, RatingFigures]
    days: Mapping[tuple[str, date], Tally]
    reasons: Mapping[str, Mapping[str, int]]

    def branches(self) -> dict[str, RatingFigures]:
        """By branch, in order."""
        return _summed((cell.branch, figures) for cell, figures in self.cells.items())

    def counters(self) -> dict[tuple[str, str], RatingFigures]:
        """By branch and counter, in order; without what was rated at a touch kiosk."""
        return _summed(
            ((cell.branch, cell.counter), figures) for cell, figures in self.cells.items() if cell.counter is not None
        )

    def tellers(self) -> dict[tuple[str, str], RatingFigures]:
        """By branch and teller, in order; without what nobody was signed in for."""
        return _summed(
            ((cell.branch, cell.teller), figures) for cell, figures in self.cells.items() if cell.teller is not None
        )

    def whole(self) -> RatingFigures:
        return reduce(add, self.cells.values(), RatingFigures())


def _summed(parts: Iterable[tuple[Any, RatingFigures]]) -> dict[Any, RatingFigures]:
    sums: dict[Any, RatingFigures] = {}
    for key, figures in parts:
        sums[key] = sums[key] + figures if key in sums else figures
    return dict(sorted(sums.items()))


def ratings(connection: Connection, period: Period, profiles: Profiles) -> Ratings:
    """Raises what the database raises; `Store.read` makes DatabaseAway of it."""
    counted = _Counted(period)
    for press in presses(connection, period, profiles):
        counted.add(press)
    asked, served = _prompts(connection, period), _transactions(connection, period)
    reporting = {(cell.branch, cell.counter) for cell in served}
    none = Prompts()
    cells = {
        cell: RatingFigures(
            tally=counted.tally(cell),
            kept=counted.kept(cell),
            prompts=asked.get(cell, none),
            transactions=served.get(cell, 0),
            asked_there=asked.get(cell, none).n if (cell.branch, cell.counter) in reporting else 0,
        )
        for cell in sorted({*counted.cells, *asked, *served}, key=_order)
    }
    return Ratings(cells, counted.by_day(), counted.by_reason())


def _order(cell: Cell) -> tuple[str, str, str]:
    return cell.branch, cell.counter or "", cell.teller or ""


class _Counted:
    """Sums of what was counted and what was kept, filled press by press."""

    def __init__(self, period: Period) -> None:
        self._stars: dict[tuple[str, str | None, str | None], list[int]] = defaultdict(lambda: [0] * 5)
        self._kept: dict[Cell, Counter[Verdict]] = defaultdict(Counter)
        self._dates = period.days
        self._midnights = [period.begins(day).ms for day in self._dates]
        self._days: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0] * 5)
        self._reasons: Counter[tuple[str, tuple[str, ...]]] = Counter()

    def add(self, press: Press) -> None:
        branch, _, at_ms, counter, teller, stars, _, _, reasons, verdict = press
        if verdict is not Verdict.COUNTED or stars is None:
            self._kept[Cell(branch, counter, teller)][verdict] += 1
            return
        self._stars[branch, counter, teller][stars - 1] += 1
        self._days[branch, bisect_right(self._midnights, at_ms) - 1][stars - 1] += 1
        if reasons:
            self._reasons[branch, reasons] += 1

    @property
    def cells(self) -> set[Cell]:
        return {*map(Cell._make, self._stars), *self._kept}

    def tally(self, cell: Cell) -> Tally:
        return _tally(self._stars[cell]) if cell in self._stars else Tally()

    def kept(self, cell: Cell) -> Kept:
        return (
            Kept(**{str(verdict): times for verdict, times in self._kept[cell].items()})
            if cell in self._kept
            else Kept()
        )

    def by_day(self) -> dict[tuple[str, date], Tally]:
        return {(branch, self._dates[number]): _tally(stars) for (branch, number), stars in sorted(self._days.items())}

    def by_reason(self) -> dict[str, dict[str, int]]:
        """The oftenest first. A rating gives each reason once, whatever its list says."""
        sums: dict[str, Counter[str]] = defaultdict(Counter)
        for (branch, given), times in self._reasons.items():
            for reason in set(given):
                sums[branch][reason] += times
        return {
            branch: dict(sorted(sums[branch].items(), key=lambda one: (-one[1], one[0]))) for branch in sorted(sums)
        }


def _tally(stars: list[int]) -> Tally:
    one, two, three, four, five = stars
    return Tally((one, two, three, four, five))


def _prompts(connection: Connection, period: Period) -> dict[Cell, Prompts]:
    """Each prompt once; where several devices tell of it, at the place that sorts first."""
    outcome = token("outcome")
    rank = case(*((outcome == f'"{name}"', place) for place, name in enumerate(_OUTCOMES)))
    told = happened(
        "prompt",
        period,
        events.c.branch,
        func.min(token("counter")).label("counter"),
        func.min(token("teller")).label("teller"),
        func.min(rank).label("rank"),
    )
    each = (
        told.where(rank.is_not(None)).group_by(events.c.branch, func.coalesce(token("prompt"), events.c.id)).subquery()
    )
    place = (each.c.branch, each.c.counter, each.c.teller)
    counted = select(*place, *(func.count(case((each.c.rank == rank, 1))) for rank in range(3))).group_by(*place)
    sums: dict[Cell, Prompts] = {}
    for branch, counter, teller, *outcomes in connection.execute(counted):
        cell = Cell(branch, word(counter), word(teller))
        sums[cell] = sums.get(cell, Prompts()) + Prompts(*outcomes)
    return sums


def _transactions(connection: Connection, period: Period) -> dict[Cell, int]:
    """Completed ones."""
    place = (events.c.branch, token("counter"), token("teller"))
    ended = happened("transaction", period, *place, func.count()).where(token("phase") == '"end"').group_by(*place)
    sums: Counter[Cell] = Counter()
    for branch, counter, teller, times in connection.execute(ended):
        sums[Cell(branch, word(counter), word(teller))] += times
    return dict(sums)
