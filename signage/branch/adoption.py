"""A controller with nothing of its own takes over what the branch still shows (contract: BranchState)."""

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from signage.branch.facts import Facts
from signage.branch.settings import ControllerSettings
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.suspension import holds, known_suspensions

WAIT_FOR_RETAINED_S: Final = 1.0  # a broker on the branch's own network delivers what it retains in milliseconds
AHEAD: Final = timedelta(days=366)  # beyond this a revision is nobody's clock but a mistake


def plausible(revision: int, now: Instant) -> bool:
    """Whether a revision that somebody offers may be believed."""
    return 0 <= revision <= Instant.of(now + AHEAD).ms


def adopt(facts: Facts, state: BranchState, settings: ControllerSettings, now: Instant) -> Facts:
    """Nothing that a customer was told is taken back by a lost disk: what is shown and who is to be called live on."""
    suspensions = tuple(
        known
        for known in known_suspensions(state)
        if holds(known, now)
        and settings.knows_scope(known.scope)
        and all(known.id != own.id for own in facts.suspensions)
    )
    notices = tuple(
        known for known in state.notices if known.until > now and all(known.id != own.id for own in facts.notices)
    )
    calls = tuple(known for known in state.calls if all(known.id != own.id for own in facts.calls))
    cases = tuple(known for known in state.cases if all(known.id != own.id for own in facts.cases))
    answers = tuple(known for known in state.answers if all(known.id != own.id for own in facts.answers))
    rounds = tuple(known for known in state.rounds if all(known.checklist != own.checklist for own in facts.rounds))
    findings = tuple(known for known in state.findings if all(known.id != own.id for own in facts.findings))
    tellers = {counter.number: counter.teller for counter in state.counters if counter.teller is not None}
    return replace(
        facts,
        revision=max(facts.revision, state.revision),
        suspensions=suspensions + facts.suspensions,
        notices=notices + facts.notices,
        calls=calls + facts.calls,
        cases=cases + facts.cases,
        answers=facts.answers + answers,
        rounds=rounds + facts.rounds,
        findings=findings + facts.findings,
        tellers={**tellers, **facts.tellers},
    )
