"""The staff panel in words: the counters' board, what waits, notices, devices, and what became of an order."""

from dataclasses import replace as changed
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.design.icon_shapes import Icon
from kiosk.gallery import samples
from kiosk.gallery.opinions import handwriting
from kiosk.view.branch import Mood
from kiosk.view.likely import likeliest
from kiosk.view.pages import (
    CasePage,
    Done,
    Intent,
    LeaveForm,
    NoAnswer,
    Outcome,
    Page,
    Panel,
    Pending,
    Refused,
    ScreenForm,
    SignedOut,
    Staff,
    SuspendForm,
    Tab,
    Touch,
    WentLocal,
)
from kiosk.view.panel import BoardView, ListView, OutcomeView, PanelRow, PanelView
from kiosk.view.reach import Glass, Heard
from kiosk.view.staff_taps import (
    Acknowledge,
    Adjust,
    AdvanceCase,
    Dim,
    ReadCase,
    Refine,
    Resume,
    SayAmenity,
    ShowTab,
    StartLeaving,
    StartNotice,
    StartSuspending,
    SuspendNow,
    Undo,
    WithdrawNotice,
)
from kiosk.view.touch import Known, touch_view
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import Amenity, BranchState, Call, Case, HoursPlan, ScreenEntry, Suspension
from signage.core.phrases import Catalogue
from signage.link.catalogues import load_catalogues
from signage.wire.messages import Fault, PadStatus

NOW = samples.AFTERNOON
BEFORE = Instant.of(NOW - timedelta(minutes=23))
SCREENS = (
    ScreenEntry(name="t", kind="touch"),
    ScreenEntry(name="w", kind="wall"),
    ScreenEntry(name="c", kind="counter", counter="3"),
)
CURRENT = Glass(online=True, revision=1, scene="home")
MANAGER = Staff("7", "lobby-manager", "x", Instant.of(NOW + timedelta(minutes=9)), "王芳")
TELLER = Staff("9", "teller", "x", MANAGER.until, "李明", frozenset({"service-part"}))
ALONE = Staff("emergency@t", "emergency", "", NOW)


@cache
def catalogues() -> dict[str, Catalogue]:
    return load_catalogues()


def house(**parts: Any) -> BranchState:
    return replace(samples.house(), screens=SCREENS, **parts)


def seen(page: Page, state: BranchState | None = None, **more: Any) -> Any:
    """The page's view. `more`: of the touch (`staff`, `outcome`, …) or of what is known (`glasses`, `heard`, …)."""
    state = state or house()
    mine = {key: more.pop(key) for key in ("staff", "outcome", "pending", "home_at") if key in more}
    touch = changed(Touch(page, staff=MANAGER), **mine)
    now = more.pop("now", NOW)
    given: dict[str, Any] = {"heard": True, "glasses": {}, "device": "t"} | more
    known = Known(state, read_hours(state.hours), **given)
    return touch_view(known, touch, catalogues(), now).page


def board(state: BranchState | None = None, page: Panel | None = None, **more: Any) -> BoardView:
    view = seen(page or Panel(), state, **more)
    assert isinstance(view, PanelView)
    assert isinstance(view.body, BoardView)
    return view.body


def rows(tab: Tab, state: BranchState | None = None, **more: Any) -> ListView:
    body = seen(Panel(tab), state, **more).body
    assert isinstance(body, ListView)
    return body


def tap(row: PanelRow) -> Any:
    return None if row.action is None else row.action.tap


def word(row: PanelRow) -> str:
    return "" if row.state is None else row.state.words.first


def held(scope: str, reason: str = "fault", **more: Any) -> Suspension:
    given: dict[str, Any] = {"source": "manager", "since": NOW} | more
    return Suspension(id=scope, scope=scope, reason=reason, **given)


# ---- the frame ------------------------------------------------------------------------------------------------------


def test_the_panel_names_who_is_signed_in() -> None:
    view = seen(Panel())
    assert (view.who, view.role) == ("王芳", "大堂经理")
    assert (seen(Panel(), staff=None).who, seen(Panel(), staff=None).role) == ("", "")
    stranger = seen(Panel(), staff=Staff("7", "auditor", "x", NOW))
    assert (stranger.who, stranger.role) == ("7", "auditor")


def test_it_says_when_it_leaves_and_that_it_has() -> None:
    assert seen(Panel(), home_at=Instant.of(NOW + timedelta(seconds=40))).leaving == ""
    assert seen(Panel(), home_at=Instant.of(NOW + timedelta(seconds=9))).leaving == "9 秒后自动退出"
    assert seen(SignedOut("王芳"), staff=None).line == "王芳 已退出"


