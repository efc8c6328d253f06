"""How long service was suspended, by reason: what the register of suspensions must answer for.

Made from events of the kind `suspension` as an outbox tells them. Only announced hours count, and an instant at which
several suspensions hold counts once, for the one that customers were told of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, takewhile
from typing import Final

from signage.core.hours import Hours, Span
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, Source, Suspension
from signage.core.suspension import precedence

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class SuspensionEvent:
    """An event's data with the instant it tells of. `suspension`: its identity, where the event names it."""

    at: Instant
    scope: str
    on: bool
    reason: str
    source: Source
    until: Instant | None = None
    rule: str | None = None
    suspension: str | None = None


@dataclass(frozen=True)
class Spell:
    """One suspension from its beginning to its end; `end` is None while it has none."""

    suspension: Suspension
    end: Instant | None


def spells(events: Iterable[SuspensionEvent]) -> tuple[Spell, ...]:
    """The suspensions that the events tell of, in the order of their beginnings."""
    running: list[Suspension] = []
    done: list[Spell] = []
    for number, event in enumerate(sorted(events, key=lambda one: one.at)):
        replaced = _replaced(running, event) if event.on else _ended(running, event)
        if replaced is not None:
            running.remove(replaced)
            done.append(Spell(replaced, _earlier(replaced.until, event.at)))
        if event.on:
            running.append(_begun(event, number))
    done += [Spell(one, one.until) for one in running]
    return tuple(sorted(done, key=lambda one: (one.suspension.since, one.suspension.id)))


def _begun(event: SuspensionEvent, number: int) -> Suspension:
    return Suspension(
        id=event.suspension or f"{number:09}",
        scope=event.scope,
        reason=event.reason,
        source=event.source,
        since=event.at,
        until=event.until,
        rule=event.rule,
    )


def _replaced(running: Sequence[Suspension], event: SuspensionEvent) -> Suspension | None:
    """A source has one suspension at a scope, a rule one of its own: the later word stands in its place."""
    place = (event.scope, event.source, event.rule)
    return next((one for one in running if (one.scope, one.source, one.rule) == place), None)


def _ended(running: Sequence[Suspension], event: SuspensionEvent) -> Suspension | None:
    """Which one an end means.

    Its source is who lifted it. Without an identity the rule and the reason tell; among equals that source's own goes first.
    """
    there = [one for one in running if one.scope == event.scope]
    if event.suspension is not None:
        return next((one for one in there if one.id == event.suspension), None)
    alike = [one for one in there if (one.reason, one.rule) == (event.reason, event.rule)]
    return min(alike, key=lambda one: (one.source != event.source, one.since), default=None)


def _earlier(one: Instant | None, other: Instant) -> Instant:
    return other if one is None else min(one, other)


def accounted(
    events: Iterable[SuspensionEvent],
    hours: Hours,
    start: Instant,
    end: Instant,
    *,
    scopes: Sequence[str] = (BRANCH_SCOPE,),
    services: Sequence[str] | None = None,
) -> dict[str, float]:
    """Minutes suspended from `start` up to `end` by reason, at a place that lies in all of `scopes`, the widest first.

    Hours are those in which one of `services` is open (None: any of the branch's). What is still on counts to `end`.
    """
    return accounted_in(open_times(hours, hours.services if services is None else services, start, end), events, scopes)


def accounted_in(opened: Iterable[Span], events: Iterable[SuspensionEvent], scopes: Sequence[str]) -> dict[str, float]:
    """The same within open times that were found before, in order and apart from each other."""
    ahead = [one for one in spells(events) if one.suspension.scope in scopes]
    total: dict[str, timedelta] = {}
    for start, end in opened:
        ahead = [one for one in ahead if one.end is None or start < one.end]
        for reason, part in _told(ahead, scopes, start, end):
            total[reason] = total.get(reason, timedelta()) + part
    return {reason: total[reason] / _MINUTE for reason in sorted(total)}


def _told(
    ahead: Sequence[Spell], scopes: Sequence[str], start: Instant, end: Instant
) -> Iterator[tuple[str, timedelta]]:
    """The pieces of one open time, each with the reason that stood on the screens. `ahead`: what ends after its start."""
    there = list(takewhile(lambda one: one.suspension.since < end, ahead))
    marks = {
        edge for one in there for edge in (one.suspension.since, one.end) if edge is not None and start < edge < end
    }
    edges = sorted({start, end, *marks})
    for first, last in pairwise(edges):
        holding = [one for one in there if one.suspension.since <= first and (one.end is None or first < one.end)]
        if holding:
            winner = min(holding, key=lambda one: precedence(one.suspension, scopes))
            yield winner.suspension.reason, last - first


def open_times(hours: Hours, services: Sequence[str], start: Instant, end: Instant) -> Iterator[Span]:
    """The times within [start, end) in which a service is open, in order and apart from each other."""
    day, last = hours.local_date(start) - timedelta(days=1), hours.local_date(end)
    spans: list[Span] = []
    while day <= last:
        spans += [span for service in services for span in hours.spans(service, day)]
        day += timedelta(days=1)
    reached = start
    for first, stop in sorted(spans):
        begin, until = max(first, reached), min(stop, end)
        if begin < until:
            yield begin, until
            reached = until
