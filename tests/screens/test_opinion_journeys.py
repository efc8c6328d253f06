"""Customers who write: real drags and touches on real pixels, a real disk; and a minute of somebody hammering."""

import gc
import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.design.ink_canvas import InkCanvas
from kiosk.design.tokens import DAY
from kiosk.gallery.opinions import answered
from kiosk.stage import Stage
from kiosk.view.ink import LIMIT_BYTES
from kiosk.view.journey import RING
from kiosk.view.opinion import WRITING
from kiosk.view.pages import Touch
from signage.core.cases import case_number
from tests.screens.booth import Booth

OpenStage = Callable[[int, int], Stage]
SIZES = [(540, 960), (960, 540)]
PHONE = "13800138000"

BACKWARDS = "45678900831"
TOUCHES_A_S, PASSES_A_S = 500, 4  # a pass is a frame that is really drawn
DRAGS = 0.2


@pytest.fixture(params=SIZES, ids=["portrait", "landscape"])
def booth(request: pytest.FixtureRequest, stage: OpenStage, tmp_path: Path) -> Iterator[Booth]:
    made = Booth(stage(*request.param), tmp_path, request.param)
    yield made
    made.database.close()


def canvas(booth: Booth) -> InkCanvas:
    return next(part for part in booth.face.widget.walk(restrict=True) if isinstance(part, InkCanvas))


def drag(booth: Booth, *shares: tuple[float, float], steps: int = 12) -> None:
    """A finger over the canvas, through points in shares of it, downwards."""
    sheet = canvas(booth)
    points = [(sheet.x + x * sheet.width, sheet.top - y * sheet.height) for x, y in shares]
    finger = booth.stage.touch(*points[0])
    finger.touch_down()
    for (ax, ay), (bx, by) in pairwise(points):
        for step in range(1, steps + 1):
            finger.touch_move(ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps)
    finger.touch_up()
    booth.draw()


def write_form(booth: Booth) -> None:
    booth.press("客户意见簿")
    booth.press("写意见")
    booth.press("排队等候")
    booth.press("等候时间太长")


def leave_number(booth: Booth) -> None:
    booth.press("留电话")
    booth.type(PHONE)
    booth.press("同意并留下号码")


def test_an_opinion_with_handwriting_and_a_call_back_becomes_one_case(booth: Booth) -> None:
    write_form(booth)
    booth.press("手写")
    before = booth.share(DAY.ink)
    drag(booth, (0.2, 0.2), (0.8, 0.2), (0.2, 0.8))
    assert booth.share(DAY.ink) > before + 0.001, "what a finger writes stands on the glass"
    booth.press("完成")
    leave_number(booth)
    assert booth.stored("case") == []
    booth.press("提交意见")
    (event,) = booth.stored("case")
    data = event["data"]
    assert (data["action"], data["source"], data["subject"], data["text"]) == (
        "opened", "opinion", "waiting", "等候时间太长",
    )  # fmt: skip
    assert (data["contact"], data["case"]) == (PHONE, event["id"])
    (line,) = data["strokes"]["lines"]
    assert len(line) == 6, "a drag through three points is three points"
    assert booth.says("感谢您的意见")
    assert booth.says(case_number(event["id"]))
    booth.wait(20.1)
    assert booth.says("评价服务")


def test_three_taps_are_a_rating_and_words_may_be_added(booth: Booth) -> None:
    booth.star(2)
    booth.press("补充几句")
    booth.press("业务没有办成")
    drag(booth, (0.1, 0.1), (0.9, 0.5))
    booth.press("完成")
    leave_number(booth)
    booth.press("提交评价")
    (event,) = booth.stored("rating")
    assert (event["data"]["comment"], event["data"]["contact"]) == ("业务没有办成", PHONE)
    assert booth.says("感谢您的评价")
    assert not (booth.station.settings.directory / "rating.json").exists()


def test_a_wrong_number_is_said_and_nothing_is_lost(booth: Booth) -> None:
    write_form(booth)
    booth.press("留电话")
    booth.type("1380013")
    booth.press("同意并留下号码")
    assert booth.says("号码好像不完整")
    booth.type("8000")
    booth.press("同意并留下号码")
    assert booth.says("已留号码，可改")
    booth.press("留电话")  # what has been left is still called by its name, and can be changed
    booth.press("返回")
    assert not any("138" in text for text in booth.texts()), "the form lies open to who stands beside"