def test_while_an_answer_is_awaited_the_keys_are_deaf() -> None:
    assert seen(Panel(), pending=Pending("p", "suspend", NOW)).busy
    assert not seen(Panel()).busy


def test_without_a_controller_it_says_what_cannot_be_done() -> None:
    assert seen(Panel()).unable == ""
    assert "只能暂停和恢复服务" in seen(Panel(), heard=False).unable


def test_each_role_sees_what_it_may_do() -> None:
    everything = [tab for tab in Tab if tab is not Tab.ALERTS]
    assert [item.tab for item in seen(Panel()).tabs] == everything
    assert [item.tab for item in seen(Panel(), staff=TELLER).tabs] == [Tab.SERVICE, Tab.DEVICES]
    emergency = seen(Panel(), staff=ALONE)
    assert [item.tab for item in emergency.tabs] == [Tab.SERVICE, Tab.DEVICES]
    assert "应急人员" in emergency.who
    assert [item.chosen for item in seen(Panel(Tab.ALERTS)).tabs] == [True] + [False] * 5


# ---- the board ------------------------------------------------------------------------------------------------------


def test_every_counter_is_one_tap_from_suspended_and_the_branch_two() -> None:
    view = board()
    assert tap(view.branch) == StartSuspending("branch", "other")
    assert [tap(row) for row in view.counters][:2] == [
        SuspendNow("counter:1", "break"),
        SuspendNow("counter:2", "break"),
    ]
    assert all(row.more is None for row in view.counters)


def test_what_is_suspended_can_be_resumed_and_put_right() -> None:
    view = board(house(suspensions=(held("counter:3", until=Instant.of(NOW + timedelta(minutes=30))),)))
    third = view.counters[2]
    until = Instant.of(NOW + timedelta(minutes=30))
    assert tap(third) == Resume("counter:3", Intent("counter:3", on=True, reason="fault", until=until))
    assert third.more is not None
    assert third.more.tap == Refine(Intent("counter:3", on=True, reason="fault", until=until))
    assert third.line == "设备故障 · 至 14:35"
    over = Instant.of(NOW + timedelta(hours=9))
    assert tap(board(house(suspensions=(held("counter:3", until=until),)), now=over).counters[2]) == SuspendNow(
        "counter:3", "break"
    )


def test_a_suspended_branch_leaves_its_counters_nothing_to_tap() -> None:
    view = board(house(suspensions=(held("branch", "power"), held("counter:1"))))
    assert view.branch.line == "网点停电 · 恢复时间未定"
    assert tap(view.branch) == Resume("branch", Intent("branch", on=True, reason="power"))
    assert [type(tap(row)) for row in view.counters] == [Resume] + [type(None)] * 5
    assert view.counters[1].line == "随网点暂停"


def test_nobody_is_offered_to_lift_what_is_not_theirs() -> None:
    office = board(house(suspensions=(held("branch", "disaster", source="head-office"),)))
    assert (office.branch.action, office.branch.more) == (None, None)
    assert office.branch.line.startswith("总行暂停")
    teller = board(house(suspensions=(held("counter:3"),)), staff=TELLER)
    assert (teller.counters[2].action, teller.counters[2].more) == (None, None)
    assert teller.branch.action is None
    assert tap(teller.counters[0]) == SuspendNow("counter:1", "break")
    own = board(house(suspensions=(held("counter:3", source="teller"),)), staff=TELLER)
    assert isinstance(tap(own.counters[2]), Resume)
    assert board(staff=changed(TELLER, rights=frozenset())).counters[0].action is None
    barred = board(house(suspensions=(held("counter:3"),)), staff=changed(MANAGER, rights=frozenset()))
    assert (barred.counters[2].action, barred.counters[2].more) == (None, None)


def test_of_unknown_hours_the_branchs_row_claims_nothing() -> None:
    branch = board(house(hours=HoursPlan(timezone="Asia/Shanghai", rules={}))).branch
    assert branch.line == ""
    assert branch.state is not None
    assert branch.state.words.first == "营业时间请咨询工作人员"


