"""Where things stand on charts: right proportions, round marks, nothing outside."""

import pytest

from signage.office.report import charts
from signage.office.report.document import Day


def test_bars_are_in_proportion_and_the_longest_fills_the_room() -> None:
    drawn = charts.bars(
        [charts.Entry("a", "", 50, "50"), charts.Entry("b", "", 100, "100"), charts.Entry("c", "", 0, "0")]
    )
    lengths = [bar.length for bar in drawn.bars]
    assert lengths[1] == 2 * lengths[0] > 0
    assert lengths[2] == 0
    assert [bar.y for bar in drawn.bars] == [0, 20, 40]
    assert charts.bars([charts.Entry("a", "", 0.5, "")], full=1.0).bars[0].length == lengths[0]
    assert charts.bars([]).bars == ()


def test_what_is_not_nothing_can_be_seen() -> None:
    drawn = charts.bars([charts.Entry("a", "", 1, ""), charts.Entry("b", "", 1e6, "")])
    assert drawn.bars[0].length == 0.6


def test_spans_stay_on_their_axis() -> None:
    entry = charts.SpanEntry("a", "", low=0.5, high=1.2, dot=0.9, value="")
    drawn = charts.spans([entry], [(0.8, "80%"), (1.0, "100%")])
    span = drawn.spans[0]
    assert (span.left, span.right) == (drawn.ticks[0].at, drawn.ticks[1].at)
    assert span.dot == pytest.approx((span.left + span.right) / 2)


@pytest.mark.parametrize(
    ("lowest", "first", "last", "count"),
    [
        (0.97, "97%", "100%", 4),
        (0.995, "98%", "100%", 3),
        (1.0, "98%", "100%", 3),
        (0.5, "50%", "100%", 6),
        (0.0, "0%", "100%", 6),
    ],
)
def test_an_axis_of_shares_has_round_marks_from_below_the_lowest(
    lowest: float, first: str, last: str, count: int
) -> None:
    axis = charts.percent_axis(lowest)
    assert (axis[0][1], axis[-1], len(axis)) == (first, (1.0, last), count)
    assert axis[0][0] <= lowest


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (1, 1), (3, 3), (7, 8), (13, 15), (16, 20), (101, 150), (999, 1000), (1001, 1500)]
)
def test_the_top_of_an_axis_reads_well(most: int, top: int) -> None:
    assert charts.round_up(most) == top


def test_days_are_broken_where_nobody_rated() -> None:
    days = [
        Day("2026-10-30", (0, 0, 0, 1, 1)),
        Day("2026-10-31", (0, 0, 0, 0, 3)),  # a Saturday
        Day("2026-11-01", (0, 0, 0, 0, 0)),
        Day("2026-11-02", (1, 0, 0, 0, 1)),
    ]
    drawn = charts.daily(days)
    assert len(drawn.dots) == 3
    assert len(drawn.lines) == 1  # a single day is a dot and no line
    assert [bar.weekend for bar in drawn.bars] == [False, True, True, False]
    assert [bar.text for bar in drawn.bars] == ["30", "31", "1", "2"]
    assert drawn.bars[1].height == drawn.bar_bottom - drawn.bar_top
    assert drawn.bars[2].height == 0
    assert drawn.dots[0][1] == drawn.dots[1][1] == drawn.line_top
    assert drawn.dots[2][1] == drawn.line_bottom
    assert charts.daily([]).dots == ()


@pytest.mark.parametrize(
    ("values", "edges", "counts"),
    [
        ([100.0], ["95–100"], [1]),
        ([94.9, 95.0, 99.9, 100.0], ["90–95", "95–100"], [1, 3]),
        ([80.0, 91.0], ["80–85", "85–90", "90–95"], [1, 0, 1]),
        ([0.0, 100.0], [f"{low}–{low + 10}" for low in range(0, 100, 10)], [1, *[0] * 8, 1]),
        ([], ["95–100"], [0]),
    ],
)
def test_a_histogram_takes_every_value_once(values: list[float], edges: list[str], counts: list[int]) -> None:
    drawn = charts.histogram(values)
    assert [column.text for column in drawn.columns] == edges
    assert [column.count for column in drawn.columns] == counts
