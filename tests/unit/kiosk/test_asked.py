"""The time that runs while a rating is asked."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.view.asked import Left, left, next_step
from kiosk.view.counter import counter_view
from kiosk.view.counter_parts import Asking
from kiosk.view.voice import Voice
from signage.core.instants import Instant
from signage.core.items import RatePrompt
from signage.core.model import BranchState, Prompt
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues

NOON = samples.AFTERNOON
VOICE = Voice.of(load_catalogues(), "zh")


def after(seconds: float) -> Instant:
    return Instant.of(NOON + timedelta(seconds=seconds))


def asked(since: float | None, until: float) -> BranchState:
    state = samples.house()
    prompt = Prompt(id="p", until=after(until), since=None if since is None else after(since))
    return replace(state, counters=(replace(state.counters[2], prompt=prompt),))


def shown(state: BranchState, now: Instant = NOON) -> Scene:
    return scene(state, None, None, samples.COUNTER, now)


def seen(state: BranchState, seconds: float) -> Left | None:
    now = after(seconds)
    face = counter_view(shown(state, now), "3", now, VOICE).face
    assert isinstance(face, Asking)
    return face.left


def test_seconds_run_out_one_by_one() -> None:
    state = asked(0, 20)
    assert seen(state, 0) == Left(20, 20)
    assert seen(state, 0.001) == Left(20, 20)
    assert seen(state, 1) == Left(19, 20)
    assert seen(state, 19.5) == Left(1, 20)
    assert Left(5, 20).share == 0.25


def test_a_clock_that_lags_shows_the_whole_and_an_older_controller_nothing() -> None:
    assert seen(asked(3, 20), 0) == Left(17, 17)
    assert seen(asked(None, 20), 0) is None
    item = next(zone.item for zone in shown(asked(0, 20)).zones if zone.name == "main")
    assert isinstance(item, RatePrompt)
    assert left(item, after(20)) is None


def test_the_display_wakes_when_a_second_is_over_and_for_nothing_else() -> None:
    state = asked(0, 20)
    assert next_step(shown(state), NOON) == after(1)
    assert next_step(shown(state), after(0.4)) == after(1)
    assert next_step(shown(state), after(19)) == after(20)
    assert next_step(shown(asked(None, 20)), NOON) is None
    assert next_step(shown(samples.house()), NOON) is None
