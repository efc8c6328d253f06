"""Proof of play: turns are counted, their time is that of frames, whatever the clock does."""

from dataclasses import replace

from kiosk.gallery import samples
from kiosk.view.plays import Playing, Plays
from signage.core.instants import Instant

NOW = samples.AFTERNOON


def later(seconds: float) -> Instant:
    return Instant.from_ms(NOW.ms + round(seconds * 1000))


def test_plays_are_counted_by_turns_and_timed_by_frames() -> None:
    plays = Plays(NOW)
    a, b = Playing("a", "11", ("i", NOW)), Playing("b", None, ("j", later(10)))
    plays.drawn((a,), NOW)
    plays.drawn((a,), later(4))
    plays.drawn((b,), later(10))
    plays.drawn((), later(12.4))
    plays.drawn((replace(a, turn=("i", later(20))),), later(20))
    assert plays.due() == later(300)
    assert plays.take("wall", later(30)) == {
        "screen": "wall",
        "items": [{"ref": "a", "count": 2, "seconds": 20, "sha256": "11"}, {"ref": "b", "count": 1, "seconds": 2}],
        "from": str(NOW),
        "to": str(later(30)),
    }
    assert plays.due() == later(330)


def test_what_plays_beside_the_main_zone_is_counted_too() -> None:
    plays = Plays(NOW)
    main, side = Playing("a", "11", ("i", NOW)), Playing("b", "22", ("j", NOW))
    plays.drawn((main, side), NOW)
    plays.drawn((replace(main, turn=("i", later(10))), side), later(10))
    data = plays.take("wall", later(15))
    assert data is not None
    assert [(one["ref"], one["count"], one["seconds"]) for one in data["items"]] == [("a", 2, 15), ("b", 1, 15)]


def test_one_turn_of_an_asset_looks_like_the_next() -> None:
    first, next_turn = Playing("a", "11", ("i", NOW)), Playing("a", "11", ("i", later(10)))
    assert first != next_turn
    assert first.picture == next_turn.picture != Playing("a", "22", ("i", NOW)).picture


def test_nothing_played_is_nothing_told_and_a_clock_that_goes_back_credits_nothing() -> None:
    plays = Plays(NOW)
    assert plays.take("wall", later(5)) is None
    plays.drawn((Playing("a", "11", ("i", NOW)),), later(6))
    plays.drawn((), later(1))
    data = plays.take("wall", later(9))
    assert data is not None
    assert data["items"][0]["seconds"] == 0


def test_plays_of_a_clock_that_was_put_back_end_no_earlier_than_they_began() -> None:
    plays = Plays(later(3600))
    plays.drawn((Playing("a", "11", ("i", NOW)),), NOW)
    data = plays.take("wall", later(9))
    assert data is not None
    assert (data["from"], data["to"]) == (str(later(9)), str(later(9)))
    assert data["items"][0]["seconds"] == 9
