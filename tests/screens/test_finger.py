"""What a finger does between two frames arrives in its order and at its places, and a crowd of presses as few."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.finger import MOST, Finger
from kiosk.stage import Stage

WIDE, HIGH = 540, 960


class Hand:
    """The window's pointer, and what the window's children hear of it: what, and how far from the upper left corner."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.window, self.heard = stage, stage.window, list[tuple[str, int, int]]()
        self.finger = Finger()
        stage.window.bind(on_touch_down=self.hear("down"), on_touch_move=self.hear("move"), on_touch_up=self.hear("up"))
        self.finger.start()

    def hear(self, what: str) -> Callable[[Any, Any], None]:
        return lambda _, touch: self.heard.append((what, round(touch.x), HIGH - 1 - round(touch.y)))

    def down(self, x: int, y: int, button: str = "left") -> None:
        self.window.dispatch("on_mouse_down", x, y, button, [])

    def move(self, x: int, y: int) -> None:
        self.window.dispatch("on_mouse_move", x, y, [])

    def up(self, x: int, y: int, button: str = "left") -> None:
        self.window.dispatch("on_mouse_up", x, y, button, [])

    def frame(self) -> list[tuple[str, int, int]]:
        """What is heard in one pass of the loop."""
        self.heard.clear()
        self.finger.update(lambda *_: pytest.fail("through Kivy's queue"))
        return list(self.heard)


@pytest.fixture
def hand(stage: Callable[..., Stage]) -> Iterator[Hand]:
    made = Hand(stage(WIDE, HIGH))
    yield made
    made.finger.stop()


def test_a_line_written_between_two_frames_keeps_its_places(hand: Hand) -> None:
    places = [(100, 200), (140, 260), (220, 230), (300, 400)]
    hand.down(*places[0])
    for place in places[1:]:
        hand.move(*place)
    hand.up(*places[-1])
    assert hand.frame() == [("down", *places[0]), *(("move", *place) for place in places[1:]), ("up", *places[-1])]
    assert hand.frame() == [], "each is told once"


def test_a_finger_that_stays_is_told_of_as_it_moves(hand: Hand) -> None:
    hand.down(10, 20)
    assert hand.frame() == [("down", 10, 20)]
    hand.move(30, 40)
    assert hand.frame() == [("move", 30, 40)]
    hand.up(30, 41)
    assert hand.frame() == [("up", 30, 41)]
    hand.move(50, 60)
    assert hand.frame() == [], "nothing presses any more"


def test_of_a_crowd_the_last_presses_count_as_a_whole(hand: Hand) -> None:
    for number in range(100):
        hand.down(number, 5)
        hand.move(number, 6)
        hand.up(number, 7)
    heard = hand.frame()
    assert heard == [
        told
        for number in range(100 - MOST, 100)
        for told in (("down", number, 5), ("move", number, 6), ("up", number, 7))
    ]


def test_as_many_as_hands_can_do_are_all_heard(hand: Hand) -> None:
    for number in range(MOST):
        hand.down(number, 5)
        hand.up(number, 5)
    assert [x for what, x, _ in hand.frame() if what == "down"] == list(range(MOST))


def test_a_finger_that_is_down_is_none_of_the_crowd_and_a_press_left_out_has_no_end_later(hand: Hand) -> None:
    hand.down(1, 1)
    hand.frame()
    hand.up(1, 2)
    for number in range(MOST):
        hand.down(10 + number, 5)
        hand.up(10 + number, 5)
    hand.down(99, 9)
    heard = hand.frame()
    assert heard[0] == ("up", 1, 2)
    assert ("down", 10, 5) not in heard
    assert heard[-1] == ("down", 99, 9)
    hand.up(99, 9)
    assert hand.frame() == [("up", 99, 9)]


def test_a_wheel_presses_nothing(hand: Hand) -> None:
    hand.down(1, 1, "scrolldown")
    hand.up(1, 1, "scrolldown")
    assert hand.frame() == []


@pytest.mark.parametrize("button", ["left", "right"])
def test_a_press_whose_end_was_lost_ends_where_it_was_with_the_next_one(hand: Hand, button: str) -> None:
    """Else a panel that loses one end would be dead from then on."""
    hand.down(1, 1, button)
    hand.move(3, 3)
    hand.down(8, 8)
    hand.up(8, 9)
    hand.up(8, 9, button)
    assert hand.frame() == [("down", 1, 1), ("move", 3, 3), ("up", 3, 3), ("down", 8, 8), ("up", 8, 9)]


def test_nothing_is_felt_once_it_has_stopped(hand: Hand) -> None:
    hand.finger.stop()
    hand.down(1, 1)
    assert hand.frame() == []


def test_one_whose_handling_fails_does_not_take_those_behind_it(hand: Hand) -> None:
    def fail(_window: Any, touch: Any) -> None:
        if round(touch.x) == 1:
            raise ValueError(touch)

    hand.window.bind(on_touch_down=fail)
    hand.down(1, 1)
    hand.up(1, 1)
    hand.down(2, 2)
    with pytest.raises(ValueError):  # noqa: PT011  # its own
        hand.frame()
    assert hand.frame() == [("up", 1, 1), ("down", 2, 2)]
    hand.window.unbind(on_touch_down=fail)
