"""What the touch screen says, page by page."""

from dataclasses import replace as changed
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.gallery.touches import cases
from kiosk.view.branch import Mood, counter_rows, main_service
from kiosk.view.forms import CallView, FormView, KeypadView, RatingView
from kiosk.view.home import HomeView
from kiosk.view.pages import (
    EMERGENCY,
    Calling,
    CallStep,
    Counters,
    Expected,
    Hotline,
    Keypad,
    LeaveForm,
    NoticeForm,
    Outcome,
    Page,
    Panel,
    Pending,
    Rating,
    SignedOut,
    Staff,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
    Week,
)
from kiosk.view.rate import BLAME, PRAISE
from kiosk.view.reach import Glass
from kiosk.view.staff_taps import StartLeaving
from kiosk.view.touch import CountersView, HotlineView, Known, SafeView, TouchView, WeekView, scene_name, touch_view
from kiosk.view.voice import Pair, Voice
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState, Call, HoursPlan, Reason, ScreenEntry, SelfService, Suspension
from signage.core.phrases import Catalogue
from signage.core.templates import TEMPLATES
from signage.link.catalogues import load_catalogues

NOW = samples.AFTERNOON
SCREENS = (
    ScreenEntry(name="t", kind="touch"),
    ScreenEntry(name="w", kind="wall"),
    ScreenEntry(name="c", kind="counter", counter="3"),
)

CURRENT = Glass(online=True, revision=1, scene="home")


@cache
def catalogues() -> dict[str, Catalogue]:
    return load_catalogues()


def seen(
    page: Page | None = None,
    state: BranchState | None = None,
    touch: Touch | None = None,
    now: Instant = NOW,
    glasses: dict[str, Glass] | None = None,
) -> Any:
    state = state or replace(samples.house(), screens=SCREENS)
    touch = touch or Touch()
    touch = changed(touch, page=page) if page is not None else touch
    known = Known(state, read_hours(state.hours), heard=True, glasses=glasses or {}, device="t")
    return touch_view(known, touch, catalogues(), now).page


def signed(page: Page, outcome: Outcome | None = None, pending: Pending | None = None) -> Touch:
    staff = Staff("7", "lobby-manager", "x", Instant.of(NOW + timedelta(minutes=9)), "王芳")
    return Touch(page, staff=staff, outcome=outcome, pending=pending)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case[0])
@pytest.mark.parametrize(("locale", "elder"), [("zh", False), ("en", False), ("zh", True), ("en", True)])
def test_every_page_has_all_its_words(case: Any, locale: str, elder: bool) -> None:
    state, touch = case.state, case.touch
    hours = read_hours(state.hours) if state is not None else None
    for heard in (True, False):
        known = Known(state, hours, heard, {}, "lobby-touch")
        view = touch_view(known, changed(touch, locale=locale, elder=elder), catalogues(), NOW)
        assert view == touch_view(known, changed(touch, locale=locale, elder=elder), catalogues(), NOW)
        assert bool(view.frame.unheard) is (state is not None and not heard)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_word_that_a_name_is_made_of_is_there(locale: str) -> None:
    catalogue = catalogues()[locale]
    wanted = [f"rate.reason.{reason}" for reason in (*PRAISE, *BLAME)]
    wanted += [f"rate.level.{stars}" for stars in range(1, 6)]
    wanted += [f"staff.trouble.{trouble.value}" for trouble in Trouble]
    wanted += [f"call.{one.value}{line}" for one in CallStep for line in ("", "_line")]
    wanted += [f"reason.{reason.value}" for reason in Reason]
    wanted += [f"staff.role.{role}" for role in ("teller", "lobby-manager", "branch-manager")]
    wanted += [f"staff.kind.{kind}" for kind in ("touch", "wall", "counter", "fascia", "strip")]
    wanted += [f"staff.tab.{tab}" for tab in Tab]
    scenes = ("ad", "notice", "suspended", "closed", "rating", "home", "rates", "case", "desk", "safe")
    wanted += [f"staff.scene.{name}" for name in scenes]
    wanted += [f"touch.kind.{kind}" for kind in ("workday", "rest", "holiday", "makeup")]
    wanted += [one.title_key for one in TEMPLATES]
    assert [key for key in wanted if key not in catalogue] == []


def test_home_says_state_hours_and_what_will_be_different() -> None:
    view = seen()
    assert isinstance(view, HomeView)
    assert view.state.mood is Mood.OPEN
    assert view.state.words.first == "营业至 17:00"
    assert [line.today for line in view.hours] == ["09:00–17:00", "09:00–11:30、13:30–17:00"]
    assert view.ahead == "11月26日（年终盘点）：对公业务 休息"
    assert seen(touch=Touch(locale="en")).ahead == "Stock-taking, 26 November: Corporate closed"
    assert view.suspended is None
    assert view.cards.large[0].line == "6 个窗口，5 个营业中"
    assert view.cards.large[0].mood is Mood.OPEN


