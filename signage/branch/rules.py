"""Rules: a probe that has failed for long enough suspends, one that has held for long enough lifts. Pure.

A rule acts on edges: who lifts its suspension by hand while the probe still fails is not overruled until the probe has
recovered and failed again.
"""

from datetime import timedelta
from enum import Enum

from msgspec.structs import replace

from signage.branch.facts import RuleMemory
from signage.branch.settings import RuleSettings
from signage.core.instants import Instant


class Action(Enum):
    SUSPEND = "suspend"
    LIFT = "lift"


def observe(memory: RuleMemory, *, failed: bool, now: Instant) -> RuleMemory:
    """What the probe says now; the delay runs from its last change of mind."""
    if memory.failed == failed:
        return memory
    return replace(memory, failed=failed, since=now)


def due(memory: RuleMemory, rule: RuleSettings) -> Instant | None:
    """When the rule acts if the probe keeps to what it says; None: there is nothing to do."""
    if memory.since is None or memory.failed == memory.fired:
        return None
    return Instant.of(memory.since + timedelta(seconds=rule.for_s if memory.failed else rule.clear_s))


def act(memory: RuleMemory, rule: RuleSettings, now: Instant) -> tuple[RuleMemory, Action | None]:
    """The rule at `now`: what it remembers from here on, and what it does."""
    if memory.since is not None and memory.since > now:  # the clock was set back: count anew
        memory = replace(memory, since=now)
    at = due(memory, rule)
    if at is None or now < at:
        return memory, None
    return replace(memory, fired=memory.failed), Action.SUSPEND if memory.failed else Action.LIFT
