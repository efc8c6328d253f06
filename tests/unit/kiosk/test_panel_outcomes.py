"""The staff panel in words: what became of an order, and on which displays it stands."""

from dataclasses import replace as changed
from datetime import timedelta

import pytest

from kiosk.view.branch import Mood
from kiosk.view.pages import Done, Intent, NoAnswer, Outcome, Panel, Refused, SuspendForm, WentLocal
from kiosk.view.panel import OutcomeView
from kiosk.view.reach import Glass
from kiosk.view.staff_taps import Refine, Undo
from signage.core.instants import Instant
from signage.core.model import Suspension
from tests.unit.kiosk.panels import CURRENT, NOW, catalogues, held, house, seen

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
