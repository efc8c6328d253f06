"""How items share a stretch of time, turn by turn: playlists, what is too small for every hour, what is kept apart."""

from collections import Counter

import pytest

from signage.core.programme import ProgrammeItem
from signage.core.rotation import Rotation, may_touch
from signage.core.slots import HOUR_MS, Slot
from tests.unit.core.programmes import item, slots_of

Shown = list[tuple[str | None, int]]


def shared(items: list[ProgrammeItem], free: int, start: int = 0, before: Slot | None = None) -> Shown:
    """Who stands for how many ms in a stretch of `free` ms that nothing else takes from."""
    sequence = Rotation(slots_of(*items), free).sequence(start, start + free, before)
    assert sum(length for _, length in sequence) == free
    assert all(isinstance(length, int) for _, length in sequence)
    return [(None if slot is None else slot.item.id, length) for slot, length in sequence]


def names(shown: Shown) -> str:
    return "".join(name or "." for name, _ in shown)


def test_each_has_its_share_in_turns_of_its_own_length() -> None:
    shown = shared([item("a", seconds=10, share=1000), item("b", seconds=15, share=2000)], 90_000)
    assert names(shown) == "ababbab"
    assert set(shown) == {("a", 10_000), ("b", 15_000)}


@pytest.mark.parametrize(
    ("free", "turns"),
    [(49_998, [12_499, 12_500]), (50_000, [8_333, 8_333, 8_334]), (60_000, [10_000] * 3), (70_000, [8_750] * 4)],
)
def test_a_share_is_cut_into_the_number_of_turns_that_comes_nearest(free: int, turns: list[int]) -> None:
    shown = shared([item("a", seconds=10), item("b", seconds=25)], free)
    assert [length for name, length in shown if name == "a"] == turns


def test_a_share_of_half_a_turn_is_shown_and_less_takes_part_in_the_rota() -> None:
    two = [item("a", seconds=10, share=1), item("b", seconds=15, share=3)]
    assert shared(two, 20_000) == [("a", 5_000), ("b", 15_000)]
    ups = [shared(two, 19_999, hour * HOUR_MS) for hour in range(60)]
    assert Counter(map(names, ups)) == {"b": 30, "ba": 30}
    assert {tuple(up) for up in ups} == {(("b", 19_999),), (("b", 14_999), ("a", 5_000))}


def test_a_playlist_is_one_entry_and_goes_on_from_stretch_to_stretch() -> None:
    listed = [item("a", playlist="p"), item("x", share=3000), item("b", playlist="p"), item("c", playlist="p")]
    walk = [names(shared(listed, 80_000, number * 80_000)).replace("x", "") for number in range(4)]
    assert walk == ["abca", "bcab", "cabc", "abca"]
    assert names(shared(listed, 80_000)) == "axbxcxax"


def test_the_items_of_a_playlist_stand_each_for_its_own_time() -> None:
    listed = [
        item("a", playlist="p", seconds=5),
        item("b", playlist="p", seconds=15),
        item("x", seconds=40, share=2000),
    ]
    assert shared(listed, 80_000) == [("a", 5_000), ("b", 15_000), ("a", 5_000), ("x", 40_000), ("b", 15_000)]


def test_what_is_too_small_for_every_hour_comes_in_the_programmes_order_in_the_rotas_time() -> None:
    """Ten of 10 to 19 s, the longest first, have 3.956 s of an hour each."""
    few = [item("x", seconds=60, share=900), *(item(str(at), seconds=19 - at, share=1) for at in range(10))]
    hours = [shared(few, HOUR_MS, hour * HOUR_MS) for hour in range(200)]
    ups: Counter[str | None] = Counter()
    for shown in hours:
        up = [name for name, _ in shown if name != "x"]
        assert up == sorted(up, key=str)
        assert len(set(up)) == len(up)
        assert sum(length for name, length in shown if name == "x") == HOUR_MS * 900 // 910
        ups.update(up)
    for at in range(10):
        assert abs(ups[str(at)] - 200 * HOUR_MS / 910 / (1000 * (19 - at))) < 2


@pytest.mark.parametrize(
    ("dwell", "share", "stands"),
    [(600, 200, 300 / 3700), (600, 299, 300 / 3601), (20, 5, 10 / 3605), (20, 9, 10 / 3601)],
)
def test_one_that_comes_up_alone_stands_for_half_of_its_turn_at_least(dwell: int, share: int, stands: float) -> None:
    two = [item("x", seconds=60, share=3600 - share), item("a", seconds=dwell, share=share)]
    hours = [shared(two, HOUR_MS, hour * HOUR_MS) for hour in range(9)]
    lengths = {length for shown in hours for name, length in shown if name == "a"}
    assert len(lengths) == 1
    assert abs(lengths.pop() - HOUR_MS * stands) <= 1


