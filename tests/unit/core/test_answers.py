"""How soon somebody came who was called."""

import pytest

from signage.branch.calls import KEPT_FOR
from signage.core.answers import FORGOTTEN_AFTER, CallEvent, answers
from signage.core.instants import Instant

NINE = Instant.parse("2026-11-24T01:00:00Z")


def at(minute: float) -> Instant:
    return Instant.from_ms(NINE.ms + round(minute * 60_000))


def call(minute: float, device: str = "touch", counter: str | None = None) -> CallEvent:
    return CallEvent(at(minute), device, counter, on=True)


def taken(minute: float, actor: str | None = "0007", device: str = "touch", counter: str | None = None) -> CallEvent:
    return CallEvent(at(minute), device, counter, on=False, actor=actor)


def seconds(*events: CallEvent) -> list[tuple[str, float]]:
    return [(one.actor, one.seconds) for one in answers(events)]


def test_an_answer_is_the_time_from_call_to_taking() -> None:
    assert seconds(taken(1.5), call(0)) == [("0007", 90.0)]
    assert seconds(call(0), taken(0)) == [("0007", 0.0)]


def test_who_presses_again_has_waited_since_the_first_time() -> None:
    assert seconds(call(0), call(2), taken(3)) == [("0007", 180.0)]
    assert seconds(call(0), taken(1), call(2), taken(2.5)) == [("0007", 60.0), ("0007", 30.0)]


def test_each_place_has_its_own_call() -> None:
    found = seconds(call(0), call(1, counter="3"), call(2, "pad"), taken(3, "a", counter="3"), taken(4, "b", "pad"))
    assert found == [("a", 120.0), ("b", 120.0)]


def test_what_was_taken_back_or_never_called_is_no_answer() -> None:
    assert seconds(call(0), taken(1, None), taken(2)) == []
    assert seconds(taken(1), taken(2, None)) == []


@pytest.mark.parametrize(("minutes_before", "found"), [(0.001, 1), (0, 0)])
def test_a_call_is_forgotten_after_half_a_day(minutes_before: float, found: int) -> None:
    end = FORGOTTEN_AFTER.total_seconds() / 60 - minutes_before
    assert len(seconds(call(0), taken(end))) == found


def test_a_call_after_a_forgotten_one_is_a_new_one() -> None:
    end = FORGOTTEN_AFTER.total_seconds() / 60
    assert seconds(call(0), call(end), taken(end + 1)) == [("0007", 60.0)]
    assert seconds(call(0), call(end - 1), taken(end + 1)) == []


def test_head_office_forgets_a_call_when_its_branch_does() -> None:
    assert FORGOTTEN_AFTER == KEPT_FOR
