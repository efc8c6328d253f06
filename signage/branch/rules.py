"""Rules: a probe that has failed for long enough suspends, one that has held for long enough lifts. Pure.

A rule acts on edges: who lifts its suspension by hand while the probe still fails is not overruled until the probe has
recovered and failed again. A probe that cannot tell changes nothing, but nothing is lifted on the word of such a one.
A probe that changes its mind too often flaps: what it suspended stays until it has kept still for a while.
"""

from datetime import timedelta
from enum import Enum
from typing import Final

from msgspec.structs import replace

from signage.branch.facts import RuleMemory
from signage.branch.settings import RuleSettings
from signage.branch.verdicts import Verdict
from signage.core.instants import Instant

FLAPS: Final = 6  # so many changes of mind …
FLAPPING_WITHIN: Final = timedelta(minutes=5)  # … in so long a time are flapping
CALM: Final = timedelta(minutes=2)  # and so long without one is calm


class Action(Enum):
    SUSPEND = "suspend"
    LIFT = "lift"


def observe(memory: RuleMemory, *, verdict: Verdict, now: Instant) -> RuleMemory:
    """What the probe says now; the delay runs from its last change of mind, and anew once it can tell again."""
    if verdict is Verdict.UNKNOWN:
        return replace(memory, unsure=True)
    failed = verdict is Verdict.FAILED
    if memory.failed != failed:
        changes = (*_of_late(memory.changes, now), now)[-FLAPS:]
        return replace(memory, failed=failed, since=now, unsure=False, changes=changes)
    if memory.unsure:
        return replace(memory, unsure=False, since=memory.since if failed or memory.since is None else now)
    return memory


def flaps(memory: RuleMemory, now: Instant) -> bool:
    """Whether the probe has changed its mind too often of late and has not kept still since."""
    return _many(memory.changes) and now < _calm_at(memory)


def due(memory: RuleMemory, rule: RuleSettings) -> Instant | None:
    """When the rule acts, or ceases to call its probe flapping, if nothing more is said; None: there is nothing to do."""
    at = _action_due(memory, rule)
    if not memory.flapping:
        return at
    return _calm_at(memory) if at is None else min(at, _calm_at(memory))


def act(memory: RuleMemory, rule: RuleSettings, now: Instant) -> tuple[RuleMemory, Action | None]:
    """The rule at `now`: what it remembers from here on, and what it does."""
    if memory.since is not None and memory.since > now:  # the clock was set back: count anew
        memory = replace(memory, since=now, changes=())
    memory = replace(memory, flapping=flaps(memory, now))
    at = _action_due(memory, rule)
    if at is None or now < at:
        return memory, None
    return replace(memory, fired=memory.failed), Action.SUSPEND if memory.failed else Action.LIFT


def _action_due(memory: RuleMemory, rule: RuleSettings) -> Instant | None:
    if memory.since is None or memory.failed == memory.fired:
        return None
    if memory.failed:
        return Instant.of(memory.since + timedelta(seconds=rule.for_s))
    if memory.unsure:
        return None
    clear = Instant.of(memory.since + timedelta(seconds=rule.clear_s))
    return max(clear, _calm_at(memory)) if _many(memory.changes) else clear


def _calm_at(memory: RuleMemory) -> Instant:
    return Instant.of(memory.changes[-1] + CALM) if memory.changes else Instant.from_ms(0)


def _many(changes: tuple[Instant, ...]) -> bool:
    """Whether these are enough to be flapping; `observe` has kept none that is too long ago."""
    return len(changes) == FLAPS


def _of_late(changes: tuple[Instant, ...], now: Instant) -> tuple[Instant, ...]:
    """Those of the time that counts; a clock that was set back leaves none from the future."""
    return tuple(one for one in changes if now - FLAPPING_WITHIN <= one <= now)
