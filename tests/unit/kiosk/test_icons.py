"""What is round is reckoned anew whenever it is drawn, and is the same each time."""

import pytest

from kiosk.design.icon_geometry import GRID, arc, bent, disc, ellipse, ring, rounded
from kiosk.design.icon_shapes import ICONS, Icon


def test_a_ring_begins_where_it_ends_and_only_once() -> None:
    around = ellipse(12, 12, 9, 9)[:-1]
    for shape in (ring(12, 12, 9), disc(12, 12, 9)):
        for _ in range(2):
            assert [one for point in shape.points for one in point] == pytest.approx(
                [one for point in around for one in point]
            )


def test_round_corners_turn_clockwise_within_their_box() -> None:
    points = list(rounded(2, 3, 10, 8, 2).points)
    assert points[0] == pytest.approx((12, 9))
    assert all(2 <= x <= 12 and 3 <= y <= 11 for x, y in points)
    assert list(arc(12, 12, 5, 90, 180).points) == list(ellipse(12, 12, 5, 5, 90, 180))


def test_a_bend_leaves_its_lines_where_it_is_told_and_rounds_nothing_else() -> None:
    points = list(bent((0, 0), (10, 0), (10, 10), reach=2).points)
    assert (points[0], points[-1]) == ((0, 0), (10, 10))
    assert (points[1], points[-2]) == ((8, 0), (10, 2))
    assert points[len(points) // 2] == pytest.approx((9.5, 0.5))


def test_bends_of_close_corners_meet_half_way_and_a_closed_line_bends_at_each_corner() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    points = list(bent(*square, reach=9, closed=True).points)
    assert not set(square) & set(points)
    assert {(2.0, 0.0), (4.0, 2.0), (2.0, 4.0), (0.0, 2.0)} <= set(points)


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_lies_in_its_grid(icon: Icon) -> None:
    points = [point for shape in ICONS[icon] for point in shape.points]
    assert points
    assert all(0 <= one <= GRID for point in points for one in point)
