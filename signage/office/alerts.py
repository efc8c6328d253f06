"""Alerts about low ratings, written in the collector's transaction beside the events that raise them.

An alert is a function of the events that were stored up to the one that raised it, in the order they were stored, and of
the branch's rules: so they can be dropped and made again. A rating that comes late alarms late, and says so.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from signage.core.counting import Judge, RatingRules, Verdict
from signage.core.instants import Instant
from signage.core.low_ratings import WITHIN_MS, Cluster, Counted, cluster_with
from signage.core.measures import is_low
from signage.office.alert_spans import Rating, alerts_in, as_rating, ratings_in, spans
from signage.office.measures.presses import milliseconds
from signage.office.measures.profiles import Profiles
from signage.office.tables import events
from signage.office.tables_alerts import alerts
from signage.wire.custody import Taken, Written

_RUN_UP_MS: Final = 10 * 60 * 1000  # before what matters: whether a press counts can depend on one before it
_BEFORE_MS: Final = WITHIN_MS + _RUN_UP_MS
_RATING: Final = "rating"
SINGLE: Final = "single"
CLUSTER: Final = "cluster"


@dataclass(frozen=True)
class Alert:
    """One rating of one or two stars, or a cluster of them from `since` to `at`; `n` counted ratings, `low` low ones."""

    id: str
    branch: str
    counter: str | None
    kind: str
    at: Instant
    raised_at: Instant
    since: Instant
    n: int
    low: int
    stars: int
    teller: str | None

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.since.ms, self.at.ms, self.n, self.low)


class _New(NamedTuple):
    """A rating that has just been stored. `low`: it may be."""

    id: str
    at_ms: int
    low: bool


class _Heard:
    """A branch's ratings near those in hand: of each counter in the order in which they happened."""

    def __init__(self) -> None:
        self._at: dict[str | None, list[Rating]] = defaultdict(list)

    def add(self, rating: Rating) -> None:
        insort(self._at[rating.counter], rating, key=_happened)

    def near(self, rating: Rating) -> list[Rating]:
        """What decides whether it alarms: the same whichever others came with it."""
        there = self._at[rating.counter]
        first = bisect_left(there, rating.at_ms - _BEFORE_MS, key=_when)
        return there[first : bisect_right(there, rating.at_ms + WITHIN_MS, key=_when)]


def _when(rating: Rating) -> int:
    return rating.at_ms


def _happened(rating: Rating) -> tuple[int, str]:
    return rating.at_ms, rating.id


def raise_alerts(
    connection: Connection, new: Mapping[str, Sequence[Taken]], at: Instant, profiles: Profiles
) -> tuple[Alert, ...]:
    """Write what these events, just stored, raise, by their branches. One query if they hold ratings, two if any may raise."""
    rated = {branch: found for branch, taken in new.items() if (found := _rated(taken))}
    known = _known(connection, rated)
    stirred = {branch: times for branch, found in rated.items() if (times := _stirred(found, known[branch]))}
    wanted = [span for branch, times in stirred.items() for span in spans(branch, times, _BEFORE_MS, WITHIN_MS)]
    stored: dict[str, list[Rating]] = defaultdict(list)
    for branch, rating in ratings_in(connection, wanted):
        stored[branch].append(rating)
    made: list[Alert] = []
    for branch, ratings in stored.items():
        fresh = {one.id for one in rated[branch]}
        before = [one for one in ratings if one.id not in fresh]
        coming = [one for one in ratings if one.id in fresh]
        made += _raised(branch, before, coming, known[branch], at, profiles[branch].ratings)
    if made:
        connection.execute(insert(alerts), [_row(alert) for alert in made])
    return tuple(made)


def _rated(taken: Sequence[Taken]) -> list[_New]:
    return [
        _New(one.id or "", milliseconds(one.written.at), _seems_low(one.written))
        for one in taken
        if one.kind == _RATING and one.written is not None and one.problem is None
    ]


def _stirred(rated: Sequence[_New], known: Sequence[Alert]) -> list[int]:
    """When those happened that may raise something: they are low, or near to a low one."""
    lows = sorted([one.at_ms for one in rated if one.low] + [one.at.ms for one in known if one.kind == SINGLE])
    return [one.at_ms for one in rated if one.low or _any_near(one.at_ms, lows)]


def _any_near(at_ms: int, sorted_times: Sequence[int]) -> bool:
    return bisect_left(sorted_times, at_ms - WITHIN_MS) < bisect_right(sorted_times, at_ms + WITHIN_MS)


def _seems_low(rating: Written) -> bool:
    stars = rating.data.get("stars")
    return isinstance(stars, int) and is_low(stars)


