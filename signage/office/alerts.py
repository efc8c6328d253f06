"""Alerts about low ratings, written in the collector's transaction beside the events that raise them.

An alert is a function of the events that were stored up to the one that raised it, in the order they were stored, and of
the branch's rules: so they can be dropped and made again. A rating that comes late alarms late, and says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from signage.core.counting import Judge, RatingRules, Verdict
from signage.core.instants import Instant
from signage.core.low_ratings import WITHIN_MS, Cluster, Counted, cluster_with
from signage.core.measures import is_low
from signage.office.measures.presses import milliseconds
from signage.office.measures.profiles import Profiles
from signage.office.measures.reading import token, whole, word, words
from signage.office.tables import events
from signage.office.tables_alerts import alerts
from signage.wire.custody import Taken

_RUN_UP_MS: Final = 10 * 60 * 1000  # before what matters: whether a press counts can depend on one before it
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


@dataclass(frozen=True)
class _Rating:
    """A stored rating, in the order it was stored."""

    id: str
    at_ms: int
    counter: str | None
    teller: str | None
    stars: int | None
    flags: frozenset[str] | None


def raise_alerts(
    connection: Connection, branch: str, new: Sequence[Taken], at: Instant, rules: RatingRules
) -> tuple[Alert, ...]:
    """Write what these events, just stored, raise. One small query for a batch with ratings, if nothing is low."""
    rated = [one for one in new if one.kind == _RATING and one.event is not None and one.problem is None]
    if not rated:
        return ()
    times = [one.event.at.ms for one in rated if one.event is not None]
    first, last = min(times) - WITHIN_MS, max(times) + WITHIN_MS
    known = _known(connection, branch, first, last + WITHIN_MS)
    if not known and not any(_seems_low(one) for one in rated):
        return ()
    fresh = {one.id for one in rated}
    stored = list(_stored(connection, branch, first - _RUN_UP_MS, last))
    made = _raised(branch, [one for one in stored if one.id not in fresh], [one for one in stored if one.id in fresh],
                   known, at, rules)  # fmt: skip
    if made:
        connection.execute(insert(alerts), [_row(alert) for alert in made])
    return tuple(made)


def _seems_low(taken: Taken) -> bool:
    stars = taken.event.data.get("stars") if taken.event is not None else None
    return isinstance(stars, int) and is_low(stars)


def _raised(
    branch: str,
    before: list[_Rating],
    fresh: Iterable[_Rating],
    known: Sequence[Alert],
    at: Instant,
    rules: RatingRules,
) -> list[Alert]:
    """What each rating raises after those before it, one after another as they were stored."""
    every, made = list(known), []
    for rating in fresh:
        before.append(rating)
        lows = (one for one in every if one.kind == SINGLE and abs(one.at.ms - rating.at_ms) <= WITHIN_MS)
        low = rating.stars is not None and is_low(rating.stars)
        if low or any(lows):
            for alert in _of(branch, rating, _counted_there(branch, rating, before, rules), every, at):
                every.append(alert)
                made.append(alert)
    return made


def _of(
    branch: str, rating: _Rating, counted: Sequence[_Rating], known: Sequence[Alert], at: Instant
) -> Iterator[Alert]:
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


def _counted_there(branch: str, rating: _Rating, stored: Sequence[_Rating], rules: RatingRules) -> list[_Rating]:
    """The counted ones at its counter, in the order in which they happened."""
    there = sorted((one for one in stored if one.counter == rating.counter), key=lambda one: (one.at_ms, one.id))
    judge = Judge()
    return [
        one
        for one in there
        if judge.judge(branch, one.counter, one.at_ms, one.stars, one.flags, rules) is Verdict.COUNTED
    ]


def _known(connection: Connection, branch: str, first_ms: int, last_ms: int) -> list[Alert]:
    there = alerts.c.at.between(str(Instant.from_ms(max(0, first_ms))), str(Instant.from_ms(last_ms)))
    rows = connection.execute(select(alerts).where(alerts.c.branch == branch, there))
    return [_alert(row) for row in rows]


def _stored(connection: Connection, branch: str, first_ms: int, last_ms: int) -> Iterator[_Rating]:
    keys = ("counter", "teller", "stars", "flags")
    read = select(events.c.id, events.c.at, *(token(key) for key in keys)).where(
        events.c.branch == branch,
        events.c.at.between(str(Instant.from_ms(max(0, first_ms))), str(Instant.from_ms(last_ms))),
        events.c.kind == _RATING,
        events.c.problem.is_(None),
    )
    for identity, at, counter, teller, stars, flags in connection.execute(read.order_by(events.c.key)):
        yield _Rating(identity, milliseconds(at), word(counter), word(teller), whole(stars), words(flags))


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
    received = select(events.c.id, events.c.received_at).where(events.c.branch == branch, events.c.kind == _RATING)
    came = {identity: Instant.parse(at) for identity, at in connection.execute(received)}
    before: list[_Rating] = []
    made: list[Alert] = []
    for rating in _stored(connection, branch, 0, Instant.parse("2999-12-31T00:00:00Z").ms):
        near = [one for one in before if abs(one.at_ms - rating.at_ms) <= 2 * WITHIN_MS + _RUN_UP_MS]
        known = [one for one in made if abs(one.at.ms - rating.at_ms) <= 2 * WITHIN_MS]
        made += _raised(branch, near, [rating], known, came[rating.id], rules)
        before.append(rating)
    return made
