import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core import lockout
from signage.core.lockout import Locked, Lockout
from tests.unit.branch.ground import NINE, after


def failed(times: int) -> Lockout:
    state, clock = Lockout(), 0.0
    for _ in range(times):
        clock += lockout.remaining_s(state, after(clock)) + 1
        state = lockout.attempt(state, after(clock))
    return state


def test_five_tries_then_a_delay_that_doubles_up_to_an_hour() -> None:
    waits = [lockout.wait_s(failures) for failures in range(14)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert lockout.wait_s(10_000) == 3600


def test_tries_left_are_told_and_then_seconds_to_wait() -> None:
    tried = [failed(times) for times in range(1, 5)]
    assert [one.tries_left for one in tried] == [4, 3, 2, 1]
    assert all(lockout.remaining_s(one, NINE) == 0 for one in tried)
    assert lockout.attempt(Lockout(), NINE).until is None
    fifth = lockout.attempt(Lockout(failures=4), NINE)
    assert (fifth.tries_left, lockout.remaining_s(fifth, NINE)) == (0, 30)


@given(st.integers(5, 30), st.integers(-100_000, 100_000))
def test_whatever_the_clock_does_nobody_waits_longer_than_the_failures_deserve(failures: int, jump_s: int) -> None:
    state = Lockout(failures=failures, until=after(lockout.wait_s(failures)))
    left = lockout.remaining_s(state, after(jump_s))
    assert 0 <= left <= lockout.wait_s(failures)


def test_while_locked_a_try_is_refused_and_not_counted() -> None:
    state = lockout.attempt(Lockout(failures=4), NINE)
    with pytest.raises(Locked) as locked:
        lockout.attempt(state, after(29))
    assert (locked.value.wait_s, str(locked.value)) == (1, "too many wrong PINs: wait 1 s")
    assert lockout.attempt(state, after(30)).failures == 6
