import pytest

from signage.core.score import Figure, Part, Rules, score

SATISFACTION = Part("satisfaction", {"zh": "满意率"}, 30, worst=0.80, best=0.98)
COMPLAINTS = Part("complaints-per-10k", {"zh": "投诉"}, 10, worst=3.0, best=0.0, percent=False)
OUTSIDE = Part("off-counter-share", {"zh": "离柜率"}, 10, worst=0.5, best=1.0)
RULES = Rules("1", (SATISFACTION, COMPLAINTS, OUTSIDE), talk_above=3.0)


@pytest.mark.parametrize(
    ("value", "points"),
    [(0.0, 0.0), (0.80, 0.0), (0.89, 15.0), (0.98, 30.0), (1.0, 30.0)],
)
def test_points_lie_between_worst_and_best(value: float, points: float) -> None:
    assert score(RULES, {"satisfaction": value}).parts[0].points == pytest.approx(points)


@pytest.mark.parametrize(("value", "points"), [(0.0, 10.0), (1.5, 5.0), (3.0, 0.0), (9.0, 0.0)])
def test_less_may_be_better(value: float, points: float) -> None:
    assert score(RULES, {"complaints-per-10k": value}).parts[1].points == pytest.approx(points)


def test_what_is_not_known_counts_neither_way() -> None:
    found = score(RULES, {"satisfaction": 0.98, "complaints-per-10k": 3.0, "off-counter-share": None})
    assert found.weight_known == 40
    assert found.total == pytest.approx(75.0)
    assert found.parts[2].points is None
    assert score(RULES, {}).total is None
    assert score(RULES, {"satisfaction": 0.98, "complaints-per-10k": 0, "off-counter-share": 1}).total == 100


@pytest.mark.parametrize(("complaints", "talk"), [(None, False), (0.0, False), (3.0, False), (3.0001, True)])
def test_above_the_threshold_there_is_a_talk(complaints: float | None, talk: bool) -> None:
    assert score(RULES, {"complaints-per-10k": complaints}).talk is talk
    assert score(Rules("1", (COMPLAINTS,)), {"complaints-per-10k": complaints}).talk is False


def test_what_is_not_measured_is_imported() -> None:
    assert [part.imported for part in RULES.parts] == [False, False, True]
    assert not any(Part(figure, {}, 1, 0, 1).imported for figure in Figure)


def test_a_part_needs_a_way_from_worst_to_best() -> None:
    with pytest.raises(ValueError, match="nothing lies between"):
        Part("satisfaction", {}, 1, 0.5, 0.5)
