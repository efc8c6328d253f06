"""What one zone plays: time cut where others take part, hour by hour and without a gap, found again by the instant."""

from itertools import pairwise

import pytest

from signage.core.dayparts import Dayparts
from signage.core.programme import ProgrammeItem
from signage.core.reel import Cast, Reel
from signage.core.slots import HOUR_MS, Turn
from tests.unit.core.branches import NOON, later
from tests.unit.core.plans import plan
from tests.unit.core.programmes import item, slots_of

HOUR = NOON.ms // HOUR_MS
FUND = ("fund",)


def reel(*items: ProgrammeItem) -> Reel:
    return Reel(slots_of(*items), Dayparts(plan("24/7"), [one.daypart for one in items]))


def at(seconds: float) -> int:
    return later(seconds).ms


def told(turns: list[Turn]) -> list[tuple[str | None, float]]:
    """(name, s)."""
    return [(turn.slot and turn.slot.item.id, (turn.end - turn.start) / 1000) for turn in turns]  # type: ignore[misc] # None or a name


def cast(found: Cast) -> tuple[str, str]:
    """(who shares, who is required)."""
    share, required = ("".join(slot.item.id for slot in slots) for slots in (found.share, found.required))
    return share, required


def stretches(found: Reel, start: float, end: float) -> list[tuple[float, str, str]]:
    """From `start` s on: (end in s, who shares, who is required)."""
    walk = []
    now = at(start)
    while now < at(end):
        stretch = found.stretch(now)
        assert stretch.start <= now < stretch.end
        now = stretch.end
        walk.append(((now - NOON.ms) / 1000, *cast(stretch.cast)))
    return walk


def test_the_highest_class_shares_and_the_required_are_there_besides() -> None:
    both = reel(item("h", "house"), item("a"), item("b"), item("r", "house", every_s=900), item("q", every_s=900))
    assert stretches(both, 0, 3600) == [(3600, "ab", "rq")]
    assert [slot.item.id for slot in both.cast(at(0)).live] == ["a", "b", "r", "q"]
    mixed = reel(item("r", "house", every_s=900), item("n", "notice"), item("c", "campaign"))
    assert [slot.item.id for slot in mixed.cast(at(0)).live] == ["r", "n"]
    assert stretches(reel(item("h", "house"), item("r", "notice", every_s=900)), 0, 3600) == [(3600, "h", "r")]


def test_time_is_cut_where_somebody_begins_or_ends_and_at_every_full_hour() -> None:
    cut = reel(item("a"), item("b", start=later(0.001), until=later(4000)), item("c", start=later(4000.5)))
    assert stretches(cut, -1, 7300) == [
        (0, "a", ""),
        (0.001, "a", ""),
        (3600, "ab", ""),
        (4000, "ab", ""),
        (4000.5, "a", ""),
        (7200, "ac", ""),
        (10800, "ac", ""),
    ]


def test_time_is_not_cut_where_the_same_go_on() -> None:
    unmoved = reel(
        item("c", "campaign"), item("a", start=later(600)), item("b", until=later(900), daypart="12:20-12:40")
    )
    assert stretches(unmoved, 0, 3600) == [(3600, "c", "")]


def test_dayparts_cut_it_too() -> None:
    parts = reel(item("a"), item("b", daypart="12:10-12:20"), item("c", daypart="12:15-13:00", until=later(1000)))
    assert stretches(parts, 0, 3600) == [
        (600, "a", ""),
        (900, "ab", ""),
        (1000, "abc", ""),
        (1200, "ab", ""),
        (3600, "a", ""),
    ]
    assert stretches(reel(item("x", daypart="nonsense")), 0, 3600) == [(3600, "", "")]


def test_of_emergencies_the_one_that_began_last_is_alone_and_of_equals_the_later_in_the_programme() -> None:
    alarms = reel(
        item("a"),
        item("r", "house", every_s=300),
        item("e", "emergency", start=later(60), until=later(1000)),
        item("f", "emergency", start=later(120), until=later(300)),
        item("g", "emergency", start=later(120), until=later(200)),
    )
    hour = [one for one in told(alarms.hour(HOUR)) if one[0] in {"e", "f", "g"}]
    assert hour == [("e", 60), ("g", 80), ("f", 100), ("e", 700)]
    assert alarms.cast(at(0)).emergency is None
    begun = [reel(item("e", "emergency", until=later(9)), item("f", "emergency", start=later(-1), until=later(9)))]
    begun.append(reel(item("f", "emergency", start=later(-1), until=later(9)), item("e", "emergency", until=later(9))))
    for one in begun:
        alarm = one.cast(at(0)).emergency
        assert alarm is not None
        assert alarm.item.id == "f"