def test_more_counters_than_a_sheet_holds_are_turned() -> None:
    many = house(counters=tuple(replace(samples.house().counters[0], number=str(one)) for one in range(1, 13)))
    first, last = board(many), board(many, Panel(sheet=7))
    assert [row.number for row in first.counters] == [str(one) for one in range(1, 9)]
    assert [row.number for row in last.counters] == ["9", "10", "11", "12"]
    assert first.pager is not None
    assert (first.pager.place, first.pager.back) == ("1 / 2", None)
    assert first.pager.on is not None
    assert first.pager.on.tap == ShowTab(Tab.SERVICE, 1)
    assert last.pager is not None
    assert last.pager.back is not None
    assert (last.pager.back.tap, last.pager.on) == (ShowTab(Tab.SERVICE, 0), None)


def test_the_likeliest_reason() -> None:
    none: dict[str, str] = {}
    assert likeliest(house(), "counter:1", NOW, none) == "break"
    assert likeliest(house(), "branch", NOW, none) == "other"
    assert likeliest(house(), "device:crs-1", NOW, none) == "fault"
    assert likeliest(house(), "nonsense", NOW, none) == "other"
    assert likeliest(house(), "counter:1", NOW, {"counter": "training"}) == "training"
    dark = house(
        suspensions=(held("counter:2", "network"), held("counter:3", "power", since=Instant.of(NOW + timedelta(1))))
    )
    assert likeliest(dark, "counter:1", NOW, {"counter": "training"}) == "power"
    own = house(suspensions=(held("counter:1", "power"), held("counter:2", "fault")))
    assert likeliest(own, "counter:1", NOW, none) == "break"
    over = house(suspensions=(held("counter:2", "power", until=NOW),))
    assert likeliest(over, "counter:1", NOW, none) == "break"
    assert tap(board(habits={"counter": "training"}).counters[0]) == SuspendNow("counter:1", "training")


# ---- what waits -----------------------------------------------------------------------------------------------------

CALLS = (
    Call(id="a", kind="fault", at=NOW, counter="4", code="pad-lost", acknowledged_by="王芳"),
    Call(id="b", kind="rating", at=NOW, device="t"),
    Call(id="c", kind="fault", at=Instant.of(NOW + timedelta(seconds=1)), code="unheard-of"),
    Call(id="d", kind="call", at=BEFORE, device="t"),
    Call(id="e", kind="overdue", at=BEFORE, counter="3"),
)


def test_who_calls_comes_first_then_the_newest() -> None:
    state = house(calls=CALLS)
    view = board(state)
    assert [tap(row) for row in view.waits] == [Acknowledge("d"), Acknowledge("c"), Acknowledge("b")]
    assert view.waits_title == "待办 4 项"
    assert view.all_waits is not None
    assert view.all_waits.tap == ShowTab(Tab.ALERTS)
    assert [item.count for item in seen(Panel(), state).tabs] == [4, 0, 0, 0, 0, 0]
    assert view.waits[0].line == "13:42 · 触摸屏"
    few = board(house(calls=CALLS[:2]))
    assert (few.count, few.quiet) == (1, "")


def test_where_nothing_waits_it_says_so() -> None:
    assert (board().waits_title, board().quiet) == ("", "现在没有待办事项")
    assert board(house(calls=CALLS), staff=TELLER).waits == ()
    assert board(staff=TELLER).quiet == ""


def test_all_that_waits_with_what_somebody_is_at_beneath() -> None:
    view = rows(Tab.ALERTS, house(calls=CALLS))
    assert [row.title.first for row in view.rows] == [
        "客户呼叫大堂经理",
        "设备异常",
        "收到低分评价，请关心客户",
        "暂停已超过预计时间，请恢复或更新时间",
        "评价器失去联系",
    ]
    assert tap(view.rows[-1]) is None
    assert "王芳" in view.rows[-1].line
    assert rows(Tab.ALERTS).empty == "现在没有待处理的提醒"


# ---- notices --------------------------------------------------------------------------------------------------------


def test_notices_can_be_withdrawn_while_they_stand() -> None:
    noticed = samples.noticed({"zh": "今日客户较多"}, 5).notices[0]
    over = replace(noticed, id="old", until=NOW)
    later = replace(noticed, id="later", start=Instant.of(NOW + timedelta(minutes=5)))
    office = replace(noticed, id="office", source="head-office")
    view = rows(Tab.NOTICES, house(notices=(noticed, over, later, office)))
    assert [tap(row) for row in view.rows] == [WithdrawNotice("n-1"), WithdrawNotice("later"), None]
    assert [row.state.words.first for row in view.rows if row.state] == ["正在显示", "尚未开始", "正在显示"]
    assert view.rows[0].icon is Icon.INFO
    assert view.rows[1].line == "14:10 起显示，至 16:00"
    assert view.main is not None
    assert view.main.tap == StartNotice()
    assert rows(Tab.NOTICES).empty == "现在没有告示"
    barred = rows(Tab.NOTICES, house(notices=(noticed,)), staff=TELLER)
    assert (barred.main, barred.rows[0].action) == (None, None)


