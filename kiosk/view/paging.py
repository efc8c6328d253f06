"""Long lists in sheets, so that every row stays large enough for a thumb."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from kiosk.view.happenings import Tap
from kiosk.view.pages import Tab
from kiosk.view.panel import Action, Pager
from kiosk.view.staff_taps import ShowTab
from kiosk.view.voice import Voice

T = TypeVar("T")


def sheet_of(things: Sequence[T], sheet: int, most: int, tab: Tab, voice: Voice) -> tuple[tuple[T, ...], Pager | None]:
    """A sheet of one of the panel's lists. See `turned`."""
    return turned(things, sheet, most, partial(ShowTab, tab), voice)


def turned(
    things: Sequence[T], sheet: int, most: int, turn: Callable[[int], Tap], voice: Voice
) -> tuple[tuple[T, ...], Pager | None]:
    """The things on one sheet, and how to turn it; None where all stand on one. A sheet beyond the last is the last."""
    sheets = max(1, -(-len(things) // most))
    at = max(0, min(sheet, sheets - 1))
    shown = tuple(things[at * most : (at + 1) * most])
    if sheets == 1:
        return shown, None
    back = Action(voice.say("staff.sheet_back"), turn(at - 1)) if at > 0 else None
    on = Action(voice.say("staff.sheet_on"), turn(at + 1)) if at < sheets - 1 else None
    return shown, Pager(voice.say("staff.sheet", sheet=at + 1, of=sheets), back, on)
