"""The staff panel in words: screens, bridges, pads and machines, what ails them, and how a screen is adjusted."""

from dataclasses import replace as changed

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.view.branch import Mood
from kiosk.view.pages import Done, Intent, NoAnswer, Panel, Pending, Refused, ScreenForm, SuspendForm, Tab
from kiosk.view.panel import ListView, PanelRow
from kiosk.view.reach import Glass, Heard
from kiosk.view.staff_taps import Adjust, Dim, Resume, SuspendNow
from signage.wire.messages import Fault, PadStatus
from tests.unit.kiosk.panels import ALONE, BEFORE, CURRENT, MANAGER, NOW, TELLER, held, house, rows, seen, tap, word

DAMAGED = Fault(code="content-decode", since=BEFORE, text="ad.png: cannot be decoded")
STRANGE = Fault(code="new-code", since=NOW, text="something new")


def by_title(view: ListView) -> dict[str, PanelRow]:
    return {row.title.first: row for row in view.rows}


def test_screens_say_what_stands_on_them_and_since_when_they_are_lost() -> None:
    glasses = {
        "t": CURRENT,
        "w": Glass(online=True, revision=0, scene="ad"),
        "c": Glass(online=False, revision=1, scene="desk"),
    }
    devices = {"c": Heard("screen", online=False, since=BEFORE, glass=glasses["c"])}
    view = rows(Tab.DEVICES, glasses=glasses, devices=devices)
    found = by_title(view)
    assert [word(found[name]) for name in ("触摸屏", "大屏", "3 号窗口屏")] == ["已更新", "停留在 1月1日 08:00", "离线"]
    assert found["大屏"].line == "w · 显示：画面"
    assert found["3 号窗口屏"].line == "c · 13:42 起失去联系"
    assert view.rows[0].state is not None
    assert view.rows[0].state.mood is not Mood.OPEN  # what somebody came to look for stands first
    assert view.title.endswith("3 台需要查看")  # the wall, the counter's display, and counter 4's pad
    assert found["触摸屏"].more is not None
    assert found["触摸屏"].more.tap == Adjust("t")
    assert found["3 号窗口屏"].more is None
    assert by_title(rows(Tab.DEVICES, glasses=glasses, staff=TELLER))["触摸屏"].more is None
    assert by_title(rows(Tab.DEVICES, glasses=glasses, heard=False))["触摸屏"].more is None


def test_faults_are_said_in_words_the_newest_first() -> None:
    devices = {"w": Heard("screen", online=True, since=BEFORE, faults=(DAMAGED, STRANGE), glass=CURRENT)}
    wall = by_title(rows(Tab.DEVICES, glasses={"w": CURRENT}, devices=devices))["大屏"]
    assert wall.line == "设备报告异常，请联系技术支持（14:05 起）、有图片无法显示（13:42 起）"
    assert wall.state is not None
    assert wall.state.words.first == "异常"


def test_bridges_and_pads_and_the_controller() -> None:
    pad = PadStatus(counter="1", driver="padlink", port="p", state="online", last_seen=NOW, discarded={})
    lost = Fault(code="pad-lost", since=NOW, text="bridge-1/4: lost")
    devices = {
        "bridge-1": Heard("bridge", online=True, since=BEFORE, faults=(lost,), pads=(pad,)),
        "bridge-2": Heard("bridge", online=True, since=BEFORE, faults=(DAMAGED,)),
        "bridge-3": Heard("bridge", online=False, since=BEFORE),
    }
    branch = replace(samples.house(), bridges=("bridge-1", "bridge-4"), self_service=())
    view = rows(Tab.DEVICES, branch, devices=devices)
    lines = {row.line: row.state.words.first for row in view.rows if row.state is not None}
    assert lines["bridge-1 · 13:42 起在线"] == "正常"
    assert lines["有图片无法显示（13:42 起）"] == "异常"
    assert lines["bridge-3 · 13:42 起失去联系"] == "失去联系"
    assert lines["bridge-4 · 尚未收到消息"] == "失去联系"
    found = by_title(view)
    assert (found["1 号窗口评价器"].line, found["4 号窗口评价器"].line) == ("最近应答 14:05", "等待接口报告")
    assert found["网点控制器"].line == "网点状态更新于 14:05"
    bare = replace(samples.house(), counters=(), self_service=())
    silent = by_title(rows(Tab.DEVICES, bare, heard=False))["网点控制器"].state
    assert silent is not None
    assert silent.words.first == "无应答"
    well = rows(Tab.DEVICES, bare)
    assert well.title == "1 台设备全部正常"


