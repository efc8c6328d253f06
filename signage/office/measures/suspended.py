"""Minutes of suspension inside announced hours, by counter and reason, beside the minutes that were announced."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, get_args

from sqlalchemy import Connection

from signage.core.downtime import SuspensionEvent, accounted, open_times
from signage.core.instants import Instant
from signage.core.measures import rate
from signage.core.model import BRANCH_SCOPE, Reason, Source
from signage.core.suspension import counter_scope
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profile, Profiles
from signage.office.measures.reading import happened, instant, meaning, token, word
from signage.office.tables import events

LOOK_BACK: Final = timedelta(days=400)  # what began earlier and has not ended is no suspension any more
_SOURCES: Final[tuple[Source, ...]] = get_args(Source)
_KEYS: Final = ("scope", "on", "reason", "source", "until", "rule", "suspension")


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
    told = _told(connection, period)
    scheduled: dict[tuple[int, str], int] = {}  # branches of one plan share their hours
    figures: dict[str, dict[str, Suspended]] = {}
    for branch in profiles:
        profile = profiles[branch]
        if profile.hours is None or not profile.counters:
            continue
        for service in set(profile.counters.values()):
            key = (id(profile.hours), service)
            if key not in scheduled:
                spans = open_times(profile.hours, (service,), period.first, period.end)
                scheduled[key] = sum(end.ms - start.ms for start, end in spans)
        figures[branch] = {
            counter: Suspended(
                scheduled[id(profile.hours), service], _spent(profile, counter, told.get(branch, ()), period)
            )
            for counter, service in sorted(profile.counters.items())
        }
    return figures


def _spent(profile: Profile, counter: str, told: Sequence[SuspensionEvent], period: Period) -> dict[str, int]:
    scopes = (BRANCH_SCOPE, counter_scope(counter))
    here = [event for event in told if event.scope in scopes]
    if not here or profile.hours is None:
        return {}
    services = (profile.counters[counter],)
    minutes = accounted(here, profile.hours, period.first, period.end, scopes=scopes, services=services)
    return {reason: round(spent * 60_000) for reason, spent in minutes.items()}


def _told(connection: Connection, period: Period) -> Mapping[str, Sequence[SuspensionEvent]]:
    """Branch → what it tells of suspensions, in order, those included that were on when the period began."""
    wide = Period(Instant.of(period.first - LOOK_BACK), period.end, period.zone)
    read = happened("suspension", wide, events.c.branch, events.c.at, *(token(key) for key in _KEYS))
    told: dict[str, list[SuspensionEvent]] = defaultdict(list)
    for branch, at, *tokens in connection.execute(read.order_by(events.c.at, events.c.seq, events.c.id)):
        told[branch].extend(_event(at, dict(zip(_KEYS, tokens, strict=True))))
    return told


def _event(at: str, tokens: Mapping[str, str | None]) -> Iterator[SuspensionEvent]:
    """Nothing where it does not fit the contract."""
    scope, on, said = word(tokens["scope"]), meaning(tokens["on"]), word(tokens["source"])
    source = next((one for one in _SOURCES if one == said), None)
    if scope is not None and isinstance(on, bool) and source is not None:
        yield SuspensionEvent(
            at=Instant.parse(at),
            scope=scope,
            on=on,
            reason=word(tokens["reason"]) or Reason.OTHER,
            source=source,
            until=instant(tokens["until"]),
            rule=word(tokens["rule"]),
            suspension=word(tokens["suspension"]),
        )
