"""People at the touch screen: real touches, real pixels, a real disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.design.tokens import DAY
from kiosk.gallery import samples
from kiosk.gallery.staff import ROUND
from kiosk.stage import Stage
from kiosk.view.pages import Touch
from signage.core.model import Call, Case
from tests.screens.booth import Booth

OpenStage = Callable[[int, int], Stage]
SIZES = [(540, 960), (960, 540)]


@pytest.fixture(params=SIZES, ids=["portrait", "landscape"])
def booth(request: pytest.FixtureRequest, stage: OpenStage, tmp_path: Path) -> Iterator[Booth]:
    made = Booth(stage(*request.param), tmp_path, request.param)
    yield made
    made.database.close()


def test_one_tap_is_a_rating(booth: Booth) -> None:
    empty = booth.share(DAY.star)
    booth.star(4)
    assert booth.says("满意")
    assert booth.share(DAY.star) > empty + 0.004  # four filled stars on the glass
    assert booth.stored("rating") == []
    booth.wait(16)
    assert booth.says("感谢您的评价")
    assert [event["data"]["stars"] for event in booth.stored("rating")] == [4]
    booth.wait(6.1)
    assert booth.says("评价服务")
    assert booth.share(DAY.star) == pytest.approx(empty, abs=0.0005)


def test_two_taps_thank_at_once_and_three_say_why(booth: Booth) -> None:
    booth.star(5)
    booth.press("提交评价")
    assert booth.says("感谢您的评价")
    booth.press("返回")
    booth.star(2)
    booth.press("等候较久")
    booth.press("提交评价")
    assert [(event["data"]["stars"], event["data"]["reasons"]) for event in booth.stored("rating")] == [
        (5, []),
        (2, ["slow"]),
    ]


def test_a_press_shows_within_a_frame(booth: Booth) -> None:
    card = booth.button("一周营业时间")
    before = booth.stage.pixels()
    finger = booth.stage.touch(*card.center)
    finger.touch_down()
    booth.stage.step(1)
    x, y = round(card.x + 12), round(booth.stage.pixels().height - card.top + card.height / 2)
    assert booth.stage.pixels().getpixel((x, y)) != before.getpixel((x, y))
    finger.touch_move(1, 1)  # slid away: it was not meant
    finger.touch_up()
    booth.draw()
    assert booth.says("评价服务")


def test_who_walks_away_half_way_leaves_nothing(booth: Booth) -> None:
    booth.press("English")
    assert booth.says("Rate our service")
    booth.press("Large type")
    booth.hold_emblem()
    booth.type("135")
    booth.wait(61)
    assert booth.station.visitor is not None
    assert booth.station.visitor.touch == Touch()
    assert booth.says("评价服务")
    assert booth.commands() == []
    assert not (booth.station.settings.directory / "rating.json").exists()


def test_a_screen_whose_own_language_is_english_speaks_chinese_when_asked(stage: OpenStage, tmp_path: Path) -> None:
    booth = Booth(stage(540, 960), tmp_path, (540, 960), languages=("en", "zh"))
    booth.press("中文")
    booth.press("一周营业时间")
    booth.press("返回")
    booth.press("English")
    booth.press("中文")
    booth.wait(46)
    booth.press("中文")  # English again for who comes next
    booth.database.close()


def test_hong_kong_reaches_every_language_it_offers(stage: OpenStage, tmp_path: Path) -> None:
    booth = Booth(stage(540, 960), tmp_path, (540, 960), languages=("zh-HK", "zh", "en"))
    booth.press("中文")
    booth.press("English")
    booth.press("繁體中文")
    booth.press("中文")
    booth.database.close()


def test_a_power_cut_takes_no_rating(booth: Booth, stage: OpenStage, tmp_path: Path) -> None:
    size = booth.station.settings.size
    booth.star(1)
    booth.database.close()
    again = Booth(stage(*size), tmp_path, size)
    assert [event["data"]["stars"] for event in again.stored("rating")] == [1]
    again.database.close()
    third = Booth(stage(*size), tmp_path, size)
    assert len(third.stored("rating")) == 1
    third.database.close()


def test_every_page_is_one_card_away_and_comes_back(booth: Booth) -> None:
    for card, seen in (("窗口状态", "现金业务"), ("一周营业时间", "休息"), ("服务与投诉电话", "意见与投诉如何处理")):
        booth.press(card)
        assert booth.says(seen)
        booth.press("返回")
        assert booth.says("评价服务")


def test_a_page_goes_home_by_itself_and_says_when(booth: Booth) -> None:
    booth.press("窗口状态")
    bar = booth.face.widget.bar
    assert bar is not None
    assert bar.ring not in bar.children
    booth.wait(35)
    assert bar.ring in bar.children
    booth.wait(10.1)
    assert booth.says("评价服务")


def test_calling_the_lobby_manager_until_somebody_comes(booth: Booth) -> None:
    booth.press("呼叫大堂经理")
    assert booth.says("正在呼叫大堂经理")
    (call,) = booth.stored("call")
    assert call["data"] == {"device": "lobby-touch", "on": True}
    made = Call(id=call["id"], kind="call", at=booth.moment.at, device="lobby-touch")
    booth.learn(replace(booth.state, calls=(made,)))
    assert booth.says("已通知大堂经理")
    booth.learn(replace(booth.state, calls=()))
    assert booth.says("大堂经理马上就到")


def test_one_tap_after_the_pin_suspends_a_counter_and_the_rest_follows(booth: Booth) -> None:
    booth.sign_in()
    assert booth.says("王芳")
    booth.press("暂停")  # the first counter's: one tap, the other hand holds an umbrella
    order = booth.commands()[-1]
    assert (order["name"], order["actor"], order["token"]) == ("suspend", "0007", "t")
    assert order["args"] == {"scope": "counter:1", "reason": "break"}
    booth.learn(samples.suspended("counter:1", "break"))
    booth.answer(True, revision=booth.state.revision)
    assert booth.says("1 号窗口已暂停。已显示于 1/2 块屏，尚未显示：大屏 lobby-wall")
    booth.display("lobby-wall", booth.state.revision)
    assert booth.says("1 号窗口已暂停。已显示于 2/2 块屏")
    booth.press("原因和时间")
    booth.press("设备故障")
    booth.press("30 分钟")
    booth.press("更新原因和时间")
    args = booth.commands()[-1]["args"]
    assert (args["scope"], args["reason"], "until" in args) == ("counter:1", "fault", True)
    booth.answer(True, revision=booth.state.revision)
    booth.press("恢复")
    assert booth.commands()[-1]["name"] == "suspend", "too soon for a person: the finger was meant for what stood there"
    booth.wait(1)
    booth.press("恢复")
    assert (booth.commands()[-1]["name"], booth.commands()[-1]["args"]) == ("resume", {"scope": "counter:1"})


def test_a_slip_of_the_thumb_is_taken_back(booth: Booth) -> None:
    booth.sign_in()
    booth.press("暂停")
    booth.answer(True, revision=booth.state.revision)
    booth.press("撤销")
    assert (booth.commands()[-1]["name"], booth.commands()[-1]["args"]) == ("resume", {"scope": "counter:1"})
    booth.answer(True, revision=booth.state.revision)
    booth.wait(1)
    booth.press("暂停")
    booth.answer(True, revision=booth.state.revision)
    booth.wait(10)
    assert not booth.says("撤销")


def test_the_whole_branch_takes_one_tap_more_to_every_display(booth: Booth) -> None:
    booth.sign_in()
    booth.press("暂停网点")
    assert len(booth.commands()) == 1
    booth.press("网点停电")
    booth.press("确认暂停服务")
    order = booth.commands()[-1]
    assert (order["args"]["scope"], order["args"]["reason"]) == ("branch", "power")
    booth.learn(samples.suspended("branch", "power", "15:00"))
    booth.answer(True, revision=booth.state.revision)
    booth.press("退出")
    assert booth.says("王芳 已退出")
    booth.wait(3.1)
    assert booth.share(DAY.suspended) > 0.1
    assert booth.says("95599")
    assert [event["data"]["ref"] for event in booth.stored("shown")] == ["s-1"]


def test_a_call_is_taken_up_where_it_is_seen(booth: Booth) -> None:
    booth.learn(replace(booth.state, calls=(Call(id="c-1", kind="call", at=booth.moment.at, device="lobby-touch"),)))
    booth.sign_in()
    assert booth.says("客户呼叫大堂经理")
    booth.press("我来处理")
    assert (booth.commands()[-1]["name"], booth.commands()[-1]["args"]) == ("call.ack", {"call": "c-1"})
    booth.learn(replace(booth.state, calls=()))
    booth.answer(True, revision=booth.state.revision)
    assert booth.says("现在没有待办事项")


def test_a_case_is_taken_and_read_and_leaves_no_word_behind(booth: Booth) -> None:
    opened = Case(id="k-1", at=booth.moment.at, source="opinion", subject="waiting", callback=True)
    booth.learn(replace(booth.state, cases=(opened,)))
    booth.sign_in()
    booth.press("工单")
    booth.press("查看")
    assert booth.commands()[-1]["name"] == "case.read"
    booth.answer(True, text="等太久", contact="13805712233", phrases=["long-wait"])
    assert booth.says("13805712233")
    booth.press("我来跟进")
    assert booth.commands()[-1]["args"] == {"case": "k-1", "action": "assigned"}
    booth.answer(True, revision=booth.state.revision)
    assert booth.says("工单已更新")
    booth.wait(61)
    booth.wait(3.1)
    assert not booth.says("13805712233")
    kept = [path.read_bytes() for path in booth.station.settings.directory.iterdir() if path.is_file()]
    assert not any(b"13805712233" in content for content in kept)


def test_a_round_with_a_finding_survives_a_call_in_between_and_is_sent_once(booth: Booth) -> None:
    booth.sign_with(ROUND)
    booth.sign_in()
    booth.press("检查")
    assert booth.says("已超时")
    booth.press("开始")
    booth.press("符合要求")
    booth.wait(61)  # called away: the panel leaves by itself
    booth.wait(3.1)
    booth.sign_in()
    booth.press("检查")
    booth.press("继续")
    assert booth.says("第 2 / 3 步")
    booth.press("有问题")
    booth.press("有灯不亮")
    booth.press("符合要求")
    assert booth.says("发现 1 个问题")
    booth.press("提交检查结果")
    order = booth.commands()[-1]
    assert (order["name"], order["args"]["checklist"], order["args"]["version"]) == (
        "checklist.result",
        "daily-opening",
        3,
    )
    assert [step["ok"] for step in order["args"]["steps"]] == [True, False, True]
    booth.answer(True, revision=booth.state.revision)
    assert booth.says("检查结果已提交")
    assert booth.station.visitor is not None
    assert booth.station.visitor.kept == ()


def test_the_panel_leaves_by_itself_and_says_so(booth: Booth) -> None:
    booth.sign_in()
    booth.wait(50)
    assert booth.says("10 秒后自动退出") or booth.says("9 秒后自动退出")
    booth.wait(11)
    assert booth.says("王芳 已退出")
    booth.wait(3.1)
    assert booth.station.visitor is not None
    assert booth.station.visitor.touch == Touch()
    assert booth.says("评价服务")


def test_a_screen_is_made_quieter_and_dimmer(booth: Booth) -> None:
    booth.display("lobby-wall", booth.state.revision)
    booth.sign_in()
    booth.press("设备")
    booth.press("调节")
    screen = booth.commands()[-1]["args"]["screen"]
    booth.answer(True, on=True, brightness=100, volume=100)
    booth.press("静音")
    assert (booth.commands()[-1]["name"], booth.commands()[-1]["args"]) == ("screen", {"screen": screen, "volume": 0})
    booth.answer(True, on=True, brightness=100, volume=0)
    booth.press("返回")
    assert booth.says("台设备")


def test_wrong_pins_end_in_a_lockout_that_counts_down(booth: Booth) -> None:
    booth.hold_emblem()
    for left in (4, 3, 2, 1):
        booth.type("000000")
        booth.answer(False, "wrong-pin", tries_left=left, wait_s=0)
        assert booth.says(f"密码不正确，还可尝试 {left} 次")
    booth.type("000000")
    booth.answer(False, "locked", tries_left=0, wait_s=30)
    assert booth.says("尝试次数过多，请 30 秒后再试")
    booth.type("135790")
    assert len(booth.commands()) == 5
    booth.wait(10)
    assert booth.says("请 19 秒后再试") or booth.says("请 18 秒后再试")
    booth.wait(21)
    assert booth.says("请输入六位密码")


def test_a_pin_never_shows_and_never_leaves_over_an_open_link(stage: OpenStage, tmp_path: Path) -> None:
    booth = Booth(stage(540, 960), tmp_path, (540, 960), host="192.0.2.7")
    booth.hold_emblem()
    booth.type("13579")
    assert not booth.says("13579")
    booth.type("0")
    assert booth.says("连接未加密，不能在此输入密码")
    assert booth.commands() == []
    booth.database.close()


def test_a_short_touch_of_the_emblem_opens_nothing(booth: Booth) -> None:
    booth.hold_emblem(1.5)
    booth.stage.run(2)
    booth.draw()
    assert booth.says("评价服务")


def test_a_controller_that_falls_silent_is_owned_up_to(booth: Booth) -> None:
    booth.moment = booth.moment.later(15.1)
    booth.draw()
    assert booth.says("正在重新连接网点系统")
    booth.wait(1)
    assert not booth.says("正在重新连接网点系统")


def test_after_a_restart_without_a_controller_the_last_state_stands(
    booth: Booth, stage: OpenStage, tmp_path: Path
) -> None:
    booth.learn(samples.suspended("branch", "power"))
    booth.database.close()
    size = booth.station.settings.size
    again = Booth(stage(*size), tmp_path, size, alone=True)
    assert again.says("暂停服务")
    again.database.close()