# ---- devices --------------------------------------------------------------------------------------------------------

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
    assert [word(found[name]) for name in ("触摸屏", "大屏", "3 号窗口屏")] == [
        "已更新",
        "停留在 1月1日 08:00",
        "离线",
    ]
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


# ---- what became of it ----------------------------------------------------------------------------------------------

GLASSES = {
    "t": CURRENT,
    "w": Glass(online=True, revision=0, scene="ad"),
    "c": Glass(online=False, revision=9, scene="desk"),
}


@pytest.mark.parametrize(
    ("outcome", "view"),
    [
        (None, None),
        (NoAnswer("suspend"), OutcomeView(Mood.SUSPENDED, "网点控制器没有应答，可能尚未执行，请核对")),
        (Refused("not-suspended", "x"), OutcomeView(Mood.SUSPENDED, "未执行：该处没有暂停服务")),
        (Refused("new-code", "in words"), OutcomeView(Mood.SUSPENDED, "未执行：in words")),
        (Done("call.ack", 1), OutcomeView(Mood.OPEN, "已接手，请到场")),
        (Done("checklist.result", 1), OutcomeView(Mood.OPEN, "检查结果已提交")),
        (Done("suspend", None), OutcomeView(Mood.OPEN, "已执行")),
        (Done("notice.post", 1), OutcomeView(Mood.ATTENTION, "已送达 1/3 块屏，尚未送达：大屏 w、3 号窗口屏 c")),
        (Done("notice.withdraw", 0), OutcomeView(Mood.ATTENTION, "已送达 2/3 块屏，尚未送达：3 号窗口屏 c")),
        (Done("resume", 0), OutcomeView(Mood.ATTENTION, "已显示于 2/3 块屏，尚未显示：3 号窗口屏 c")),
    ],
)
def test_an_order_says_on_how_many_displays_it_stands(outcome: Outcome | None, view: OutcomeView | None) -> None:
    assert seen(Panel(), outcome=outcome, glasses=GLASSES).outcome == view


def test_a_suspension_says_what_was_done_and_offers_to_take_it_back_for_a_while() -> None:
    meant, back = Intent("counter:2", on=True, reason="break"), Intent("counter:2", on=False)
    everywhere = dict.fromkeys(("t", "w", "c"), CURRENT)
    done = Done("suspend", 1, NOW, meant, back)
    fresh = seen(Panel(), outcome=done, glasses=everywhere).outcome
    assert (fresh.mood, fresh.text) == (Mood.OPEN, "2 号窗口已暂停。已显示于 3/3 块屏")
    assert [action.tap for action in fresh.actions] == [Undo(), Refine(meant)]
    later = seen(Panel(), outcome=done, glasses=everywhere, now=Instant.of(NOW + timedelta(seconds=10))).outcome
    assert [action.tap for action in later.actions] == [Refine(meant)]
    resumed = seen(Panel(), outcome=Done("resume", 1, NOW, Intent("branch", on=False)), glasses=everywhere).outcome
    assert (resumed.text, resumed.actions) == ("整个网点已恢复。已显示于 3/3 块屏", ())
    posted = seen(Panel(), outcome=Done("notice.post", 1), glasses=everywhere).outcome
    assert posted == OutcomeView(Mood.OPEN, "已送达 3/3 块屏")


