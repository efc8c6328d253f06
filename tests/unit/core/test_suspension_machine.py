"""Suspensions of several sources at once, against a model that keeps a list and asks every one of them.

EXAMPLES runs (60 unless the environment says otherwise) of up to 40 steps. Run with -s to see seed, runs, steps and rate.
"""

import os
from time import perf_counter
from typing import Final

from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from signage.branch import suspending
from signage.branch.facts import Change, Draft, Facts, Refused
from signage.branch.suspending import Lifter
from signage.core.downtime import SuspensionEvent, accounted
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import Source, Suspension
from signage.core.suspension import held, next_change, overdue
from tests.unit.core.branches import NOON, later
from tests.unit.core.plans import plan

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "60"))
SEED: Final = int(os.environ.get("SEED", "20261125"))
STEPS: Final = 40
AROUND_THE_CLOCK = read_hours(plan("24/7"))
PLACE = ("branch", "counter:2")
SOURCES: Final[tuple[Source, ...]] = ("teller", "rule", "manager", "head-office")  # rising
# Said again, not imported: whose suspensions each may lift.
MAY: Final[dict[Source, set[Source]]] = {
    "teller": {"teller"},
    "rule": {"rule"},
    "manager": {"teller", "rule", "manager"},
    "head-office": set(SOURCES),
}
counted = {"steps": 0}

scopes = st.sampled_from(("branch", "counter:2", "counter:3"))
reasons = st.sampled_from(("power", "fault", "training"))
ends = st.none() | st.integers(1, 30)


class Suspensions(RuleBasedStateMachine):
    """`model`: one tuple for each that stands; `gone`: minutes told at the place, by reason."""

    def __init__(self) -> None:
        super().__init__()
        self.minute = 0
        self.facts = Facts()
        self.number = 0
        self.model: list[tuple[str, Source, str, int | None, int | None, int, str]] = []
        self.events: list[tuple[int, Draft]] = []
        self.gone: dict[str, float] = {}

    @property
    def now(self) -> Instant:
        return later(self.minute * 60)

    def keep(self, change: Change) -> None:
        counted["steps"] += 1
        self.facts = change.facts
        self.events += [(self.minute, draft) for draft in change.events]

    @initialize()
    def start(self) -> None:
        assert held(self.facts.suspensions, PLACE, NOON) is None

    @rule(scope=scopes, source=st.sampled_from(SOURCES), reason=reasons, until=ends, expected=ends)
    def suspend(self, scope: str, source: Source, reason: str, until: int | None, expected: int | None) -> None:
        self.number += 1
        identity = f"{self.number:04}"
        end = None if until is None else self.minute + until
        hope = None if expected is None else self.minute + expected
        one = Suspension(
            id=identity,
            scope=scope,
            reason=reason,
            source=source,
            since=self.now,
            until=None if end is None else later(end * 60),
            expected=None if hope is None else later(hope * 60),
        )
        self.keep(suspending.suspend(self.facts, one, self.now))
        self.model = [known for known in self.model if known[:2] != (scope, source)]
        self.model.append((scope, source, reason, end, hope, self.minute, identity))

    @rule(scope=scopes, source=st.sampled_from(SOURCES))
    def resume(self, scope: str, source: Source) -> None:
        lifted = [known for known in self.model if known[0] == scope and known[1] in MAY[source]]
        try:
            self.keep(suspending.resume(self.facts, scope, Lifter(source), self.now))
        except Refused:
            assert not lifted
        else:
            assert lifted
        self.model = [known for known in self.model if known not in lifted]

    @rule(minutes=st.integers(1, 12))
    def wait(self, minutes: int) -> None:
        for _ in range(minutes):
            top = self.winner()
            if top is not None:
                self.gone[top[2]] = self.gone.get(top[2], 0) + 1
            self.minute += 1
            self.model = [known for known in self.model if known[3] is None or known[3] > self.minute]
        self.keep(suspending.expire(self.facts, self.now))

    def winner(self) -> tuple[str, Source, str, int | None, int | None, int, str] | None:
        """Wider before narrower, higher before lower, longer before shorter, older before newer."""
        there = [known for known in self.model if known[0] in PLACE]
        for wanted in PLACE:
            for source in reversed(SOURCES):
                alike = [known for known in there if known[:2] == (wanted, source)]
                assert len(alike) <= 1
                if alike:
                    return alike[0]
        return None

    @invariant()
    def the_same_one_wins(self) -> None:
        found, wanted = held(self.facts.suspensions, PLACE, self.now), self.winner()
        assert (found and found.suspension.id) == (wanted and wanted[-1])
        if found is None:
            return
        ending = [known[3] for known in self.model if known[0] in PLACE]
        known_ends = [end for end in ending if end is not None]
        assert found.resumes == (later(max(known_ends) * 60) if len(known_ends) == len(ending) else None)

    @invariant()
    def the_next_change_is_the_first(self) -> None:
        edges = [edge for known in self.model for edge in known[3:5] if edge is not None and edge > self.minute]
        assert next_change(self.facts.suspensions, self.now) == (later(min(edges) * 60) if edges else None)

    @invariant()
    def the_overdue_are_called_for(self) -> None:
        late = {known[-1] for known in self.model if known[4] is not None and known[4] <= self.minute}
        assert {one.id for one in overdue(self.facts.suspensions, self.now)} == late

    def teardown(self) -> None:
        """What the events tell adds up to what was counted minute by minute."""
        events = [told(minute, draft) for minute, draft in self.events]
        assert accounted(events, AROUND_THE_CLOCK, NOON, self.now, scopes=PLACE) == dict(sorted(self.gone.items()))


def told(minute: int, draft: Draft) -> SuspensionEvent:
    data = draft.data
    return SuspensionEvent(
        at=later(minute * 60),
        scope=data["scope"],
        on=data["on"],
        reason=data["reason"],
        source=data["source"],
        until=Instant.parse(data["until"]) if "until" in data else None,
        suspension=data["suspension"],
    )


def test_overlapping_suspensions_keep_to_the_model() -> None:
    counted["steps"] = 0
    begun = perf_counter()
    machine = seed(SEED)(Suspensions)
    run_state_machine_as_test(
        machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None)
    )
    took = perf_counter() - begun
    print(
        f"\nseed {SEED}: {EXAMPLES} runs, {counted['steps']} steps, {took:.1f} s, {counted['steps'] / took:.0f} steps a second"
    )