def test_home_in_the_evening_is_closed_and_says_when_it_opens() -> None:
    view = seen(now=samples.EVENING)
    assert view.state.mood is Mood.CLOSED
    assert view.cards.large[0].mood is Mood.CLOSED


def test_a_suspended_counter_troubles_the_card_a_suspended_branch_fills_the_page() -> None:
    assert seen(state=samples.suspended("counter:3", "fault")).cards.large[0].mood is Mood.ATTENTION
    view = seen(state=samples.suspended("branch", "power", "15:00"))
    assert view.cards.large[0].mood is Mood.SUSPENDED
    assert view.state.mood is Mood.SUSPENDED
    assert view.suspended is not None
    assert (view.suspended.reason.first, view.suspended.until.first) == ("网点停电", "预计 15:00 恢复")
    assert view.suspended.instead.first == "请前往文三路支行（向东 400 米）"
    endless = seen(state=samples.suspended("branch", "power"))
    assert endless.suspended is not None
    assert endless.suspended.until.first == "恢复时间另行通知"


def test_what_lasts_until_closing_is_back_when_the_place_opens_again() -> None:
    until_five = seen(state=samples.suspended("branch", "power", "17:00"))
    assert until_five.suspended.until.first == "预计 明日 09:00 恢复"
    over_lunch = seen(Counters(), samples.suspended("counter:5", "fault", "12:00"), now=_at("11:00"))
    assert over_lunch.rows[4].expected == "预计 13:30 恢复"
    personal = seen(Counters(), samples.suspended("counter:3", "fault", "12:00"), now=_at("11:00"))
    assert personal.rows[2].expected == "预计 12:00 恢复"
    never = replace(samples.suspended("branch", "power", "17:00"), hours=_only("off"))
    assert seen(state=never).suspended.until.first == "恢复时间另行通知"
    unknown = replace(never, hours=HoursPlan(timezone="Asia/Shanghai", rules={}))
    assert seen(state=unknown).suspended.until.first == "预计 17:00 恢复"


def test_customers_are_told_what_is_hoped_and_not_when_a_suspension_would_end_by_itself() -> None:
    hoped = Instant.parse("2026-11-24T15:30:00+08:00")
    state = samples.suspended("branch", "power")
    state = replace(state, suspensions=(replace(state.suspensions[0], expected=hoped),))
    assert seen(state=state).suspended.until.first == "预计 15:30 恢复"


def _at(time: str) -> Instant:
    return Instant.parse(f"2026-11-24T{time}:00+08:00")


def _only(rule: str) -> HoursPlan:
    return HoursPlan(timezone="Asia/Shanghai", rules={"personal": rule, "corporate": rule})


def test_an_emergency_is_not_among_the_notices() -> None:
    view = seen(state=samples.noticed({"zh": "请离开"}, 100, "touch"))
    assert view.notices == ()
    plain = seen(state=samples.noticed({"zh": "今日客户较多"}, 5, "touch"))
    assert plain.notices == ("今日客户较多",)
    assert seen(state=samples.noticed({"zh": "只在大屏"}, 5, "wall")).notices == ()


def test_a_machine_is_named_where_no_counter_can_help() -> None:
    suspended = samples.suspended("counter:5", "fault")
    machine = SelfService(name="stm-1", business={"zh": "对公业务"}, place={"zh": "大厅左侧智能柜台"})
    alone = replace(
        suspended, counters=suspended.counters[4:5], self_service=(machine,), suspensions=suspended.suspensions
    )
    rows = counter_rows(alone, read_hours(alone.hours), NOW, Voice.of(load_catalogues(), "zh"))
    assert rows[0].line == "设备故障，可到大厅左侧智能柜台办理"


def test_large_type_shows_less() -> None:
    view = seen(touch=Touch(elder=True))
    assert view.hours_title is None
    assert view.rate_hint == ""
    assert len(view.hours) == 1
    assert view.cards.large[0].title.second == ""


def test_a_call_from_here_shows_on_its_card() -> None:
    called = replace(samples.house(), calls=(Call(id="c", kind="call", at=NOW, device="t"),))
    assert seen(state=called).cards.large[-1].mood is Mood.ATTENTION
    assert seen().cards.large[-1].mood is None


def test_home_counts_what_the_lobby_manager_has_not_seen_to() -> None:
    calls = tuple(
        Call(id=str(n), kind="rating", at=NOW, counter="2", acknowledged_by=by)
        for n, by in enumerate((None, "lm", None))
    )
    view = seen(state=replace(samples.house(), calls=calls))
    assert isinstance(view, HomeView)
    assert view.waiting == 2


