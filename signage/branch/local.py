"""What staff did at a touch screen while the controller was away (contract: BranchState, LocalState)."""

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from signage.branch.facts import Change, Facts, Refused
from signage.branch.settings import ControllerSettings
from signage.branch.suspending import Lifter, resume, suspend
from signage.core.instants import Instant
from signage.core.model import Reason, Suspension
from signage.wire.messages import LocalState

OLDEST: Final = timedelta(hours=24)
AHEAD: Final = timedelta(seconds=30)  # a screen's clock may be off by what its controller would mend


def wanted(facts: Facts, local: LocalState, now: Instant) -> bool:
    """Whether there is something to consider.

    It comes again until its screen has heard that it was considered; one from the future comes again when that screen's
    clock has been put right.
    """
    before = facts.considered.get(local.screen)
    return local.at <= now + AHEAD and (before is None or before < local.at)


def consider(facts: Facts, local: LocalState, settings: ControllerSettings) -> Facts:
    """Note that it was considered, whatever became of it: the screens then go by the branch's state again."""
    if not any(screen.name == local.screen and screen.kind == "touch" for screen in settings.screens):
        return facts
    return replace(facts, considered={**facts.considered, local.screen: local.at})


def local_intention(
    facts: Facts, local: LocalState, settings: ControllerSettings, now: Instant, identity: str
) -> Change:
    """The later intention wins: what was ordered here after `local.at` stands. Raises Refused, for the record."""
    touch = any(screen.name == local.screen and screen.kind == "touch" for screen in settings.screens)
    if not touch:
        raise Refused("not-permitted", f"{local.screen} is no touch screen of this branch")
    if not settings.knows_scope(local.scope):
        raise Refused("unknown-scope", f"{local.scope[:60]!r} is no part of this branch")
    if local.at < now - OLDEST:
        raise Refused("expired", "the intention is not of today")
    later = [known for known in facts.suspensions if known.scope == local.scope and known.since > local.at]
    if any(known.source in {"manager", "head-office"} for known in later):
        raise Refused("outdone", f"{local.scope} has been suspended later by somebody else")
    if local.scope in facts.lifted and facts.lifted[local.scope] > local.at:
        raise Refused("outdone", f"{local.scope} has been resumed later by somebody else")
    if not local.on:
        return resume(facts, local.scope, Lifter("manager", local.actor), now)
    known_reason = local.reason if local.reason in frozenset(Reason) else Reason.OTHER.value
    suspension = Suspension(
        id=identity,
        scope=local.scope,
        reason=known_reason,
        source="manager",
        since=local.at,
        until=local.until,
        actor=local.actor,
    )
    return suspend(facts, suspension, now)
