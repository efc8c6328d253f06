"""Suspicions about a period's ratings, found in one pass over ratings and one over transactions."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from signage.core.counting import Verdict
from signage.core.distrust import Press, Suspicion, at_counter
from signage.core.distrust_tellers import BEFORE_MS, Asking, Sittings, cherry_picked, rated_alone, rated_closed
from signage.core.instants import Instant
from signage.office.measures.figures import Cell, RatingFigures
from signage.office.measures.period import Period
from signage.office.measures.presses import milliseconds, presses
from signage.office.measures.profiles import Profile, Profiles
from signage.office.measures.ratings import Ratings
from signage.office.measures.reading import happened, token, word
from signage.office.tables import events

Found: TypeAlias = Mapping[str, tuple[Suspicion, ...]]  # by branch
_AT_ONCE: Final = 5000
_LONGEST_MS: Final = 4 * 3_600_000  # what lasts longer has lost its end


class Place(NamedTuple):
    branch: str
    counter: str


def suspicions(connection: Connection, period: Period, profiles: Profiles, measured: Ratings) -> Found:
    """By branch, in the order of time, for every branch that has some. `measured`: of the same period."""
    found: dict[str, list[Suspicion]] = defaultdict(list)
    served = _sittings(connection, period)
    for place, some in sorted(_pressed(connection, period, profiles).items()):
        sittings = served.get(place)
        found[place.branch] += at_counter(place.counter, some, None if sittings is None else sittings.ends)
        for day, today in _by_day(some, profiles[place.branch], period).items():
            if sittings is not None:
                found[place.branch] += rated_alone(place.counter, today, sittings)
            closed = _closed(place.counter, today, profiles[place.branch], day)
            found[place.branch] += [closed] if closed is not None else []
    for branch, tellers in _asking(measured.cells, set(served)).items():
        found[branch] += cherry_picked(tellers, period.first.ms, period.end.ms)
    return {branch: tuple(sorted(found[branch], key=_order)) for branch in sorted(found) if found[branch]}


def _order(one: Suspicion) -> tuple[int, str, str, str]:
    return one.first_ms, one.kind, one.counter or "", one.teller or ""


def _pressed(connection: Connection, period: Period, profiles: Profiles) -> Mapping[Place, list[Press]]:
    """What can be read, at counters, in order of time."""
    found: dict[Place, list[Press]] = defaultdict(list)
    for one in presses(connection, period, profiles):
        if one.counter is not None and one.stars is not None and one.verdict not in (Verdict.UNREADABLE, Verdict.TEST):
            counted = one.verdict is Verdict.COUNTED
            found[Place(one.branch, one.counter)].append(
                Press(one.at_ms, one.stars, counted, one.teller, one.prompt is not None)
            )
    return found


def _sittings(connection: Connection, period: Period) -> dict[Place, Sittings]:
    """Of counters whose system reports completed transactions."""
    columns = (events.c.branch, events.c.at, token("counter"), token("phase"))
    read = happened("transaction", period, *columns).order_by(events.c.at, events.c.id)
    began: dict[Place, int] = {}
    spans: dict[Place, list[tuple[int, int]]] = defaultdict(list)
    for branch, at, counter_, phase in connection.execution_options(yield_per=_AT_ONCE).execute(read):
        counter, at_ms = word(counter_), milliseconds(at)
        if counter is None:
            continue
        place = Place(branch, counter)
        if phase == '"start"':
            began[place] = at_ms
        elif phase == '"end"':
            start = began.pop(place, None)
            known = start is not None and at_ms - start <= _LONGEST_MS
            spans[place].append((start if known and start is not None else at_ms - BEFORE_MS, at_ms))
    return {place: Sittings([start for start, _ in some], [end for _, end in some]) for place, some in spans.items()}


def _by_day(some: list[Press], profile: Profile, period: Period) -> dict[date, list[Press]]:
    """By the branch's dates."""
    zone = profile.hours.zone if profile.hours is not None else period.zone
    days: dict[date, list[Press]] = defaultdict(list)
    for press in some:
        days[Instant.from_ms(press.at_ms).astimezone(zone).date()].append(press)
    return days


def _closed(counter: str, today: list[Press], profile: Profile, day: date) -> Suspicion | None:
    if profile.hours is None or counter not in profile.counters:
        return None
    spans = [(start.ms, end.ms) for start, end in profile.hours.spans(profile.counters[counter], day)]
    return rated_closed(counter, today, spans)


def _asking(cells: Mapping[Cell, RatingFigures], reporting: set[Place]) -> dict[str, dict[str, Asking]]:
    """Branch → teller → what was asked, at counters that report."""
    found: dict[str, dict[str, Asking]] = defaultdict(dict)
    for cell, figures in cells.items():
        if cell.teller is None or cell.counter is None or Place(cell.branch, cell.counter) not in reporting:
            continue
        asking = Asking(figures.transactions, figures.prompts.n, figures.tally)
        mine = found[cell.branch]
        mine[cell.teller] = mine[cell.teller] + asking if cell.teller in mine else asking
    return found