def test_a_self_service_machine_is_suspended_and_resumed_among_the_devices() -> None:
    found = by_title(rows(Tab.DEVICES))
    assert (word(found["存取现金"]), found["存取现金"].line) == ("可使用", "大厅自助区")
    assert tap(found["存取现金"]) == SuspendNow("device:atm-1", "fault")
    assert tap(by_title(rows(Tab.DEVICES, staff=ALONE))["存取现金"]) == SuspendNow("device:atm-1", "fault")
    assert tap(by_title(rows(Tab.DEVICES, staff=changed(MANAGER, rights=frozenset({"call"}))))["存取现金"]) is None
    out = held("device:atm-1", source="rule", rule="atm-1")
    first, *_ = rows(Tab.DEVICES, house(suspensions=(out,))).rows
    assert (first.title.first, word(first), first.line) == ("存取现金", "已暂停", "设备故障 · 恢复时间未定")
    meant = Intent("device:atm-1", on=True, reason="fault")
    assert tap(first) == Resume("device:atm-1", meant)  # a rule's too
    assert tap(rows(Tab.DEVICES, house(suspensions=(held("device:atm-1"),))).rows[0]) == Resume("device:atm-1", meant)


def test_a_machine_goes_with_its_branch() -> None:
    there = by_title(rows(Tab.DEVICES, house(suspensions=(held("branch", "power"),))))["存取现金"]
    assert (word(there), there.line, tap(there)) == ("已暂停", "随网点暂停", None)


def test_a_machine_is_called_by_what_it_does_and_where_it_stands() -> None:
    assert seen(SuspendForm("device:atm-1")).title.first == "暂停服务：存取现金（大厅自助区）"
    done = Done("suspend", 0, NOW, Intent("device:atm-1", on=True, reason="fault"))
    assert seen(Panel(Tab.DEVICES), outcome=done).outcome.text.startswith("存取现金（大厅自助区）已暂停。")


def test_a_screen_is_adjusted_by_its_own_word() -> None:
    view = seen(ScreenForm("w", on=True, brightness=75, volume=0))
    assert view.title.first == "大屏 w"
    assert [choice.chosen for choice in view.groups[0].choices] == [False, True, False, False]
    assert [choice.tap for choice in view.groups[1].choices][-1] == Dim(volume=0)
    assert [choice.chosen for choice in view.groups[1].choices] == [False, False, False, True]
    assert [choice.chosen for choice in view.groups[2].choices] == [True, False]
    assert (view.note, view.ready) == ("", True)
    asking = seen(ScreenForm("gone"), pending=Pending("p", "screen", NOW))
    assert (asking.title.first, asking.ready, asking.note) == ("gone", False, "正在询问这块屏，请稍候")
    assert seen(ScreenForm("w"), outcome=Refused("no-answer", "x")).note == "未执行：这块屏没有应答"
    assert seen(ScreenForm("w"), outcome=Refused("new", "in words")).note == "未执行：in words"
    assert seen(ScreenForm("w", on=True), outcome=Done("identify", None)).note.startswith("屏上正在显示名称")
    assert seen(ScreenForm("w"), outcome=NoAnswer("screen")).note == "网点控制器没有应答，请稍后再试"
    told = seen(ScreenForm("w", on=True), outcome=NoAnswer("screen"))
    assert told.note == "网点控制器没有应答，可能尚未执行，请核对"
