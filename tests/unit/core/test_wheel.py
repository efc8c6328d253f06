"""Which of many has a turn in which hour, how often it had one before, and a whole divided without rest."""

from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.slots import HOUR_MS
from signage.core.wheel import Comb, divide, floor_sum

DAY = 24


def ups(comb: Comb, hours: int = DAY, within: int = 0) -> list[list[int]]:
    return [comb.parts(hour * HOUR_MS + within) for hour in range(hours)]


def test_in_a_day_each_part_is_up_as_often_as_it_is_wide_and_in_no_hour_are_there_more_than_are_due() -> None:
    """Widths of a quarter, a half and three quarters: one and a half are due in an hour."""
    found = ups(Comb([25, 50, 75], 100))
    assert found[:5] == [[2], [1, 2], [2], [0, 2], [1]]
    assert {len(up) for up in found} == {1, 2}
    assert sum(map(len, found)) == DAY * 3 // 2
    for part, due in enumerate([6, 12, 18]):
        assert abs(sum(part in up for up in found) - due) <= 1


def test_a_part_as_wide_as_the_unit_is_up_in_every_hour() -> None:
    assert ups(Comb([100], 100), 5) == [[0]] * 5
    assert ups(Comb([99], 100), 200).count([0]) == 198
    assert ups(Comb([1], 100), 200).count([0]) == 2


def test_a_stretch_that_begins_within_an_hour_has_teeth_of_its_own() -> None:
    comb = Comb([25, 50, 75], 100)
    assert [comb.parts(ms) for ms in (0, HOUR_MS // 4, HOUR_MS // 2, HOUR_MS - 1)] == [[2], [1], [1, 2], [0, 2]]
    assert comb.parts(7 * HOUR_MS + HOUR_MS // 4) == ups(comb, 8, HOUR_MS // 4)[7]


def test_how_often_a_part_was_up_before() -> None:
    comb = Comb([25, 50, 75], 100)
    for within in (0, HOUR_MS // 3):
        found = ups(comb, 50, within)
        for part in range(3):
            told = [comb.before(part, hour * HOUR_MS + within) for hour in range(50)]
            assert told == [sum(part in up for up in found[:hour]) for hour in range(50)]


def test_how_often_is_exact_for_thousands_of_parts_half_a_century_on() -> None:
    comb = Comb([10**12 // (7_919 + part) for part in range(3_000)], 10**9)
    hour = 495_000
    for now in range(hour, hour + 5):
        up = comb.parts(now * HOUR_MS)
        assert 280 < len(up) < 330
        for part in (0, 1, 2_999, *up[:3]):
            before, after = (comb.before(part, at * HOUR_MS) for at in (now, now + 1))
            assert isinstance(before, int)
            assert after - before == (part in up)


def test_where_one_is_wanted_each_is_nearest_as_often_as_it_is_wide() -> None:
    comb = Comb([10, 20, 30], 1_000)
    found = [comb.nearest(hour * HOUR_MS) for hour in range(600)]
    assert [abs(found.count(part) - 100 * (part + 1)) < 3 for part in range(3)] == [True] * 3
    assert found[:5] == [0, 2, 1, 2, 1]
    assert [comb.nearest(HOUR_MS + within) for within in (0, HOUR_MS // 4, HOUR_MS // 2)] == [2, 2, 0]


def test_sums_and_divisions_by_hand() -> None:
    assert [floor_sum(count, 7, 3, 2) for count in range(9)] == [0, 0, 0, 1, 2, 4, 6, 8, 11]
    assert floor_sum(5, 3, 10, 100) == sum((10 * i + 100) // 3 for i in range(5))
    assert floor_sum(1, 1, 0, 0) == 0
    assert floor_sum(4, 2, 0, 5) == 8
    assert divide(10, [1, 1, 1]) == [3, 3, 4]
    assert divide(10, [1, 0, 4]) == [2, 0, 8]
    assert divide(0, [2, 3]) == [0, 0]


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(41, 300), st.integers(0, 3_599_999))
def test_a_comb_is_on_each_part_as_often_as_it_is_wide(widths: list[int], unit: int, within: int) -> None:
    comb, hours = Comb(widths, unit), 60
    ups = [comb.parts(hour * HOUR_MS + within) for hour in range(hours)]
    assert all(len(set(up)) == len(up) and up == sorted(up) for up in ups)
    assert {len(up) for up in ups} <= {sum(widths) // unit, sum(widths) // unit + 1}
    for part, width in enumerate(widths):
        times = [part in up for up in ups]
        assert abs(sum(times) - hours * width / unit) < 4
        assert [comb.before(part, hour * HOUR_MS + within) for hour in range(hours)] == [
            sum(times[:hour]) for hour in range(hours)
        ]
    assert {comb.nearest(hour * HOUR_MS) for hour in range(400)} == set(range(len(widths)))


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(1, 50), st.integers(0, 120), st.integers(0, 120))
def test_floor_sums(count: int, modulus: int, factor: int, offset: int) -> None:
    assert floor_sum(count, modulus, factor, offset) == sum((factor * i + offset) // modulus for i in range(count))


@settings(deadline=None)
@given(st.integers(0, 10**7), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_a_division_leaves_nothing_over(total: int, weights: list[int]) -> None:
    parts = divide(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))