@pytest.mark.parametrize(
    ("scope", "there", "words"),
    [
        ("counter:2", held("counter:2", source="head-office"), "2 号窗口的这项暂停已解除，但总行的暂停仍在生效。"),
        ("counter:2", held("branch", source="head-office"), "2 号窗口的这项暂停已解除，但总行的暂停仍在生效。"),
        ("branch", held("branch", source="head-office"), "整个网点的这项暂停已解除，但总行的暂停仍在生效。"),
        ("counter:2", held("branch"), "2 号窗口的这项暂停已解除，但整个网点仍在暂停服务。"),
        ("counter:2", held("counter:2"), "2 号窗口的这项暂停已解除，但另有一项暂停仍在生效。"),
        ("branch", held("counter:2"), ""),
        ("counter:2", held("counter:3"), ""),
        ("counter:2", held("branch", until=NOW), ""),
    ],
)
def test_what_still_suspends_a_place_is_not_passed_over_when_it_is_resumed(
    scope: str, there: Suspension, words: str
) -> None:
    state = house(suspensions=(there,))
    meant = Intent(scope, on=False)
    shown = {name: changed(CURRENT, local=NOW) for name in "twc"}
    for outcome in (Done("resume", 1, NOW, meant), WentLocal(NOW, meant)):
        told = seen(Panel(), state, outcome=outcome, glasses=shown).outcome
        assert told.text.startswith(words)
        assert ("已恢复" in told.text) is not bool(words)
        assert told.mood is (Mood.ATTENTION if words else Mood.OPEN)
    early = seen(Panel(), state, outcome=Done("resume", 2, NOW, meant), glasses=shown).outcome
    assert "已恢复" in early.text, "the state of before the order says nothing"
    again = seen(Panel(), state, outcome=Done("suspend", 1, NOW, Intent(scope, on=True)), glasses=shown).outcome
    assert again.mood is Mood.OPEN


def test_one_display_is_one() -> None:
    en = catalogues()["en"]
    for key in ("staff.shown", "staff.shown_but", "staff.delivered", "staff.delivered_but", "staff.local"):
        said = [en.text(key, shown=of, of=of, names=("x",)) for of in (1, 2)]
        assert f"1 of 1 display{said[0].partition('display')[2]}" in said[0]
        assert ["displays" in one for one in said] == [False, True], key


def test_what_was_done_without_the_controller_names_the_displays_it_did_not_reach() -> None:
    glasses = {
        "t": changed(CURRENT, local=NOW),
        "w": changed(CURRENT, local=Instant.of(NOW - timedelta(seconds=1))),
        "c": changed(CURRENT, online=False, local=NOW),
    }
    view = seen(Panel(), outcome=WentLocal(NOW), glasses=glasses)
    assert view.outcome.mood is Mood.ATTENTION
    assert view.outcome.text.startswith("已直接显示于 1/3 块屏，未送达：大屏 w、3 号窗口屏 c")
    everywhere = {name: changed(CURRENT, local=NOW) for name in "twc"}
    assert seen(Panel(), outcome=WentLocal(NOW), glasses=everywhere).outcome.mood is Mood.OPEN


def test_a_suspension_that_stands_is_updated_and_not_confirmed() -> None:
    was = Intent("counter:3", on=True, reason="fault")
    new, known = seen(SuspendForm("counter:3")), seen(SuspendForm("counter:3", "fault", was=was))
    assert (new.title.first, new.confirm.first, new.grave) == ("暂停服务：3 号窗口", "确认暂停服务", True)
    assert (known.title.first, known.confirm.first, known.grave) == ("更新暂停：3 号窗口", "更新原因和时间", False)


# ---- cases and amenities --------------------------------------------------------------------------------------------

CASES = (
    Case(id="k-1", at=BEFORE, source="opinion", subject="waiting", callback=True),
    Case(id="k-2", at=BEFORE, source="rating", counter="2", stars=1, action="fed-back", owner="0007"),
    Case(id="k-3", at=NOW, source="opinion", action="closed"),
)
LETTER = {"text": "等太久", "contact": "138", "phrases": ["long-wait", "unheard-of"], "strokes": {"v": 1}}


def test_a_case_goes_on_step_by_step_and_a_new_one_waits_on_the_first_view() -> None:
    view = rows(Tab.CASES, house(cases=CASES))
    assert [tap(row) for row in view.rows] == [AdvanceCase("k-1", "assigned"), AdvanceCase("k-2", "closed"), None]
    assert [row.title.first for row in view.rows] == ["意见：排队等候", "低分评价：1 星", "客户意见"]
    assert view.rows[0].line == "0184 2171 · 13:42 · 请回电"
    assert view.rows[1].line.endswith("2 号窗口 · 负责人 0007")
    assert view.rows[0].more is not None
    assert view.rows[0].more.tap == ReadCase("k-1")
    assert [tap(row) for row in board(house(cases=CASES)).waits] == [AdvanceCase("k-1", "assigned")]
    assert board(house(cases=CASES), staff=TELLER).waits == ()
    assert rows(Tab.CASES, house(cases=CASES), staff=TELLER).rows[0].action is None
    assert rows(Tab.CASES).empty == "现在没有未结的工单"


