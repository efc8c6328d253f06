"""Walking a round: step by step, kept at every answer, gone on with by the same person on the same day, sent once."""

from dataclasses import replace as changed
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.gallery.staff import ROUND
from kiosk.memory import Memory
from kiosk.view.check_view import CheckView
from kiosk.view.happenings import DropRound, KeepRound, Open, Order, Place, PressStar, Replied
from kiosk.view.pages import CasePage, Done, Panel, Staff, Tab, Touch
from kiosk.view.rounds import KeptRound, StepAnswer, Walking, begin, kept_for
from kiosk.view.staff_taps import (
    AdvanceCase,
    BeginRound,
    Confirm,
    Follow,
    FoundOk,
    FoundWrong,
    PickFinding,
    ReadCase,
    SayAmenity,
    StepBack,
    TurnSheet,
)
from signage.core.instants import Instant
from tests.unit.kiosk.panels import board, house, rows, seen, tap, word
from tests.unit.kiosk.worlds import NOW, at, walk

DAY = "2026-11-24"
MANAGER = Staff("0007", "lobby-manager", "token", Instant.of(NOW + timedelta(minutes=10)), "王芳")
DARK = PickFinding("dark", "有灯不亮")
OK, LIT = StepAnswer("door", ok=True), StepAnswer("lights", ok=False, phrase="dark", note="有灯不亮")


def inside(*taps: Any, page: Any = None) -> tuple[Touch, list[Any]]:
    return walk(Touch(page or Panel(), staff=MANAGER), *taps, world=at(fresh="o"))


def test_every_answer_is_kept_before_the_next_step_is_asked() -> None:
    touch, effects = inside(BeginRound(ROUND), FoundOk())
    assert touch.page == Walking(ROUND, (OK,), 1)
    assert effects == [KeepRound(KeptRound(DAY, "0007", "daily-opening", 3, (OK,)))]
    touch, effects = walk(touch, FoundWrong(), DARK, world=at())
    assert touch.page == Walking(ROUND, (OK, LIT), 2)
    assert effects == [KeepRound(KeptRound(DAY, "0007", "daily-opening", 3, (OK, LIT)))]


def test_a_step_can_be_answered_anew_without_losing_the_others() -> None:
    touch, _ = inside(BeginRound(ROUND), FoundOk(), FoundWrong(), StepBack())
    assert touch.page == Walking(ROUND, (OK,), 1)
    touch, _ = walk(touch, FoundWrong(), DARK, FoundOk(), StepBack(), StepBack(), StepBack(), StepBack())
    assert isinstance(touch.page, Walking)
    assert (touch.page.at, len(touch.page.answers)) == (0, 3)
    touch, _ = walk(touch, FoundOk())
    assert isinstance(touch.page, Walking)
    assert (touch.page.at, touch.page.answers[1]) == (1, LIT)


def test_the_end_sends_it_once_and_the_answer_lets_it_go() -> None:
    end = Walking(ROUND, (OK, LIT, StepAnswer("glasses", ok=True)), 3)
    assert end.step is None
    touch, effects = inside(Confirm(), page=end)
    steps = [
        {"step": "door", "ok": True},
        {"step": "lights", "ok": False, "note": "有灯不亮", "phrase": "dark"},
        {"step": "glasses", "ok": True},
    ]
    args = {"checklist": "daily-opening", "version": 3, "steps": steps}
    assert effects == [Order("o", "checklist.result", args, "0007", "token")]
    assert touch.page == Panel(Tab.CHECKS)
    done, effects = walk(touch, Replied("o", ok=True, result={"revision": 9}))
    assert effects == [DropRound("daily-opening", "0007")]
    assert isinstance(done.outcome, Done)
    assert walk(touch, Replied("o", ok=False, code="no-link"))[1] == []  # it stays kept


def test_presses_that_mean_nothing_there_change_nothing() -> None:
    end, first = Walking(ROUND, (OK, LIT, OK), 3), Walking(ROUND)
    for press in (FoundOk(), FoundWrong(), DARK, PressStar(1)):
        assert inside(press, page=end)[0].page == end
    assert (
        inside(DARK, Confirm(), page=first) == (inside(page=first)[0], []) or inside(DARK, page=first)[0].page == first
    )
    assert walk(Touch(first), FoundOk())[0].page == first  # nobody is signed in
    assert inside(Open(Place.PANEL), page=first)[0].page == Panel(Tab.CHECKS)


