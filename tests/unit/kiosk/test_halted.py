"""A suspension on the touch screen: its own in place of every page, the branch's as a strip on those about something else."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_

from kiosk.design.icon_shapes import Icon
from kiosk.gallery import samples
from kiosk.view.letter_views import StillView
from kiosk.view.pages import Counters, Home, Hotline, Keypad, Page, Rating, Touch, Week
from kiosk.view.signed import with_alarm, with_halt
from kiosk.view.touch import AlarmView, HaltedView, Known, TouchView, scene_name, touch_view
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import Fact, SuspendedMain
from signage.core.hours import read_hours
from signage.core.model import BranchState, ScreenEntry
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues

NOW = samples.AFTERNOON
TOUCH = ScreenEntry(name="lobby-touch", kind="touch")
CATALOGUES = load_catalogues()
ZH = Voice.of(CATALOGUES, "zh", elder=True)
OWN = samples.suspended("device:lobby-touch", "fault", "15:00")
BRANCH = samples.suspended("branch", "power", "15:00")


def seen(state: BranchState, page: Page) -> TouchView:
    known = Known(state, read_hours(state.hours), heard=True, glasses={}, device=TOUCH.name)
    return touch_view(known, Touch(page), CATALOGUES, NOW)


def picture(state: BranchState) -> Scene:
    return scene(state, None, None, TOUCH, NOW)


def test_a_screen_that_is_itself_suspended_says_why_until_when_and_where_to_go_instead() -> None:
    halted = with_halt(seen(OWN, Rating("e", NOW, 4)), picture(OWN), ZH)
    assert halted.page == HaltedView(
        SuspendedMain(
            Pair("本机暂停使用"),
            (
                Fact(Icon.FAULT, Pair("设备故障")),
                Fact(Icon.CLOCK, Pair("预计 15:00 恢复")),
                Fact(Icon.ARROW, Pair("如需帮助，请咨询大堂经理或致电 95599")),
            ),
        )
    )
    assert halted.frame.hotline == "95599"
    assert scene_name(Touch(Rating("e", NOW, 4)), halted, "suspended") == "suspended"


def test_it_says_so_while_the_branch_is_suspended_too() -> None:
    both = with_(BRANCH, suspensions=(*BRANCH.suspensions, *OWN.suspensions))
    halted = with_halt(seen(both, Home()), picture(both), ZH)
    assert isinstance(halted.page, HaltedView)
    assert halted.page.main.title == Pair("本机暂停使用")


@pytest.mark.parametrize(
    ("state", "page"),
    [
        (OWN, Keypad()),
        (BRANCH, Home()),
        (samples.suspended("device:lobby-wall", "fault"), Home()),
        (samples.suspended("counter:3", "fault"), Home()),
        (samples.house(), Home()),
    ],
)
def test_staff_at_work_and_what_is_suspended_elsewhere_leave_the_page_as_it_is(state: BranchState, page: Page) -> None:
    view = seen(state, page)
    assert with_halt(view, picture(state), ZH) is view


def test_neither_it_nor_an_emergency_waits_behind_the_question_whether_somebody_is_there() -> None:
    asked = replace(seen(OWN, Week()), still=StillView(Pair("您还在吗？"), "", Pair("")))
    halted = with_halt(asked, picture(OWN), ZH)
    assert (type(halted.page), halted.still) == (HaltedView, None)
    alarmed = with_alarm(asked, picture(samples.noticed({"zh": "请离开"}, 100, "touch")), NOW, ZH)
    assert (type(alarmed.page), alarmed.still) == (AlarmView, None)


@pytest.mark.parametrize("page", [Week(), Hotline(), Rating("e", NOW, 4)])
def test_a_suspended_branch_is_told_on_pages_about_something_else(page: Page) -> None:
    assert seen(BRANCH, page).strip == "暂停服务：网点停电，预计 15:00 恢复"
    assert seen(samples.house(), page).strip == ""


@pytest.mark.parametrize("page", [Home(), Counters(), Keypad()])
def test_pages_that_say_so_themselves_and_staff_need_no_strip(page: Page) -> None:
    assert seen(BRANCH, page).strip == ""