@pytest.mark.parametrize(
    ("seconds", "urged", "words", "mood"),
    [
        (-3601, False, "调查限 11月24日", Mood.CLOSED),
        (-3600, False, "调查今日到期", Mood.ATTENTION),
        (-0.001, True, "调查今日到期", Mood.ATTENTION),
        (0, False, "调查已逾期", Mood.SUSPENDED),
        (0, True, "调查已逾期", Mood.SUSPENDED),
    ],
)
def test_a_case_says_what_falls_due_and_presses_on_the_first_view(
    seconds: float, urged: bool, words: str, mood: Mood
) -> None:
    due = Instant.of(NOW - timedelta(seconds=seconds))
    clocked = replace(
        CASES[1], action="assigned", step="investigated", due=due, remind=due - timedelta(hours=1), urged=urged
    )
    there = house(cases=(clocked,))
    (row,) = rows(Tab.CASES, there).rows
    assert words in row.line
    assert row.state is not None
    assert row.state.mood is mood
    assert (row.state.words.first == "催办中") is (urged and mood is Mood.SUSPENDED)
    presses = [tap(waits) for waits in board(there).waits]
    assert presses == ([] if mood is Mood.CLOSED else [AdvanceCase("k-2", "investigated")])
    assert board(there, staff=TELLER).waits == ()
    (unknown,) = rows(Tab.CASES, house(cases=(replace(clocked, step="sworn"),))).rows
    assert words not in unknown.line


def test_what_a_customer_wrote_is_read_by_who_is_signed_in() -> None:
    view = seen(CasePage("k-1", LETTER), house(cases=CASES))
    assert [line for _, line in view.lines[1:]] == [
        "等候时间太长",
        "等太久",
        "手写意见无法显示，请在总行系统中查看",
        "138",
    ]
    assert not view.ink
    assert view.action.tap == AdvanceCase("k-1", "assigned")
    assert view.note == ""
    assert seen(CasePage("k-1"), house(cases=CASES)).note == "正在读取，请稍候"
    assert seen(CasePage("k-1"), house(cases=CASES), outcome=Refused("no-letter", "")).note.startswith(
        "客户没有留下文字"
    )
    assert seen(CasePage("k-1"), house(cases=CASES), outcome=Refused("new", "in words")).note == "in words"
    assert seen(CasePage("k-1"), house(cases=CASES), outcome=NoAnswer("case.read")).note.startswith(
        "网点控制器没有应答"
    )
    gone = seen(CasePage("k-9", {}))
    assert (gone.state, gone.lines, gone.action) == (None, (), None)


def test_handwriting_is_shown_as_it_was_written() -> None:
    view = seen(CasePage("k-1", LETTER | {"strokes": handwriting().strokes()}), house(cases=CASES))
    assert (view.ink, view.ink_title) == (handwriting(), "手写内容")
    assert [line for _, line in view.lines[1:]] == ["等候时间太长", "等太久", "138"]


def test_who_sees_the_empty_shelf_says_so() -> None:
    glasses = Amenity(name="glasses", title={"zh": "老花镜"}, place={"zh": "填单台"}, icon="glasses")
    gone = replace(glasses, name="umbrella", available=False)
    view = rows(Tab.MORE, house(amenities=(glasses, gone)))
    assert [tap(row) for row in view.rows] == [
        SayAmenity("glasses", available=False),
        SayAmenity("umbrella", available=True),
    ]
    assert [word(row) for row in view.rows] == ["可用", "暂不可用"]
    assert rows(Tab.MORE, house(amenities=(glasses,)), staff=TELLER).rows[0].action is None
    assert rows(Tab.MORE, house(amenities=())).empty == "没有配置便民设施"


def test_only_the_screen_that_staff_stand_at_can_be_ended_and_only_by_who_may() -> None:
    glasses = dict.fromkeys(("t", "w", "c"), CURRENT)
    branch = house(self_service=())
    offered = [row.action.tap for row in rows(Tab.DEVICES, branch, glasses=glasses).rows if row.action is not None]
    assert offered == [StartLeaving()]
    teller = rows(Tab.DEVICES, branch, glasses=glasses, staff=TELLER).rows
    assert all(row.action is None for row in teller)


def test_ending_a_screen_waits_for_a_reason() -> None:
    assert not seen(LeaveForm()).ready
    form = seen(LeaveForm("moving"))
    assert form.ready
    assert form.grave
    assert [choice.chosen for choice in form.groups[0].choices] == [False, True, False]
