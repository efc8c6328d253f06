"""The staff panel in words: its frame, the counters' board, what waits, notices."""

from dataclasses import replace as changed
from datetime import timedelta

from msgspec.structs import replace

from kiosk.design.icon_shapes import Icon
from kiosk.gallery import samples
from kiosk.view.likely import likeliest
from kiosk.view.pages import Intent, Panel, Pending, SignedOut, Staff, Tab
from kiosk.view.staff_taps import (
    Acknowledge,
    Refine,
    Resume,
    ShowTab,
    StartNotice,
    StartSuspending,
    SuspendNow,
    WithdrawNotice,
)
from signage.core.instants import Instant
from signage.core.model import Call, HoursPlan
from tests.unit.kiosk.panels import ALONE, BEFORE, MANAGER, NOW, TELLER, board, held, house, rows, seen, tap

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
