"""Minutes of suspension inside announced hours, by counter and reason, beside the minutes that were announced."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, get_args

import msgspec
from sqlalchemy import Connection

from signage.core.downtime import SuspensionEvent, accounted_in, open_times
from signage.core.hours import Span
from signage.core.instants import Instant
from signage.core.measures import rate
from signage.core.model import BRANCH_SCOPE, Reason, Source
from signage.core.suspension import counter_scope
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profiles
from signage.office.measures.reading import happened, moment, text, told
from signage.office.tables import events

LOOK_BACK: Final = timedelta(days=400)  # what began earlier and has not ended is no suspension any more
_SOURCES: Final[tuple[Source, ...]] = get_args(Source)


@dataclass(frozen=True)
class Suspended:
    """Counter-milliseconds of one counter or of many. `scheduled`: announced; `reasons`: suspended, by reason."""

    scheduled: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def suspended(self) -> int:
        return sum(self.reasons.values())

    @property
    def rate(self) -> float | None:
        """暂停分钟率; None where no hours are announced."""
        return rate(self.suspended, self.scheduled)

    def share(self, reason: str) -> float | None:
        """The part of the rate that this reason makes."""
        return rate(self.reasons.get(reason, 0), self.scheduled)

    def __add__(self, other: "Suspended") -> "Suspended":
        reasons = dict(self.reasons)
        for reason, spent in other.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + spent
        return Suspended(self.scheduled + other.scheduled, dict(sorted(reasons.items())))


def suspended(connection: Connection, period: Period, profiles: Profiles) -> dict[str, dict[str, Suspended]]:
    """Branch → counter → minutes, for every counter whose hours are known. Cut the period with `upto` while it lasts."""
    heard = _heard(connection, period)
    announced: dict[tuple[int, str], tuple[Span, ...]] = {}  # branches of one plan share their hours
    figures: dict[str, dict[str, Suspended]] = {}
    for branch in profiles:
        profile = profiles[branch]
        if profile.hours is None or not profile.counters:
            continue
        for service in set(profile.counters.values()):
            key = (id(profile.hours), service)
            if key not in announced:
                announced[key] = tuple(open_times(profile.hours, (service,), period.first, period.end))
        figures[branch] = {
            counter: _figures(counter, announced[id(profile.hours), service], heard.get(branch, ()))
            for counter, service in sorted(profile.counters.items())
        }
    return figures


def _figures(counter: str, spans: Sequence[Span], heard: Sequence[SuspensionEvent]) -> Suspended:
    scopes = (BRANCH_SCOPE, counter_scope(counter))
    minutes = accounted_in(spans, (event for event in heard if event.scope in scopes), scopes)
    spent = {reason: round(part * 60_000) for reason, part in minutes.items()}
    return Suspended(sum(end.ms - start.ms for start, end in spans), spent)


class _Said(msgspec.Struct):
    """What an event says, whatever stands in it."""

    scope: Any = None
    on: Any = None
    reason: Any = None
    source: Any = None
    until: Any = None
    rule: Any = None
    suspension: Any = None


_SAID: Final = msgspec.json.Decoder(_Said)


def _heard(connection: Connection, period: Period) -> Mapping[str, Sequence[SuspensionEvent]]:
    """Branch → what it tells of suspensions, in order, those included that were on when the period began."""
    wide = Period(Instant.of(period.first - LOOK_BACK), period.end, period.zone)
    read = happened("suspension", wide, events.c.branch, events.c.at, events.c.data)
    heard: dict[str, list[SuspensionEvent]] = defaultdict(list)
    for (branch, at, _), said in told(connection, read.order_by(events.c.at, events.c.seq, events.c.id), _SAID):
        heard[branch].extend(_event(at, said))
    return heard


def _event(at: str, said: _Said) -> Iterator[SuspensionEvent]:
    """Nothing where it does not fit the contract."""
    source = next((one for one in _SOURCES if one == said.source), None)
    if isinstance(said.scope, str) and isinstance(said.on, bool) and source is not None:
        yield SuspensionEvent(
            at=Instant.parse(at),
            scope=said.scope,
            on=said.on,
            reason=text(said.reason) or Reason.OTHER,
            source=source,
            until=moment(said.until),
            rule=text(said.rule),
            suspension=text(said.suspension),
        )