def test_counters_say_where_to_go_instead() -> None:
    view = seen(Counters(), samples.suspended("counter:3", "fault", "15:00"))
    assert isinstance(view, CountersView)
    assert view.rows[2].line == "设备故障，请到 4 号窗口"
    assert view.rows[5].line == "暂未开放"
    alone = seen(Counters(), samples.suspended("branch", "fault"))
    assert alone.rows[0].line == "设备故障，请向大堂经理咨询"
    assert alone.suspended is not None


def test_the_week_marks_today_and_other_days_than_usual() -> None:
    view = seen(Week())
    assert isinstance(view, WeekView)
    assert [row.today for row in view.table.rows] == [True, *[False] * 6]
    assert [row.note for row in view.table.rows] == ["", "", "年终盘点", "", "调休补班", "", ""]
    assert [row.different for row in view.table.rows] == [False, False, True, False, True, False, False]


def test_days_alike_are_announced_together_and_unlike_ones_apart() -> None:
    plan = samples.house().hours
    exception = replace(plan.exceptions[0], last="2026-11-27")
    two = replace(samples.house(), hours=replace(plan, exceptions=(exception,)))
    assert seen(state=two).ahead == "11月26日至11月27日（年终盘点）：对公业务 休息"
    unlike = replace(exception, first="2026-11-27", rules={"corporate": "09:00-10:00"})
    apart = replace(samples.house(), hours=replace(plan, exceptions=(plan.exceptions[0], unlike)))
    assert seen(state=apart).ahead == "11月26日（年终盘点）：对公业务 休息"
    renamed = replace(plan.exceptions[0], first="2026-11-27", last="2026-11-27", note={"zh": "系统升级"})
    other_cause = replace(samples.house(), hours=replace(plan, exceptions=(plan.exceptions[0], renamed)))
    assert seen(state=other_cause).ahead == "11月26日（年终盘点）：对公业务 休息"
    noteless = replace(samples.house(), hours=replace(plan, exceptions=()))
    assert seen(state=noteless).ahead == "11月28日：个人业务 09:00–17:00、对公业务 09:00–11:30、13:30–17:00"
    quiet = replace(samples.house(), hours=replace(plan, exceptions=(), days=()))
    assert seen(state=quiet).ahead == ""
    long = replace(exception, last="2027-03-01")
    assert seen(state=replace(samples.house(), hours=replace(plan, exceptions=(long,), days=()))).ahead.startswith(
        "11月26日至12月"
    )


def test_a_branch_of_which_no_hours_are_known_claims_none() -> None:
    hours = read_hours(HoursPlan(timezone="Asia/Shanghai", rules={}))
    assert main_service(hours) is None
    bare = replace(samples.house(), hours=hours.plan)
    home = seen(state=bare)
    assert isinstance(home, HomeView)
    assert home.hours == ()
    assert (home.state.mood, home.state.words.first) == (Mood.ATTENTION, "营业时间请咨询工作人员")


def test_the_hotline_page_has_the_number() -> None:
    view = seen(Hotline())
    assert isinstance(view, HotlineView)
    assert view.number == "95599"
    assert len(view.steps) == 4


def test_without_a_state_no_claim_is_made() -> None:
    view = touch_view(Known(None, None, heard=False, glasses={}, device="t"), Touch(), catalogues(), NOW)
    assert isinstance(view, TouchView)
    assert isinstance(view.page, SafeView)
    assert view.frame.hotline == ""


def test_before_any_state_staff_still_get_in_and_can_end_the_screen() -> None:
    nothing = Known(None, None, heard=False, glasses={}, device="t", emergency=True)

    def bare(page: Page, staff: Staff | None = None) -> Any:
        return touch_view(nothing, Touch(page, staff=staff), catalogues(), NOW).page

    assert bare(Keypad("12")).filled == 2
    assert bare(Keypad()).line == catalogues()["zh"].text("staff.prompt_emergency")
    assert bare(SignedOut("王")).line.startswith("王")
    manager, teller, alone = (
        Staff("a", role, "", NOW, rights=rights)
        for role, rights in (("manager", frozenset({"screen"})), ("teller", frozenset({"call"})), (EMERGENCY, None))
    )
    assert bare(Panel(), manager).body.rows[0].action.tap == StartLeaving()
    assert bare(Panel(), alone).body.rows[0].action.tap == StartLeaving()
    assert bare(Panel(), teller).body.rows[0].action is None
    assert bare(LeaveForm("moving"), alone).ready
    assert isinstance(bare(SuspendForm("branch"), manager), SafeView)


def test_rating_offers_what_fits_the_stars() -> None:
    view = seen(Rating("e", NOW, 2, ("slow",)))
    assert isinstance(view, RatingView)
    assert [choice.chosen for choice in view.reasons] == [False, True, False, False, False, False]
    assert view.level.first == "不满意"


