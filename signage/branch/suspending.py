"""Suspensions come and go: by people, by rules, by the clock. Each has its own life; screens compute which one wins."""

from dataclasses import dataclass

from msgspec.structs import replace

from signage.branch.facts import SUSPENSIONS_KEPT, Change, Draft, Facts, Refused, without_none
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, Source, Suspension
from signage.core.suspension import Held, counter_scope, held, holds, may_lift


@dataclass(frozen=True)
class Lifter:
    """Who wants a suspension gone: a source, and where it is a person, which."""

    source: Source
    actor: str | None = None


def _told(suspension: Suspension, *, on: bool, by: Lifter) -> Draft:
    return Draft(
        "suspension",
        without_none(
            scope=suspension.scope,
            on=on,
            reason=suspension.reason,
            source=by.source,
            actor=by.actor,
            until=suspension.until,
            rule=suspension.rule,
            suspension=suspension.id,
        ),
    )


def _same_place(one: Suspension, other: Suspension) -> bool:
    return (one.scope, one.source, one.rule) == (other.scope, other.source, other.rule)


def suspend(facts: Facts, suspension: Suspension, now: Instant) -> Change:
    """Put `suspension` in force, in place of the same source's at the same scope. Raises Refused."""
    if not holds(suspension, now):
        raise Refused("bad-args", "until lies in the past")
    others = tuple(known for known in facts.suspensions if not _same_place(known, suspension))
    if len(others) >= SUSPENSIONS_KEPT and suspension.source != "rule":  # rules are as many as are configured
        raise Refused("too-many", f"{SUSPENSIONS_KEPT} suspensions are in force")
    by = Lifter(suspension.source, suspension.actor)
    return Change(_with(facts, (*others, suspension)), (_told(suspension, on=True, by=by),))


def resume(facts: Facts, scope: str, by: Lifter, now: Instant) -> Change:
    """Lift what `by` may lift at exactly `scope`. Raises Refused if nothing there can be lifted."""
    there = tuple(known for known in facts.suspensions if known.scope == scope and holds(known, now))
    if not there:
        raise Refused("not-suspended", f"{scope} is not suspended")
    lifted = tuple(known for known in there if may_lift(known, by.source))
    if not lifted:
        raise Refused("not-permitted", f"{scope} was suspended by {there[0].source}, which {by.source} may not lift")
    noted = replace(facts, lifted={**facts.lifted, scope: now})
    return _lift(noted, lifted, by)


def lift_rule(facts: Facts, rule: str) -> Change:
    """Lift what the rule named `rule` has suspended; nothing if it has not."""
    lifted = tuple(known for known in facts.suspensions if known.source == "rule" and known.rule == rule)
    return _lift(facts, lifted, Lifter("rule"))


def expire(facts: Facts, now: Instant) -> Change:
    """Forget what has ended by itself, and tell of it."""
    over = tuple(known for known in facts.suspensions if not holds(known, now))
    kept = tuple(known for known in facts.suspensions if known not in over)
    told = tuple(_told(known, on=False, by=Lifter(known.source, known.actor)) for known in over)
    return Change(_with(facts, kept), told)


def at_counter(facts: Facts, number: str, now: Instant) -> Held | None:
    """What keeps this counter from serving, the branch's suspensions included."""
    return held(facts.suspensions, (BRANCH_SCOPE, counter_scope(number)), now)


def _lift(facts: Facts, lifted: tuple[Suspension, ...], by: Lifter) -> Change:
    kept = tuple(known for known in facts.suspensions if known not in lifted)
    return Change(_with(facts, kept), tuple(_told(known, on=False, by=by) for known in lifted))


def _with(facts: Facts, suspensions: tuple[Suspension, ...]) -> Facts:
    return replace(facts, suspensions=suspensions)