def test_undo_and_clear_take_ink_from_the_glass(booth: Booth) -> None:
    write_form(booth)
    booth.press("手写")
    empty = booth.share(DAY.ink)
    drag(booth, (0.2, 0.2), (0.8, 0.2))
    one = booth.share(DAY.ink)
    drag(booth, (0.2, 0.5), (0.8, 0.5))
    assert empty < one < booth.share(DAY.ink)
    booth.press("撤销一笔")
    assert booth.share(DAY.ink) == pytest.approx(one, abs=0.0002)
    booth.press("全部清空")
    assert booth.share(DAY.ink) == pytest.approx(empty, abs=0.0002)


def test_who_writes_too_much_is_told_before_and_stopped_gently(booth: Booth) -> None:
    write_form(booth)
    booth.press("手写")
    told = False
    for row in range(100):
        if booth.says("已写满"):
            break
        zigzag = [(0.02 + 0.96 * k / 240, 0.1 + 0.8 * ((row * 37 + k * 29) % 100) / 100) for k in range(240)]
        drag(booth, *zigzag, steps=1)
        told = told or booth.says("快写满了")
    assert told
    assert booth.says("已写满")
    full = booth.stage.pixels()
    drag(booth, (0.1, 0.1), (0.9, 0.9))
    assert booth.stage.pixels() == full, "nothing more is taken, and nothing is lost"
    booth.press("完成")
    booth.press("提交意见")
    (event,) = booth.stored("case")
    strokes = len(str(event["data"]["strokes"]).replace(" ", ""))
    assert LIMIT_BYTES * 0.9 < strokes <= LIMIT_BYTES


def test_somebody_who_hesitates_is_asked_and_any_touch_goes_on(booth: Booth) -> None:
    write_form(booth)
    booth.press("手写")
    drag(booth, (0.2, 0.2), (0.8, 0.2))
    booth.wait((WRITING - RING).total_seconds() + 1)
    assert booth.says("您还在吗？")
    assert not booth.says("撤销一笔"), "who comes next reads nothing of it"
    booth.stage.tap((20, 20))
    booth.draw()
    assert not booth.says("您还在吗？")
    assert len(canvas(booth)._drawn) == 1


def holds(backwards: str) -> list[Any]:
    """Everything in memory that refers to a text with this in it; spelled backwards, so that the question is not found."""
    gc.collect()
    needle, found = backwards[::-1], []
    for one in gc.get_objects():
        for part in gc.get_referents(one):  # plain loops: a comprehension would hold the needle in a cell of its own
            if type(part) is str and needle in part:
                found.append(one)
                break
    return found


def test_who_walks_away_half_way_leaves_nothing(booth: Booth) -> None:
    booth.press("English")
    booth.press("中文")
    booth.press("长辈版")
    write_form(booth)
    booth.press("手写")
    drag(booth, (0.21, 0.23), (0.83, 0.57))
    booth.press("完成")
    booth.press("留电话")
    booth.type(BACKWARDS[::-1])
    written = booth.station.visitor
    assert written is not None
    assert holds(BACKWARDS), "it is found where it is"
    booth.wait(WRITING.total_seconds() * 2 + 1)
    booth.stage.run(3)
    booth.wait(1)
    assert written.touch == Touch()
    assert booth.says("评价服务")
    assert booth.stored("case") == []
    assert holds(BACKWARDS) == []
    assert not list(booth.station.settings.directory.glob("rating*"))


def test_answers_are_read_page_by_page(booth: Booth) -> None:
    booth.learn(answered(5))
    booth.press("客户意见簿")
    assert booth.says("已在每日上午增开一个现金窗口")
    assert booth.says("第 1 页，共 2 页")
    booth.press("较早")
    assert booth.says("第 2 页，共 2 页")
    booth.press("较新")
    booth.press("返回")
    assert booth.says("评价服务")


def test_five_hundred_touches_a_second_for_a_minute(stage: OpenStage, tmp_path: Path) -> None:
    """Children at the kiosk: no fault, no way out, and home again when they have gone."""
    width, height = SIZES[0]
    booth = Booth(stage(width, height), tmp_path, (width, height))
    dice = random.Random(7)
    for _ in range(60 * PASSES_A_S):
        for _ in range(TOUCHES_A_S // PASSES_A_S):
            finger = booth.stage.touch(dice.uniform(0, width), dice.uniform(0, height))
            finger.touch_down()
            if dice.random() < DRAGS:
                finger.touch_move(dice.uniform(0, width), dice.uniform(0, height))
            finger.touch_up()
        booth.moment = booth.moment.later(1 / PASSES_A_S)
        booth.alive()
        booth.draw()
    visitor = booth.station.visitor
    assert visitor is not None
    for _ in range(4):
        booth.wait(121)
    assert visitor.touch == Touch()
    assert booth.says("评价服务")
    booth.database.close()
