"""A suspension on the glass of a touch screen: its own, the branch's on whatever page, and the room that telling it takes."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.design.tokens import DAY
from kiosk.gallery import opinions, reading, samples, touches
from kiosk.gallery.registry import Picture, Size
from kiosk.gallery.touch_cases import SIZES, Case, Variant, outage, picture, staff_only
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues
from signage.link.client import Connected
from tests.screens import eye
from tests.screens.booth import Booth

OpenStage = Callable[[int, int], Stage]
CATALOGUES = load_catalogues()
VARIANTS = (Variant("en", "en"), Variant("elder", elder=True))


@pytest.fixture(params=[(540, 960), (960, 540)], ids=["portrait", "landscape"])
def booth(request: pytest.FixtureRequest, stage: OpenStage, tmp_path: Path) -> Iterator[Booth]:
    made = Booth(stage(*request.param), tmp_path, request.param)
    yield made
    made.database.close()


def shown(booth: Booth) -> list[str]:
    return [event["data"]["ref"] for event in booth.stored("shown")]


def test_a_screen_that_is_itself_suspended_says_so_and_lets_staff_in(booth: Booth) -> None:
    booth.press("一周营业时间")
    booth.learn(samples.suspended("device:lobby-touch", "fault", "15:00"))
    for words in ("本机暂停使用", "设备故障", "预计 15:00 恢复", "请咨询大堂经理", "95599"):
        assert booth.says(words)
    assert not booth.says("今日营业时间")
    assert booth.share(DAY.suspended) > 0.5
    assert shown(booth) == ["s-1"]
    booth.wait(1)
    assert booth.line.last("status")["screen"]["scene"] == "suspended"
    booth.hold_emblem()
    assert booth.says("请输入六位密码")
    assert booth.share(DAY.suspended) < 0.01
    booth.learn(samples.house())
    booth.press("返回")
    assert booth.says("评价服务")


def test_before_any_state_was_seen_staff_get_in_and_can_end_the_screen(stage: OpenStage, tmp_path: Path) -> None:
    booth = Booth(stage(540, 960), tmp_path, (540, 960), alone=True)
    booth.station.handle(Connected("broker", "s"), booth.moment)
    booth.alive()
    booth.draw()
    assert booth.says("欢迎光临")
    booth.sign_in()
    assert booth.says("王芳")
    assert booth.says("尚未收到网点信息，请检查网点控制器")
    assert not booth.says("营业")
    for key in ("结束程序", "设备维护", "确认结束"):
        booth.press(key)
    assert booth.station.left
    assert [event["data"]["action"] for event in booth.stored("audit")] == ["screen.exit"]
    booth.database.close()


@pytest.mark.parametrize("card", ["一周营业时间", "服务与投诉电话", "客户意见簿", "业务指南", "呼叫大堂经理"])
def test_a_suspended_branch_is_seen_on_whatever_page_a_customer_is_at(booth: Booth, card: str) -> None:
    booth.press(card)
    assert booth.share(DAY.suspended) < 0.01
    booth.learn(samples.suspended("branch", "power", "15:00"))
    assert booth.says("暂停服务：网点停电，预计 15:00 恢复")
    assert booth.share(DAY.suspended) > 0.02
    assert shown(booth) == ["s-1"]


def test_what_staff_do_not_see_is_told_when_a_customer_can_see_it(booth: Booth) -> None:
    booth.sign_in()
    booth.press("设备")
    booth.learn(samples.suspended("branch", "power", "15:00"))
    assert shown(booth) == []
    booth.press("退出")
    booth.wait(3.1)
    assert shown(booth) == ["s-1"]


def test_a_second_finger_on_the_emblem_does_not_hold_it(booth: Booth) -> None:
    emblem = booth.face.widget.page.emblem  # type: ignore[union-attr]  # the home page has one
    first, second = (booth.stage.touch(*emblem.center) for _ in range(2))
    first.touch_down()
    booth.stage.run(1.5)
    second.touch_down()
    first.touch_up()
    booth.stage.run(1)
    second.touch_up()
    booth.draw()
    assert booth.says("评价服务")


def test_a_key_that_cannot_be_pressed_is_pale_and_says_what_is_missing(booth: Booth) -> None:
    booth.press("客户意见簿")
    booth.press("写意见")
    key = booth.button("提交意见")
    assert (key.enabled, key.words.first.colour) == (False, DAY.muted)
    booth.press("排队等候")
    assert booth.says("请选一句话，或手写几句")
    booth.press("提交意见")
    assert booth.stored("case") == []
    booth.press("等候时间太长")
    assert not booth.says("请选一句话，或手写几句")
    key = booth.button("提交意见")
    assert (key.enabled, key.words.first.colour) == (True, DAY.on_brand)


def test_a_third_reason_is_seen_to_be_one_too_many(booth: Booth) -> None:
    booth.star(2)
    booth.press("等候较久")
    booth.press("讲解不清")
    assert booth.says("已选两项，再按一下可取消")
    third = booth.button("环境欠佳")
    assert (third.enabled, third.words.first.colour) == (False, DAY.muted)
    booth.press("讲解不清")
    assert booth.says("可选一至两项原因")
    booth.press("环境欠佳")
    booth.press("提交评价")
    assert [event["data"]["reasons"] for event in booth.stored("rating")] == [["slow", "untidy"]]


def test_an_unheard_call_is_owned_up_to_until_it_gets_through(booth: Booth) -> None:
    booth.press("呼叫大堂经理")
    booth.wait(9)
    assert booth.says("正在呼叫大堂经理")
    booth.wait(1.5)
    assert booth.says("呼叫尚未接通")
    assert booth.says("请到咨询台，或拨打 95599")


def _told(size: Size) -> Iterator[Picture]:
    """Every customer's page with the strip on it."""
    for case in (*touches.cases(), *reading.cases(), *opinions.cases()):
        if case.state is not None and not staff_only(case) and not case.state.suspensions:
            down = case._replace(state=replace(case.state, suspensions=outage().suspensions))
            yield from map(partial(_picture, size, down), VARIANTS)


def _picture(size: Size, case: Case, variant: Variant) -> Picture:
    return picture(CATALOGUES, size, variant, case)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_page_has_room_for_the_strip(stage: OpenStage, size: Size) -> None:
    stage(*size)
    faults = {f"{one.title}: {fault}" for one in _told(size) for fault in eye.faults(one, one.make())}
    assert faults == set()
