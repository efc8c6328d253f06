"""Clusters of low ratings: each edge of the rule, and the same by trying every choice of ratings."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.low_ratings import FROM, WITHIN_MS, Cluster, Counted, cluster_with

MINUTE = 60_000


def found(*ratings: tuple[float, int]) -> Cluster | None:
    """The last of these is the new one."""
    every = [Counted(round(minute * MINUTE), stars) for minute, stars in ratings]
    return cluster_with(every[-1], every[:-1])


@pytest.mark.parametrize(
    ("ratings", "cluster"),
    [
        ([(0, 1), (1, 2), (2, 5), (3, 5)], Cluster(0, 3 * MINUTE, 4, 2)),
        ([(0, 1), (1, 3), (2, 5), (3, 5)], None),
        ([(0, 1), (1, 2), (2, 1)], None),
        ([(0, 1), (1, 2), (2, 5), (15, 5)], Cluster(0, 15 * MINUTE, 4, 2)),
        ([(0, 1), (1, 2), (2, 5), (15.001, 5)], None),
        ([(3, 1), (2, 2), (1, 5), (0, 5)], Cluster(0, 3 * MINUTE, 4, 2)),
        ([(0, 5), (0, 5), (0, 5), (1, 1), (2, 2), (3, 1), (4, 1)], Cluster(0, 4 * MINUTE, 7, 4)),
        ([(0, 5), (0, 5), (0, 5), (0, 5), (0, 5), (1, 1), (2, 1), (3, 1), (4, 1)], Cluster(0, 4 * MINUTE, 8, 4)),
        ([(0, 1), (1, 1), (2, 1), (3, 1), (20, 5)], None),
        ([(0, 1), (1, 1), (2, 1), (3, 1), (14, 5), (15, 5)], Cluster(0, 15 * MINUTE, 6, 4)),
        ([(0, 1), (0, 1), (0, 1), (0, 1)], Cluster(0, 0, 4, 4)),
        ([(0, 5), (1, 1), (15.5, 5), (2, 1), (3, 1)], Cluster(0, 3 * MINUTE, 4, 3)),  # the first of equally bad ones
    ],
)
def test_four_within_a_quarter_of_an_hour_half_of_them_low(
    ratings: list[tuple[float, int]], cluster: Cluster | None
) -> None:
    assert found(*ratings) == cluster


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 25), st.integers(1, 5)), min_size=1, max_size=9))
def test_there_is_one_where_any_choice_of_neighbours_is_one(drawn: list[tuple[int, int]]) -> None:
    """All that lies between two times at most a quarter of an hour apart, the new one among it."""
    every = [Counted(minute * MINUTE, stars) for minute, stars in drawn]
    new = every[-1]
    times = sorted({one.at_ms for one in every})
    windows = [(a, b) for a, b in [*combinations(times, 2), *((t, t) for t in times)] if b - a <= WITHIN_MS]
    held = [[one for one in every if a <= one.at_ms <= b] for a, b in windows if a <= new.at_ms <= b]
    bad = [some for some in held if len(some) >= FROM and 2 * sum(one.stars <= 2 for one in some) >= len(some)]
    cluster = cluster_with(new, every[:-1])
    if bad:
        assert cluster is not None
        assert cluster.low >= max(sum(one.stars <= 2 for one in some) for some in bad)
    if cluster is not None:
        assert cluster.n >= FROM
        assert 2 * cluster.low >= cluster.n
        assert cluster.last_ms - cluster.first_ms <= WITHIN_MS
        assert cluster.holds(new)


def test_one_is_worse_by_its_low_ratings_and_then_by_its_length() -> None:
    one = Cluster(0, 10, 6, 3)
    assert one.worse_than(Cluster(0, 10, 9, 2))
    assert one.worse_than(Cluster(0, 10, 5, 3))
    assert not one.worse_than(one)


def test_clusters_meet_where_they_share_a_moment() -> None:
    one = Cluster(0, 10, 4, 4)
    assert one.meets(Cluster(10, 20, 4, 4))
    assert Cluster(10, 20, 4, 4).meets(one)
    assert not one.meets(Cluster(11, 20, 4, 4))
    assert not Cluster(11, 20, 4, 4).meets(one)
