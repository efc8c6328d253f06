"""The finger on the glass: each of its places, in the order in which it was there; and of a rattling panel no more than hands can do.

Between two frames a finger can go down, write and lift. Kivy's own provider hands on one touch object that is by then where the
finger ended, and of its moves the last alone; so quick handwriting would lose its curves, and on a busy machine all of a line.
"""

from collections import deque
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from kivy.base import EventLoop
from kivy.input.provider import MotionEventProvider
from kivy.input.providers.mouse import MouseMotionEvent

NAME: Final = "finger"
MOST: Final = 20  # presses in one pass of the drawing loop: ten fingers, twice
_BUTTONS: Final = ("left", "middle", "right")  # a wheel presses nothing


class Felt(NamedTuple):
    """What one touch did. `place`: from the window's lower left corner, 0 to 1 each way."""

    kind: str  # "begin", "update" or "end", as Kivy has it
    touch: Any
    place: tuple[float, float]


class Finger(MotionEventProvider):
    """What the window says of its pointer, handed on when the loop asks."""

    def __init__(self) -> None:
        super().__init__(NAME, "")
        self._down: Any = None
        self._at = (0.0, 0.0)  # where that is
        self._count = 0
        self._felt: list[Felt] = []
        self._due: deque[Felt] = deque()  # one whose handling fails does not take the others with it
        self._left_out: set[int] = set()

    def start(self) -> None:
        EventLoop.window.bind(on_mouse_down=self._press, on_mouse_move=self._move, on_mouse_up=self._lift)

    def stop(self) -> None:
        EventLoop.window.unbind(on_mouse_down=self._press, on_mouse_move=self._move, on_mouse_up=self._lift)

    def update(self, dispatch_fn: Any) -> None:  # noqa: ARG002  # Kivy's queue: it would move all to the last place first
        """What has been felt since the pass before, each thing while the touch is at its place."""
        felt, self._felt = self._felt, []
        self._due.extend(self._of_hands(felt))
        while self._due:
            one = self._due.popleft()
            one.touch.move(one.place)
            EventLoop.post_dispatch_input(one.kind, one.touch)

    def _of_hands(self, felt: list[Felt]) -> Iterable[Felt]:
        """Of too many presses the last ones, each as a whole.

        With all of them a screen would draw nothing for so long that its guard takes it for one that hangs, covers it and starts
        it again.
        """
        begun = [one.touch.uid for one in felt if one.kind == "begin"]
        self._left_out.update(begun[:-MOST])
        for one in felt:
            if one.touch.uid not in self._left_out:
                yield one
            elif one.kind == "end":
                self._left_out.discard(one.touch.uid)

    def _press(self, window: Any, x: float, y: float, button: str, _modifiers: Any) -> None:
        if button not in _BUTTONS:
            return
        self._end()  # nothing said that the one before was lifted: a panel that went away for a moment
        self._count += 1
        self._at = _place(window, x, y)
        words = [*self._at, button]
        self._down = MouseMotionEvent(self.device, f"{NAME}{self._count}", words, is_touch=True, type_id="touch")
        self._felt.append(Felt("begin", self._down, self._at))

    def _move(self, window: Any, x: float, y: float, _modifiers: Any) -> None:
        if self._down is not None:
            self._at = _place(window, x, y)
            self._felt.append(Felt("update", self._down, self._at))

    def _lift(self, window: Any, x: float, y: float, button: str, _modifiers: Any) -> None:
        if self._down is not None and button == self._down.button:
            self._at = _place(window, x, y)
            self._end()

    def _end(self) -> None:
        """Where it was last."""
        if self._down is not None:
            self._down.update_time_end()
            self._felt.append(Felt("end", self._down, self._at))
            self._down = None


def _place(window: Any, x: float, y: float) -> tuple[float, float]:
    across, down = window.to_normalized_pos(x, y)
    return across, 1.0 - down
