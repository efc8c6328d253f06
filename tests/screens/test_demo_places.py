"""The demo's hand finds the keys of the touch kiosk by a table: each place lies well within the key it is for."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.gallery.staff import CALLS
from kiosk.gallery.touch_cases import Case, Variant, branch, inside, make_touch
from kiosk.stage import Stage
from kiosk.view.pages import Expected, Keypad, Page, Panel, SuspendForm, Touch
from signage.cli.demo import places
from signage.cli.demo.plan import COUNTERS, TOUCH
from signage.core.model import BranchState
from signage.link.catalogues import load_catalogues

OpenStage = Callable[[int, int], Stage]
CATALOGUES = load_catalogues()
OPEN = replace(branch(), counters=branch().counters[: len(COUNTERS)])
BREAK = samples.suspended("counter:2", "break").suspensions
OUTAGE = samples.suspended("branch", "network").suspensions
STATES = {
    "open": OPEN,
    "alerted": replace(OPEN, calls=CALLS),
    "counter suspended": replace(OPEN, calls=CALLS, suspensions=BREAK),
    "branch suspended too": replace(OPEN, calls=CALLS, suspensions=(*BREAK, *OUTAGE)),
}


def shown(stage: OpenStage, state: BranchState, touch: Touch) -> Any:
    return stage(*TOUCH.size).show(make_touch(CATALOGUES, TOUCH.size, Variant("zh"), Case("demo", state, touch)))


def staff_page(stage: OpenStage, state: BranchState, page: Page) -> Any:
    return shown(stage, state, inside(page)).page


def holds(part: Any, place: places.Place) -> bool:
    """Whether the place is within the middle half of the part, however it is measured."""
    (width, height), (x, y) = TOUCH.size, place
    across = abs(x * width - part.center_x) / part.width
    along = abs(height - y * height - part.center_y) / part.height
    return bool(across < 0.25 and along < 0.25)


def says(button: Any) -> set[str]:
    return {part.text for part in button.walk(restrict=True) if hasattr(part, "fitted")}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_emblem(stage: OpenStage, state: BranchState) -> None:
    assert holds(shown(stage, state, Touch()).page.emblem, places.EMBLEM)


def test_the_digits(stage: OpenStage) -> None:
    keys = shown(stage, OPEN, Touch(page=Keypad())).page.keypad.keys
    for digit in "0123456789":
        key = next(key for key in keys if digit in says(key))
        assert holds(key, places.DIGITS[digit]), digit


@pytest.mark.parametrize(("state", "words"), [("open", "暂停"), ("alerted", "暂停"), ("counter suspended", "恢复")])
def test_one_key_suspends_the_counter_and_resumes_it(stage: OpenStage, state: str, words: str) -> None:
    card = staff_page(stage, STATES[state], Panel()).body.cards[1]
    assert words in says(card.button)
    assert holds(card.button, places.COUNTER_2)


@pytest.mark.parametrize(
    ("state", "words"),
    [("open", "暂停网点"), ("counter suspended", "暂停网点"), ("branch suspended too", "恢复")],
)
def test_one_key_begins_to_suspend_the_branch_and_resumes_it(stage: OpenStage, state: str, words: str) -> None:
    button = staff_page(stage, STATES[state], Panel()).body.branch.button
    assert words in says(button)
    assert holds(button, places.BRANCH)


def test_the_form_takes_a_reason_and_is_confirmed(stage: OpenStage) -> None:
    page = staff_page(stage, STATES["counter suspended"], SuspendForm("branch", "other", Expected.UNKNOWN))
    chip = next(chip for chip in page.groups[0] if "网络故障" in says(chip))
    assert holds(chip, places.NETWORK)
    assert "确认暂停服务" in says(page.confirm)
    assert holds(page.confirm, places.CONFIRM)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_way_out(stage: OpenStage, state: BranchState) -> None:
    assert holds(staff_page(stage, state, Panel()).sign_out, places.SIGN_OUT)
