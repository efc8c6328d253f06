"""A port that never stops: how fast it is read, and when its nonsense is a fault."""

import pytest

from firmware_bridge.garbage import MUCH_BYTES, Garbage
from firmware_bridge.pace import BURST_S, BYTES_PER_S, Pace
from tests.unit.firmware_bridge.pads import START, after


def is_on(garbage: Garbage) -> bool:
    return garbage.on


def test_much_that_nobody_understands_is_garbage_until_it_is_quiet() -> None:
    garbage = Garbage(START)
    for second in range(10):
        garbage.took(MUCH_BYTES // 10 + 1, after(second))
    assert not garbage.tick(after(9.9), None)
    assert garbage.tick(after(10), None)
    assert is_on(garbage)
    assert garbage.deadline() == after(20)
    assert garbage.tick(after(20), None)
    assert not is_on(garbage)
    assert garbage.deadline() is None
    assert not garbage.tick(after(99), None)


@pytest.mark.parametrize(
    ("count", "understood_at", "on"),
    [(MUCH_BYTES - 1, None, False), (MUCH_BYTES, 29.0, True), (MUCH_BYTES, 30.0, False), (MUCH_BYTES, 31.0, False)],
)
def test_a_little_or_a_frame_among_it_is_none(count: int, understood_at: float | None, on: bool) -> None:
    garbage = Garbage(START)
    assert garbage.tick(after(10), None)
    garbage.took(count, after(30))
    assert garbage.tick(after(40), None if understood_at is None else after(understood_at))
    assert garbage.on is on


def test_a_burst_is_read_at_once_and_a_flood_at_the_pace() -> None:
    pace = Pace(100.0)
    burst = int(BURST_S * BYTES_PER_S)
    assert pace.wait(burst, 100.0) == 0.0
    assert pace.wait(BYTES_PER_S, 100.0) == pytest.approx(1.0)
    now, read = 200.0, 0
    while now < 210.0:
        read += 4097
        now += 0.001 + pace.wait(4097, now)
    assert read <= 10 * BYTES_PER_S + burst + 2 * 4097
    assert pace.wait(burst, 300.0) == 0.0  # quiet in between
