"""Required items: each in a rhythm of its own, laid between the turns of the others so that it is in time."""

from itertools import pairwise

import pytest

from signage.core.required import Due, Requirements, lay
from signage.core.slots import HOUR_MS, Slot
from tests.unit.core.branches import NOON
from tests.unit.core.programmes import item, slots_of

HOUR = NOON.ms  # a full one
MINUTE = 60_000
Laid = list[tuple[str, int, int]]


def asked(*each: tuple[int, int]) -> tuple[Requirements, list[Slot]]:
    """For items (every_s, seconds), named a, b, …"""
    slots = slots_of(*(item(chr(97 + at), every_s=every, seconds=s) for at, (every, s) in enumerate(each)))
    return Requirements(slots), slots


def times(dues: list[Due], start: int = HOUR) -> list[tuple[str, float, int]]:
    """(name, minutes from `start`, ms)."""
    assert {type(ms) for due in dues for ms in (due.at, due.length)} <= {int}
    return [(due.slot.item.id, (due.at - start) / MINUTE, due.length) for due in dues]


def test_each_comes_in_an_even_division_of_the_hour_that_leaves_time_to_move_it() -> None:
    """Of 900 s: an eighth before, an eighth after, and what stands may take 20 s: every 655 s, six times in an hour."""
    requirements, slots = asked((900, 20))
    assert requirements.leeway == 112_500
    assert times(requirements.dues(slots, HOUR, HOUR + HOUR_MS)) == [("a", 10 * at, 20_000) for at in range(6)]


def test_the_rhythm_is_as_fast_as_it_must_be_and_no_faster() -> None:
    """Of 691 s it has 514.25 s, of 692 s 515 s: a seventh of an hour is between them."""
    for every, count in ((691, 8), (692, 7)):
        requirements, slots = asked((every, 4))
        assert len(requirements.dues(slots, HOUR, HOUR + HOUR_MS)) == count


def test_several_do_not_begin_together() -> None:
    requirements, slots = asked((900, 20), (1800, 30), (3600, 10))
    told = times(requirements.dues(slots, HOUR, HOUR + HOUR_MS))
    assert len(told) == 11
    assert told == sorted(told, key=lambda one: one[1])
    assert [at for name, at, _ in told if name == "a"] == [60 / 6 * at for at in range(6)]
    assert [at for name, at, _ in told if name == "b"] == [60 / 3 * at + 60 / 3 / 3 for at in range(3)]
    assert [at for name, at, _ in told if name == "c"] == [60 / 2 * at + 60 / 3 / 2 * 2 for at in range(2)]


def test_a_stretch_has_those_that_fall_into_it() -> None:
    requirements, slots = asked((900, 20))
    start = HOUR + 10 * MINUTE
    assert times(requirements.dues(slots, start, start + 10 * MINUTE)) == [("a", 10, 20_000)]
    assert requirements.dues(slots, start + 1, start + 10 * MINUTE) == []
    assert times(requirements.dues(slots, start + 1, start + 10 * MINUTE + 1), start) == [("a", 10, 20_000)]
    assert requirements.dues([], HOUR, HOUR + HOUR_MS) == []


def test_the_rhythm_is_the_same_whoever_else_is_there() -> None:
    requirements, slots = asked((900, 20), (600, 10))
    both = times(requirements.dues(slots, HOUR, HOUR + HOUR_MS))
    assert times(requirements.dues(slots[1:], HOUR, HOUR + HOUR_MS)) == [one for one in both if one[0] == "b"]


def test_at_one_time_the_first_of_the_programme_comes_first() -> None:
    requirements, slots = asked((900, 20), (7200, 20))
    half = HOUR + 30 * MINUTE
    told = times(requirements.dues(slots[::-1], half, half + 1))
    assert [name for name, _, _ in told] == ["a", "b"]


