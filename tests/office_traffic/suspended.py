"""Suspensions of a branch's day: of counters at noon, of the branch by a rule or a person, of a device; each ends its own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.office_traffic.happening import Happened, fresh, stamp, tell
from tests.office_traffic.plan import DAY_MS, Plan

MINUTE_MS: Final = 60_000
OPENS_MS: Final = 9 * 60 * MINUTE_MS
CLOSES_MS: Final = 17 * 60 * MINUTE_MS
_REASONS: Final = ("break", "training", "cash-handover", "fault", "other")


@dataclass(frozen=True)
class Stop:
    """`ends_ms` None: nobody ever ended it."""

    scope: str
    begins_ms: int
    ends_ms: int | None

    def holds(self, counter: str, at_ms: int) -> bool:
        there = self.scope in ("branch", f"counter:{counter}")
        return there and self.begins_ms <= at_ms and (self.ends_ms is None or at_ms < self.ends_ms)


def suspensions(plan: Plan, branch: str, day: int) -> tuple[list[Happened], list[Stop]]:
    """The day's events, and when what was suspended."""
    dice = plan.dice(branch, day, "suspensions")
    midnight = plan.midnight_ms(day)
    told: list[Happened] = []
    stops: list[Stop] = []
    for scope, begins, minutes, source, reason in _planned(plan, dice):
        stop, events = _one(dice, scope, midnight + begins, minutes, source, reason, plan.tellers_of(branch)[0])
        told += events
        stops.append(stop)
    return told, stops


def _planned(plan: Plan, dice: Random) -> Iterator[tuple[str, int, int, str, str]]:
    """Scope, begin after midnight, minutes, source, reason."""
    for counter in range(1, plan.counters + 1):
        if dice.random() < 0.6:
            noon = int((11 * 60 + dice.randrange(150)) * MINUTE_MS)
            yield f"counter:{counter}", noon, dice.choice((15, 30, 30, 45)), "teller", dice.choice(_REASONS)
    if dice.random() < 0.08:
        yield "branch", dice.randrange(OPENS_MS, CLOSES_MS), dice.randrange(5, 90), "rule", "power"
    if dice.random() < 0.05:
        yield "branch", dice.randrange(OPENS_MS, CLOSES_MS), dice.randrange(10, 60), "manager", "training"
    if dice.random() < 0.1:
        yield "device:lobby-touch", dice.randrange(OPENS_MS, CLOSES_MS), 20, "manager", "fault"
    if dice.random() < 0.02:
        yield "counter:1", CLOSES_MS - 40 * MINUTE_MS, 17 * 60, "manager", "fault"  # over night


def _one(
    dice: Random, scope: str, begins_ms: int, minutes: int, source: str, reason: str, actor: str
) -> tuple[Stop, list[Happened]]:
    begins_ms += dice.randrange(MINUTE_MS)
    ends_ms: int | None = begins_ms + minutes * MINUTE_MS
    who = {"rule": "mains" if source == "rule" else None, "actor": None if source == "rule" else actor}
    said = {"scope": scope, "reason": reason, "source": source, "suspension": fresh(dice), **who}
    way = dice.random()
    by_clock = source != "rule" and way < 0.5
    until = stamp(begins_ms + minutes * MINUTE_MS) if by_clock else None
    told = [tell(begins_ms, "suspension", "", dice, on=True, until=until, **said)]
    if by_clock and way < 0.15:
        pass  # the clock ended it, and nobody said so
    elif by_clock and way < 0.3:  # a person ended it before its time
        ends_ms = begins_ms + minutes * MINUTE_MS // 2
        told.append(tell(ends_ms, "suspension", "", dice, on=False, until=until, **said))
    elif way > 0.99:
        ends_ms = None  # never
    else:
        told.append(tell(ends_ms or 0, "suspension", "", dice, on=False, until=until, **said))
    return Stop(scope, begins_ms, ends_ms if ends_ms is None or ends_ms < begins_ms + 2 * DAY_MS else None), told
