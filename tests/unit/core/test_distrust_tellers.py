"""Tellers who rate themselves, counters rated while closed, prompts only for the happy; and honest ones beside them."""

from random import Random

import pytest

from signage.core.distrust import Distrust, Press, Suspicion
from signage.core.distrust_tellers import Asking, Sittings, cherry_picked, rated_alone, rated_closed
from signage.core.measures import Tally

MINUTE = 60_000
SERVED = Sittings([10 * MINUTE, 30 * MINUTE], [15 * MINUTE, 40 * MINUTE])


def press(minute: float, stars: int = 5, *, teller: str | None = "7", counted: bool = True) -> Press:
    return Press(round(minute * MINUTE), stars, counted, teller)


@pytest.mark.parametrize(
    ("minute", "served"),
    [
        (9.99, False),
        (10, True),
        (15, True),
        (16.99, True),
        (17.01, False),
        (29, False),
        (35, True),
        (42.1, False),
        (0, False),
    ],
)
def test_a_customer_is_there_until_two_minutes_after_the_transaction(minute: float, served: bool) -> None:
    assert SERVED.serves(round(minute * MINUTE)) is served


def alone(*presses: Press) -> list[Suspicion]:
    return list(rated_alone("1", presses, SERVED))


def test_who_rates_while_nobody_is_there_is_named() -> None:
    eight = [press(20 + place / 2) for place in range(8)]
    assert alone(*eight) == [Suspicion(Distrust.SELF_RATING, 20 * MINUTE, 1_410_000, 8, "1", "7", {"of": 8})]
    assert alone(*eight[1:]) == []
    assert alone(*eight, *[press(12)] * 8)[0].facts == {"of": 16}
    assert alone(*eight, *[press(12)] * 9) == []
    assert alone(*[press(20 + place / 2, 3) for place in range(8)]) == []
    assert alone(*[press(20 + place / 2, counted=False) for place in range(8)]) == []
    assert [one.teller for one in alone(*eight, *[press(50 + place, teller=None) for place in range(8)])] == [None, "7"]


def test_ratings_outside_the_hours_are_told_of() -> None:
    spans = [(60 * MINUTE, 120 * MINUTE)]
    night = [press(151 + place) for place in range(5)]
    assert rated_closed("1", night, spans) == Suspicion(Distrust.OUT_OF_HOURS, 151 * MINUTE, 155 * MINUTE, 5, "1", "7")
    assert rated_closed("1", night[1:], spans) is None
    assert rated_closed("1", [*night[1:], press(149.9)], spans) is None
    assert rated_closed("1", [*night[1:], press(30)], spans) is None
    assert rated_closed("1", [*night[1:], press(29.9, teller="8")], spans) is not None
    assert rated_closed("1", [*night[1:], press(200, counted=False)], spans) is None
    mixed = rated_closed("1", [*night, press(160, teller="8")], [])
    assert mixed is not None
    assert (mixed.teller, mixed.n) == (None, 6)


def asking(transactions: int, asked: int, good: int, bad: int) -> Asking:
    return Asking(transactions, asked, Tally((bad, 0, 0, 0, good)))


OTHERS = {"1": asking(200, 176, 120, 30), "2": asking(180, 160, 110, 25)}


def picked(mine: Asking, others: dict[str, Asking] | None = None) -> list[Suspicion]:
    return list(cherry_picked((OTHERS if others is None else others) | {"7": mine}, 0, 1))


def test_who_asks_only_the_happy_is_named() -> None:
    (found,) = picked(asking(200, 60, 55, 0))
    assert found == Suspicion(
        Distrust.CHERRY_PICKING, 0, 1, 55, None, "7",
        {"transactions": 200, "asked": 60, "share": 30, "usual": 88, "good": 100, "usually": 81},
    )  # fmt: skip
    assert picked(asking(200, 60, 45, 10)) == []  # hears no better than others
    assert picked(asking(200, 125, 110, 0)) == []  # asks less, but most
    assert picked(asking(49, 5, 5, 0)) == []
    assert picked(asking(200, 60, 0, 0)) == []
    assert picked(asking(200, 60, 55, 0), {"1": asking(49, 44, 30, 5)}) == []
    assert picked(asking(200, 60, 55, 0), {"1": asking(200, 160, 0, 0)}) == []
    assert picked(asking(200, 60, 55, 0), {}) == []
    assert picked(asking(50, 30, 30, 0), {"1": asking(50, 45, 20, 10)}) == []  # chance could do so
    assert picked(asking(100, 0, 5, 0), {"1": asking(100, 0, 20, 10)}) == []


def test_more_prompts_than_transactions_go_down_nowhere() -> None:
    assert picked(asking(100, 50, 50, 0), {"1": asking(100, 200, 60, 40)}) == []


@pytest.mark.parametrize("seed", range(20))
def test_honest_tellers_are_not_suspected(seed: int) -> None:
    dice = Random(seed)
    tellers = {}
    for teller in "123456":
        asked = sum(dice.random() < 0.85 for _ in range(400))
        good = sum(dice.random() < 0.9 for _ in range(round(asked * 0.7)))
        tellers[teller] = asking(400, asked, good, round(asked * 0.7) - good)
    assert list(cherry_picked(tellers, 0, 1)) == []