def test_too_much_comes_as_often_as_it_can() -> None:
    """Two of 20 and 5 s in turn take 25 s; asked for every 67 s, moved by an eighth, there are 25.25 s between."""
    for every, crowded, count in ((67, False, 143), (66, True, 144), (30, True, 144), (68, False, 139)):
        requirements, slots = asked((every, 20), (600, 5))
        assert requirements.crowded(slots[0]) == crowded
        assert not requirements.crowded(slots[1])
        assert len(requirements.dues(slots[:1], HOUR, HOUR + HOUR_MS)) == count
    for every, crowded in ((80, False), (79, True)):  # 30 s between, and 29.25 s
        requirements, slots = asked((every, 25), (600, 5))
        assert requirements.crowded(slots[0]) == crowded


def test_what_is_longer_than_its_stretch_is_cut_in_proportion() -> None:
    requirements, slots = asked((900, 20), (900, 40))
    start = HOUR + 5 * MINUTE
    whole = requirements.dues(slots, HOUR, HOUR + 10 * MINUTE)
    assert [(due.slot.item.id, due.length) for due in whole] == [("a", 20_000), ("b", 40_000)]
    short = requirements.dues(slots, HOUR, HOUR + 5_000)
    assert times(short) == [("a", 0, 5_000)]
    for ms, length in ((40_001, 40_000), (40_000, 40_000), (39_999, 39_999)):
        assert [due.length for due in requirements.dues(slots, start, start + ms)] == [length]


def test_nothing_required_asks_for_nothing() -> None:
    assert Requirements([]).leeway == 0


# --- laid between turns: a of 20 ms, b of 20 ms, and a due one of 4 ms that may be moved by 5 ms


def laid(dues: list[int], sequence: tuple[tuple[str, int], ...] = (("a", 20), ("b", 20)), leeway: int = 5) -> str:
    """Each turn's name and length, one after another from instant 100 on."""
    due_slot = slots_of(item("r", every_s=60))[0]
    slots = {slot.item.id: slot for slot in slots_of(*(item(name) for name, _ in sequence))}
    turns = lay(100, [(slots[name], ms) for name, ms in sequence], [Due(100 + at, due_slot, 4) for at in dues], leeway)
    assert turns[0].start == 100
    assert all(one.end == other.start for one, other in pairwise(turns))
    return " ".join(f"{turn.slot.item.id}{turn.end - turn.start}" for turn in turns if turn.slot is not None)


@pytest.mark.parametrize(
    ("at", "order"),
    [
        (0, "r4 a20 b20"),
        (5, "r4 a20 b20"),  # to the turn's beginning, if that is no further than the leeway
        (6, "a6 r4 a14 b20"),  # else the turn is divided
        (14, "a14 r4 a6 b20"),
        (15, "a20 r4 b20"),  # or to its end
        (20, "a20 r4 b20"),
        (26, "a20 b6 r4 b14"),
        (35, "a20 b20 r4"),
        (40, "a20 b20 r4"),
    ],
)
def test_what_is_due_moves_to_the_nearer_edge_or_divides_what_stands_long(at: int, order: str) -> None:
    assert laid([at]) == order


def test_of_two_near_edges_the_nearer_is_taken_and_the_later_of_two_as_near() -> None:
    assert [laid([at], (("a", 8), ("b", 8)), leeway=9) for at in (3, 4, 5)] == ["r4 a8 b8", "a8 r4 b8", "a8 r4 b8"]


def test_what_is_held_up_by_another_follows_it() -> None:
    assert laid([0, 1]) == "r4 r4 a20 b20"
    assert laid([6, 12]) == "a6 r4 r4 a14 b20"
    assert laid([6, 22]) == "a6 r4 a14 r4 b20"
    assert laid([38, 39, 40]) == "a20 b20 r4 r4 r4"


def test_turns_of_no_length_are_not_laid() -> None:
    assert laid([], (("a", 0), ("b", 5))) == "b5"
    assert laid([], (("a", -1), ("b", 5))) == "b5"
    assert laid([0], (("a", 1), ("b", 5)), leeway=0) == "r4 a1 b5"
