"""A scene that was made is taken again for as long as it is true, and not a millisecond longer."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.foresight import KEPT, Foresight, World
from kiosk.gallery import samples
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.scene import Scene, scene

HOUSE = samples.house()
HERE = World(HOUSE, read_hours(HOUSE.hours), samples.WALL, True, samples.AFTERNOON)
NONE: frozenset[str] = frozenset()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Instant]:
    """The instants at which a scene was really made."""
    instants: list[Instant] = []

    def counted(*args: Any) -> Scene:
        instants.append(args[4])
        return scene(*args)

    monkeypatch.setattr("kiosk.foresight.scene", counted)
    return instants


def at(world: World, ms: int) -> World:
    return World(world.state, world.hours, world.entry, world.heard, Instant.from_ms(ms))


def test_until_its_end_it_is_made_once_and_then_it_is_there_already(made: list[Instant]) -> None:
    scenes = Foresight()
    first = scenes.scene(HERE, None, NONE)
    assert first.until is not None
    assert scenes.scene(at(HERE, first.until.ms - 1), None, NONE) is first
    ahead = scenes.scene(HERE, None, NONE, first.until)
    assert ahead is not first
    then = at(HERE, first.until.ms)
    assert scenes.scene(then, None, NONE) is ahead
    assert ahead == then.scene(None, NONE)
    assert made == [HERE.now, first.until, first.until]  # the last by the comparison itself


def test_a_clock_that_is_set_back_makes_it_anew(made: list[Instant]) -> None:
    scenes = Foresight()
    first = scenes.scene(HERE, None, NONE)
    earlier = at(HERE, HERE.now.ms - 1)
    assert scenes.scene(earlier, None, NONE) is not first
    assert made == [HERE.now, earlier.now]


@pytest.mark.parametrize(
    "other",
    [
        World(replace(HOUSE), HERE.hours, HERE.entry, True, HERE.now),
        World(HOUSE, read_hours(HOUSE.hours), HERE.entry, True, HERE.now),
        World(HOUSE, HERE.hours, samples.COUNTER, True, HERE.now),
        World(HOUSE, HERE.hours, HERE.entry, False, HERE.now),
    ],
)
def test_whatever_else_is_told_makes_it_anew(made: list[Instant], other: World) -> None:
    scenes = Foresight()
    scenes.scene(HERE, None, NONE)
    scenes.scene(other, None, NONE)
    assert len(made) == 2


def test_what_is_missing_makes_it_anew(made: list[Instant]) -> None:
    scenes = Foresight()
    scenes.scene(HERE, None, NONE)
    scenes.scene(HERE, None, frozenset({"spring.jpg"}))
    scenes.scene(HERE, None, NONE)
    assert len(made) == 2


def test_only_the_last_few_are_kept(made: list[Instant]) -> None:
    scenes = Foresight()
    for missing in range(KEPT + 1):
        scenes.scene(HERE, None, frozenset({str(missing)}))
    scenes.scene(HERE, None, frozenset({"0"}))
    assert len(made) == KEPT + 2


def test_without_a_state_the_safe_scene_holds_for_ever(made: list[Instant]) -> None:
    scenes = Foresight()
    nobody = World(None, None, HERE.entry, True, HERE.now)
    safe = scenes.scene(nobody, None, NONE)
    later = World(None, None, HERE.entry, True, Instant.of(HERE.now + timedelta(days=400)))
    assert scenes.scene(later, None, NONE) is safe
    assert len(made) == 1
