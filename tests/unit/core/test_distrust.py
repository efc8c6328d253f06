"""Each pattern planted is found once, with its numbers; just beneath each limit, and in honest days, nothing is."""

from random import Random

import pytest

from signage.core.distrust import Distrust, Press, Suspicion, at_counter

SECOND = 1000


def row(
    gap_s: float, count: int, stars: int = 5, begin_s: float = 0, teller: str | None = "7", **more: bool
) -> list[Press]:
    known = {"counted": True, "prompted": False} | more
    return [Press(round((begin_s + place * gap_s) * SECOND), stars, teller=teller, **known) for place in range(count)]


def kinds(presses: list[Press], ends: list[int] | None = None) -> list[Distrust]:
    return [one.kind for one in at_counter("1", presses, ends)]


def uneven(presses: list[Press], seed: int = 1) -> list[Press]:
    """As fingers are."""
    dice = Random(seed)
    return [
        Press(one.at_ms + dice.randrange(-2000, 2000), one.stars, one.counted, one.teller, one.prompted)
        for one in presses
    ]


def test_a_stuck_key_is_one_key_at_one_pace() -> None:
    (found,) = at_counter("2", row(5.2, 40, stars=3), None)
    assert found == Suspicion(Distrust.STUCK_KEY, 0, 202_800, 40, "2", "7", {"stars": 3, "gap_ms": 5200})
    assert kinds(row(5.2, 12, stars=3)) == [Distrust.STUCK_KEY]
    assert kinds(row(5.2, 12, stars=3, counted=False)) == [Distrust.STUCK_KEY]
    assert kinds(row(20, 12, stars=3)) == [Distrust.STUCK_KEY]
    for honest in (row(5.2, 11, stars=3, counted=False), row(20.001, 12, stars=3), uneven(row(8, 12, stars=3, counted=False)),
                   row(1, 11, stars=3, counted=False) + row(1, 11, stars=4, begin_s=11, counted=False)):  # fmt: skip
        assert Distrust.STUCK_KEY not in kinds(honest)
    hiccup = [*row(5, 7, stars=1), *row(5, 7, stars=1, begin_s=37)]  # one gap is another: nine in ten are enough
    assert kinds(hiccup) == [Distrust.STUCK_KEY]
    assert kinds(row(0.2, 30, stars=1, counted=False)) == [Distrust.STUCK_KEY]
    both = row(5, 12, stars=1) + row(5, 12, stars=2, begin_s=60)
    assert kinds(both) == [Distrust.STUCK_KEY, Distrust.STUCK_KEY]


def test_fifty_fives_by_one_person() -> None:
    (found,) = at_counter("1", uneven(row(8, 50)), [60_000, 1_000_000_000])
    assert (found.kind, found.n, found.counter, found.teller) == (Distrust.FIVES, 50, "1", "7")
    assert (found.facts["prompted"], found.facts["served"]) == (0, 1)
    assert 7000 < found.facts["gap_ms"] < 9000
    assert "served" not in at_counter("1", uneven(row(8, 50)), None)[0].facts
    assert kinds(uneven(row(44, 20))) == [Distrust.FIVES]
    assert kinds(uneven(row(44, 19))) == []
    assert kinds(uneven(row(60, 40))) == []  # nobody reports how many customers came
    slow = uneven(row(120, 40))
    assert kinds(slow, []) == [Distrust.FIVES]
    assert kinds(slow, [one.at_ms - 1 for one in slow]) == []
    assert kinds(slow, [one.at_ms for one in slow[::4]]) == [Distrust.FIVES]
    assert kinds(slow, [one.at_ms for one in slow[::3]]) == []
    mixed = uneven(row(44, 19)) + row(40, 1, stars=4, begin_s=840) + uneven(row(44, 19, begin_s=884))
    assert kinds(mixed) == []
    assert kinds(uneven(row(44, 10)) + uneven(row(44, 10, begin_s=1200))) == []  # a pause lies between them
    assert kinds(uneven(row(40, 10, teller="7")) + uneven(row(40, 10, begin_s=420, teller="8"))) == []
    assert kinds(uneven(row(40, 20, counted=False))) == []


def test_a_burst_is_more_than_customers_can_be() -> None:
    stars = (5, 4, 5, 3, 5, 4, 1, 5)
    several = [Press(place * 15_000, one, True, str(place)) for place, one in enumerate(stars)]
    (found,) = at_counter("1", several, None)
    assert found == Suspicion(Distrust.BURST, 0, 105_000, 8, "1", None, {"seconds": 105})
    assert kinds(several[:7]) == []
    assert kinds([Press(one.at_ms * 2, one.stars, True, None) for one in several]) == []
    twice = [*several, *(Press(one.at_ms + 600_000, one.stars, True, "x") for one in several)]
    assert [(one.first_ms, one.n) for one in at_counter("1", twice, None)] == [(0, 8), (600_000, 8)]
    longer = [Press(place * 15_000, 4 + place % 2, True, None) for place in range(30)]
    assert [(one.kind, one.n) for one in at_counter("1", longer, None)] == [(Distrust.BURST, 30)]
    with_a_stuck_key = [*several, *row(5, 40, stars=2, begin_s=100, teller=None)]
    assert kinds(with_a_stuck_key) == [Distrust.STUCK_KEY]


@pytest.mark.parametrize("seed", range(20))
def test_honest_customers_are_not_suspected(seed: int) -> None:
    """A very busy day of a very good teller: a customer each minute or two, nearly all of them satisfied."""
    dice, at, presses, ends = Random(seed), 0, [], []
    for _ in range(300):
        at += dice.randrange(50_000, 150_000)
        ends.append(at)
        pressed = at + dice.randrange(1000, 20_000)
        presses.append(Press(pressed, 5 if dice.random() < 0.95 else 4, True, "7", True))
        if dice.random() < 0.1:  # presses again, out of impatience
            presses += [
                Press(pressed + 300 * more, presses[-1].stars, False, "7", True)
                for more in range(1, dice.randrange(2, 6))
            ]
    presses.sort(key=lambda one: one.at_ms)
    assert at_counter("1", presses, ends) == []
    assert at_counter("1", presses, None) == []


def test_of_nothing_nothing_is_said() -> None:
    assert at_counter("1", [], None) == []
