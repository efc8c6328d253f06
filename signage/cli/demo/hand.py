"""A member of staff at the touch kiosk: fingers on the glass, and eyes that wait until the page has turned."""

from collections.abc import Callable
from typing import Final

from signage.cli.demo.places import DIGITS, EMBLEM, SIGN_OUT, Place
from signage.cli.demo.plan import TOUCH
from signage.cli.demo.stage import Stage
from signage.cli.demo.watch import TooLate
from signage.link.clock import monotonic

_TRIES: Final = 3
_LOOK_S: Final = 0.1
_PACE_S: Final = 0.15  # from one tap to the next
_PATIENCE_S: Final = 8.0  # with a page that does not turn; the emblem wants two seconds of them
_HELD_S: Final = 2.0
_HOME_S: Final = 16.0  # so long untouched, a page that is not the panel goes home


def sign_in(stage: Stage) -> None:
    """Hold the emblem, type the PIN; again, as anybody would, if the kiosk did not take it. Raises TooLate."""
    for left in reversed(range(_TRIES)):
        try:
            _hold_emblem(stage)
            turn(stage, "the staff panel", lambda: _type(stage, stage.house.pin))
        except TooLate:
            stage.display.release()
            if not left:
                raise
            stage.watch.pause(_HOME_S)
        else:
            return


def _hold_emblem(stage: Stage) -> None:
    """Until the keypad is there. What comes before the emblem was held long enough is some other page."""
    pressed = monotonic()
    turn(stage, "the keypad", lambda: stage.display.press(TOUCH, *EMBLEM))
    stage.display.release()
    if monotonic() - pressed < _HELD_S:
        raise TooLate("the keypad on the touch kiosk: another page came")


def tap(stage: Stage, place: Place) -> float:
    """Press and let go; when the finger began to leave the glass, in monotonic seconds."""
    stage.display.press(TOUCH, *place)
    stage.watch.pause(_PACE_S / 2)
    left = monotonic()
    stage.display.release()
    return left


def turn(stage: Stage, page: str, act: Callable[[], object]) -> None:
    """Do something that turns the page, and wait until the glass shows another head. Raises TooLate."""
    before = stage.display.head(TOUCH)
    act()
    deadline = monotonic() + _PATIENCE_S
    while stage.display.head(TOUCH) == before:
        if monotonic() > deadline:
            raise TooLate(f"{page} on the touch kiosk: not within {_PATIENCE_S:.0f} s")
        stage.watch.pause(_LOOK_S)


def sign_out(stage: Stage) -> None:
    """Out, and past the farewell, which would not take the next hand. Raises TooLate."""
    turn(stage, "the farewell", lambda: tap(stage, SIGN_OUT))
    turn(stage, "the first page", lambda: None)


def _type(stage: Stage, pin: str) -> None:
    for digit in pin:
        tap(stage, DIGITS[digit])
        stage.watch.pause(_PACE_S)
