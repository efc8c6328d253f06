"""What the clock changes, and when it next will: one deadline for all of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from msgspec.structs import replace

from signage.branch import counters, posting, rules, suspending
from signage.branch.calls import FAULT, KEPT_FOR, forget_old
from signage.branch.facts import Change, Draft, Facts, RuleMemory
from signage.branch.pads import fault
from signage.branch.reminding import next_reminder, remind
from signage.branch.rules import Action
from signage.branch.settings import ControllerSettings, RuleSettings
from signage.branch.verdicts import Verdict
from signage.core.instants import Instant
from signage.core.model import Suspension


def pass_time(facts: Facts, settings: ControllerSettings, now: Instant, fresh: Callable[[], str]) -> Change:
    """Everything that is over at `now` is over, and every rule whose delay has run out has acted."""
    change = suspending.expire(facts, now)
    change = change.then(lambda known: posting.expire(known, now))
    change = change.then(lambda known: Change(remind(forget_old(counters.expire(known, now), now), now)))
    for rule in settings.rules:
        change = change.then(_rule_acts(rule, settings, now, fresh))
    return change


def probe_says(facts: Facts, settings: ControllerSettings, probe: str, verdict: Verdict, now: Instant) -> Facts:
    """The rules that watch `probe` know; they act when time is passed next."""
    known = dict(facts.rules)
    for rule in settings.rules:
        if rule.when == probe:
            known[rule.name] = rules.observe(known.get(rule.name, RuleMemory()), verdict=verdict, now=now)
    return facts if known == facts.rules else replace(facts, rules=known)


def forget_rules(facts: Facts, settings: ControllerSettings) -> Change:
    """Rules that are no longer configured lift what they suspended."""
    configured = {rule.name for rule in settings.rules}
    held = {known.rule for known in facts.suspensions if known.source == "rule" and known.rule is not None}
    kept = {name: memory for name, memory in facts.rules.items() if name in configured}
    change = Change(replace(facts, rules=kept))
    for name in sorted(held - configured):
        change = change.then(partial(suspending.lift_rule, rule=name))
    return change


def next_due(facts: Facts, settings: ControllerSettings) -> Instant | None:
    """The earliest instant at which `pass_time` would change something; None: only an event will."""
    ends = [known.until for known in facts.suspensions]
    ends += [notice.until for notice in facts.notices]
    ends += [prompt.until for prompt in facts.prompts.values()]
    ends += [thanks.until for thanks in facts.thanks.values()]
    ends.append(next_reminder(facts))
    ends += [Instant.of(call.at + KEPT_FOR) for call in facts.calls if call.kind != FAULT]
    ends += [rules.due(facts.rules.get(rule.name, RuleMemory()), rule) for rule in settings.rules]
    return min((end for end in ends if end is not None), default=None)


def next_due_s(facts: Facts, settings: ControllerSettings, now: Instant) -> float | None:
    """The same as seconds from `now`, never below 0."""
    at = next_due(facts, settings)
    return None if at is None else max(0.0, (at - now) / timedelta(seconds=1))


def _flapping(
    before: RuleMemory, after: RuleMemory, rule: RuleSettings, settings: ControllerSettings
) -> tuple[Draft, ...]:
    if before.flapping == after.flapping:
        return ()
    text = f"the probe {rule.when} comes and goes" if after.flapping else f"the probe {rule.when} keeps still again"
    return (fault(settings.branch.id, f"flapping-{rule.when}", text, on=after.flapping),)


def _rule_acts(
    rule: RuleSettings, settings: ControllerSettings, now: Instant, fresh: Callable[[], str]
) -> Callable[[Facts], Change]:
    def transition(facts: Facts) -> Change:
        before = facts.rules.get(rule.name, RuleMemory())
        memory, action = rules.act(before, rule, now)
        if memory == before:
            return Change(facts)
        after = Change(
            replace(facts, rules={**facts.rules, rule.name: memory}), _flapping(before, memory, rule, settings)
        )
        match action:
            case Action.SUSPEND:
                suspension = Suspension(
                    id=fresh(), scope=rule.suspend, reason=rule.reason, source="rule", since=now, rule=rule.name
                )
                return after.then(lambda known: suspending.suspend(known, suspension, now))
            case Action.LIFT:
                return after.then(lambda known: suspending.lift_rule(known, rule.name))
            case None:
                return after

    return transition
