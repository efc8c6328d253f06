"""Handwriting as data: thinned out, never above its limit, and readable again."""

import json
from itertools import pairwise
from math import hypot
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.gallery.opinions import full, handwriting
from kiosk.view.ink import LIMIT_BYTES, NEAR_FULL, TOLERANCE, WIDTH, Ink, Point, read, thinned, written
from signage.wire.chain import canonical

POINTS = st.tuples(st.integers(0, 1000), st.integers(0, 1500))
LINES = st.lists(POINTS, min_size=1, max_size=60).map(tuple)


def away(point: Point, line: tuple[Point, ...]) -> float:
    """How far a point is from a path, by trying two hundred places on it: slow, and nothing like the code."""
    x, y = point
    if len(line) == 1:
        return hypot(x - line[0][0], y - line[0][1])
    return min(
        hypot(x - (ax + (bx - ax) * k / 200), y - (ay + (by - ay) * k / 200))
        for (ax, ay), (bx, by) in pairwise(line)
        for k in range(201)
    )


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_thinning_keeps_the_ends_and_what_the_eye_sees(line: tuple[Point, ...]) -> None:
    thin = thinned(line)
    assert thin[0] == line[0]
    assert thin[-1] == line[-1]
    assert len(thin) <= len(line)
    assert max(away(point, thin) for point in line) <= TOLERANCE + 2  # a place beside the nearest one


def test_a_straight_line_is_two_points_and_a_dot_is_one() -> None:
    assert thinned(tuple((x, 2 * x) for x in range(0, 300, 3))) == ((0, 0), (297, 594))
    assert thinned(((5, 5),)) == ((5, 5),)
    assert thinned(((0, 0), (50, 100), (100, 0))) == ((0, 0), (50, 100), (100, 0))
    assert thinned(((0, 0), (100, 0), (0, 0))) == ((0, 0), (100, 0), (0, 0))


@settings(max_examples=60)
@given(st.lists(LINES, max_size=8))
def test_what_is_written_is_read_again_as_it_was(lines: list[tuple[Point, ...]]) -> None:
    ink = Ink()
    for line in lines:
        ink = written(ink, line, 900)
    assert read(json.loads(json.dumps(ink.strokes()))) == ink
    assert ink.height == (max(900, *(y for line in ink.lines for _, y in line)) if lines else 0)


def test_points_are_differences_in_whole_units() -> None:
    ink = written(Ink(), ((10, 20), (200, 15), (190, 300)), 640)
    assert ink.strokes() == {"width": WIDTH, "height": 640, "lines": [[10, 20, 190, -5, -10, 285]]}
    assert [bool(ink), bool(Ink())] == [True, False]
    assert ink.undone() == Ink(height=640)
    assert Ink().undone() == Ink()


@pytest.mark.parametrize(("length", "jump"), [(2, 999), (9, 1), (60, 437), (400, 761)])
def test_no_one_can_write_more_than_the_limit(length: int, jump: int) -> None:
    """Whatever is written, line after line, until there is no more room."""
    ink, line = full(), tuple((k * jump % 1000, k * 7919 % 1400) for k in range(length))
    for _ in range(25):
        ink = ink.undone()
    assert not ink.near_full
    for _ in range(4000):
        after = written(ink, line, 1500)
        if after == ink:
            break
        ink = after
    assert ink.full
    assert LIMIT_BYTES * 0.9 < ink.size <= LIMIT_BYTES
    assert ink.size == len(canonical(ink.strokes()))
    assert written(ink, ((0, 0),), 10) == ink


def test_nearly_full_is_said_before_it_is() -> None:
    ink = full()
    lines = len(ink.lines)
    while ink.near_full:
        ink = ink.undone()
    assert len(ink.lines) < lines
    assert LIMIT_BYTES * (NEAR_FULL - 0.05) < ink.size <= LIMIT_BYTES * NEAR_FULL
    assert not ink.full
    assert handwriting().size < 500, "a few characters are small"


def test_an_empty_line_is_none() -> None:
    assert written(Ink(), (), 100) == Ink()


@pytest.mark.parametrize(
    ("strokes", "lines"),
    [
        (None, 0),
        ({}, 0),
        ({"lines": "x"}, 0),
        ({"lines": [[1, 2], [1], [1.5, 2], [True, 1], "x", [1, 2, 3], []]}, 1),
        ({"lines": [[1, 2]], "height": "high"}, 1),
    ],
)
def test_what_cannot_be_read_is_left_out(strokes: Any, lines: int) -> None:
    assert len(read(strokes).lines) == lines


def test_nothing_is_shown_beside_the_canvas() -> None:
    far = read({"height": 10**9, "lines": [[-5, 20, 10**12, -30, -(10**12), 10**15]]})
    assert far.lines == (((0, 20), (WIDTH, 0), (0, 10 * WIDTH)),)
    assert far.height == 10 * WIDTH
    assert read({"height": 300, "lines": [[1, 400]]}).height == 400
