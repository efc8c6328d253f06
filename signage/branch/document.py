"""From what the controller knows to the document that every screen computes its picture from (contract: BranchState)."""

from collections.abc import Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from signage.branch.amenities import amenities_now
from signage.branch.cases import with_clock
from signage.branch.facts import Facts
from signage.branch.settings import ControllerSettings, CounterSettings
from signage.branch.suspending import at_counter
from signage.core.days import Calendar
from signage.core.hours import Hours
from signage.core.hours_merge import merged
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, BranchState, Case, Counter, HoursPlan, ScreenEntry
from signage.core.programme import SignedContent
from signage.core.suspension import held, holds
from signage.core.timelies import WorkingDays
from signage.wire.messages import BranchStatus


def branch_state(
    facts: Facts, settings: ControllerSettings, now: Instant, content: SignedContent | None = None
) -> BranchState:
    """The whole document at `facts.revision`, with the hours as head office's verified `content` changes them."""
    found = held(facts.suspensions, (BRANCH_SCOPE,), now)
    return BranchState(
        v=1,
        revision=facts.revision,
        at=now,
        branch=settings.branch,
        hours=hours_with(settings, content),
        counters=tuple(_counter(facts, counter, settings.grades, now) for counter in settings.counters),
        suspension=None if found is None else found.suspension,
        suspensions=tuple(known for known in facts.suspensions if holds(known, now)),
        notices=tuple(sorted(facts.notices, key=lambda notice: (-notice.priority, notice.start, notice.id))),
        calls=facts.calls,
        screens=tuple(
            ScreenEntry(name=one.name, kind=one.kind, counter=one.counter, locale=one.locale)
            for one in settings.screens
        ),
        considered=facts.considered,
        self_service=settings.self_service,
        guide=settings.guide,
        amenities=amenities_now(facts, settings),
        cases=_cases(facts, hours_with(settings, content)),
        answers=facts.answers,
        rounds=facts.rounds,
        findings=facts.findings,
        bridges=settings.bridges,
        content=content.version if content is not None else 0,
    )


def _cases(facts: Facts, hours: HoursPlan) -> tuple[Case, ...]:
    if not facts.cases:
        return ()
    days = WorkingDays(Calendar(hours), ZoneInfo(hours.timezone))
    return tuple(with_clock(case, days) for case in facts.cases)


def hours_with(settings: ControllerSettings, content: SignedContent | None) -> HoursPlan:
    """The branch's own hours, with the days and exceptions that head office has signed laid under them."""
    return settings.hours if content is None else merged(settings.hours, content.days, content.exceptions)


def branch_status(facts: Facts, settings: ControllerSettings, hours: Hours, backlog: int, now: Instant) -> BranchStatus:
    """What head office sees of the branch: its hours count here, and a lost pad where the counter would be open."""
    suspended = held(facts.suspensions, (BRANCH_SCOPE,), now) is not None
    services = {counter.hours for counter in settings.counters} or set(settings.hours.rules)
    open_now = any(hours.at(service, now).open for service in services)
    return BranchStatus(
        revision=facts.revision,
        state="suspended" if suspended else "open" if open_now else "closed",
        counters={counter.number: _condition(facts, counter, hours, now) for counter in settings.counters},
        backlog=backlog,
    )


def _counter(facts: Facts, counter: CounterSettings, grades: Mapping[str, int], now: Instant) -> Counter:
    found = at_counter(facts, counter.number, now)
    teller = facts.tellers.get(counter.number)
    return Counter(
        number=counter.number,
        business=counter.business,
        hours=counter.hours,
        state="open" if found is None else "suspended",
        reason=None if found is None else found.suspension.reason,
        until=None if found is None else found.resumes,
        teller=teller,
        level=grades.get(teller) if teller is not None else None,
        pad=facts.pads.get(counter.number, "absent"),
        prompt=facts.prompts.get(counter.number),
        thanks=facts.thanks.get(counter.number),
        serving=facts.transactions.get(counter.number),
    )


def _condition(
    facts: Facts, counter: CounterSettings, hours: Hours, now: Instant
) -> Literal["open", "suspended", "closed", "lost"]:
    if at_counter(facts, counter.number, now) is not None:
        return "suspended"
    if not hours.at(counter.hours, now).open:
        return "closed"
    return "lost" if facts.pads.get(counter.number, "online") != "online" else "open"
