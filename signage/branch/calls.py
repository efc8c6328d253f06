"""What the lobby manager is asked to see to: help keys, low ratings, faults."""

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from signage.branch.facts import CALLS_KEPT, Change, Draft, Facts, Refused, without_none
from signage.core.instants import Instant
from signage.core.model import Call

KEPT_FOR: Final = timedelta(hours=12)  # nobody answers yesterday's call
FAULT: Final = "fault"


def _same_matter(one: Call, other: Call) -> bool:
    return (one.kind, one.counter, one.device, one.code) == (other.kind, other.counter, other.device, other.code)


def raise_call(facts: Facts, call: Call) -> Facts:
    """Put a call up, in place of an earlier one about the same matter; the oldest falls out when there are too many."""
    others = tuple(known for known in facts.calls if not _same_matter(known, call))
    return replace(facts, calls=(*others, call)[-CALLS_KEPT:])


def settle(facts: Facts, *, kind: str, device: str | None, counter: str | None, code: str | None = None) -> Facts:
    """The matter is over: a fault mended, a call taken back where it was made."""
    gone = Call(id="", kind=kind, at=Instant.from_ms(0), counter=counter, device=device, code=code)
    return replace(facts, calls=tuple(known for known in facts.calls if not _same_matter(known, gone)))


def acknowledge(facts: Facts, identity: str, actor: str) -> Change:
    """Somebody takes it up. A fault's stays, with their name, until the fault is over. Raises Refused."""
    call = next((known for known in facts.calls if known.id == identity), None)
    if call is None:
        raise Refused("unknown-call", "no such call is open")
    if call.kind == FAULT:
        taken = replace(call, acknowledged_by=actor)
        calls = tuple(taken if known.id == identity else known for known in facts.calls)
    else:
        calls = tuple(known for known in facts.calls if known.id != identity)
    told = Draft(
        "call",
        without_none(
            counter=call.counter, device=call.device or "", on=False, actor=actor, about=call.kind, code=call.code
        ),
    )
    return Change(replace(facts, calls=calls), (told,))


def forget_old(facts: Facts, now: Instant) -> Facts:
    """Calls that nobody took within half a day; a fault's stays as long as the fault."""
    kept = tuple(known for known in facts.calls if known.kind == FAULT or known.at + KEPT_FOR > now)
    return facts if len(kept) == len(facts.calls) else replace(facts, calls=kept)