def _raised(
    branch: str,
    before: Iterable[Rating],
    fresh: Iterable[Rating],
    known: Sequence[Alert],
    at: Instant,
    rules: RatingRules,
) -> list[Alert]:
    """What each rating raises after those before it, one after another as they were stored."""
    every, made, heard = list(known), [], _Heard()
    for rating in before:
        heard.add(rating)
    for rating in fresh:
        heard.add(rating)
        lows = (one for one in every if one.kind == SINGLE and abs(one.at.ms - rating.at_ms) <= WITHIN_MS)
        low = rating.stars is not None and is_low(rating.stars)
        if low or any(lows):
            for alert in _of(branch, rating, _counted(branch, heard.near(rating), rules), every, at):
                every.append(alert)
                made.append(alert)
    return made


def _of(branch: str, rating: Rating, counted: Sequence[Rating], known: Sequence[Alert], at: Instant) -> Iterator[Alert]:
    if rating not in counted or rating.stars is None:
        return
    when = Instant.from_ms(rating.at_ms)
    if is_low(rating.stars):
        yield Alert(f"{SINGLE}:{rating.id}", branch, rating.counter, SINGLE, when, at, when, 1, 1, rating.stars,
                    rating.teller)  # fmt: skip
    if rating.counter is None:
        return
    others = [Counted(one.at_ms, one.stars) for one in counted if one is not rating and one.stars is not None]
    found = cluster_with(Counted(rating.at_ms, rating.stars), others)
    there = [one.cluster for one in known if one.kind == CLUSTER and one.counter == rating.counter]
    if found is not None and not any(found.meets(one) for one in there):
        yield Alert(
            f"{CLUSTER}:{rating.id}", branch, rating.counter, CLUSTER, Instant.from_ms(found.last_ms), at,
            Instant.from_ms(found.first_ms), found.n, found.low, rating.stars, rating.teller,
        )  # fmt: skip


def _counted(branch: str, there: Sequence[Rating], rules: RatingRules) -> list[Rating]:
    """Those that count of one counter's, in the order in which they happened."""
    judge = Judge()
    return [
        one
        for one in there
        if judge.judge(branch, one.counter, one.at_ms, one.stars, one.flags, rules) is Verdict.COUNTED
    ]


def _known(connection: Connection, rated: Mapping[str, Sequence[_New]]) -> Mapping[str, list[Alert]]:
    """What has alarmed near to these, by branch; a cluster that meets theirs ends at most two spans later."""
    wanted = [
        span
        for branch, some in rated.items()
        for span in spans(branch, [one.at_ms for one in some], WITHIN_MS, 2 * WITHIN_MS)
    ]
    found: dict[str, list[Alert]] = defaultdict(list)
    for row in alerts_in(connection, wanted):
        found[row.branch].append(_alert(row))
    return found


def _row(alert: Alert) -> dict[str, Any]:
    times = {"at": str(alert.at), "raised_at": str(alert.raised_at), "since": str(alert.since)}
    return vars(alert) | times


def _alert(row: Any) -> Alert:
    times = {name: Instant.parse(getattr(row, name)) for name in ("at", "raised_at", "since")}
    return Alert(**(row._asdict() | times))


def read_alerts(
    connection: Connection, first: Instant | None = None, end: Instant | None = None, branch: str | None = None
) -> list[Alert]:
    """Those of ratings from `first` up to, and not including, `end`, in the order of their times."""
    query = select(alerts)
    if first is not None:
        query = query.where(alerts.c.at >= str(first))
    if end is not None:
        query = query.where(alerts.c.at < str(end))
    if branch is not None:
        query = query.where(alerts.c.branch == branch)
    return [_alert(row) for row in connection.execute(query.order_by(alerts.c.at, alerts.c.id))]


def rebuild(connection: Connection, profiles: Profiles) -> None:
    """Drop all alerts and make them again, as they would have been raised when their events came in."""
    connection.execute(delete(alerts))
    branches = connection.execute(select(events.c.branch).where(events.c.kind == _RATING).distinct()).scalars().all()
    for branch in sorted(branches):
        made = _again(connection, branch, profiles[branch].ratings)
        if made:
            connection.execute(insert(alerts), [_row(alert) for alert in made])


def _again(connection: Connection, branch: str, rules: RatingRules) -> list[Alert]:
    columns = (events.c.id, events.c.at, events.c.data, events.c.received_at)
    read = select(*columns).where(events.c.branch == branch, events.c.kind == _RATING, events.c.problem.is_(None))
    before: list[Rating] = []
    made: list[Alert] = []
    for identity, at, data, received_at in connection.execute(read.order_by(events.c.key)):
        one = as_rating(identity, at, data)
        near = [other for other in before if abs(other.at_ms - one.at_ms) <= _BEFORE_MS]
        known = [alert for alert in made if abs(alert.at.ms - one.at_ms) <= 2 * WITHIN_MS]
        made += _raised(branch, near, [one], known, Instant.parse(received_at), rules)
        before.append(one)
    return made
