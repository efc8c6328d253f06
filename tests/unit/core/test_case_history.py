"""What a case's events add up to, however they come; and which events make one."""

from datetime import timedelta
from itertools import permutations
from typing import get_args

import pytest

from signage.core.case_history import ORDER, Complication, Told, history
from signage.core.case_rules import (
    DEFAULT_RULES,
    CaseRule,
    call_rule,
    called_again,
    first_answer,
    opinion_rule,
    rating_rule,
)
from signage.core.instants import Instant
from signage.core.model import CaseAction

T0 = Instant.parse("2026-11-24T01:00:00.000Z")


def after(hours: float) -> Instant:
    return Instant.of(T0 + timedelta(hours=hours))


OPENED = Told(T0, "e1", "opened")
ASSIGNED = Told(after(1), "e2", "assigned", actor="wang")
INVESTIGATED = Told(after(2), "e3", "investigated", actor="wang")
HANDLED = Told(after(3), "e4", "handled", actor="li", complicated="legal")
FED_BACK = Told(after(4), "e5", "fed-back", actor="li")
CLOSED = Told(after(5), "e6", "closed", actor="li")


def test_every_order_of_arrival_tells_the_same() -> None:
    told = [OPENED, ASSIGNED, INVESTIGATED, HANDLED, FED_BACK]
    expected = history(told)
    assert expected is not None
    assert (expected.progress.opened, expected.progress.investigated) == (T0, after(2))
    assert (expected.progress.handled, expected.progress.fed_back) == (after(3), after(4))
    assert (expected.action, expected.owner, expected.closed) == ("fed-back", "wang", None)
    assert (expected.complicated, expected.progress.complicated) == ("legal", True)
    for order in permutations(told):
        assert history(order) == expected


def test_a_later_step_reaches_the_earlier_ones() -> None:
    found = history([OPENED, CLOSED])
    assert found is not None
    assert found.progress.investigated == found.progress.handled == found.progress.fed_back == found.closed == after(5)


def test_a_step_is_reached_once() -> None:
    found = history([OPENED, INVESTIGATED, Told(after(9), "e9", "investigated"), Told(after(8), "e8", "assigned")])
    assert found is not None
    assert (found.progress.investigated, found.action) == (after(2), "investigated")


def test_who_was_named_last_owns_it() -> None:
    told = [OPENED, ASSIGNED, Told(after(6), "e7", "assigned", actor="li", owner="zhao"), INVESTIGATED]
    found = history(told)
    assert found is not None
    assert found.owner == "zhao"
    at_once = history([Told(T0, "b", "assigned", owner="two"), Told(T0, "a", "assigned", owner="one")])
    assert at_once is not None
    assert at_once.owner == "two"
    by_time = history([Told(after(1), "z", "assigned", owner="one"), Told(after(2), "a", "assigned", owner="two")])
    assert by_time is not None
    assert by_time.owner == "two"


def test_what_was_never_opened_began_with_its_first_word() -> None:
    found = history([INVESTIGATED, HANDLED])
    assert found is not None
    assert found.progress.opened == after(2)
    assert history([]) is None


def test_an_unknown_action_moves_nothing() -> None:
    found = history([Told(T0, "e1", "reopened", owner="wang", complicated="other")])
    assert found is not None
    assert (found.action, found.owner, found.complicated) == ("opened", "wang", "other")
    assert found.progress.investigated is None


def test_the_order_of_steps_is_the_contracts() -> None:
    assert tuple(ORDER) == get_args(CaseAction)
    assert len(Complication) == 5


@pytest.mark.parametrize(
    ("stars", "flags", "callback", "rule"),
    [
        (1, (), False, "low-rating"),
        (2, ("unprompted",), False, "low-rating"),
        (3, (), False, None),
        (3, (), True, "call-back"),
        (0, (), False, None),
        (1, ("repeat",), True, None),
        (1, ("suspended",), False, None),
        (5, ("test",), True, None),
    ],
)
def test_which_ratings_become_cases(stars: int, flags: tuple[str, ...], callback: bool, rule: str | None) -> None:
    assert rating_rule(DEFAULT_RULES, stars, flags, callback=callback) == rule


def test_every_condition_of_a_rule_must_hold() -> None:
    rules = (CaseRule(name="angry", on="rating", stars_at_most=1, callback=False),)
    assert rating_rule(rules, 1) == "angry"
    assert rating_rule(rules, 1, callback=True) is None
    assert rating_rule(rules, 2) is None
    assert rating_rule((CaseRule(name="any", on="rating", flags_without=()),), 5, ("test",)) == "any"


def test_which_opinions_become_cases() -> None:
    assert opinion_rule(DEFAULT_RULES, None) == "opinion"
    some = (CaseRule(name="waiting", on="opinion", subjects=("waiting",)),)
    assert opinion_rule(some, "waiting") == "waiting"
    assert opinion_rule(some, "other") is None
    assert opinion_rule((), "waiting") is None


def test_a_call_that_nobody_answers_in_time_becomes_a_case() -> None:
    minute = timedelta(minutes=1)
    limit = Instant.of(T0 + 10 * minute)
    assert call_rule(DEFAULT_RULES, T0, None) == ("unanswered-call", limit)
    assert call_rule(DEFAULT_RULES, T0, limit) == ("unanswered-call", limit)
    assert call_rule(DEFAULT_RULES, T0, Instant.of(limit - timedelta(milliseconds=1))) is None
    assert call_rule(DEFAULT_RULES[:3], T0, None) is None
    two = (*DEFAULT_RULES, CaseRule(name="sooner", on="call", unanswered_min=5))
    assert call_rule(two, T0, Instant.of(T0 + 7 * minute)) == ("sooner", Instant.of(T0 + 5 * minute))


def test_the_first_answer_is_the_next_within_half_a_day() -> None:
    ms = timedelta(milliseconds=1)
    assert first_answer(T0, [after(3), after(2), after(-1)]) == after(2)
    assert first_answer(T0, [T0]) == T0
    assert first_answer(T0, [after(12)]) is None
    assert first_answer(T0, [Instant.of(after(12) - ms)]) == Instant.of(after(12) - ms)
    assert first_answer(T0, []) is None


def test_who_calls_again_before_anybody_came_makes_no_second_case() -> None:
    ms, half = timedelta(milliseconds=1), after(-0.5)
    assert called_again(T0, [Instant.of(half + ms)], [])
    assert not called_again(T0, [half], [])
    assert not called_again(T0, [T0, after(0.1)], [])
    assert not called_again(T0, [after(-0.2)], [after(-0.1)])
    assert not called_again(T0, [after(-0.2)], [T0])
    assert called_again(T0, [after(-0.2)], [after(-0.3), after(0.1)])
    assert called_again(T0, [after(-0.3), after(-0.1)], [after(-0.2)])