def test_one_that_comes_up_alone_stands_for_its_turn_and_a_half_at_most() -> None:
    """The long one's time is not the short one's, though they share the rota."""
    three = [item("x", seconds=60, share=3340), item("l", seconds=600, share=258), item("s", seconds=3, share=1)]
    alone = [
        [length for name, length in shown if name == "s"]
        for shown in (shared(three, HOUR_MS, hour * HOUR_MS) for hour in range(40))
        if "l" not in names(shown) and "s" in names(shown)
    ]
    assert alone
    for lengths in alone:
        assert lengths == [pytest.approx(HOUR_MS * 4.5 / (3600 * 3340 / 3599 + 4.5), abs=1)]


def test_in_a_stretch_too_short_for_all_one_stands() -> None:
    stretches = [shared([item("a"), item("b")], 9_999, hour * HOUR_MS) for hour in range(20)]
    assert {len(shown) for shown in stretches} == {1}
    assert {names(shown) for shown in stretches} == {"a", "b"}


@pytest.mark.parametrize(("listed_names", "share"), [("abc", 3), ("ab", 4.5)])
def test_a_playlist_in_the_rota_shows_its_items_in_turn(listed_names: str, share: float) -> None:
    share = round(2 * share)
    listed = [item(name, playlist="p", seconds=30, share=share) for name in listed_names]
    listed.append(item("x", seconds=60, share=7180))
    ups = [names(shared(listed, HOUR_MS, hour * HOUR_MS)).replace("x", "") for hour in range(30)]
    assert "".join(ups) in listed_names * 30
    assert sum(map(len, ups)) == pytest.approx(30 * HOUR_MS * 18 / 7198 / 30_000, abs=1)


# --- kept apart

LOAN, FUND = ("loan",), ("fund",)


def test_rivals_stand_in_groups_with_a_pause_between_where_nothing_else_may_part_them() -> None:
    shown = shared([item("a", apart=FUND), item("b", tags=FUND)], 60_000)
    assert shown == [*[("a", 9_500)] * 3, (None, 3_000), *[("b", 9_500)] * 3]


def test_pauses_are_shorter_where_there_is_little_time() -> None:
    two = [item("a", seconds=3, apart=FUND), item("b", seconds=3, tags=FUND)]
    assert shared(two, 4_000) == [("a", 1_000), (None, 2_000), ("b", 1_000)]
    rival = slots_of(item("f", tags=FUND))[0]
    assert shared(two, 4_000, before=rival) == [(None, 1_000), ("a", 1_000), (None, 1_000), ("b", 1_000)]


def test_what_stood_before_keeps_only_its_rival_waiting() -> None:
    rival, friend = slots_of(item("f", tags=FUND), item("g"))
    alone = [item("a", apart=FUND)]
    assert shared(alone, 10_000, before=rival) == [(None, 3_000), ("a", 7_000)]
    assert shared(alone, 10_000, before=friend) == [("a", 10_000)]
    assert shared(alone, 10_000) == [("a", 10_000)]


def test_others_part_rivals_without_a_pause() -> None:
    four = [item("a", apart=FUND), item("b", tags=FUND), item("c"), item("d")]
    assert names(shared(four, 120_000)) == "acbdacbdacbd"
    many = [item("a", apart=FUND), item("b", tags=FUND, share=4000), item("c")]
    assert names(shared(many, 60_000)) == "bbbbca"


@pytest.mark.parametrize(("order", "kept"), [("cdaba", "cbdaa"), ("cadeab", "cadbea")])
def test_a_turn_that_is_left_over_stands_in_the_first_gap_that_fits_it(order: str, kept: str) -> None:
    """b may not touch a."""
    apart, tags = {"a": FUND}, {"b": FUND}
    listed = [item(name, playlist="p", apart=apart.get(name, ()), tags=tags.get(name, ())) for name in order]
    assert names(shared(listed, 10_000 * len(order))) == kept


def test_a_turn_that_has_waited_long_is_not_lost() -> None:
    """The b that is left over at the end goes between c and d, far from every a."""
    five = [item("b", tags=FUND), item("c"), item("d"), item("a", apart=FUND, share=2000)]
    shown = names(shared(five, 50_000))
    assert sorted(shown) == list("aabcd")
    assert "ab" not in shown
    assert "ba" not in shown


def test_rivalry_holds_both_ways_and_not_against_oneself() -> None:
    shy, fund, loan = slots_of(item("a", apart=FUND, tags=FUND), item("b", tags=FUND), item("c", tags=LOAN))
    assert not may_touch(shy, fund)
    assert not may_touch(fund, shy)
    assert may_touch(shy, shy)
    assert may_touch(shy, loan)
    assert may_touch(None, shy)
    assert may_touch(shy, None)
