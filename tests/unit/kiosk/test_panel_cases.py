"""The staff panel in words: cases, an empty shelf, and the end of a screen."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.gallery.opinions import handwriting
from kiosk.view.branch import Mood
from kiosk.view.pages import CasePage, LeaveForm, NoAnswer, Refused, Tab
from kiosk.view.staff_taps import AdvanceCase, ReadCase, SayAmenity, StartLeaving
from signage.core.instants import Instant
from signage.core.model import Amenity, Case
from tests.unit.kiosk.panels import BEFORE, CURRENT, NOW, TELLER, board, house, rows, seen, tap, word

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
