"""Which ratings count: each flag, each edge of the least gap, and the same by a recount that looks back."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.counting import Judge, RatingRules, Verdict, judged

FREE, ASKED = RatingRules(), RatingRules(require_prompt=True)


@pytest.mark.parametrize(
    ("stars", "flags", "free", "asked"),
    [
        (5, (), "counted", "counted"),
        (1, ("unprompted",), "counted", "unprompted"),
        (5, ("repeat",), "repeat", "repeat"),
        (5, ("suspended",), "suspended", "suspended"),
        (5, ("unprompted", "repeat", "suspended", "test"), "test", "test"),
        (5, ("unprompted", "repeat", "suspended"), "suspended", "suspended"),
        (5, ("something",), "counted", "counted"),
        (0, (), "unreadable", "unreadable"),
        (6, (), "unreadable", "unreadable"),
        (None, (), "unreadable", "unreadable"),
        (5, None, "unreadable", "unreadable"),
    ],
)
def test_flags(stars: int | None, flags: tuple[str, ...] | None, free: str, asked: str) -> None:
    assert judged(stars, flags, FREE) == free
    assert judged(stars, flags, ASKED) == asked


def verdicts(*presses: tuple[int, str | None, tuple[str, ...]], rules: RatingRules = FREE) -> list[str]:
    judge = Judge()
    return [judge.judge("hz-1", counter, at, 5, flags, rules) for at, counter, flags in presses]


def test_a_press_too_near_to_the_last_counted_one_is_a_repeat() -> None:
    assert verdicts((0, "1", ()), (4999, "1", ()), (5000, "1", ()), (9999, "1", ())) == [
        "counted", "near", "counted", "near",
    ]  # fmt: skip
    assert verdicts((0, "1", ("test",)), (10, "1", ()), (20, "2", ()), (30, None, ()), (40, None, ())) == [
        "test", "counted", "counted", "counted", "counted",
    ]  # fmt: skip
    assert verdicts((0, "1", ()), (10, "1", ()), rules=ASKED) == ["counted", "counted"]
    assert verdicts((0, "1", ()), (10, "1", ()), rules=RatingRules(min_gap_ms=0)) == ["counted", "counted"]


def test_counters_of_the_same_number_in_two_branches_are_two() -> None:
    judge = Judge()
    assert [judge.judge(branch, "1", 0, 5, (), FREE) for branch in ("a", "b", "a")] == ["counted", "counted", "near"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([(), ("repeat",), ("unprompted",)])), max_size=30))
def test_among_the_counted_no_two_are_too_near_and_who_is_not_counted_is(
    drawn: list[tuple[int, tuple[str, ...]]],
) -> None:
    at, presses = 0, []
    for gap, flags in drawn:
        at += gap * 1000
        presses.append((at, "1", flags))
    told = verdicts(*presses)
    counted = [at for (at, _, _), verdict in zip(presses, told, strict=True) if verdict == Verdict.COUNTED]
    assert all(later - earlier >= 5000 for earlier, later in pairwise(counted))
    for (when, _, _), verdict in zip(presses, told, strict=True):
        assert (verdict == Verdict.NEAR) <= any(when - 5000 < one <= when for one in counted)
