"""The first few percent are always among the next, and patterns mean ids and groups."""

from itertools import pairwise

import pytest

from signage.office.rollout import chosen, matching, place
from signage.office.roster import RosterBranch

ROSTER = tuple(
    RosterBranch(f"{city}-{number:03}", "支行", city, (city, "coast") if city == "nb" else (city,))
    for city in ("hz", "nb")
    for number in range(500)
)


def test_a_share_is_about_as_large_as_it_says_and_only_grows() -> None:
    shares = [set(chosen(ROSTER, [], percent)) for percent in (1, 5, 20, 50, 100)]
    for smaller, larger in pairwise(shares):
        assert smaller < larger
    assert [round(len(share) / 10) for share in shares] == pytest.approx([1, 5, 20, 50, 100], abs=3)


def test_it_grows_within_a_pattern_too_and_is_the_same_every_time() -> None:
    few, more = chosen(ROSTER, ["hz-*"], 5), chosen(ROSTER, ["hz-*"], 20)
    assert set(few) < set(more)
    assert all(branch.startswith("hz-") for branch in more)
    assert few == chosen(tuple(reversed(ROSTER)), ["hz-*"], 5)
    assert set(few) <= set(chosen(ROSTER, [], 5))


@pytest.mark.parametrize(
    ("patterns", "count"),
    [([], 1000), (["hz-*"], 500), (["hz-00?"], 10), (["coast"], 500), (["group-coast"], 500), (["hz-001", "nb"], 501),
     (["HZ-*"], 0), (["hz-9*"], 0)],
)  # fmt: skip
def test_patterns(patterns: list[str], count: int) -> None:
    assert len(matching(ROSTER, patterns)) == count


def test_of_a_few_at_least_one_is_first() -> None:
    assert len(chosen(ROSTER, ["hz-00?"], 0.01)) == 1
    assert chosen(ROSTER, ["xx-*"], 50) == ()


def test_a_place_lies_below_the_whole() -> None:
    places = [place(branch.id) for branch in ROSTER]
    assert min(places) >= 0
    assert max(places) < 100
