"""Reminders: a suspension that holds although it was hoped to be over calls for the lobby manager, once."""

from msgspec.structs import replace

from signage.branch.calls import raise_call
from signage.branch.facts import Facts
from signage.core.instants import Instant
from signage.core.suspension import OVERDUE, overdue, reminder


def remind(facts: Facts, now: Instant) -> Facts:
    """New reminders put up, and those taken down whose suspension is over. One that was acknowledged does not come back."""
    late = overdue(facts.suspensions, now)
    standing = {reminder(one).id for one in facts.suspensions}
    calls = tuple(one for one in facts.calls if one.kind != OVERDUE or one.id in standing)
    reminded = tuple(one.id for one in late)
    if calls == facts.calls and set(reminded) == set(facts.reminded):
        return facts
    after = replace(facts, calls=calls, reminded=reminded)
    for one in late:
        if one.id not in facts.reminded:
            after = raise_call(after, reminder(one))
    return after


def next_reminder(facts: Facts) -> Instant | None:
    """When `remind` next has something to say, if nothing else happens."""
    waiting = (one.expected for one in facts.suspensions if one.id not in facts.reminded)
    return min((moment for moment in waiting if moment is not None), default=None)
