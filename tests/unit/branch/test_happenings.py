from typing import Any

import pytest

from signage.branch.calls import forget_old
from signage.branch.facts import Facts
from signage.branch.happenings import counts, happened
from signage.branch.settings import RatingSettings
from signage.core.model import Call, Prompt
from tests.unit.branch.ground import NINE, after, event, settings

BRANCH = settings()


def rate(facts: Facts | None = None, age_s: float = 0, **data: Any) -> Facts:
    return happened(facts or Facts(), event("rating", after(-age_s), **data), BRANCH, NINE)


def test_a_customer_is_thanked_for_six_seconds_and_the_prompt_is_over() -> None:
    facts = rate(Facts(prompts={"1": Prompt(id="p", until=after(9))}), counter="1", stars=5)
    assert (facts.thanks["1"].until, facts.prompts) == (after(6), {})
    assert facts.calls == ()


def test_what_was_chosen_is_told_to_no_screen() -> None:
    assert rate(counter="1", stars=3).thanks == rate(counter="1", stars=5).thanks


@pytest.mark.parametrize("stars", [1, 2])
def test_a_low_rating_calls_the_lobby_manager(stars: int) -> None:
    call = rate(counter="2", stars=stars).calls[0]
    assert (call.kind, call.counter, call.id) == ("rating", "2", "e-1")
    assert rate(stars=stars).calls[0].counter is None


@pytest.mark.parametrize("flag", ["repeat", "test", "suspended"])
def test_what_does_not_count_changes_nothing_on_a_display(flag: str) -> None:
    assert rate(counter="1", stars=1, flags=[flag]) == Facts()


def test_unprompted_presses_count_unless_the_bank_prompts() -> None:
    strict = settings(ratings=RatingSettings(require_prompt=True))
    assert counts(("unprompted",), BRANCH)
    assert not counts(("unprompted",), strict)
    facts = happened(Facts(), event("rating", counter="1", stars=1, flags=["unprompted"]), strict, NINE)
    assert (facts.calls, set(facts.thanks)) == ((), {"1"})


def test_what_comes_late_is_neither_thanked_nor_after_ten_minutes_an_alert() -> None:
    late = rate(Facts(prompts={"1": Prompt(id="p", until=after(9))}), age_s=6, counter="1", stars=1, prompt="p")
    assert (late.thanks, late.prompts, len(late.calls)) == ({}, {}, 1)
    assert rate(age_s=600, counter="1", stars=1) == Facts()


@pytest.mark.parametrize(
    "data",
    [{"stars": 9, "counter": "1"}, {"stars": "5"}, {"counter": "1"}, {"stars": 1, "counter": "99"}, {"stars": 1.5}],
)
def test_a_rating_that_makes_no_sense_changes_nothing(data: dict[str, Any]) -> None:
    assert rate(**data) == Facts()


def test_a_prompt_that_lapsed_is_over_but_a_newer_one_is_not() -> None:
    facts = Facts(prompts={"1": Prompt(id="new", until=after(9))})
    lapsed = event("prompt", prompt="old", counter="1", outcome="unrated")
    assert happened(facts, lapsed, BRANCH, NINE) == facts
    assert happened(facts, event("prompt", prompt="new", counter="1"), BRANCH, NINE).prompts == {}


def test_a_call_is_put_up_once_and_taken_back() -> None:
    on = event("call", on=True, counter="1", device="bridge-1")
    facts = happened(happened(Facts(), on, BRANCH, NINE), on, BRANCH, NINE)
    assert [call.kind for call in facts.calls] == ["call"]
    assert happened(facts, event("call", on=False, counter="1"), BRANCH, NINE).calls == ()
    assert happened(Facts(), event("call", after(-600), on=True), BRANCH, NINE).calls == ()


def test_unknown_kinds_mean_nothing() -> None:
    assert happened(Facts(), event("weather", sun=True), BRANCH, NINE) == Facts()
    assert happened(Facts(), event("call", on="maybe"), BRANCH, NINE) == Facts()


def test_no_more_than_fifty_calls_and_none_of_yesterday() -> None:
    facts = Facts()
    for number in range(60):
        facts = happened(facts, event("call", identity=f"e-{number}", on=True, device=f"d{number}"), BRANCH, NINE)
    assert (len(facts.calls), facts.calls[-1].device) == (50, "d59")
    fault = Call(id="f", kind="fault", at=after(-90_000))
    old = Facts(calls=(Call(id="c", kind="call", at=after(-90_000)), fault))
    assert forget_old(old, NINE).calls == (fault,)