def test_who_is_called_away_goes_on_where_they_left() -> None:
    kept = KeptRound(DAY, "0007", "daily-opening", 3, (OK, LIT))
    assert begin(ROUND, kept) == Walking(ROUND, (OK, LIT), 2)
    assert begin(ROUND, KeptRound(DAY, "0007", "daily-opening", 2, (OK,))) == Walking(ROUND)
    assert begin(ROUND, None) == Walking(ROUND)
    assert kept_for((kept,), ROUND, "0007", DAY) == kept
    for actor, day in (("0012", DAY), ("0007", "2026-11-25")):
        assert kept_for((kept,), ROUND, actor, day) is None


def test_an_unfinished_round_outlives_a_power_cut(tmp_path: Path) -> None:
    kept = (KeptRound(DAY, "0007", "daily-opening", 3, (OK, LIT)),)
    Memory(tmp_path).keep_rounds(kept)
    assert Memory(tmp_path).rounds() == kept
    assert Memory(tmp_path / "none").rounds() == ()


# ---- in words -------------------------------------------------------------------------------------------------------


def check(page: Walking, **more: Any) -> CheckView:
    view = seen(page, **more)
    assert isinstance(view, CheckView)
    return view


def test_a_step_in_words() -> None:
    view = check(Walking(ROUND, (OK,), 1))
    assert (view.place, view.progress, view.of) == ("第 2 / 3 步", 1, 3)
    assert (view.question.first, view.said, view.phrases, view.send) == ("门楣屏、大厅照明全部点亮", "", (), None)
    assert check(Walking(ROUND, (OK, LIT), 1)).said == "已答：有灯不亮"
    assert check(Walking(ROUND, (OK, LIT), 0)).said == "已答：符合要求"
    assert (check(Walking(ROUND)).step_back, view.step_back) == ("", "上一步")


def test_what_is_wrong_is_picked_from_the_steps_list_or_from_a_general_one() -> None:
    own, general = check(Walking(ROUND, (OK,), 1, noting=True)), check(Walking(ROUND, noting=True))
    assert [choice.label.first for choice in own.phrases] == ["有灯不亮", "灯光闪烁", "门楣屏不亮"]
    assert own.said == "门楣屏、大厅照明全部点亮"
    assert general.phrases[0].tap == PickFinding("broken", "损坏，需要维修")


def test_before_it_is_sent_all_that_was_found_is_read_once_more() -> None:
    view = check(Walking(ROUND, (OK, LIT, StepAnswer("glasses", ok=True)), 3))
    assert (view.question.first, view.lines) == ("发现 1 个问题", ("门楣屏、大厅照明全部点亮：有灯不亮",))
    assert view.send is not None
    well = check(Walking(ROUND, tuple(StepAnswer(step.id, ok=True) for step in ROUND.steps), 3))
    assert (well.question.first, well.lines) == ("全部符合要求", ())


def test_what_one_sheet_does_not_hold_stands_on_the_next() -> None:
    step = ROUND.steps[1]
    long = replace(step, phrases={f"p{number}": {"zh": f"问题 {number}"} for number in range(1, 12)})
    checklist = replace(ROUND, steps=(ROUND.steps[0], long, ROUND.steps[2]))
    page = Walking(checklist, (OK,), 1, noting=True)
    first = check(page)
    assert [choice.label.first for choice in first.phrases] == [f"问题 {number}" for number in range(1, 9)]
    assert first.pager is not None
    assert (first.pager.place, first.pager.back) == ("1 / 2", None)
    assert first.pager.on is not None
    assert first.pager.on.tap == TurnSheet(1)
    touch, effects = inside(TurnSheet(1), page=page)
    assert effects == []
    assert isinstance(touch.page, Walking)
    second = check(touch.page)
    assert [choice.label.first for choice in second.phrases] == ["问题 9", "问题 10", "问题 11"]
    after, _ = walk(touch, second.phrases[0].tap)
    assert isinstance(after.page, Walking)
    assert (after.page.at, after.page.sheet, after.page.answers[1].note) == (2, 0, "问题 9")
    assert walk(touch, StepBack())[0].page == Walking(checklist, (OK,), 1)
    assert check(Walking(ROUND, (OK,), 1, noting=True)).pager is None


def test_a_round_that_found_much_is_read_in_sheets() -> None:
    steps = tuple(replace(ROUND.steps[0], id=f"s{number}") for number in range(8))
    wrong = tuple(StepAnswer(step.id, ok=False, note=f"问题 {step.id}") for step in steps)
    end = Walking(replace(ROUND, steps=steps), wrong, 8)
    first, second = check(end), check(changed(end, sheet=1))
    assert first.question.first == second.question.first == "发现 8 个问题"
    assert [len(first.lines), len(second.lines)] == [6, 2]
    assert first.send == second.send


