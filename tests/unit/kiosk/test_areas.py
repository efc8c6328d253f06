"""Rectangles of whole pixels: against sets of pixels, which is what they stand for."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.glass.areas import NOTHING, Area, joined, passes

SIDE = st.integers(-4, 14)
AREAS = st.builds(lambda x, y, w, h: Area(x, y, x + w, y + h), SIDE, SIDE, st.integers(0, 9), st.integers(0, 9))
WIDTH, HEIGHT = 12, 9


def pixels(area: Area) -> set[tuple[int, int]]:
    return {(x, y) for x in range(area.left, area.right) for y in range(area.bottom, area.top)}


@given(AREAS)
def test_its_size_is_its_pixels(area: Area) -> None:
    assert area.size == len(pixels(area))


@given(AREAS, AREAS)
def test_meeting_holding_and_joining(one: Area, other: Area) -> None:
    mine, others = pixels(one), pixels(other)
    if mine and others:
        assert one.meets(other) == bool(mine & others)
        assert one.holds(other) == (mine >= others)
    both = pixels(one.joined(other))
    assert both >= mine | others
    for x, _ in both:
        assert any(x == px for px, _ in mine | others) or min(px for px, _ in mine | others) <= x


@given(AREAS)
def test_what_is_nothing_adds_nothing(area: Area) -> None:
    assert joined((NOTHING, area, NOTHING)).size == area.size


@given(AREAS)
def test_on_a_glass_are_the_pixels_that_lie_on_it(area: Area) -> None:
    glass = {(x, y) for x in range(WIDTH) for y in range(HEIGHT)}
    assert pixels(area.within(WIDTH, HEIGHT)) == pixels(area) & glass


def turned(x: int, y: int, rotation: int) -> tuple[int, int]:
    """A window's pixel on a glass that is WIDTH x HEIGHT, one quarter after the other."""
    width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
    for _ in range(rotation // 90):
        x, y = height - 1 - y, x
        width, height = height, width
    return x, y


@given(AREAS, st.sampled_from([0, 90, 180, 270]))
def test_a_turned_area_is_its_turned_pixels_and_turns_back(area: Area, rotation: int) -> None:
    there = area.turned(rotation, WIDTH, HEIGHT)
    assert pixels(there) == {turned(x, y, rotation) for x, y in pixels(area)}
    sides = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
    assert there.turned((360 - rotation) % 360, *sides) == area


@given(st.lists(AREAS, max_size=8), st.integers(0, 40), st.integers(1, 8))
def test_the_passes_hold_every_area_and_never_overlap(areas: list[Area], costs: int, most: int) -> None:
    out = passes(areas, costs, most)
    assert len(out) <= most
    assert all(area.size for area in out)
    for area in areas:
        assert not area.size or any(one.holds(area) for one in out)
    assert not any(one.meets(other) for one, other in combinations(out, 2))
    assert len(out) <= len([area for area in areas if area.size])


def test_neighbours_are_drawn_in_one_pass_and_far_ones_in_two() -> None:
    near = [Area(0, 0, 100, 10), Area(0, 12, 100, 20)]
    assert passes(near, 300) == [Area(0, 0, 100, 20)]
    assert passes(near, 199) == near
    assert passes(near, 200) == [Area(0, 0, 100, 20)]
    assert passes([Area(0, 0, 10, 10), Area(500, 500, 510, 510)]) == [Area(0, 0, 10, 10), Area(500, 500, 510, 510)]


def test_every_pixel_that_is_touched_belongs_to_it() -> None:
    assert Area.around(1.5, 2.0, 3.0, 2.5) == Area(1, 2, 5, 5)
    assert Area.around(-0.5, 0, 1, 1) == Area(-1, 0, 1, 1)
    assert (Area(1, 2, 5, 9).width, Area(1, 2, 5, 9).height) == (4, 7)
