"""Which of many has a turn in which hour, how often it had one before, and a whole divided without rest."""

from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.slots import HOUR_MS
from signage.core.wheel import Comb, divide, floor_sum


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