def test_an_hours_turns_leave_no_gap_and_each_instant_is_found_in_its_own() -> None:
    full = reel(item("a"), item("b", until=later(100.5)), item("r", "house", every_s=600), item("c", start=later(77)))
    for number in (HOUR - 1, HOUR, HOUR + 1):
        turns = full.hour(number)
        assert (turns[0].start, turns[-1].end) == (number * HOUR_MS, (number + 1) * HOUR_MS)
        assert all(one.end == other.start for one, other in pairwise(turns))
        for turn in turns:
            assert full.turn(turn.start) is turn
            assert full.turn(turn.end - 1) is turn


def test_required_items_stand_in_what_the_others_leave() -> None:
    once = reel(item("a", seconds=60), item("r", "house", every_s=900, seconds=20))
    hour = told(once.hour(HOUR, keep=False))
    assert (told(once.hour(HOUR)), once.hour(HOUR)) == (hour, once.hour(HOUR))
    assert once.hour(HOUR) is once.hour(HOUR, keep=False), "what is kept is not reckoned again"
    assert sum(length for name, length in hour if name == "a") == 3600 - 6 * 20
    assert [length for name, length in hour if name == "r"] == [20] * 6
    alone = told(reel(item("r", "house", every_s=900, seconds=20)).hour(HOUR))
    assert alone == [("r", 20), (None, 580)] * 6
    crowded = told(reel(item("a"), item("r", "house", every_s=30, seconds=30)).hour(HOUR))
    assert {name for name, _ in crowded} == {"r"}


def test_the_hours_of_a_day_are_kept_and_no_more() -> None:
    long = reel(item("a"), item("b"))
    hours = [long.hour(HOUR + number) for number in range(40)]
    assert len(long._hours) == 12
    assert long.hour(HOUR + 39) is hours[-1]
    assert long.hour(HOUR + 28) is hours[28]
    assert long.hour(HOUR) is not hours[0], "the oldest has given way"
    assert told(long.hour(HOUR)) == told(hours[0])


def test_nobody_at_all_leaves_the_hour_to_the_house() -> None:
    empty = reel(item("a", start=later(7200)))
    assert told(empty.hour(HOUR)) == [(None, 3600)]
    assert empty.cast(at(0)).emergency is None
    assert told(reel().hour(HOUR)) == [(None, 3600)]


def test_one_stands_until_another_does_at_the_latest_until_the_full_hour() -> None:
    two = reel(item("a", share=2000), item("b"))
    assert told(two.hour(HOUR))[:6] == [("a", 10), ("a", 10), ("b", 10)] * 2
    assert [two.stands_until(at(seconds)) for seconds in (0, 9.999, 20, 30, 35)] == [
        at(s) for s in (20, 20, 30, 50, 50)
    ]
    assert [reel(item("a")).stands_until(at(s)) for s in (0, 3599.999, 3600)] == [at(3600), at(3600), at(7200)]


@pytest.mark.parametrize("seconds", [0, 30])
def test_a_rival_that_stood_before_a_cut_is_kept_apart_by_a_house_slide(seconds: int) -> None:
    edge = later(seconds)
    shy = item("a", apart=FUND, start=edge)
    for before, first in (
        (item("b", tags=FUND, until=edge), (None, 3)),
        (item("b", "emergency", tags=FUND, start=later(seconds - 60), until=edge), (None, 3)),
        (item("b", "house", tags=FUND, every_s=60, until=edge), ("a", 10)),
        (item("b", until=edge), ("a", 10)),
    ):
        turns = [turn for turn in reel(before, shy).hour(HOUR) if turn.start >= edge.ms]
        assert told(turns)[0] == first


def test_who_stood_last_counts_with_what_was_required_there() -> None:
    """Before the hour: b for all of the time that r leaves it, r as the very last."""
    late = reel(
        item("b", "notice", tags=FUND, until=later(0)),
        item("r", "house", every_s=600, seconds=20, until=later(0)),
        item("a", apart=FUND),
    )
    assert told(late.hour(HOUR))[0] == (None, 3)
    ends = (item("c", "notice", until=later(0)), item("d", "notice", until=later(0)))
    rival = item("b", "notice", tags=FUND, until=later(0))
    assert told(reel(*ends, rival, item("a", apart=FUND)).hour(HOUR))[0] == (None, 3)
    assert told(reel(rival, *ends, item("a", apart=FUND)).hour(HOUR))[0] == ("a", 10)
    never = reel(item("r", "house", every_s=30, seconds=30, until=later(0)), item("a", apart=FUND))
    assert told(never.hour(HOUR))[0] == ("a", 10)
    hidden = reel(
        item("b", "notice", tags=FUND, until=later(0)),
        item("r", "house", every_s=30, seconds=30, until=later(0)),
        item("a", apart=FUND),
    )
    assert told(hidden.hour(HOUR))[0] == ("a", 10)


def test_a_millisecond_is_a_turn_too() -> None:
    brief = reel(item("a", until=later(0.001)), item("b", start=later(0.001)))
    assert told(brief.hour(HOUR))[0] == ("a", 0.001)
