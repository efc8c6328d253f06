"""The formulas beside figures that others have published, and beside sums done another way."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.measures import Tally, is_low, ranking, rate, weighted_mean, wilson_lower

TALLIES = st.builds(lambda *stars: Tally(stars), *([st.integers(0, 400)] * 5))


def test_the_happy_index_has_the_published_values() -> None:
    four_faces = weighted_mean((126, 60, 16, 17), (100, 66.7, 33.3, 0))
    assert four_faces is not None
    assert round(four_faces) == 78
    five = Tally((4, 2, 12, 23, 51)).happy_index
    assert five is not None
    assert round(five) == 81
    assert five == pytest.approx(100 * Fraction(51 * 4 + 23 * 3 + 12 * 2 + 2, 92 * 4))


@pytest.mark.parametrize(
    ("good", "n", "lower"),
    [  # Newcombe 1998, table I (method 3), and Wikipedia's and R's prop.test(correct=FALSE) for the rest
        (81, 263, 0.2553),
        (15, 148, 0.0624),
        (0, 20, 0.0000),
        (1, 29, 0.0061),
        (29, 29, 0.8830),
        (5, 10, 0.2366),
        (90, 100, 0.8256),
    ],
)
def test_the_wilson_bound_has_the_published_values(good: int, n: int, lower: float) -> None:
    assert wilson_lower(good, n) == pytest.approx(lower, abs=0.00005)


@settings(deadline=None)
@given(st.integers(1, 2000), st.data())
def test_the_wilson_bound_is_where_the_score_test_just_does_not_refuse(n: int, data: st.DataObject) -> None:
    """Otherwise defined: the share p whose own standard error puts the observed share 1.96 of them above it."""
    good = data.draw(st.integers(1, n))
    bound = wilson_lower(good, n)
    assert bound is not None
    assert 0 < bound < good / n
    distance = (good / n - bound) / (bound * (1 - bound) / n) ** 0.5
    assert distance == pytest.approx(1.959963984540054, rel=1e-6)


def test_of_nothing_there_is_no_rate() -> None:
    empty = Tally()
    assert (empty.n, empty.satisfaction, empty.happy_index, empty.bound) == (0, None, None, None)
    assert rate(1, 0) is None
    assert rate(1, 4) == 0.25
    assert weighted_mean((), ()) is None


def test_a_tally_says_who_is_satisfied_and_who_is_not() -> None:
    tally = Tally((1, 2, 4, 8, 16))
    assert (tally.n, tally.satisfied, tally.low) == (31, 24, 3)
    assert tally.satisfaction == 24 / 31
    assert [is_low(stars) for stars in range(1, 6)] == [True, True, False, False, False]


@settings(deadline=None)
@given(TALLIES, TALLIES)
def test_tallies_add_star_by_star(one: Tally, other: Tally) -> None:
    assert (one + other).stars == tuple(a + b for a, b in zip(one.stars, other.stars, strict=True))


def test_the_ranking_is_by_the_bound_and_leaves_out_who_has_too_few() -> None:
    many, few = Tally((0, 0, 10, 90, 0)), Tally((0, 0, 2, 0, 28))  # 90 of 100, 28 of 30
    everyone = {
        "few": few,
        "many": many,
        "equal": many,
        "29": Tally((0, 0, 0, 0, 29)),
        "none": Tally(),
        "all": few + few,
    }
    made = ranking(everyone, everyone.__getitem__)
    assert [(one.place, one.who) for one in made.places] == [(1, "all"), (2, "many"), (2, "equal"), (4, "few")]
    assert [(who, tally.n) for who, tally in made.too_few] == [("29", 29), ("none", 0)]
    assert made.places[0].tally == few + few


def test_nobody_satisfied_ranks_by_how_many_say_so() -> None:
    everyone = {"a": Tally((30, 0, 0, 0, 0)), "b": Tally((60, 0, 0, 0, 0)), "some": Tally((29, 0, 0, 0, 1))}
    assert [one.who for one in ranking(everyone, everyone.__getitem__).places] == ["some", "b", "a"]


@settings(deadline=None)
@given(st.lists(TALLIES, max_size=12))
def test_everybody_stands_in_a_ranking_once_and_no_place_is_out_of_order(tallies: list[Tally]) -> None:
    made = ranking(range(len(tallies)), tallies.__getitem__)
    assert sorted([one.who for one in made.places] + [who for who, _ in made.too_few]) == list(range(len(tallies)))
    for place in made.places:
        better = sum((tallies[one.who].bound, one.tally.n) > (place.tally.bound, place.tally.n) for one in made.places)
        assert place.place == better + 1
