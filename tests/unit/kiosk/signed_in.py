"""What tests of what staff do share: somebody who is signed in, and a walk from there."""

from datetime import timedelta
from typing import Any

from kiosk.view.happenings import HoldEmblem, PressDigit, Replied, Tap
from kiosk.view.pages import Intent, Panel, Staff, Touch
from kiosk.view.staff_taps import SuspendNow
from signage.core.instants import Instant
from tests.unit.kiosk.worlds import NOW, at, walk

UNTIL = Instant.of(NOW + timedelta(minutes=10))
MANAGER = Staff("0007", "lobby-manager", "token", UNTIL, "王芳")
LET_IN = {"actor": "0007", "name": "王芳", "role": "lobby-manager", "token": "token", "until": str(UNTIL)}
DIGITS = tuple(PressDigit(digit) for digit in "135790")
COUNTER_2 = Intent("counter:2", on=True, reason="break")
BACK = Intent("counter:2", on=False)


def asked(*, private: bool = True) -> tuple[Touch, list[Any]]:
    return walk(Touch(), HoldEmblem(), *DIGITS, world=at(fresh="p", private=private))


def inside(*taps: Tap) -> tuple[Touch, list[Any]]:
    return walk(Touch(Panel(), staff=MANAGER), *taps, world=at(fresh="o"))


def suspended(seconds: float = 0) -> Touch:
    """One tap has suspended counter 2, and the controller has said so."""
    touch, _ = inside(SuspendNow("counter:2", "break"))
    return walk(touch, Replied("o", ok=True, result={"revision": 7}), world=at(seconds))[0]
