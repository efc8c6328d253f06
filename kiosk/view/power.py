"""When a screen is lit by its hours, and what wakes it. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from signage.core.dayparts import Dayparts
from signage.core.hours import Hours
from signage.core.instants import Instant

FOLLOW: Final = "hours"  # in place of a rule: as the branch is open, and a little longer
LEAD: Final = timedelta(minutes=30)  # before it opens, and after it closes
AWAKE: Final = timedelta(minutes=2)  # after a touch, or after staff have left
LIT_BY_HAND: Final = timedelta(minutes=30)  # after staff have switched it on
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Lit:
    """`until`: when that may change; None: nothing of it is foreseen."""

    on: bool
    until: Instant | None = None


ALWAYS: Final = Lit(on=True)


def by_rule(rule: str, dayparts: Dayparts, now: Instant) -> Lit:
    """A rule that cannot be read leaves nobody in the dark."""
    if rule in dayparts.unreadable:
        return ALWAYS
    return Lit(rule in dayparts.holding(now), dayparts.next_change(now, Instant.of(now + _DAY)))


def by_hours(hours: Hours, now: Instant) -> Lit:
    """From half an hour before a service of the branch opens until half an hour after the last one closes."""
    on, changes = False, []
    for offset in (-LEAD, timedelta(0), LEAD):
        for service in hours.services:
            state = hours.at(service, Instant.of(now + offset))
            on = on or state.open
            if state.until is not None:
                changes.append(Instant.of(state.until - offset))
    return Lit(on, min(changes, default=None))


def woken(lit: Lit, now: Instant, awake_until: Instant | None, *, needed: bool) -> Lit:
    """A dark screen is lit all the same while it is `needed` (an emergency, somebody at it) or has just been."""
    if lit.on or needed:
        return Lit(on=True, until=lit.until)
    if awake_until is None or now >= awake_until:
        return lit
    return Lit(on=True, until=awake_until if lit.until is None else min(lit.until, awake_until))
