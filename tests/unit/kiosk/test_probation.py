"""What failed is tried again: after some minutes, later each time, and never in so many names that memory grows."""

from datetime import timedelta

from kiosk.gallery import samples
from kiosk.media.probation import KEPT, Probation
from signage.core.instants import Instant

NOON = samples.AFTERNOON


def at(seconds: float) -> Instant:
    return Instant.of(NOON + timedelta(seconds=seconds))


def rest(probation: Probation, since: int, most: int = 10_000) -> int:
    """For how many whole seconds it is left alone from `since` on."""
    return next(seconds for seconds in range(most) if not probation.holds("film", at(since + seconds)))


def test_it_rests_twice_as_long_each_time_up_to_a_limit() -> None:
    probation = Probation(first_s=10, longest_s=35)
    now, rests = 0, []
    for _ in range(4):
        probation.failed("film", at(now))
        rests.append(rest(probation, now))
        now += rests[-1] + 5
    assert rests == [10, 20, 35, 35]
    assert not probation.holds("another", at(0))


def test_who_did_well_for_as_long_as_it_rested_begins_anew() -> None:
    probation = Probation(first_s=10)
    probation.failed("film", at(0))
    probation.failed("film", at(19))
    assert rest(probation, 19) == 20
    probation.failed("film", at(39 + 20))
    assert rest(probation, 59) == 10


def test_a_second_failure_during_a_rest_is_the_same_one() -> None:
    probation = Probation(first_s=10)
    probation.failed("film", at(0))
    probation.failed("film", at(4))
    assert rest(probation, 0) == 10
    probation.failed("film", at(12))
    assert rest(probation, 12) == 20


def test_a_clock_that_goes_back_ends_a_rest() -> None:
    probation = Probation(first_s=10)
    probation.failed("film", at(0))
    assert probation.holds("film", at(9.999))
    assert not probation.holds("film", at(10))
    assert not probation.holds("film", at(-1))


def test_what_is_well_again_and_what_is_forgiven_was_never_there() -> None:
    probation = Probation(first_s=10)
    probation.failed("film", at(0))
    assert "film" in probation
    assert probation.forget("film")
    assert not probation.forget("film")
    probation.failed("film", at(1))
    probation.clear()
    assert "film" not in probation
    assert not probation.holds("film", at(1))


def test_it_keeps_so_many_names_and_no_more() -> None:
    probation = Probation()
    for number in range(KEPT + 3):
        probation.failed(str(number), at(number))
    kept = [number for number in range(KEPT + 3) if str(number) in probation]
    assert kept == list(range(3, KEPT + 3))