def test_the_list_says_how_each_round_stands_today(request: pytest.FixtureRequest) -> None:
    del request
    given: dict[str, Any] = {"checklists": (ROUND,)}
    (row,) = rows(Tab.CHECKS, **given).rows
    assert (word(row), row.line, tap(row)) == ("已超时", "每日 08:50 前 · 共 3 步", BeginRound(ROUND))
    kept = KeptRound(DAY, "7", "daily-opening", 3, (OK,))
    (row,) = rows(Tab.CHECKS, kept=(kept,), **given).rows
    assert row.action is not None
    assert (row.action.label, row.action.tap) == ("继续", BeginRound(ROUND, kept))
    free = replace(ROUND, due="", roles=("branch-manager",))
    assert rows(Tab.CHECKS, checklists=(free,)).empty == "总行还没有下发检查表"
    (row,) = rows(Tab.CHECKS, checklists=(replace(free, roles=()),)).rows
    assert (word(row), row.line) == ("今日待办", "每日 · 共 3 步")


def test_findings_stand_on_the_first_view_until_somebody_has_mended_them() -> None:
    from signage.core.model import Finding, Round  # noqa: PLC0415  # for this test alone

    found = Finding(id="f", at=NOW, checklist="daily-opening", step="lights", actor="9", phrase="dark", note="x")
    mended = changed_finding = replace(found, id="g", step="gone", phrase="broken", rectified_by="7")
    plain = replace(found, id="h", step="other", phrase="", note="墙面渗水")
    last = Round(checklist="daily-opening", version=3, at=Instant.parse("2026-11-24T01:00:00Z"), actor="9", findings=2)
    state = house(findings=(mended, found, plain), rounds=(last,))
    view = rows(Tab.CHECKS, state, checklists=(ROUND,))
    assert [tap(row) for row in view.rows] == [
        Follow("f", "rectified"),
        Follow("h", "rectified"),
        None,
        BeginRound(ROUND),
    ]
    assert [row.title.first for row in view.rows[:3]] == ["门楣屏、大厅照明全部点亮", "墙面渗水", "x"]
    assert view.rows[0].line.startswith("有灯不亮 · ")
    assert view.rows[2].line.startswith("损坏，需要维修")
    assert view.rows[3].line == "每日 08:50 前 · 上次 09:00 · 9 · 问题 2 个"
    assert word(view.rows[3]) == "今日已完成"
    assert [tap(row) for row in board(state, checklists=(ROUND,)).waits] == [
        Follow("f", "rectified"),
        Follow("h", "rectified"),
    ]
    other = rows(Tab.CHECKS, state, checklists=(ROUND,), staff=Staff("8", "branch-manager", "x", MANAGER.until))
    assert tap(other.rows[2]) == Follow(changed_finding.id, "verified")
    barred = changed(MANAGER, rights=frozenset({"call"}))
    assert board(state, checklists=(ROUND,), staff=barred).waits == ()
    assert [tap(row) for row in rows(Tab.CHECKS, state, checklists=(ROUND,), staff=barred).rows] == [None] * 4


# ---- cases and amenities --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("press", "name", "args"),
    [
        (Follow("f", "rectified"), "finding.update", {"finding": "f", "action": "rectified"}),
        (AdvanceCase("k", "assigned"), "case.update", {"case": "k", "action": "assigned"}),
        (SayAmenity("umbrella", available=False), "amenity", {"name": "umbrella", "available": False}),
    ],
)
def test_one_press_orders_and_the_list_stays(press: Any, name: str, args: dict[str, Any]) -> None:
    touch, effects = inside(press, page=Panel(Tab.CASES, 1))
    assert effects == [Order("o", name, args, "0007", "token")]
    assert touch.page == Panel(Tab.CASES, 1)


def test_a_case_is_read_only_by_who_asks_for_it() -> None:
    touch, effects = inside(ReadCase("k"))
    assert effects == [Order("o", "case.read", {"case": "k"}, "0007", "token")]
    read, _ = walk(touch, Replied("o", ok=True, result={"text": "等太久"}))
    assert read.page == CasePage("k", {"text": "等太久"})
    gone, _ = walk(touch, Open(Place.PANEL))
    assert gone.page == Panel(Tab.CASES)
    assert walk(gone, Replied("o", ok=True, result={"text": "等太久"}))[0].page == Panel(Tab.CASES)
    assert inside(AdvanceCase("k", "assigned"), page=CasePage("k"))[0].page == Panel(Tab.CASES)
