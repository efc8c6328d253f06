"""What callbacks raise: in the log once a minute, in the status as one fault, and not for ever."""

from structlog.testing import capture_logs

from kiosk.guarding import (
    FAILING_MOST_S,
    FAILURES_MOST,
    FAULTS,
    SAID_EVERY_S,
    STANDS_S,
    Faults,
    Patience,
    guarded,
)
from signage.link.clock import monotonic

HERE, THERE = "ValueError: no at ticker.py:12", "KeyError: 'x' at fade.py:3"
E = 0.001


def test_each_place_is_said_at_once_and_then_once_a_minute_with_how_often() -> None:
    faults = Faults()
    with capture_logs() as said:
        for number in range(30 * 60):  # thirty times a second for a minute
            faults.met(HERE, 100 + number / 30)
        faults.met(THERE, 130)
        assert [one["error"] for one in said] == [HERE, THERE]
        faults.met(HERE.replace("no", "another value"), 100 + SAID_EVERY_S)
    assert [one.get("times") for one in said] == [None, None, 30 * 60]


def test_one_fault_stands_until_a_minute_has_gone_without_any_and_its_text_does_not_change() -> None:
    faults = Faults()
    assert faults.standing(0) is None
    with capture_logs():
        faults.met(HERE, 100)
        faults.met(THERE, 100 + STANDS_S - E)
    assert faults.standing(100) == HERE
    assert faults.standing(100 + 2 * STANDS_S - 2 * E) == HERE
    assert faults.standing(100 + 2 * STANDS_S) is None
    with capture_logs():
        faults.met(THERE, 1000)
    assert faults.standing(1000) == THERE


def test_places_without_end_are_not_kept_without_end() -> None:
    faults = Faults()
    with capture_logs() as said:
        for number in range(1000):
            faults.met(f"ValueError: no at ticker.py:{number}", 100)
    assert len(said) == 1000
    assert len(faults._places) <= 64


def test_patience_ends_after_so_many_failures_in_a_row_and_so_long() -> None:
    often = Patience()
    times = [100 + number / 30 for number in range(round(FAILING_MOST_S * 30) + 1)]
    assert [often.failed(at) for at in times] == [False] * (len(times) - 1) + [True]
    seldom = Patience()
    assert [seldom.failed(100 + number * 10) for number in range(FAILURES_MOST + 1)] == [False] * FAILURES_MOST + [True]
    mended = Patience()
    for number in range(10 * FAILURES_MOST):
        assert not mended.failed(100 + number * 10)
        if number % FAILURES_MOST == FAILURES_MOST - 1:
            mended.went()


def test_whatever_a_guarded_callback_raises_is_counted() -> None:
    def work(_: float) -> None:
        raise ValueError("what nobody thought of")

    with capture_logs():
        guarded(work)(0.1)
    standing = FAULTS.standing(monotonic())
    assert standing is not None