def test_once_two_reasons_are_chosen_the_others_are_closed_and_the_title_says_so() -> None:
    one, two = seen(Rating("e", NOW, 2, ("slow",))), seen(Rating("e", NOW, 2, ("slow", "unclear")))
    assert [choice.open for choice in one.reasons] == [True] * 6
    assert [choice.open for choice in two.reasons] == [choice.chosen for choice in two.reasons]
    assert (one.reasons_title, two.reasons_title) == ("可选一至两项原因", "已选两项，再按一下可取消")


@pytest.mark.parametrize("step", [CallStep.FAILED, CallStep.UNHEARD])
def test_a_call_names_the_hotline_where_it_failed(step: CallStep) -> None:
    view = seen(Calling("c", NOW, step))
    assert isinstance(view, CallView)
    assert view.mood is Mood.SUSPENDED
    assert "95599" in view.line


@pytest.mark.parametrize(
    ("page", "line", "mood"),
    [
        (Keypad("12"), "请输入六位密码", None),
        (Keypad(trouble=Trouble.WRONG, left=3), "密码不正确，还可尝试 3 次", Mood.SUSPENDED),
        (
            Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=29.2))),
            "尝试次数过多，请 30 秒后再试",
            Mood.SUSPENDED,
        ),
        (
            Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=90))),
            "尝试次数过多，请 90 秒后再试",
            Mood.SUSPENDED,
        ),
        (
            Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=90.2))),
            "尝试次数过多，请 2 分钟后再试",
            Mood.SUSPENDED,
        ),
        (
            Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(hours=1))),
            "尝试次数过多，请 60 分钟后再试",
            Mood.SUSPENDED,
        ),
        (Keypad(trouble=Trouble.LOCKED, until=NOW), "请输入六位密码", None),
        (Keypad(trouble=Trouble.NOT_PRIVATE), "连接未加密，不能在此输入密码", Mood.SUSPENDED),
    ],
)
def test_the_keypad_says_what_is_the_matter(page: Keypad, line: str, mood: Mood | None) -> None:
    view = seen(page)
    assert isinstance(view, KeypadView)
    assert (view.line, view.mood, view.filled) == (line, mood, len(page.digits))
    assert view.deaf is ("次数过多" in line)


def test_the_keypad_says_that_a_pin_is_being_checked() -> None:
    assert seen(touch=signed(Keypad("123456"), pending=Pending("p", "staff.enter", NOW))).line == "正在核对，请稍候"


def test_the_keypad_asks_for_the_emergency_pin_where_there_is_no_controller() -> None:
    known = Known(
        samples.house(), read_hours(samples.house().hours), heard=False, glasses={}, device="t", emergency=True
    )
    asked = touch_view(known, Touch(Keypad()), catalogues(), NOW).page
    assert isinstance(asked, KeypadView)
    assert asked.line.startswith("网点控制器无应答")


def test_a_closed_branch_offers_no_closing_time() -> None:
    day, evening = seen(SuspendForm("counter:3")), seen(SuspendForm("branch"), now=samples.EVENING)
    assert isinstance(day, FormView)
    assert day.title.first == "暂停服务：3 号窗口"
    assert (len(day.groups[1].choices), len(evening.groups[1].choices)) == (5, 4)
    assert not day.ready
    late = SuspendForm("counter:3", "fault", Expected.CLOSING)  # chosen by day, and still there in the evening
    assert (seen(late).ready, seen(late, now=samples.EVENING).ready) == (True, False)


def test_a_notice_about_a_counter_asks_which() -> None:
    assert len(seen(NoticeForm("busy")).groups) == 2
    assert len(seen(NoticeForm()).groups) == 2
    view = seen(NoticeForm("cash-service"))
    assert [choice.label.first for choice in view.groups[1].choices][:2] == ["1 号窗口", "2 号窗口"]


def test_the_status_calls_a_rating_a_rating() -> None:
    assert scene_name(Touch(Rating("e", NOW, 3)), None, "home") == "rating"
    assert scene_name(Touch(), None, "suspended") == "suspended"


def test_one_language_is_enough_where_both_say_the_same() -> None:
    voice = Voice.of(catalogues(), "zh")
    assert voice.pick({"zh": "95599"}) == Pair("95599")
    assert voice.both("touch.back") == Pair("返回", "Back")


def test_own_words_stand_for_the_reason() -> None:
    own = Suspension(id="s", scope="branch", reason="other", source="manager", since=NOW, text={"zh": "消防检查"})
    view = seen(state=replace(samples.house(), suspensions=(own,)))
    assert view.suspended is not None
    assert view.suspended.reason.first == "消防检查"
