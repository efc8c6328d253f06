"""Hours against a definition written otherwise (`hours_oracle`), on random worlds and instants, edges drawn on purpose.

CASES instants (20,000 unless the environment says otherwise) from SEED. Run with -s to see the seed, count and rate.
"""

import os
from dataclasses import dataclass
from random import Random
from time import perf_counter

import pytest

from signage.core.hours import Hours, read_hours
from tests.unit.core.hours_oracle import DAYS, SERVICES, World, draw_world, instant

CASES = int(os.environ.get("CASES", "20000"))
SEED = int(os.environ.get("SEED", "20261125"))
PER_WALK = 100  # instants drawn for each service of a world
MINUTE_MS = 60_000
WALK_MINUTES = DAYS * 1440


@dataclass
class Tally:
    instants: int = 0
    edges: int = 0  # within 1 ms of a change
    untils: int = 0  # whose next change lies within the walk


def drawn(random: Random, edges: list[int]) -> int:
    """Milliseconds since the walk's beginning: half of them on a change or 1 ms beside it."""
    if edges and random.random() < 0.5:
        ms = random.choice(edges) * MINUTE_MS + random.choice((-1, 0, 1))
    else:
        ms = random.randrange(WALK_MINUTES * MINUTE_MS)
    return min(max(ms, 0), WALK_MINUTES * MINUTE_MS - 1)


def check(world: World, hours: Hours, service: str, random: Random, tally: Tally) -> None:
    """One service of a world: PER_WALK instants against the walk."""
    walk = world.walk(service)
    edges = [minute for minute in range(1, WALK_MINUTES) if walk[minute] != walk[minute - 1]]
    for _ in range(PER_WALK):
        ms = drawn(random, edges)
        now, minute = instant(world, ms), ms // MINUTE_MS
        state = hours.at(service, now)
        change = next((edge for edge in edges if edge > minute), None)
        said = f"{service} at {now} in {world}"
        assert state.open == walk[minute], said
        assert state.next_open == (None if state.open else state.until), said
        if change is None:
            assert state.until is None or state.until >= instant(world, WALK_MINUTES * MINUTE_MS), said
        else:
            assert state.until == instant(world, change * MINUTE_MS), said
        tally.untils += change is not None
        tally.edges += any(abs(edge * MINUTE_MS - ms) <= 1 for edge in edges)
        tally.instants += 1


@pytest.mark.untraced
def test_the_walk_and_the_code_agree() -> None:
    random, tally, begun = Random(SEED), Tally(), perf_counter()
    worlds = 0
    while tally.instants < CASES:
        world = draw_world(random)
        hours = read_hours(world.plan())
        for service in SERVICES:
            check(world, hours, service, random, tally)
        worlds += 1
    took = perf_counter() - begun
    print(
        f"\nseed {SEED}: {tally.instants} instants in {worlds} worlds, {tally.edges} within 1 ms of a change, ", end=""
    )
    print(f"{tally.untils} with the next change in sight; {took:.1f} s, {tally.instants / took:.0f} a second")
    assert tally.edges > tally.instants / 4, "the draw has lost its edges"
