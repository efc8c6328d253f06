"""Who asks for a rating, and until when."""

import pytest

from firmware_bridge.asking import Asking
from firmware_bridge.prompts import Wanted
from firmware_bridge.settings import PadSettings
from signage.core.model import Counter, Prompt
from tests.unit.firmware_bridge.pads import START, after


def counter(prompt: str | None = None, seconds: float = 15) -> Counter:
    asked = Prompt(id=prompt, until=after(seconds)) if prompt else None
    return Counter(number="1", business={"zh": "x"}, state="open", prompt=asked, teller="t8")


def asking(limit_s: float | None = None) -> Asking:
    return Asking([PadSettings("1", "ff68", "p", prompt_timeout_s=limit_s)])


@pytest.mark.parametrize(("limit_s", "until"), [(None, 60), (20, 20), (90, 60)])
def test_the_branch_asks_no_longer_than_the_pad_may(limit_s: float | None, until: float) -> None:
    assert asking(limit_s).by_branch(counter("p", 60), START) == Wanted("1", "p", after(until), "t8")
    assert asking(limit_s).by_branch(counter(), START) == Wanted("1")


@pytest.mark.parametrize(("limit_s", "seconds"), [(None, 15), (8, 8), (40, 40)])
def test_a_keypad_asks_for_as_long_as_is_configured(limit_s: float | None, seconds: float) -> None:
    one = asking(limit_s)
    assert one.seconds("1") == seconds
    assert one.by_keypad("1", "k", None, START) == Wanted("1", "k", after(seconds))


def test_a_state_of_before_the_keypad_does_not_end_what_it_asks() -> None:
    """Even one that arrives together with the key, before anything of it is stored."""
    one = asking()
    one.by_keypad("1", "k", None, START)
    assert one.by_branch(counter(), START) is None
    assert one.by_branch(counter(), after(14.9)) is None
    assert one.by_branch(counter("k"), after(1)) == Wanted("1", "k", after(15), "t8")
    assert one.by_branch(counter(), after(2)) == Wanted("1")  # the branch knew of it, and asks no more
    one.by_keypad("1", "k2", None, START)
    assert one.by_branch(counter(), after(15)) == Wanted("1")


def test_what_was_not_stored_was_never_asked() -> None:
    one = asking()
    assert one.undo("1") is None
    one.by_keypad("1", "k", None, START)
    assert one.undo("1") == "k"
    assert one.by_branch(counter(), after(1)) == Wanted("1")
